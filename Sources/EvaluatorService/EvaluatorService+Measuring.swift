import CairnCore
import Evaluation
import Messages
import Ports
import ServiceKit
import Synchronization

/// From predictions on disk to numbers.
extension EvaluatorService {
    /// Reads every repeat's predictions once: block by block, as many at a time as there are threads.
    ///
    /// - Throws: `InputError` where a file is not what it should be.
    func measure(_ evaluation: StoredEvaluation, on examples: ExampleSet) async throws
        -> MeasuredEvaluation
    {
        let suite = evaluation.suite
        let pass = MeasuringPass(
            suite.metrics, gated: suite.metricsHeldAgainstOthers, task: suite.task,
            examples: examples, zeroDivision: suite.options.zeroDivision,
            workerCount: settings.metricsWorkerCount)
        var sources: [(any Evaluation.ByteSource, PredictionsFile)] = []
        for index in 0..<suite.repeats {
            sources.append(try await source(of: evaluation, index))
        }
        var total: UInt64 = 0
        for (source, _) in sources { total += UInt64(source.byteCount) }
        progress.begin(evaluation.job.id, "reading", of: total, "bytes", at: clock.now())
        var (repeats, done): ([Measurement], UInt64) = ([], 0)
        var collectors = EvaluationCollectors(suite.task, examples)
        for (index, (source, file)) in sources.enumerated() {
            let reading = PredictionsReading(
                source: source, file: file, pass: pass, suite: suite, examples: examples,
                workerCount: settings.metricsWorkerCount,
                collectors: index == 0 ? collectors : nil)
            let (id, board, start) = (evaluation.job.id, progress, done)
            do {
                let measured = try await reading.run { board.update(id, done: start + $0) }
                repeats.append(measured.measurement)
                if let filled = measured.collectors { collectors = filled }
            } catch let error as InputError {
                let which = suite.repeats == 1 ? "" : " of repeat \(index + 1)"
                let name = file.origin.map { " in \($0)" } ?? ""
                throw InputError("the predictions\(which)\(name): \(error)")
            }
            done += UInt64(source.byteCount)
        }
        guard let measurements = Measurements(repeats) else {
            throw RPCError(.internal, "a suite without repeats was measured")
        }
        return MeasuredEvaluation(measurements: measurements, collectors: collectors)
    }

    private func source(of evaluation: StoredEvaluation, _ index: Int) async throws
        -> (any Evaluation.ByteSource, PredictionsFile)
    {
        guard let file = evaluation.job.predictions[index],
            let open = try await files.open(.predictions(evaluation.job.id, file))
        else {
            throw InputError("the predictions of repeat \(index + 1) are gone; evaluate again")
        }
        return (try await open.byteSource(), file)
    }

    /// The last 4 KiB of what the runner printed, from the start of a line on where that is near.
    func logTail(of id: EvaluationID) async -> String {
        do {
            guard let file = try await files.open(.log(id)) else { return "" }
            let count = try await file.byteCount
            let start = count > 4_096 ? count - 4_096 : 0
            var bytes = try await file.read(at: start, count: 4_096).bytes[...]
            if start > 0, let end = bytes.prefix(1_024).firstIndex(of: 0x0A) {
                bytes = bytes[(end + 1)...]
            }
            let text = String(decoding: bytes.filter { $0 != 0 }, as: UTF8.self)
            // What is no UTF-8 has become three bytes each: cut once more, between two characters.
            return String(
                decoding: text.utf8.suffix(4_096).drop { $0 & 0xC0 == 0x80 }, as: UTF8.self)
        } catch {
            return "(the log could not be read: \(error))"
        }
    }

    /// What a done evaluation no longer needs. What stays is removed at the next start.
    func cleanUp(after evaluation: StoredEvaluation) async {
        do {
            try await files.removeAll(of: evaluation.job.id)
        } catch {
            log("files of evaluation \(evaluation.job.id) were not removed: \(error)")
        }
    }
}

struct MeasuredEvaluation: Sendable {
    let measurements: Measurements
    /// Filled with the first repeat.
    let collectors: EvaluationCollectors
}

/// One predictions file, read on threads that may block.
private struct PredictionsReading: Sendable {
    let source: any Evaluation.ByteSource
    let file: PredictionsFile
    let pass: MeasuringPass
    let suite: EvaluationSuite
    let examples: ExampleSet
    let workerCount: Int
    let collectors: EvaluationCollectors?

    struct Measured: Sendable {
        let measurement: Measurement
        let collectors: EvaluationCollectors?
    }

    /// - Parameter progress: is told how many bytes were read.
    /// - Throws: also where the task was cancelled; it ends with the blocks that are under way.
    func run(_ progress: @escaping @Sendable (UInt64) -> Void) async throws -> Measured {
        let isCancelled = Flag()
        return try await withTaskCancellationHandler {
            try await Compute.run {
                Result { () throws(InputError) in try measured(progress, isCancelled) }
            }.get()
        } onCancel: {
            isCancelled.raise()
        }
    }

    private func measured(_ progress: (UInt64) -> Void, _ isCancelled: Flag) throws(InputError)
        -> Measured
    {
        guard let format = RowFormat(ending: file.ending) else {
            throw InputError("their format '.\(file.ending)' is not read")
        }
        var reader = try PredictionReader(
            source, format: format, task: suite.task, examples: examples,
            skipsInvalid: file.skipsInvalid || suite.options.skipsInvalid,
            workerCount: workerCount)
        var all = collectors?.all ?? []
        let measurement = try pass.run(&reader, collectors: &all) { byteCount throws(InputError) in
            if isCancelled.isRaised { throw InputError("the evaluation was stopped") }
            progress(UInt64(byteCount))
        }
        var filled = collectors
        filled?.all = all
        return Measured(measurement: measurement, collectors: filled)
    }
}

/// Raised once, from any thread.
private final class Flag: Sendable {
    private let state = Atomic(false)

    var isRaised: Bool { state.load(ordering: .relaxed) }
    func raise() { state.store(true, ordering: .relaxed) }
}
