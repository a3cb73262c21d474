/// The tables of ingest, step by step. A step that was released never changes.
enum IngestSchema {
    static let steps = [
        """
        CREATE TABLE runs (
            id BLOB PRIMARY KEY, model TEXT NOT NULL, record BLOB NOT NULL,
            status INTEGER NOT NULL, started_ms INTEGER NOT NULL, ended_ms INTEGER NOT NULL
        ) WITHOUT ROWID;
        CREATE INDEX runs_by_model ON runs (model, started_ms);

        CREATE TABLE metric_batches (
            sequence INTEGER PRIMARY KEY, run BLOB NOT NULL REFERENCES runs (id),
            batch BLOB NOT NULL, UNIQUE (run, batch)
        );
        CREATE TABLE metric_points (
            run BLOB NOT NULL, key TEXT NOT NULL, sequence INTEGER NOT NULL,
            points BLOB NOT NULL, PRIMARY KEY (run, key, sequence)
        ) WITHOUT ROWID;
        CREATE TABLE metric_last (
            run BLOB NOT NULL, key TEXT NOT NULL, step INTEGER NOT NULL, value REAL,
            PRIMARY KEY (run, key)
        ) WITHOUT ROWID;

        CREATE TABLE manifests (digest BLOB PRIMARY KEY, bytes BLOB NOT NULL) WITHOUT ROWID;
        CREATE TABLE checkpoints (
            id BLOB PRIMARY KEY, upload BLOB UNIQUE, model TEXT NOT NULL, run BLOB,
            manifest BLOB NOT NULL REFERENCES manifests (digest), sequence INTEGER NOT NULL,
            record BLOB NOT NULL
        ) WITHOUT ROWID;
        CREATE INDEX checkpoints_by_run ON checkpoints (run, sequence);
        CREATE TABLE versions (
            model TEXT NOT NULL, number TEXT NOT NULL,
            checkpoint BLOB NOT NULL REFERENCES checkpoints (id), parent TEXT NOT NULL,
            note TEXT NOT NULL, created_ms INTEGER NOT NULL, PRIMARY KEY (model, number)
        ) WITHOUT ROWID;
        CREATE INDEX versions_by_checkpoint ON versions (checkpoint);
        CREATE TABLE aliases (
            model TEXT NOT NULL, alias TEXT NOT NULL, number TEXT NOT NULL,
            PRIMARY KEY (model, alias), FOREIGN KEY (model, number) REFERENCES versions (model, number)
        ) WITHOUT ROWID;
        CREATE TABLE pins (
            manifest BLOB NOT NULL, holder TEXT NOT NULL, reason TEXT NOT NULL,
            since_ms INTEGER NOT NULL, PRIMARY KEY (manifest, holder)
        ) WITHOUT ROWID;
        """ + OutboxTable.schema
    ]
}
