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

    private func insert(_ measurement: Measurement, _ index: Int, _ id: SQLiteValue) throws {
        for (position, metric) in measurement.metrics.enumerated() {
            var (value, problem) = (SQLiteValue.null, SQLiteValue.null)
            switch metric.result {
            case .value(let number): value = .real(number)
            case .problem(let text): problem = .text(text)
            }
            try database.run(
                "INSERT INTO measured_metrics VALUES (?, ?, ?, ?, ?, ?)", id, .number(index),
                .number(position), .text(metric.metric.name), value, problem)
        }
        try database.run(
            "INSERT INTO measured_examples (evaluation, repeat, packed) VALUES (?, ?, ?)", id,
            .number(index), .blob(measurement.examples.packed))
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

    public func measurements(of id: EvaluationID) throws -> [Measurement] {
        let packed = try database.query(
            "SELECT packed FROM measured_examples WHERE evaluation = ? ORDER BY repeat",
            .blob(id.bytes)
        ) { $0.blob(0) }
        return try packed.enumerated().map { index, bytes in
            guard let examples = ExampleResults(packed: bytes) else {
                throw EvaluationRows.damaged("results of examples")
            }
            return Measurement(metrics: try metrics(of: id, index), examples: examples)
        }
    }

    private func metrics(of id: EvaluationID, _ index: Int) throws -> [MetricValue] {
        try database.query(
            "SELECT name, value, problem FROM measured_metrics "
                + "WHERE evaluation = ? AND repeat = ? ORDER BY position", .blob(id.bytes),
            .number(index)
        ) { row in
            guard let metric = EvaluationMetric(rawValue: row.text(0)) else {
                throw EvaluationRows.damaged("a metric '\(row.text(0))'")
            }
            return MetricValue(
                metric, row.isNull(1) ? .problem(row.text(2)) : .value(row.double(1)))
        }
    }
}
