import CairnCore
import Evaluation
import Messages
import Ports

extension SQLiteEvaluationStore {
    public func pin(_ schema: Evaluation.DatasetSchema, to dataset: Digest) throws
        -> Evaluation.DatasetSchema
    {
        try database.atomically {
            if let pinned = try self.schema(of: dataset) { return pinned }
            try database.run(
                "INSERT INTO dataset_schemas VALUES (?, ?)", .blob(dataset.bytes),
                .blob(try schema.message.encoded()))
            return schema
        }
    }

    public func schema(of dataset: Digest) throws -> Evaluation.DatasetSchema? {
        try database.query(
            "SELECT schema FROM dataset_schemas WHERE digest = ?", .blob(dataset.bytes)
        ) { row in
            do {
                return try Evaluation.DatasetSchema(
                    Messages.DatasetSchema(decoding: row.blob(0)))
            } catch {
                throw EvaluationRows.damaged("a data set's schema: \(error)")
            }
        }.first
    }

    public func keepInputs(_ packed: [UInt8], of dataset: Digest) throws {
        try database.run(
            "INSERT OR IGNORE INTO input_sketches (digest, packed) VALUES (?, ?)",
            .blob(dataset.bytes), .blob(packed))
    }

    public func inputs(of dataset: Digest) throws -> [UInt8]? {
        try database.query(
            "SELECT packed FROM input_sketches WHERE digest = ?", .blob(dataset.bytes)
        ) { $0.blob(0) }.first
    }

    public func keepOutputs(_ packed: [UInt8], of id: EvaluationID) throws {
        try database.run(
            "INSERT INTO output_sketches (evaluation, packed) VALUES (?, ?) "
                + "ON CONFLICT (evaluation) DO UPDATE SET packed = excluded.packed",
            .blob(id.bytes), .blob(packed))
    }

    public func outputs(of id: EvaluationID) throws -> [UInt8]? {
        try database.query(
            "SELECT packed FROM output_sketches WHERE evaluation = ?", .blob(id.bytes)
        ) { $0.blob(0) }.first
    }
}

extension EvaluationSchema {
    /// What live traffic is held against. Each goes with what it belongs to: a data set's with the
    /// last name that points to its digest.
    static let references = """
        CREATE TABLE dataset_schemas (digest BLOB PRIMARY KEY, schema BLOB NOT NULL) WITHOUT ROWID;
        CREATE TABLE input_sketches (
            sequence INTEGER PRIMARY KEY, digest BLOB NOT NULL UNIQUE, packed BLOB NOT NULL
        );
        CREATE TABLE output_sketches (
            sequence INTEGER PRIMARY KEY,
            evaluation BLOB NOT NULL UNIQUE REFERENCES evaluations (id) ON DELETE CASCADE,
            packed BLOB NOT NULL
        );
        CREATE TRIGGER references_of_datasets AFTER DELETE ON datasets
            WHEN NOT EXISTS (SELECT 1 FROM datasets WHERE digest = OLD.digest)
        BEGIN
            DELETE FROM dataset_schemas WHERE digest = OLD.digest;
            DELETE FROM input_sketches WHERE digest = OLD.digest;
        END;
        """
}
