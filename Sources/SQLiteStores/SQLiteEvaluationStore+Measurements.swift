import CairnCore
import Evaluation
import Messages
import Ports

/// What was measured, repeat by repeat.
extension SQLiteEvaluationStore {
    /// Inside a transaction.
    func insert(_ measurement: Measurement, _ index: Int, _ id: SQLiteValue) throws {
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
            .number(index), .blob(measurement.examples.packed(workerCount: 2)))
        guard !measurement.slices.isEmpty else { return }
        let slices = EvaluationDetails(slices: measurement.slices.map(\.message))
        try database.run(
            "INSERT INTO measured_slices (evaluation, repeat, packed) VALUES (?, ?, ?)", id,
            .number(index), .blob(try slices.encoded()))
    }

    public func measurements(of id: EvaluationID) throws -> [Measurement] {
        let rows = try database.query(
            "SELECT x.repeat, x.packed, s.packed FROM measured_examples x "
                + "LEFT JOIN measured_slices s "
                + "ON s.evaluation = x.evaluation AND s.repeat = x.repeat "
                + "WHERE x.evaluation = ? ORDER BY x.repeat", .blob(id.bytes)
        ) { ($0.int(0), $0.blob(1), $0.isNull(2) ? nil : $0.blob(2)) }
        guard !rows.isEmpty, let task = try evaluation(id)?.suite.task else { return [] }
        return try rows.map { index, packed, slices in
            guard let examples = ExampleResults(packed: packed) else {
                throw EvaluationRows.damaged("results of examples")
            }
            return Measurement(
                metrics: try metrics(of: id, index, task), examples: examples,
                slices: try slices.map { try Self.slices($0, task) } ?? [])
        }
    }

    private static func slices(_ packed: [UInt8], _ task: EvaluationTask) throws -> [MeasuredSlice]
    {
        try EvaluationDetails(decoding: packed).slices.map { slice in
            do {
                return try MeasuredSlice(slice, of: task)
            } catch {
                throw EvaluationRows.damaged("a slice: \(error)")
            }
        }
    }

    private func metrics(of id: EvaluationID, _ index: Int, _ task: EvaluationTask) throws
        -> [MetricValue]
    {
        try database.query(
            "SELECT name, value, problem FROM measured_metrics "
                + "WHERE evaluation = ? AND repeat = ? ORDER BY position", .blob(id.bytes),
            .number(index)
        ) { row in
            do {
                return MetricValue(
                    try EvaluationMetric(named: row.text(0), of: task),
                    row.isNull(1) ? .problem(row.text(2)) : .value(row.double(1)))
            } catch {
                throw EvaluationRows.damaged("a metric: \(error)")
            }
        }
    }
}

extension EvaluationSchema {
    /// The slices of each repeat together, as an encoded `EvaluationDetails` of slices alone.
    static let slices = """
        CREATE TABLE measured_slices (
            evaluation BLOB NOT NULL REFERENCES evaluations (id), repeat INTEGER NOT NULL,
            packed BLOB NOT NULL, PRIMARY KEY (evaluation, repeat)
        );
        """
}
