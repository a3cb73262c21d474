import CairnCore

/// Runs a suite's command on this host, inside limits.
public protocol PredictionRunner: Sendable {
    /// Returns when the command and everything that it started has ended. Its output is in
    /// `order.work.log` then.
    /// - Parameter progress: told how many bytes of predictions there are, again and again.
    /// - Throws: `CancellationError` when the task is cancelled, after everything was ended.
    func run(_ order: RunnerOrder, progress: @escaping @Sendable (UInt64) -> Void) async throws
        -> RunnerOutcome

    /// Ends what still runs on this host under a lease that is over.
    /// - Returns: how many processes that were.
    func endRun(of evaluation: EvaluationID, lease number: Int) async throws -> Int
}

public struct RunnerOrder: Sendable, Equatable {
    public let evaluation: EvaluationID
    /// The number of the lease that it runs under.
    public let lease: Int
    /// Command and arguments, with paths in place of placeholders.
    public let words: [String]
    /// All that the command finds in its environment, but for `PATH`, `HOME`, `TMPDIR` and `LANG`,
    /// which it gets where they are not here.
    public let environment: [String: String]
    public let timeLimit: Duration
    /// Of the predictions and of the log, each.
    public let outputByteCountMax: UInt64
    /// Of the address space of each of its processes; 0: no limit.
    public let memoryByteCountMax: UInt64
    /// Whom it runs as; empty: as the evaluator.
    public let user: String
    public let work: WorkFolder

    public init(
        evaluation: EvaluationID, lease: Int, words: [String], environment: [String: String],
        timeLimit: Duration, outputByteCountMax: UInt64, memoryByteCountMax: UInt64 = 0,
        user: String = "", work: WorkFolder
    ) {
        (self.evaluation, self.lease) = (evaluation, lease)
        (self.words, self.environment) = (words, environment)
        (self.timeLimit, self.outputByteCountMax) = (timeLimit, outputByteCountMax)
        (self.memoryByteCountMax, self.user, self.work) = (memoryByteCountMax, user, work)
    }
}

public enum RunnerOutcome: Sendable, Equatable {
    /// Exit code 0.
    case succeeded
    /// It was not started, or ended for no fault of its own: the host has no room. To be tried again.
    case putOff(String)
    /// The text says what it did instead: "ended with exit code 3", "ran longer than 10 s".
    case failed(String)
}

/// A runner that is a function, for simulations and tests.
public struct FunctionRunner: PredictionRunner {
    private let body: @Sendable (RunnerOrder) async throws -> RunnerOutcome

    public init(_ body: @escaping @Sendable (RunnerOrder) async throws -> RunnerOutcome) {
        self.body = body
    }

    public func run(_ order: RunnerOrder, progress: @escaping @Sendable (UInt64) -> Void)
        async throws -> RunnerOutcome
    { try await body(order) }

    public func endRun(of evaluation: EvaluationID, lease number: Int) -> Int { 0 }
}
