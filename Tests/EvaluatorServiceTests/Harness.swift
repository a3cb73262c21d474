import CairnCore
import Evaluation
import EvaluatorService
import Messages
import Ports
import Synchronization

/// An evaluator in this process, with calls into it.
struct Harness: Sendable {
    let service: EvaluatorService
    let channel: InMemoryChannel
    let clock: ManualClock
    let log: TestLog

    init(
        store: sending any EvaluationStore, files: any EvaluationFiles = InMemoryEvaluationFiles(),
        restorer: any VersionRestorer = FunctionRestorer { _, _ in },
        runner: any PredictionRunner = FunctionRunner { _ in .failed("nobody runs here") },
        workers: any EvaluationWorkers = SoleWorker(),
        stable: any StableVersions = InMemoryStableVersions(), clock: ManualClock = ManualClock(),
        uptime: any WallClock = ManualClock(Timestamp(seconds: 100)), seed: UInt64 = 1,
        settings: EvaluatorSettings = EvaluatorSettings()
    ) {
        let log = TestLog()
        service = EvaluatorService(
            store: store, files: files, restorer: restorer, runner: runner, workers: workers,
            stable: stable,
            clock: clock, uptime: uptime, random: SeededRandom(seed: seed), settings: settings
        ) { log.add($0) }
        channel = InMemoryChannel(service.routes())
        (self.clock, self.log) = (clock, log)
    }

    /// Runs the service for the length of `body`.
    func running<Result: Sendable>(_ body: @Sendable @escaping () async throws -> Result)
        async throws -> Result
    {
        try await withThrowingTaskGroup(of: Result?.self) { group in
            group.addTask {
                do {
                    try await service.recover()
                    try await service.run()
                } catch is CancellationError {}
                return nil
            }
            group.addTask { try await body() }
            defer { group.cancelAll() }
            while let result = try await group.next() {
                if let result { return result }
            }
            throw RPCError(.internal, "the service ended by itself")
        }
    }

    @discardableResult
    func addDataset(
        _ text: String, name: String = "d", fileName: String = "d.csv",
        schema: Messages.DatasetSchema? = nil
    ) async throws -> DatasetRecord {
        try await addDataset(
            bytes: Array(text.utf8), name: name, fileName: fileName, schema: schema)
    }

    @discardableResult
    func addDataset(
        bytes: [UInt8], name: String = "d", fileName: String,
        schema: Messages.DatasetSchema? = nil
    ) async throws -> DatasetRecord {
        try await channel.upload(EvaluatorMethods.addDataset) { parts in
            let middle = bytes.count / 2
            try await parts.send(
                AddDataset(
                    name: name, digest: Digest(of: bytes).bytes, fileName: fileName, schema: schema),
                attachment: SharedBytes(Array(bytes[..<middle])))
            try await parts.send(AddDataset(), attachment: SharedBytes(Array(bytes[middle...])))
        }
    }

    func apply(_ spec: SuiteSpec) async throws -> SuiteRecord {
        try await channel.call(EvaluatorMethods.applySuite, spec)
    }

    /// Ingest tells of a version; its manifest is the digest of its number.
    func commit(_ number: String, parent: String = "", event: UInt64? = nil) async throws {
        let id = event ?? UInt64(Digest(of: Array(number.utf8)).bytes[0])
        _ = try await channel.call(
            EvaluatorMethods.versionCommitted,
            VersionCommitted(
                eventId: EventID(high: 9, low: id).bytes, model: "m", number: number,
                manifestDigest: Digest(of: Array(number.utf8)).bytes, parent: parent,
                parentManifestDigest: parent.isEmpty ? [] : Digest(of: Array(parent.utf8)).bytes))
    }

    func upload(_ text: String, to number: String, suite: String = "s", repeatIndex: UInt32 = 0)
        async throws -> EvaluationRecord
    {
        try await channel.upload(EvaluatorMethods.uploadPredictions) { parts in
            try await parts.send(
                UploadPredictions(
                    model: "m", number: number, suite: suite, repeatIndex: repeatIndex),
                attachment: SharedBytes(Array(text.utf8)))
        }
    }

    func cancel(_ record: EvaluationRecord, because reason: String = "") async throws
        -> EvaluationRecord
    {
        try await channel.call(
            EvaluatorMethods.cancelEvaluation,
            CancelEvaluation(evaluationId: record.evaluationId, reason: reason))
    }

    func get(_ number: String, suite: String = "") async throws -> EvaluationRecord {
        try await channel.call(
            EvaluatorMethods.getEvaluation,
            GetEvaluation(model: "m", number: number, suite: suite))
    }

    /// Watches a version's evaluation to its end.
    /// - Returns: the states that were seen, and the last record.
    func watch(_ number: String, suite: String = "") async throws -> ([String], EvaluationRecord) {
        try await channel.stream(
            EvaluatorMethods.watchEvaluation,
            GetEvaluation(model: "m", number: number, suite: suite), .endless
        ) { records in
            var (states, last): ([String], EvaluationRecord?) = ([], nil)
            while let record = try await records.next()?.body {
                if states.last != record.state { states.append(record.state) }
                last = record
            }
            guard let last else { throw RPCError(.internal, "an empty watch") }
            return (states, last)
        }
    }
}

final class TestLog: Sendable {
    private let all = Mutex<[String]>([])
    func add(_ line: String) { all.withLock { $0.append(line) } }
    var lines: [String] { all.withLock { $0 } }
}

struct FunctionRestorer: VersionRestorer {
    let body: @Sendable (Digest, String) async throws -> Void
    init(_ body: @escaping @Sendable (Digest, String) async throws -> Void) { self.body = body }
    func restore(
        _ manifest: Digest, into folder: String,
        progress: @escaping @Sendable (UInt64, UInt64) -> Void
    ) async throws {
        progress(1, 4)
        try await body(manifest, folder)
    }
}

/// Suites and predictions of a tiny data set: ten examples, labels 0 and 1 in turn.
enum Tiny {
    static let data = "id,label\n" + (0..<10).map { "e\($0),\($0 % 2)\n" }.joined()

    /// The same with an age from 20 to 29.
    static let aged =
        "id,age,label\n" + (0..<10).map { "e\($0),\(20 + $0),\($0 % 2)\n" }.joined()

    /// Predictions with the first `wrong` examples wrong.
    static func predictions(wrong: Int) -> String {
        (0..<10).map { index in
            "{\"id\": \"e\(index)\", \"prediction\": \((index + (index < wrong ? 1 : 0)) % 2)}\n"
        }.joined()
    }

    static func suite(
        name: String = "s", gates: [Gate] = [Gate(metric: "accuracy", kind: .atLeast, bound: 0.9)],
        runner: Bool = false, repeats: UInt32 = 1, data: String = data
    ) -> SuiteSpec {
        SuiteSpec(
            name: name, model: "m", datasetDigest: Digest(of: Array(data.utf8)).bytes,
            task: .multiclass,
            runner: runner
                ? Runner(command: ["run", "{checkpoint}", "{dataset}", "{predictions}"]) : nil,
            gates: gates, repeats: repeats)
    }
}
