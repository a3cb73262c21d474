import CairnCore

/// The evaluation of one version on one suite, from its order to its verdict.
///
/// Events go in, effects come out; the shell runs the effects in order and feeds back what came of
/// them. Every phase is durable before its work begins, so that a restart knows what was under way,
/// and a result is applied once: `done` takes no events. Who works on it holds its lease; in every
/// other phase nobody does.
public struct EvaluationJob: Equatable, Sendable {
    public enum Phase: Equatable, Sendable {
        /// For predictions that somebody uploads. → `queued`.
        case waiting
        /// For its turn, not before a moment. → `restoring`, `computing` (predictions are there).
        case queued(notBefore: Timestamp)
        /// The checkpoint is fetched and verified. → `running`, `queued` (its source is away),
        /// `done`.
        case restoring
        /// The runner predicts the whole data set. → `running` (the next repeat), `computing`,
        /// `done`, `queued` (interrupted, or no room).
        case running(repeatIndex: Int)
        /// → `done`, `queued` (interrupted).
        case computing
        /// Terminal. Every other phase leads here, too, when somebody cancels.
        case done(EvaluationVerdict)
    }

    public enum Event: Equatable, Sendable {
        /// It is this job's turn, and this worker does it.
        case taken(by: String)
        /// Its worker is gone, or was not heard of for too long; this one clears up after it.
        case inherited(by: String)
        case restored
        case restoringFailed(String, canRetry: Bool)
        /// The runner wrote the predictions of a repeat.
        case predicted(repeatIndex: Int, PredictionsFile)
        case runnerFailed(String)
        /// The host has no room for a runner now.
        case runnerPutOff(String)
        /// Somebody gave the predictions of a repeat.
        case uploaded(repeatIndex: Int, PredictionsFile)
        case judged(EvaluationVerdict)
        /// The predictions or the data set could not be used.
        case computingFailed(String)
        /// The evaluator stopped while it worked on this. `isClean`: by order, not by a crash.
        case interrupted(isClean: Bool)
        /// Somebody does not want it any more, for this reason.
        case cancelled(String)
    }

    public enum Effect: Equatable, Sendable {
        /// Before everything that relies on it.
        case persist
        case restore
        case run(repeatIndex: Int)
        case compute
        /// Store what was computed, once, with the message to whoever waits for the verdict.
        case finish
        /// The same without numbers: the verdict is `error`, for this reason.
        case fail(String)
        /// The same without numbers: the verdict is `cancelled`, for this reason.
        case cancel(String)
    }

    public let id: EvaluationID
    public let hasRunner: Bool
    /// 1 or more.
    public let repeats: Int
    /// Higher ones go first.
    public let priority: Int
    public internal(set) var phase: Phase
    /// Where the predictions of the repeats are that have some.
    public internal(set) var predictions: [Int: PredictionsFile] = [:]
    /// Who works on it; `nil`: nobody.
    public internal(set) var worker: String?
    /// How often it was taken.
    public internal(set) var leaseCount = 0
    /// Crashes of the evaluator under this job in a row: none of them got one repeat further.
    public internal(set) var crashCount = 0
    /// Tries in a row that found the checkpoint's source, or room for a runner, away.
    public internal(set) var absenceCount = 0
    /// Why it waits; empty when there is nothing to say.
    public internal(set) var waitsFor = ""

    /// A job under which the evaluator has crashed so often in a row ends with an error, so that one model
    /// that takes the host's memory cannot keep all others from their turn for ever.
    public static let crashCountMax = 20
    /// Between two tries to find what is away.
    static let longestWait = Duration.seconds(60)

    public init(
        id: EvaluationID, hasRunner: Bool, repeats: Int, priority: Int = 0, at now: Timestamp
    ) {
        (self.id, self.hasRunner, self.repeats) = (id, hasRunner, repeats)
        self.priority = priority
        phase = hasRunner ? .queued(notBefore: now) : .waiting
        if !hasRunner { waitsFor = "predictions to be uploaded" }
    }

    /// A job as it was stored.
    public init(
        id: EvaluationID, hasRunner: Bool, repeats: Int, priority: Int, phase: Phase,
        predictions: [Int: PredictionsFile], worker: String?, leaseCount: Int, crashCount: Int,
        absenceCount: Int, waitsFor: String
    ) {
        (self.id, self.hasRunner, self.repeats) = (id, hasRunner, repeats)
        (self.priority, self.phase, self.predictions) = (priority, phase, predictions)
        (self.worker, self.leaseCount) = (worker, leaseCount)
        (self.crashCount, self.absenceCount) = (crashCount, absenceCount)
        self.waitsFor = waitsFor
    }

    /// `nil`: nobody works on it.
    public var lease: JobLease? { worker.map { JobLease(worker: $0, number: leaseCount) } }

    /// Whether the predictions of all repeats are there.
    var allPredicted: Bool { missingRepeats.isEmpty }
    var missingRepeats: [Int] { (0..<repeats).filter { predictions[$0] == nil } }

    /// Whether it waits for its turn and may have it now.
    ///
    /// No wait is longer than a minute: a moment further away was written before somebody set the
    /// clock back, and nobody waits for it.
    func isDue(at now: Timestamp) -> Bool {
        guard case .queued(let time) = phase else { return false }
        return time <= now || time > now + Self.longestWait
    }
}
