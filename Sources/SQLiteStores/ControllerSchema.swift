/// The tables of the deployment-controller, step by step. A step that was released never changes.
enum ControllerSchema {
    static let steps = [
        """
        CREATE TABLE log (
            target TEXT NOT NULL, sequence INTEGER NOT NULL, time_ns INTEGER NOT NULL,
            event TEXT NOT NULL, actor TEXT NOT NULL, reason TEXT NOT NULL, summary TEXT NOT NULL,
            stable TEXT, stable_manifest BLOB, candidate TEXT, candidate_manifest BLOB,
            weight INTEGER NOT NULL, epoch INTEGER NOT NULL, link BLOB NOT NULL,
            PRIMARY KEY (target, sequence)
        ) WITHOUT ROWID;
        CREATE INDEX log_by_time ON log (target, time_ns, sequence);

        CREATE TABLE answers (
            request BLOB PRIMARY KEY, body BLOB NOT NULL, at_ns INTEGER NOT NULL
        ) WITHOUT ROWID;
        CREATE INDEX answers_by_age ON answers (at_ns);

        CREATE TABLE verdicts (
            manifest BLOB NOT NULL, suite TEXT NOT NULL, verdict TEXT NOT NULL, why TEXT NOT NULL,
            reached_ns INTEGER NOT NULL, PRIMARY KEY (manifest, suite)
        ) WITHOUT ROWID;
        CREATE TABLE applied_events (id BLOB PRIMARY KEY) WITHOUT ROWID;
        """ + OutboxTable.schema,
        NoticeTable.schema,
        """
        CREATE TABLE groups (name TEXT PRIMARY KEY, text TEXT NOT NULL) WITHOUT ROWID;
        """,
        LogArchive.schema,
        // Time never goes back within a log, so its primary key finds a moment too. The index was a
        // second page to write for every record.
        "DROP INDEX log_by_time;",
        """
        CREATE TABLE lease (
            place INTEGER PRIMARY KEY CHECK (place = 1), token INTEGER NOT NULL,
            holder TEXT NOT NULL, renewals INTEGER NOT NULL
        );
        INSERT INTO lease VALUES (1, 0, '', 0);
        """,
    ]

    /// A thousand rollouts append at a thousand places of the log. With the usual checkpoint after
    /// 1,000 pages each of their transactions would be written twice at once, and with the usual
    /// cache of 2 MB read back before.
    static let settings = "PRAGMA wal_autocheckpoint=8192; PRAGMA cache_size=-65536;"
}
