import CairnCore
import Evaluation
import Messages
import Ports

/// How evaluations stand in their table.
enum EvaluationRows {
    static let columns =
        "e.id, e.model, e.number, e.manifest, e.parent, e.parent_manifest, s.spec, e.ordered_ms, "
        + "e.phase, e.not_before_ns, e.repeat_index, e.verdict, e.predicted_repeats, "
        + "e.crash_count, e.absence_count, e.waits_for, e.record, e.lease_worker, e.lease_count, "
        + "e.priority"

    static func read(_ row: SQLiteRow) throws -> StoredEvaluation {
        let suite = try EvaluationSuite(SuiteSpec(decoding: row.blob(6)))
        let record = row.isNull(16) ? nil : try EvaluationRecord(decoding: row.blob(16))
        return StoredEvaluation(
            version: try version(row, from: 1), suite: suite, job: try job(row, suite),
            orderedAt: Timestamp(milliseconds: row.int64(7)), record: record)
    }

    /// Model, number, manifest, parent and the parent's manifest, from column `first` on.
    static func version(_ row: SQLiteRow, from first: Int32) throws -> KnownVersion {
        guard let number = VersionNumber(row.text(first + 1)),
            let manifest = Digest(bytes: row.blob(first + 2))
        else { throw damaged("a version") }
        var parent: KnownVersion.Parent?
        if !row.isNull(first + 3) {
            guard let number = VersionNumber(row.text(first + 3)),
                let manifest = Digest(bytes: row.blob(first + 4))
            else { throw damaged("a version's parent") }
            parent = KnownVersion.Parent(number: number, manifest: manifest)
        }
        return KnownVersion(
            model: try ModelName(row.text(first)), number: number, manifest: manifest,
            parent: parent)
    }

    private static func job(_ row: SQLiteRow, _ suite: EvaluationSuite) throws -> EvaluationJob {
        guard let id = EvaluationID(bytes: row.blob(0)) else { throw damaged("an evaluation") }
        return EvaluationJob(
            id: id, hasRunner: suite.runner != nil, repeats: suite.repeats,
            priority: row.int(19), phase: try phase(row),
            predictions: try PredictionsText.read(row.text(12)),
            worker: row.isNull(17) ? nil : row.text(17), leaseCount: row.int(18),
            crashCount: row.int(13), absenceCount: row.int(14), waitsFor: row.text(15))
    }

    private static func phase(_ row: SQLiteRow) throws -> EvaluationJob.Phase {
        switch row.text(8) {
        case "waiting": return .waiting
        case "queued": return .queued(notBefore: Timestamp(nanoseconds: row.int64(9)))
        case "restoring": return .restoring
        case "running": return .running(repeatIndex: row.int(10))
        case "computing": return .computing
        case "done":
            guard let verdict = EvaluationVerdict(rawValue: row.text(11)) else {
                throw damaged("a verdict")
            }
            return .done(verdict)
        default: throw damaged("a phase")
        }
    }

    /// phase, not_before_ns, repeat_index, verdict, predicted_repeats, crash_count, absence_count,
    /// waits_for, lease_worker, lease_count.
    static func values(_ job: EvaluationJob) -> [SQLiteValue] {
        var (notBefore, repeatIndex, verdict) = (
            SQLiteValue.null, SQLiteValue.null, SQLiteValue.null
        )
        switch job.phase {
        case .queued(let time): notBefore = .integer(time.nanoseconds)
        case .running(let index): repeatIndex = .number(index)
        case .done(let value): verdict = .text(value.rawValue)
        case .waiting, .restoring, .computing: break
        }
        return [
            .text("\(job.phase)"), notBefore, repeatIndex, verdict,
            .text(PredictionsText.of(job.predictions)), .number(job.crashCount),
            .number(job.absenceCount), .text(job.waitsFor), .text(orNull: job.worker),
            .number(job.leaseCount),
        ]
    }

    static func values(_ version: KnownVersion) -> [SQLiteValue] {
        [
            .text(version.model.description), .text(version.number.number),
            .blob(version.manifest.bytes),
            version.parent.map { .text($0.number.number) } ?? .null,
            version.parent.map { .blob($0.manifest.bytes) } ?? .null,
        ]
    }

    static func damaged(_ what: String) -> SQLiteError {
        SQLiteError(code: 11, description: "the evaluator's database holds \(what) it cannot read")
    }
}
