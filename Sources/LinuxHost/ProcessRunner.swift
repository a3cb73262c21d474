import CLinux
import CairnCore
import Dispatch
import Glibc
import Ports

/// Runs suites' commands as processes of this host.
public struct ProcessRunner: PredictionRunner {
    /// What no process of another evaluator carries: it names our data folder for ever.
    private let owner: String

    private let limits: Limits
    private let log: @Sendable (String) -> Void

    /// What no suite sets.
    public struct Limits: Sendable {
        /// What a command that is to end has for it before it is killed, and between two kills.
        public var grace = Duration.seconds(5)
        /// Then it is left to the kernel that holds it.
        public var killCountMax = 6
        /// Of the disk that runners write to: with less they are not started, and ended.
        public var freeByteCountMin: UInt64 = 64 << 20
        /// Of a user that runners alone run as, threads counted.
        public var processCountMax: UInt64 = 4_096

        public init() {}
    }

    /// - Parameters:
    ///   - owner: see `EvaluationFolder.owner`.
    ///   - log: told which limit of memory is in force where it is not the one that was said at first.
    public init(
        owner: String, limits: Limits = Limits(),
        log: @escaping @Sendable (String) -> Void = { _ in }
    ) {
        (self.owner, self.limits, self.log) = (owner, limits, log)
    }

    /// Which limit a suite's `memory_limit` is on this host, for the log. Blocks shortly, the first time.
    public static var memoryLimit: String {
        switch ControlGroupHome.ours {
        case nil:
            "memory_limit of runners: address space of each process (RLIMIT_AS), because this host "
                + "has no control groups of version 2 for us"
        case .some(let home):
            switch home.memory {
            case .limited:
                "memory_limit of runners: memory of all their processes together (memory.max of "
                    + "groups in \(home.path))"
            case .unlimited(let why):
                "memory_limit of runners: address space of each process (RLIMIT_AS), because \(why)"
            }
        }
    }

    static let usualPath = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"

    public func run(_ order: RunnerOrder, progress: @escaping @Sendable (UInt64) -> Void)
        async throws -> RunnerOutcome
    {
        let account: UserAccount?
        do throws(HostError) { account = try UserAccount.toBecome(order.user) } catch {
            return .failed(error.description)
        }
        let signal = try CancellationSignal()
        let mark = mark(of: order.evaluation, lease: order.lease)
        let group = ControlGroup.make(
            groupName(of: order.evaluation, lease: order.lease),
            memoryByteCountMax: order.memoryByteCountMax)
        if order.memoryByteCountMax > 0, group?.memoryByteCountMax == nil,
            ControlGroupHome.ours?.memory == .limited
        {
            log(
                "the runner of evaluation \(order.evaluation) has no control group with memory.max: "
                    + "its memory_limit is the address space of each process (RLIMIT_AS)")
        }
        let process = RunnerProcess(
            order: order, environment: environment(of: order, account, mark), account: account,
            group: group, cancellation: signal.descriptor, limits: limits, progress: progress)
        // A queue of its own: the thread waits for the command and for nothing else.
        let queue = DispatchQueue(label: "cairn.runner")
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                queue.async {
                    let result = Result { try process.run() }
                    _ = group?.end()
                    _ = MarkedProcesses.end(markedWith: mark)
                    withExtendedLifetime(signal) { continuation.resume(with: result) }
                }
            }
        } onCancel: {
            signal.set()
        }
    }

    /// Nothing of our own environment, which may hold secrets.
    private func environment(of order: RunnerOrder, _ account: UserAccount?, _ mark: String)
        -> [String: String]
    {
        var usual = [
            "PATH": Self.usualPath, "HOME": order.work.path, "TMPDIR": order.work.path + "/tmp",
            "LANG": "C.UTF-8",
        ]
        if let account { (usual["USER"], usual["LOGNAME"]) = (account.name, account.name) }
        var environment = usual.merging(order.environment) { _, theirs in theirs }
        environment[MarkedProcesses.variable] = mark
        return environment
    }

    /// Ends with a word that cannot go on: lease 1 is not the beginning of lease 12.
    private func mark(of id: EvaluationID, lease number: Int) -> String {
        "\(owner)/\(id)/\(number)/"
    }

    private func groupName(of id: EvaluationID, lease number: Int) -> String {
        "cairn-\(id)-\(number)"
    }

    /// Its control group is found where the evaluator that made it was in ours, as several under one
    /// user or one unit are; where it had a unit of its own, that ended with it.
    public func endRun(of evaluation: EvaluationID, lease number: Int) async throws -> Int {
        let mark = mark(of: evaluation, lease: number)
        let group = ControlGroup.make(groupName(of: evaluation, lease: number))
        return await withCheckedContinuation { continuation in
            DispatchQueue(label: "cairn.runner.orphans").async {
                let count = group?.end() ?? 0
                continuation.resume(returning: count + MarkedProcesses.end(markedWith: mark))
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
