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
        """
        CREATE TABLE lease (
            place INTEGER PRIMARY KEY CHECK (place = 1), token INTEGER NOT NULL,
            holder TEXT NOT NULL, renewals INTEGER NOT NULL
        );
        INSERT INTO lease VALUES (1, 0, '', 0);
        """,
    ]
}
