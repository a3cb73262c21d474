import CLinux
import CairnCore
import Dispatch
import Glibc
import Ports

/// Runs suites' commands as processes of this host.
public struct ProcessRunner: PredictionRunner {
    /// What no process of another evaluator carries: it names our data folder for ever.
    private let owner: String

    private let grace: Duration

    /// - Parameters:
    ///   - owner: see `EvaluationFolder.owner`.
    ///   - grace: what a command that is to end has for it before it is killed.
    public init(owner: String, grace: Duration = .seconds(5)) {
        (self.owner, self.grace) = (owner, grace)
    }

    static let usualPath = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"

    public func run(_ order: RunnerOrder, progress: @escaping @Sendable (UInt64) -> Void)
        async throws -> RunnerOutcome
    {
        let signal = try CancellationSignal()
        let mark = mark(of: order.evaluation, lease: order.lease)
        let process = RunnerProcess(
            order: order, environment: environment(of: order, mark),
            cancellation: signal.descriptor, grace: grace, progress: progress)
        // A queue of its own: the thread waits for the command and for nothing else.
        let queue = DispatchQueue(label: "cairn.runner")
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                queue.async {
                    let result = Result { try process.run() }
                    _ = MarkedProcesses.end(markedWith: mark)
                    withExtendedLifetime(signal) { continuation.resume(with: result) }
                }
            }
        } onCancel: {
            signal.set()
        }
    }

    /// Nothing of our own environment, which may hold secrets.
    private func environment(of order: RunnerOrder, _ mark: String) -> [String: String] {
        let usual = [
            "PATH": Self.usualPath, "HOME": order.work.path, "TMPDIR": order.work.path + "/tmp",
            "LANG": "C.UTF-8",
        ]
        var environment = usual.merging(order.environment) { _, theirs in theirs }
        environment[MarkedProcesses.variable] = mark
        return environment
    }

    /// Ends with a word that cannot go on: lease 1 is not the beginning of lease 12.
    private func mark(of id: EvaluationID, lease number: Int) -> String {
        "\(owner)/\(id)/\(number)/"
    }

    public func endRun(of evaluation: EvaluationID, lease number: Int) async throws -> Int {
        let mark = mark(of: evaluation, lease: number)
        return await withCheckedContinuation { continuation in
            DispatchQueue(label: "cairn.runner.orphans").async {
                continuation.resume(returning: MarkedProcesses.end(markedWith: mark))
            }
        }
    }
}

/// A descriptor that is readable once somebody has said so.
private final class CancellationSignal: Sendable {
    let descriptor: Int32

    init() throws(HostError) {
        descriptor = cairn_eventfd()
        guard descriptor >= 0 else { throw .last("no event descriptor could be made") }
    }

    deinit { close(descriptor) }

    func set() {
        var one: UInt64 = 1
        _ = write(descriptor, &one, 8)
    }
}
