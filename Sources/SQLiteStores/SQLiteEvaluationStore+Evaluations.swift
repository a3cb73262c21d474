import CairnCore
import Evaluation
import Messages
import Ports

extension SQLiteEvaluationStore {
    public func add(_ evaluations: [StoredEvaluation]) throws {
        try database.atomically {
            for evaluation in evaluations { try insert(evaluation) }
        }
    }

    /// Inside a transaction.
    func insert(_ evaluation: StoredEvaluation) throws {
        try database.run(
            "INSERT OR IGNORE INTO suites VALUES (?, ?)", .blob(evaluation.suite.digest.bytes),
            .blob(try evaluation.suite.spec.encoded()))
        try database.run(
            "INSERT INTO evaluations (id, model, number, manifest, parent, parent_manifest, suite, "
                + "ordered_ms, phase, not_before_ns, repeat_index, verdict, predicted_repeats, "
                + "crash_count, absence_count, waits_for, lease_worker, lease_count, priority) "
                + "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            values: [.blob(evaluation.job.id.bytes)] + EvaluationRows.values(evaluation.version)
                + [
                    .blob(evaluation.suite.digest.bytes),
                    .integer(evaluation.orderedAt.milliseconds),
                ] + EvaluationRows.values(evaluation.job) + [.number(evaluation.job.priority)])
    }

    public func save(_ job: EvaluationJob, ifTaken leaseCount: Int) throws -> Bool {
        try database.run(
            "UPDATE evaluations SET phase = ?, not_before_ns = ?, repeat_index = ?, verdict = ?, "
                + "predicted_repeats = ?, crash_count = ?, absence_count = ?, waits_for = ?, "
                + "lease_worker = ?, lease_count = ? "
                + "WHERE id = ? AND phase <> 'done' AND lease_count = ?",
            values: EvaluationRows.values(job)
                + [.blob(job.id.bytes), .number(leaseCount)]) == 1
    }

    public func finish(
        _ result: EvaluationResult, ifTaken leaseCount: Int, telling event: OutboxEvent
    ) throws -> Bool {
        let id = SQLiteValue.blob(result.job.id.bytes)
        return try database.atomically {
            guard try save(result.job, ifTaken: leaseCount) else { return false }
            try database.run(
                "UPDATE evaluations SET record = ? WHERE id = ?",
                .blob(try result.record.encoded()), id)
            for (index, measurement) in result.measurements.enumerated() {
                try insert(measurement, index, id)
            }
            try OutboxTable(database: database).add(event)
            return true
        }
    }

    public func evaluation(_ id: EvaluationID) throws -> StoredEvaluation? {
        try evaluations("WHERE e.id = ?", .blob(id.bytes)).first
    }

    public func newestEvaluation() throws -> EvaluationID? {
        let newest = try database.query(
            "SELECT id FROM evaluations ORDER BY id DESC LIMIT 1"
        ) { EvaluationID(bytes: $0.blob(0)) }
        return newest.first ?? nil
    }

    public func evaluations(of model: ModelName, number: VersionNumber?) throws
        -> [StoredEvaluation]
    {
        guard let number else {
            return try evaluations("WHERE e.model = ? ORDER BY e.id DESC", .text("\(model)"))
        }
        return try evaluations(
            "WHERE e.model = ? AND e.number = ? ORDER BY e.id DESC", .text("\(model)"),
            .text(number.number))
    }

    public func pendingEvaluations() throws -> [StoredEvaluation] {
        try evaluations("WHERE e.phase <> 'done' ORDER BY e.id")
    }

    private func evaluations(_ condition: String, _ values: SQLiteValue...) throws
        -> [StoredEvaluation]
    {
        try database.query(
            "SELECT \(EvaluationRows.columns) FROM evaluations e "
                + "JOIN suites s ON s.digest = e.suite \(condition)", values: values,
            map: EvaluationRows.read)
    }
}
