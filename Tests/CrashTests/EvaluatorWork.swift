import CairnClient
import CairnCore
import CairnTestKit
import Glibc
import LinuxHost
import Messages
import Ports
import Synchronization
import TCPTransport

/// Versions whose predictions follow from their bytes, and what orders their evaluation.
final class EvaluatorWork: Sendable {
    let folder: String
    let models: [String]
    private let versionCount: Int
    private let runnerSeconds: String
    private let versions = Mutex<[VersionCommitted]>([])

    /// - Parameters:
    ///   - versionCount: of all models; each is the parent of the next of its model.
    ///   - runnerSeconds: how long a runner sleeps before it predicts.
    init(folder: String, versionCount: Int, runnerSeconds: String = "0.2") {
        (self.folder, self.versionCount) = (folder, versionCount)
        self.runnerSeconds = runnerSeconds
        models = (0..<min(10, versionCount)).map { "model-\($0)" }
    }

    var ingest: String { "unix:\(folder)/ingest" }

    /// Runs `body` while an ingest is up that all evaluators fetch from.
    func withIngest(_ body: () async throws -> Void) async throws {
        let log = open(folder + "/ingest.log", O_WRONLY | O_CREAT | O_CLOEXEC, 0o644)
        defer { close(log) }
        let process = try ChildProcess(
            BuiltPrograms.path("cairn-ingest"),
            [
                "--data", folder + "/store", "--listen", ingest, "--admin", "none", "--evaluator",
                "unix:\(folder)/nobody",
            ], descriptors: [.init(1, from: log), .init(2, from: log)])
        let result: Result<Void, any Error>
        do { result = .success(try await body()) } catch { result = .failure(error) }
        process.send(SIGTERM)
        _ = try await process.wait()
        try result.get()
    }

    private func client<Value: Sendable>(
        _ evaluator: String, _ body: (CairnClient) async throws -> Value
    ) async throws -> Value {
        var addresses = ServiceAddresses.standard
        addresses.ingest = SocketAddress(ingest)!
        addresses.evaluator = SocketAddress(evaluator)!
        return try await withClient(of: addresses, named: "crash test", body)
    }

    func push() async throws {
        try await client(ingest) { client in
            for index in 0..<versionCount {
                let model = models[index % models.count]
                let bytes = Array("\(index * 31 % 97)\n".utf8)
                let file = bytes.withUnsafeBytes { SnapshotMemory().copy($0, as: "weights") }
                let pushed = try await client.ingest.push(
                    [file], PushRequest(model: model, version: .auto))
                let parent = versions.withLock { $0.last { $0.model == model } }
                let event = VersionCommitted(
                    eventId: EventID(high: 77, low: UInt64(index)).bytes, model: model,
                    number: pushed.version?.number ?? "", manifestDigest: pushed.manifest.bytes,
                    parent: parent?.number ?? "", parentManifestDigest: parent?.manifestDigest ?? []
                )
                versions.withLock { $0.append(event) }
            }
        }
    }

    private static let rowCount = 120

    /// Tells the first evaluator of everything; the queue is full when this returns.
    func order(from fleet: EvaluatorFleet) async throws {
        var data = "id,label\n"
        for row in 0..<Self.rowCount { data += "e\(row),\(row * row % 7 % 2)\n" }
        let bytes = Array(data.utf8)
        try await client(fleet.address(0)) { client in
            let dataset = try await client.evaluator.addDataset(
                name: "test", fileName: "test.csv", bytes)
            for model in models {
                _ = try await client.evaluator.channel.call(
                    EvaluatorMethods.applySuite, suite(model, dataset.digest))
            }
            for event in versions.withLock({ $0 }) {
                _ = try await client.evaluator.channel.call(
                    EvaluatorMethods.versionCommitted, event)
            }
        }
    }

    private func suite(_ model: String, _ dataset: [UInt8]) -> SuiteSpec {
        // Probabilities that depend on the checkpoint's bytes, the seed and the row.
        let program = """
            sleep \(runnerSeconds)
            awk -F, -v w="$(cat "$1/weights")" -v s="$CAIRN_SEED" 'NR > 1 {
                p = ((NR * 37 + w * 11 + s * 3) % 97 + 1) / 99
                printf "{\\"id\\": \\"%s\\", \\"score\\": %.15g}\\n", $1, p }' "$2" > "$3"
            echo "predicted with $(cat "$1/weights")"
            """
        return SuiteSpec(
            name: "suite", model: model, datasetDigest: dataset, task: .binary,
            runner: Runner(
                command: ["sh", "-c", program, "sh", "{checkpoint}", "{dataset}", "{predictions}"],
                timeLimitMs: 20_000),
            gates: [
                Gate(metric: "accuracy", kind: .atLeast, bound: 0.3),
                Gate(metric: "log_loss", kind: .atMost, bound: 3),
                Gate(metric: "accuracy", kind: .nonInferiorToParent, bound: 0.5),
            ], repeats: 2, seed: 5)
    }

    // MARK: Watching

    func waitForState(_ state: String, of fleet: EvaluatorFleet, _ index: Int) async throws {
        try await wait(fleet, index) { $0.state == state }
    }

    /// And until it runs something.
    func waitForWorker(_ worker: String, of fleet: EvaluatorFleet, _ index: Int) async throws {
        try await wait(fleet, index) { $0.worker == worker && $0.state == "running" }
    }

    private func wait(
        _ fleet: EvaluatorFleet, _ index: Int, _ isIt: @Sendable (EvaluationRecord) -> Bool
    ) async throws {
        let first = versions.withLock { $0[0] }
        try await client(fleet.address(index)) { client in
            try await client.evaluator.channel.stream(
                EvaluatorMethods.watchEvaluation,
                GetEvaluation(model: first.model, number: first.number), .endless
            ) { records in
                while let record = try await records.next()?.body {
                    if isIt(record) { return }
                }
                throw RPCError(.internal, "the evaluation ended without that")
            }
        }
    }
}
