import CairnCore
import Evaluation
import Messages
import Ports
import ServiceKit

/// The evaluator: measures every version on the same pinned test sets and says what that means.
///
/// Knows nothing of sockets, SQLite, files or processes: it is given a store, files, a restorer, a
/// runner and a clock.
public final class EvaluatorService: Sendable {
    let ledger: EvaluatorLedger
    let files: any EvaluationFiles
    let restorer: any VersionRestorer
    let runner: any PredictionRunner
    let workers: any EvaluationWorkers
    let stable: any StableVersions
    let clock: any WallClock
    /// The time since the host's start, by which leases run out: nobody sets it.
    let uptime: any WallClock
    let log: @Sendable (String) -> Void
    let settings: EvaluatorSettings
    /// Rings when an event entered the outbox.
    public let doorbell = Doorbell()
    /// Rings when anything about an evaluation changed, here or in another evaluator.
    let changes = Doorbell()
    let held = HeldLeases()
    let progress = ProgressBoard()

    public init(
        store: sending any EvaluationStore, files: any EvaluationFiles,
        restorer: any VersionRestorer, runner: any PredictionRunner,
        workers: any EvaluationWorkers, stable: any StableVersions, clock: any WallClock,
        uptime: any WallClock,
        random: any RandomNumberGenerator & Sendable = SystemRandomNumberGenerator(),
        settings: EvaluatorSettings = EvaluatorSettings(),
        log: @escaping @Sendable (String) -> Void = { _ in }
    ) {
        ledger = EvaluatorLedger(store, clock: clock, random: random)
        (self.files, self.restorer, self.runner) = (files, restorer, runner)
        (self.workers, self.stable) = (workers, stable)
        (self.clock, self.uptime) = (clock, uptime)
        (self.settings, self.log) = (settings, log)
    }

    /// Every call of `cairn.Evaluator`.
    public func routes() -> RPCRoutes {
        var routes = RPCRoutes(serviceName: "cairn-evaluator")
        addDatasets(to: &routes)
        addSuites(to: &routes)
        addVersions(to: &routes)
        addEvaluations(to: &routes)
        addUploads(to: &routes)
        addCancelling(to: &routes)
        addComparisons(to: &routes)
        addDetails(to: &routes)
        addReference(to: &routes)
        addLogs(to: &routes)
        return routes
    }

    /// Turns what stores throw into what callers see, and logs what is not the caller's fault.
    func answering<Result>(_ body: () async throws -> Result) async throws -> Result {
        do {
            return try await body()
        } catch let error as SuiteError {
            throw RPCError(.invalidArgument, "\(error). The suite was not changed")
        } catch let error as ComparisonError {
            throw RPCError(.refused, error.description)
        } catch let error
            where !(error is RPCError || error is CancellationError || error is MessageError)
        {
            log("\(error)")
            throw RPCError(.unavailable, "the store failed: \(error). Nothing was changed")
        }
    }
}

/// What an operator may set.
public struct EvaluatorSettings: Sendable {
    /// Runners at the same time.
    public var runnerCount = 1
    /// Whom runners run as; empty: as the evaluator, or as their suite says.
    public var runnerUser = ""
    /// Threads for metrics; the numbers do not depend on it.
    public var metricsWorkerCount = 2
    /// How long a call waits for a version that ingest is about to tell of.
    public var announcementPatience = Duration.seconds(5)
    /// Of an upload of predictions.
    public var uploadByteCountMax: UInt64 = 1 << 30
    /// How long other evaluators leave a job to a worker that they hear nothing of.
    public var leaseTime = Duration.seconds(30)
    /// How often those who watch an evaluation are told how far its phase is, at most.
    public var progressInterval = Duration.milliseconds(200)
    /// How often is looked for what other evaluators changed, and for what they left behind.
    public var changeInterval = Duration.milliseconds(200)
    public var inheritanceInterval = Duration.seconds(1)
    /// Which logs of runners stay, and how often that is looked at.
    public var logRetention = RunnerLogRetention()
    public var logInterval = Duration.seconds(60)

    public init() {}
}
