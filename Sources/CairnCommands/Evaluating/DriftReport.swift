import CairnCore
import Evaluation
import LinuxHost
import Messages
import Ports
import ServiceKit

/// A file of live traffic held against a reference and, where the data set has one, its schema.
struct DriftReport: Sendable {
    let reference: ReferenceDistributions
    let path: String
    let rule: DriftRule
    let rowCount: Int
    let skippedCount: Int
    /// What is wrong with the first row that could not be read.
    let firstSkipped: InputError?
    /// Of all columns that both sides have, in the reference's order.
    let columns: [ColumnDrift]
    /// In the reference alone.
    let absent: [String]
    /// In the file alone.
    let strangers: [String]
    let violations: [SchemaViolation]

    static func of(
        _ path: String, _ format: RowFormat, against reference: ReferenceDistributions,
        rule: DriftRule
    ) async throws -> DriftReport {
        let distributions = try reference.sketches.map { try Distribution($0) }
        let schema = try reference.schema.map { try Evaluation.DatasetSchema($0) }
        let answers = LiveAnswers(task: reference.evaluationTask, reference: distributions)
        let source = try FileBytes(path)
        return try await Compute.run {
            Result { () throws(InputError) in
                do throws(InputError) {
                    let table = try TableColumns.reading(
                        source, format: format, schema: schema, use: .live(answers),
                        workerCount: 2)
                    return DriftReport(reference, distributions, path, table, rule)
                } catch {
                    throw InputError("\(path): \(error)")
                }
            }
        }.get()
    }

    private init(
        _ reference: ReferenceDistributions, _ distributions: [Distribution], _ path: String,
        _ table: TableColumns, _ rule: DriftRule
    ) {
        (self.reference, self.path, self.rule) = (reference, path, rule)
        (rowCount, skippedCount) = (table.rowCount, table.skippedCount)
        firstSkipped = table.firstSkipped
        let live = table.live(like: distributions)
        let names = Set(live.map(\.name))
        columns = rule.compare(
            reference: distributions.filter { names.contains($0.name) }, live: live)
        absent = distributions.map(\.name).filter { !names.contains($0) }
        strangers = table.strangers(to: distributions)
        violations = table.violations
    }

    var drifted: [ColumnDrift] { columns.filter { $0.verdict == .drift } }

    /// Neither drift nor anything that breaks the schema, and every row could be read.
    var isQuiet: Bool { drifted.isEmpty && violations.isEmpty && skippedCount == 0 }

    /// Whether anything could be compared.
    var saysSomething: Bool { columns.contains { $0.verdict == .noDrift || $0.verdict == .drift } }

    /// In a sentence.
    var summary: String {
        var parts: [String] = []
        if !drifted.isEmpty {
            parts.append(
                "drift in \(drifted.count) of \(columns.count) columns: "
                    + drifted.map(\.name).joined(separator: ", "))
        }
        if !violations.isEmpty {
            parts.append(
                "the schema is broken in " + violations.map(\.column).joined(separator: ", "))
        }
        if skippedCount > 0 {
            parts.append("\(skippedCount) of \(rowCount) rows could not be read")
        }
        if parts.isEmpty {
            let silent = columns.count { $0.verdict != .noDrift }
            return silent == columns.count
                ? "nothing could be compared"
                : "no drift in \(columns.count - silent) of \(columns.count) columns"
        }
        return parts.joined(separator: "; ")
    }
}

extension DriftReport {
    var json: JSONText {
        [
            "model": .string(reference.model), "number": .string(reference.number),
            "suite": .string(reference.suite), "dataset": .string(reference.dataset),
            "dataset_digest": .string(Hexadecimal.text(of: reference.datasetDigest)),
            "example_count": JSONText(reference.exampleCount), "file": .string(path),
            "row_count": JSONText(rowCount), "skipped_row_count": JSONText(skippedCount),
            "first_skipped": firstSkipped.map { .string($0.description) } ?? .null,
            "alpha": .number(rule.alpha), "smallest_effect": .number(rule.smallestEffect),
            "has_drift": .bool(!drifted.isEmpty), "columns": .array(columns.map(\.json)),
            "absent_columns": .array(absent.map { .string($0) }),
            "new_columns": .array(strangers.map { .string($0) }),
            "schema_violations": .array(violations.map(\.json)),
        ]
    }
}

extension ColumnDrift {
    fileprivate var json: JSONText {
        [
            "name": .string(name), "verdict": .string(verdict.rawValue), "why": .string(why),
            "change": .string(change), "reference_count": JSONText(referenceCount),
            "live_count": JSONText(liveCount),
            "tests": .array(
                tests.map { test in
                    [
                        "test": .string(test.kind.rawValue), "statistic": .number(test.statistic),
                        "p": .number(test.p), "limit": test.limit.map { .number($0) } ?? .null,
                        "effect": .number(test.effect), "is_drift": .bool(test.isDrift),
                    ]
                }),
        ]
    }
}

extension SchemaViolation {
    fileprivate var json: JSONText {
        let isLine = place.line != nil
        return [
            "column": .string(column), "row_count": JSONText(rowCount),
            isLine ? "line" : "row": (place.line ?? place.row).map { JSONText($0) } ?? .null,
            "text": .string(text),
        ]
    }
}

extension ReferenceDistributions {
    /// `nil` where the evaluator did not say.
    fileprivate var evaluationTask: EvaluationTask? {
        let kind = EvaluationTask.kinds.first { $0.description == task }
        if case .binary = kind { return .binary(positive: positiveLabel) }
        return kind
    }
}
