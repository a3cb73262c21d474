import CairnCore
import Evaluation
import Messages
import Ports
import ServiceKit

/// From predictions on disk to numbers.
extension EvaluatorService {
    /// - Throws: `InputError` where a file is not what it should be.
    func measure(_ evaluation: StoredEvaluation) async throws -> Measurements {
        let examples = try await examples(of: evaluation.suite)
        var repeats: [Measurement] = []
        for index in 0..<evaluation.suite.repeats {
            let predictions = try await predictions(of: evaluation, index, examples)
            let (metrics, task) = (evaluation.suite.metrics, evaluation.suite.task)
            let workerCount = settings.metricsWorkerCount
            repeats.append(
                await Compute.run {
                    Measurement(
                        metrics, task: task, examples: examples, predictions: predictions,
                        workerCount: workerCount)
                })
        }
        guard let measurements = Measurements(repeats) else {
            throw RPCError(.internal, "a suite without repeats was measured")
        }
        return measurements
    }

    private func predictions(
        of evaluation: StoredEvaluation, _ index: Int, _ examples: Examples
    ) async throws -> Predictions {
        guard let name = evaluation.predictions(of: index), let file = try await files.open(name)
        else {
            throw InputError("the predictions of repeat \(index + 1) are gone; evaluate again")
        }
        var reader = PredictionsReader(task: evaluation.suite.task, examples: examples)
        do throws(InputError) {
            var offset: UInt64 = 0
            while let part = try await nextPart(of: file, &offset) {
                progress.update(evaluation.job.id, done: offset)
                try part.withUnsafeBytes { raw throws(InputError) in try reader.append(raw) }
            }
            return try reader.finish()
        } catch {
            let which = evaluation.suite.repeats == 1 ? "" : " of repeat \(index + 1)"
            throw InputError("the predictions\(which): \(error)")
        }
    }

    private func nextPart(of file: any ReadableFile, _ offset: inout UInt64)
        async throws(InputError) -> SharedBytes?
    {
        do {
            let part = try await file.read(at: offset, count: Self.partByteCount)
            offset += UInt64(part.count)
            return part.count == 0 ? nil : part
        } catch {
            throw InputError("they could not be read: \(error)")
        }
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
            return String(decoding: bytes.filter { $0 != 0 }, as: UTF8.self)
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
