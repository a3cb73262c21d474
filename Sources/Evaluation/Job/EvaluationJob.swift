import CairnCore

/// The evaluation of one version on one suite, from its order to its verdict.
///
/// Events go in, effects come out; the shell runs the effects in order and feeds back what came of
/// them. Every phase is durable before its work begins, so that a restart knows what was under way,
/// and a result is applied once: `done` takes no events.
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
        /// `done`, `queued` (interrupted).
        case running(repeatIndex: Int)
        /// → `done`, `queued` (interrupted).
        case computing
        /// Terminal.
        case done(EvaluationVerdict)
    }

    public enum Event: Equatable, Sendable {
        /// It is this job's turn.
        case taken
        case restored
        case restoringFailed(String, canRetry: Bool)
        /// The runner wrote the predictions of a repeat.
        case predicted(repeatIndex: Int)
        case runnerFailed(String)
        /// Somebody gave the predictions of a repeat.
        case uploaded(repeatIndex: Int)
        case judged(EvaluationVerdict)
        /// The predictions or the data set could not be used.
        case computingFailed(String)
        /// The evaluator stopped while it worked on this. `isClean`: by order, not by a crash.
        case interrupted(isClean: Bool)
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
    }

    public let id: EvaluationID
    public let hasRunner: Bool
    /// 1 or more.
    public let repeats: Int
    public private(set) var phase: Phase
    /// The repeats whose predictions are on disk.
    public private(set) var predictedRepeats: Set<Int> = []
    /// Crashes of the evaluator under this job.
    public private(set) var crashCount = 0
    /// Tries in a row that found the checkpoint's source away.
    public private(set) var absenceCount = 0
    /// Why it waits; empty when there is nothing to say.
    public private(set) var waitsFor = ""

    /// A job under which the evaluator has crashed so often ends with an error, so that one model
    /// that takes the host's memory cannot keep all others from their turn for ever.
    public static let crashCountMax = 20
    static let longestAbsenceWait = Duration.seconds(60)

    public init(id: EvaluationID, hasRunner: Bool, repeats: Int, at now: Timestamp) {
        (self.id, self.hasRunner, self.repeats) = (id, hasRunner, repeats)
        phase = hasRunner ? .queued(notBefore: now) : .waiting
        if !hasRunner { waitsFor = "predictions to be uploaded" }
    }

    /// A job as it was stored.
    public init(
        id: EvaluationID, hasRunner: Bool, repeats: Int, phase: Phase, predictedRepeats: Set<Int>,
        crashCount: Int, absenceCount: Int, waitsFor: String
    ) {
        (self.id, self.hasRunner, self.repeats) = (id, hasRunner, repeats)
        (self.phase, self.predictedRepeats) = (phase, predictedRepeats)
        (self.crashCount, self.absenceCount) = (crashCount, absenceCount)
        self.waitsFor = waitsFor
    }

    public mutating func handle(_ event: Event, at now: Timestamp) -> [Effect] {
        switch (phase, event) {
        case (.queued(let time), .taken):
            guard now >= time else { return [] }
            return allPredicted ? enter(.computing, .compute) : enter(.restoring, .restore)
        case (.restoring, .restored):
            absenceCount = 0
            return predictNext()
        case (.restoring, .restoringFailed(let why, let canRetry)):
            return canRetry ? wait(forSource: why, now) : end(why)
        case (.running(let index), .predicted(let finished)) where finished == index:
            predictedRepeats.insert(index)
            return predictNext()
        case (.running, .runnerFailed(let why)): return end(why)
        case (.waiting, .uploaded(let index)) where index < repeats:
            return take(upload: index, now)
        case (.computing, .judged(let verdict)):
            phase = .done(verdict)
            return [.finish]
        case (.computing, .computingFailed(let why)): return end(why)
        case (.restoring, .interrupted(let isClean)), (.running, .interrupted(let isClean)),
            (.computing, .interrupted(let isClean)):
            return takeUpAgain(now, isClean: isClean)
        case (.waiting, _), (.queued, _), (.restoring, _), (.running, _), (.computing, _),
            (.done, _):
            return []  // Late or repeated: what it speaks of is over.
        }
    }

    private var allPredicted: Bool { (0..<repeats).allSatisfy(predictedRepeats.contains) }
    private var missingRepeats: [Int] {
        (0..<repeats).filter { !predictedRepeats.contains($0) }
    }

    private mutating func enter(_ phase: Phase, _ work: Effect) -> [Effect] {
        (self.phase, waitsFor) = (phase, "")
        return [.persist, work]
    }

    private mutating func predictNext() -> [Effect] {
        guard let next = missingRepeats.first else { return enter(.computing, .compute) }
        return enter(.running(repeatIndex: next), .run(repeatIndex: next))
    }

    private mutating func take(upload index: Int, _ now: Timestamp) -> [Effect] {
        predictedRepeats.insert(index)
        if allPredicted {
            (phase, waitsFor) = (.queued(notBefore: now), "")
        } else {
            let rest = missingRepeats.map { "\($0 + 1)" }.joined(separator: ", ")
            waitsFor = "predictions of repeat \(rest) to be uploaded"
        }
        return [.persist]
    }

    /// Doubling from one second to a minute: the source comes back by itself or by its operator.
    private mutating func wait(forSource why: String, _ now: Timestamp) -> [Effect] {
        let wait = min(Self.longestAbsenceWait, .seconds(1 << min(absenceCount, 6)))
        absenceCount += 1
        phase = .queued(notBefore: now + wait)
        waitsFor = why
        return [.persist]
    }

    private mutating func end(_ why: String) -> [Effect] {
        (phase, waitsFor) = (.done(.error), "")
        return [.fail(why)]
    }

    private mutating func takeUpAgain(_ now: Timestamp, isClean: Bool) -> [Effect] {
        if !isClean { crashCount += 1 }
        guard crashCount < Self.crashCountMax else {
            return end("the evaluator ended \(crashCount) times while it worked on this evaluation")
        }
        phase = .queued(notBefore: now)
        return [.persist]
    }
}
