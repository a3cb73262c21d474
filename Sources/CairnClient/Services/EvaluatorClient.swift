import CairnCore
import Messages
import Ports

/// The evaluator, as tools call it.
public struct EvaluatorClient: Sendable {
    /// For calls that have no function here.
    public let channel: any RPCChannel

    public init(_ channel: any RPCChannel) { self.channel = channel }

    /// Bytes of a file travel in parts of this size.
    static let partByteCount = 1 << 20

    /// Adds a data set; one with the same bytes is there already and stays.
    ///
    /// - Parameters:
    ///   - fileName: its ending says the format: `.csv`, `.jsonl`.
    public func addDataset(name: String, fileName: String, _ bytes: [UInt8]) async throws
        -> DatasetRecord
    {
        let head = AddDataset(name: name, digest: Digest(of: bytes).bytes, fileName: fileName)
        return try await channel.upload(EvaluatorMethods.addDataset) { parts in
            for (index, part) in Self.parts(bytes).enumerated() {
                try await parts.send(index == 0 ? head : AddDataset(), attachment: part)
            }
        }
    }

    /// Has predictions judged that were made elsewhere.
    ///
    /// - Parameters:
    ///   - fileName: its ending says how they are written: .jsonl, .csv, .npy, .npz, .cpred.
    ///   - skipsInvalid: bad rows are counted and left out; else the first one is an error.
    public func uploadPredictions(
        model: String, number: VersionNumber, suite: String, repeatIndex: Int = 0,
        fileName: String = "predictions.jsonl", skipsInvalid: Bool = false, _ bytes: [UInt8]
    ) async throws -> EvaluationRecord {
        let head = UploadPredictions(
            model: model, number: number.number, suite: suite, repeatIndex: UInt32(repeatIndex),
            fileName: fileName, skipInvalid: skipsInvalid)
        return try await channel.upload(EvaluatorMethods.uploadPredictions) { parts in
            for (index, part) in Self.parts(bytes).enumerated() {
                try await parts.send(index == 0 ? head : UploadPredictions(), attachment: part)
            }
        }
    }

    private static func parts(_ bytes: [UInt8]) -> [SharedBytes] {
        if bytes.isEmpty { return [SharedBytes([])] }
        return stride(from: 0, to: bytes.count, by: partByteCount).map {
            SharedBytes(Array(bytes[$0..<min(bytes.count, $0 + partByteCount)]))
        }
    }

    /// Starts, or finds, the evaluation of a version, and waits until it has a verdict.
    ///
    /// - Parameter each: told of every change on the way.
    public func verdict(
        model: String, number: VersionNumber, suite: String, again: Bool = false,
        each: @Sendable (EvaluationRecord) -> Void = { _ in }
    ) async throws -> EvaluationRecord {
        let started = try await channel.call(
            EvaluatorMethods.evaluate,
            Evaluate(model: model, number: number.number, suite: suite, again: again))
        return try await channel.stream(
            EvaluatorMethods.watchEvaluation, GetEvaluation(evaluationId: started.evaluationId),
            .endless
        ) { records in
            var last = started
            while last.verdict == .pending, let (record, _) = try await records.next() {
                last = record
                each(record)
            }
            return last
        }
    }
}
