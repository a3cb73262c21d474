/// The tables of the evaluator, step by step. A step that was released never changes.
enum EvaluationSchema {
    static let steps = [
        """
        CREATE TABLE datasets (
            name TEXT NOT NULL, version INTEGER NOT NULL, digest BLOB NOT NULL,
            byte_count INTEGER NOT NULL, file_name TEXT NOT NULL, added_ms INTEGER NOT NULL,
            PRIMARY KEY (name, version)
        ) WITHOUT ROWID;
        CREATE UNIQUE INDEX datasets_by_digest ON datasets (digest, name);

        CREATE TABLE suites (digest BLOB PRIMARY KEY, spec BLOB NOT NULL) WITHOUT ROWID;
        CREATE TABLE suite_history (
            sequence INTEGER PRIMARY KEY, model TEXT NOT NULL, name TEXT NOT NULL,
            digest BLOB NOT NULL REFERENCES suites (digest), applied_ms INTEGER NOT NULL
        );
        CREATE INDEX suite_history_by_name ON suite_history (model, name, sequence);

        CREATE TABLE versions (
            model TEXT NOT NULL, number TEXT NOT NULL, manifest BLOB NOT NULL,
            parent TEXT, parent_manifest BLOB, PRIMARY KEY (model, number)
        ) WITHOUT ROWID;
        CREATE TABLE applied_events (id BLOB PRIMARY KEY) WITHOUT ROWID;

        CREATE TABLE evaluations (
            id BLOB PRIMARY KEY, model TEXT NOT NULL, number TEXT NOT NULL,
            manifest BLOB NOT NULL, parent TEXT, parent_manifest BLOB,
            suite BLOB NOT NULL REFERENCES suites (digest), ordered_ms INTEGER NOT NULL,
            phase TEXT NOT NULL, not_before_ns INTEGER, repeat_index INTEGER, verdict TEXT,
            predicted_repeats TEXT NOT NULL, crash_count INTEGER NOT NULL,
            absence_count INTEGER NOT NULL, waits_for TEXT NOT NULL, record BLOB
        ) WITHOUT ROWID;
        CREATE INDEX evaluations_by_version ON evaluations (model, number, id);
        CREATE INDEX evaluations_pending ON evaluations (id) WHERE phase <> 'done';

        CREATE TABLE measured_metrics (
            evaluation BLOB NOT NULL REFERENCES evaluations (id), repeat INTEGER NOT NULL,
            position INTEGER NOT NULL, name TEXT NOT NULL, value REAL, problem TEXT,
            PRIMARY KEY (evaluation, repeat, position)
        ) WITHOUT ROWID;
        CREATE TABLE measured_examples (
            sequence INTEGER PRIMARY KEY, evaluation BLOB NOT NULL REFERENCES evaluations (id),
            repeat INTEGER NOT NULL, packed BLOB NOT NULL, UNIQUE (evaluation, repeat)
        );
        """ + OutboxTable.schema,

        // Several processes on one queue: who works on what, how often it was taken, and until when,
        // in time since the host's start, others leave it to him.
        """
        ALTER TABLE evaluations ADD COLUMN priority INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE evaluations ADD COLUMN lease_worker TEXT;
        ALTER TABLE evaluations ADD COLUMN lease_count INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE evaluations ADD COLUMN lease_until_ns INTEGER;
        UPDATE evaluations SET lease_worker = 'worker-0', lease_count = 1
            WHERE phase IN ('restoring', 'running', 'computing');
        """,
        details,
        slices,
        references,
        droppedLogs,
    ]
}
