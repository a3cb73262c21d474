import CairnCore
import Ports

extension SQLiteEvaluationStore {
    public func keepDetails(_ packed: [UInt8], of id: EvaluationID) throws {
        try database.run(
            "INSERT INTO evaluation_details (evaluation, packed) VALUES (?, ?) "
                + "ON CONFLICT (evaluation) DO UPDATE SET packed = excluded.packed",
            .blob(id.bytes), .blob(packed))
    }

    public func details(of id: EvaluationID) throws -> [UInt8]? {
        try database.query(
            "SELECT packed FROM evaluation_details WHERE evaluation = ?", .blob(id.bytes)
        ) { $0.blob(0) }.first
    }
}

extension EvaluationSchema {
    /// Beside the other tables: a list of evaluations does not read past them.
    static let details = """
        CREATE TABLE evaluation_details (
            sequence INTEGER PRIMARY KEY,
            evaluation BLOB NOT NULL UNIQUE REFERENCES evaluations (id), packed BLOB NOT NULL
        );
        """
}
