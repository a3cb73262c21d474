/// The tables of ingest, step by step. A step that was released never changes.
///
/// Rows of what grows without end (points, checkpoints) lie in the order in which they came, so that
/// a commit writes to the end of the file and not all over it.
enum IngestSchema {
    static let steps = [
        """
        CREATE TABLE runs (
            sequence INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE, model TEXT NOT NULL,
            record BLOB NOT NULL, status INTEGER NOT NULL, started_ms INTEGER NOT NULL,
            ended_ms INTEGER NOT NULL
        );
        CREATE INDEX runs_by_model ON runs (model, started_ms, sequence);
        CREATE INDEX runs_by_start ON runs (started_ms, sequence);

        CREATE TABLE metric_batches (
            run INTEGER NOT NULL REFERENCES runs (sequence), batch BLOB NOT NULL,
            PRIMARY KEY (run, batch)
        ) WITHOUT ROWID;
        CREATE TABLE metric_points (
            sequence INTEGER PRIMARY KEY, run INTEGER NOT NULL REFERENCES runs (sequence),
            key TEXT NOT NULL, points BLOB NOT NULL
        );
        CREATE INDEX metric_points_by_key ON metric_points (run, key, sequence);
        CREATE TABLE metric_last (
            run INTEGER NOT NULL, key TEXT NOT NULL, step INTEGER NOT NULL, value REAL,
            PRIMARY KEY (run, key)
        ) WITHOUT ROWID;

        CREATE TABLE manifests (digest BLOB NOT NULL UNIQUE, bytes BLOB NOT NULL);
        CREATE TABLE checkpoints (
            sequence INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE, upload BLOB NOT NULL UNIQUE,
            model TEXT NOT NULL, run BLOB NOT NULL,
            manifest BLOB NOT NULL REFERENCES manifests (digest), number TEXT,
            record BLOB NOT NULL
        );
        CREATE INDEX checkpoints_by_run ON checkpoints (run, sequence);
        CREATE INDEX checkpoints_by_manifest ON checkpoints (manifest);
        CREATE INDEX checkpoints_by_model ON checkpoints (model);
        CREATE TABLE versions (
            sequence INTEGER PRIMARY KEY, model TEXT NOT NULL, number TEXT NOT NULL,
            checkpoint BLOB NOT NULL REFERENCES checkpoints (id), parent TEXT NOT NULL,
            note TEXT NOT NULL, created_ms INTEGER NOT NULL, request BLOB UNIQUE,
            UNIQUE (model, number)
        );
        CREATE INDEX versions_by_checkpoint ON versions (checkpoint, sequence);
        CREATE TABLE aliases (
            model TEXT NOT NULL, alias TEXT NOT NULL, number TEXT NOT NULL,
            PRIMARY KEY (model, alias),
            FOREIGN KEY (model, number) REFERENCES versions (model, number)
        ) WITHOUT ROWID;
        CREATE TABLE pins (
            manifest BLOB NOT NULL, holder TEXT NOT NULL, reason TEXT NOT NULL,
            since_ms INTEGER NOT NULL, PRIMARY KEY (manifest, holder)
        ) WITHOUT ROWID;
        """ + OutboxTable.schema,
        // A version that was deleted keeps its row, so that its number stays taken; a manifest that
        // nothing stands on any more keeps its digest and loses its bytes.
        """
        ALTER TABLE versions ADD COLUMN deleted_ms INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE versions ADD COLUMN deleted_why TEXT NOT NULL DEFAULT '';
        ALTER TABLE checkpoints ADD COLUMN deleted_ms INTEGER NOT NULL DEFAULT 0;
        CREATE VIEW live_checkpoints AS SELECT * FROM checkpoints c
            WHERE c.deleted_ms = 0 AND (
                NOT EXISTS (SELECT 1 FROM versions v WHERE v.checkpoint = c.id)
                OR EXISTS (SELECT 1 FROM versions v WHERE v.checkpoint = c.id AND v.deleted_ms = 0)
            );
        """,
    ]
}
