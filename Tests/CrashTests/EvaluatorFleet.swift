import CairnClient
import CairnCore
import CairnTestKit
import Evaluation
import Glibc
import LinuxHost
import Messages
import Ports
import SQLiteStores
import Synchronization
import TCPTransport

/// Evaluators on one data folder, as processes that are killed, stopped and started again.
final class EvaluatorFleet: Sendable {
    let folder: String
    let count: Int
    private let ingest: String
    private let running: Mutex<[Int: ChildProcess]> = Mutex([:])

    /// - Parameters:
    ///   - folder: the data folder.
    ///   - ingest: where ingest listens.
    init(folder: String, ingest: String, count: Int) {
        (self.folder, self.ingest, self.count) = (folder, ingest, count)
    }

    /// - Parameter index: 0 and up to the count.
    func address(_ index: Int) -> String { "unix:\(folder)/e\(index)" }

    /// - Parameter waits: until it is ready.
    func start(_ index: Int, waits: Bool = false) async throws {
        let log = open("\(folder)/e\(index).log", O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o644)
        guard log >= 0 else { throw HostError("no log in \(folder)") }
        defer { close(log) }
        let ready = try Pipe()
        defer { close(ready.readEnd) }
        let process = try ChildProcess(
            BuiltPrograms.path("cairn-evaluator"),
            [
                "--data", folder, "--listen", address(index), "--admin", "none", "--ingest", ingest,
                "--controller", "unix:\(folder)/nobody", "--jobs", "2", "--lease-seconds", "1",
                "--ready-fd", "3",
            ],
            descriptors: [
                .init(1, from: log), .init(2, from: log), .init(3, from: ready.writeEnd),
            ])
        close(ready.writeEnd)
        running.withLock { $0[index] = process }
        // Ready, or ended: then calls say so.
        if waits { _ = await Readiness.readAll(ready.readEnd, byteCountMax: 1 << 10) }
    }

    func startAll() async throws {
        for index in 0..<count { try await start(index, waits: true) }
    }

    /// As the power would: no instruction more.
    func kill(_ index: Int) async throws {
        guard let process = running.withLock({ $0.removeValue(forKey: index) }) else { return }
        process.send(SIGKILL)
        _ = try await process.wait()
    }

    func send(_ signal: Int32, to index: Int) {
        running.withLock { $0[index] }?.send(signal)
    }

    func endAll() async throws {
        for (index, process) in running.withLock({ $0 }) {
            process.send(SIGCONT)
            process.send(SIGTERM)
            let code = try await process.wait()
            running.withLock { $0[index] = nil }
            // One that has just been started does not know the signal yet.
            guard [0, -SIGTERM].contains(code) else {
                throw HostError("evaluator \(index) ended with \(code)")
            }
        }
    }

    // MARK: What came of it

    private var database: String { folder + "/evaluator/evaluator.sqlite" }

    func pendingCount() throws -> Int {
        try SQLiteEvaluationStore(path: database).counts().pending
    }

    /// All evaluations by model, version and suite, each with what was measured.
    func results(of models: [String]) throws -> [String: [EvaluatorResult]] {
        let store = try SQLiteEvaluationStore(path: database)
        var results: [String: [EvaluatorResult]] = [:]
        for model in models {
            for evaluation in try store.evaluations(of: ModelName(model), number: nil) {
                let name = "\(model)@\(evaluation.version.number) on \(evaluation.suite.name)"
                results[name, default: []].append(
                    EvaluatorResult(
                        evaluation, try store.measurements(of: evaluation.job.id)))
            }
        }
        return results
    }

    /// How often the controller would be told of each.
    func verdicts() throws -> [String: Int] {
        var verdicts: [String: Int] = [:]
        let outbox = try SQLiteOutbox(path: database)
        for event in try outbox.undelivered(to: "controller", limit: 100_000) {
            let verdict = try VerdictReached(decoding: event.body)
            verdicts["\(verdict.model)@v\(verdict.number) on \(verdict.suite)", default: 0] += 1
        }
        return verdicts
    }
}

/// The end of one evaluation, without what differs between two runs of the same.
struct EvaluatorResult: Equatable {
    let record: [UInt8]
    let measurements: [Measurement]
    let verdict: Verdict?
    /// How often it was taken.
    let leaseCount: Int
    let crashCount: Int

    init(_ evaluation: StoredEvaluation, _ measurements: [Measurement]) {
        var record = evaluation.record
        record?.evaluationId = []
        record?.startedUnixMs = 0
        record?.endedUnixMs = 0
        verdict = record?.verdict
        // Encoded, numbers are compared by their bits. What cannot be encoded equals nothing.
        self.record = (try? record?.encoded()) ?? []
        self.measurements = measurements
        (leaseCount, crashCount) = (evaluation.job.leaseCount, evaluation.job.crashCount)
    }

    static func == (a: EvaluatorResult, b: EvaluatorResult) -> Bool {
        !a.record.isEmpty && a.record == b.record && a.measurements == b.measurements
    }
}
