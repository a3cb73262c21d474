import CairnCore
import Evaluation
import Ports

extension SQLiteEvaluationStore {
    public func note(_ drops: [RunnerLogRetention.Drop]) throws {
        try database.atomically {
            for drop in drops {
                try database.run(
                    "INSERT INTO dropped_logs (evaluation, rule, dropped_ms) VALUES (?, ?, ?) "
                        + "ON CONFLICT (evaluation) DO NOTHING",
                    .blob(drop.evaluation.bytes), .text(drop.rule.rawValue),
                    .integer(drop.at.milliseconds))
            }
        }
    }

    public func logDrop(of id: EvaluationID) throws -> RunnerLogRetention.Drop? {
        try database.query(
            "SELECT rule, dropped_ms FROM dropped_logs WHERE evaluation = ?", .blob(id.bytes)
        ) { row in
            guard let rule = RunnerLogRetention.Rule(rawValue: row.text(0)) else {
                throw EvaluationRows.damaged("a dropped log")
            }
            return RunnerLogRetention.Drop(
                evaluation: id, rule: rule, at: Timestamp(milliseconds: row.int64(1)))
        }.first
    }
}

extension EvaluationSchema {
    /// Which logs of runners are gone, by which limit and since when.
    static let droppedLogs = """
        CREATE TABLE dropped_logs (
            evaluation BLOB PRIMARY KEY REFERENCES evaluations (id) ON DELETE CASCADE,
            rule TEXT NOT NULL, dropped_ms INTEGER NOT NULL
        ) WITHOUT ROWID;
        """
}
