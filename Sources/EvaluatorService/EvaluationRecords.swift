import CairnCore
import Evaluation
import Messages
import Ports

extension EvaluatorService {
    /// What callers are told, with how far the present phase is where it is worked on here.
    func message(of evaluation: StoredEvaluation) -> EvaluationRecord {
        var record = evaluation.message
        if evaluation.job.isActive { record.progress = progress[evaluation.job.id] }
        return record
    }
}

extension StoredEvaluation {
    /// What is stored of it, as callers are told.
    var message: EvaluationRecord {
        if let record { return record }
        var pending = outline
        (pending.verdict, pending.state) = (.pending, job.phase.description)
        pending.worker = job.worker ?? ""
        if !job.waitsFor.isEmpty { pending.reasons = ["waits for " + job.waitsFor] }
        return pending
    }

    /// What is known before there is a result.
    private var outline: EvaluationRecord {
        EvaluationRecord(
            evaluationId: job.id.bytes, model: version.model.description,
            number: version.number.number, manifestDigest: version.manifest.bytes,
            suite: suite.name.description, suiteDigest: suite.digest.bytes,
            datasetDigest: suite.dataset.bytes, verdict: .pending,
            parent: version.parent?.number.number ?? "", startedUnixMs: orderedAt.milliseconds,
            priority: Int32(clamping: job.priority))
    }

    /// The record of an evaluation without numbers.
    func failed(_ why: String, logTail: String, at now: Timestamp) -> EvaluationRecord {
        var record = outline
        (record.verdict, record.state, record.endedUnixMs) = (.error, "done", now.milliseconds)
        (record.reasons, record.logTail) = ([String(why.prefix(4_000))], logTail)
        return record
    }

    /// The record of an evaluation that somebody did not want any more.
    func cancelled(_ why: String, at now: Timestamp) -> EvaluationRecord {
        var record = outline
        (record.verdict, record.state, record.endedUnixMs) = (.cancelled, "done", now.milliseconds)
        record.reasons = [why]
        return record
    }

    /// The record of an evaluation with numbers.
    func judged(_ outcome: JudgedMeasurements, at now: Timestamp) -> EvaluationRecord {
        var record = outline
        record.verdict = outcome.judgement.verdict.message
        (record.state, record.endedUnixMs) = ("done", now.milliseconds)
        record.reasons = outcome.judgement.reasons
        record.exampleCount = UInt64(outcome.measurements.exampleCount)
        record.metrics = outcome.measurements.messages
        record.gates = outcome.judgement.gates.map(\.message)
        if case .measured(_, let parent) = outcome.parent { record.parentMetrics = parent.messages }
        let first = outcome.measurements.repeats[0]
        if ConfusionLimits.allow(first.labels) {
            (record.labels, record.confusion) = (first.labels, first.confusion)
        }
        record.stable = outcome.stable?.number.number ?? ""
        record.slices = SliceLimits.fitting(outcome.measurements.slices.map(\.message))
        for measurement in outcome.measurements.repeats {
            record.skippedRowCount += UInt64(measurement.skipped.count)
            let room = SkippedRows.describedMax - record.skippedRows.count
            record.skippedRows += measurement.skipped.described.prefix(max(0, room))
        }
        return record
    }
}

/// A record fits into one message on the wire, so large confusion matrices stay out of it.
enum ConfusionLimits {
    static let labelCount = 256
    static let labelByteCount = 64 << 10

    static func allow(_ labels: [String]) -> Bool {
        labels.count <= labelCount && labels.reduce(0) { $0 + $1.utf8.count } <= labelByteCount
    }
}

/// So do slices: the first ones, as many as have room.
enum SliceLimits {
    static let byteCount = 1 << 20

    static func fitting(_ slices: [SliceResult]) -> [SliceResult] {
        var room = byteCount
        return Array(
            slices.prefix { slice in
                room -= slice.metrics.reduce(64 + slice.column.utf8.count + slice.value.utf8.count)
                { $0 + 32 + $1.name.utf8.count + $1.problem.utf8.count }
                return room >= 0
            })
    }
}

extension Measurements {
    /// The mean of each metric over the repeats.
    fileprivate var messages: [MetricResult] {
        repeats[0].metrics.map { first in
            (mean(of: first.metric) ?? first).message(exampleCount: answeredCount)
        }
    }
}

extension GateOutcome {
    fileprivate var message: GateResult {
        GateResult(gate: gate.message, verdict: verdict.message, why: why)
    }
}

extension EvaluationVerdict {
    var message: Messages.Verdict {
        switch self {
        case .pass: .pass
        case .fail: .fail
        case .inconclusive: .inconclusive
        case .error: .error
        case .cancelled: .cancelled
        }
    }
}
