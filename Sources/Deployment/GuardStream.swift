import Statistics

/// The running evidence of one guard: one stream for the whole attempt, whatever the weight does.
public enum GuardStream: Equatable, Sendable {
    case failures(ArmEvents)
    case slow(ArmEvents, SlowLine)
    case scores(StudentMixtureTest, ScoreWindow)
    case pairs(BetaMixtureTest)
    case measured(MeasureRecord)

    /// `nil` for a threshold, which needs no stream.
    init?(_ kind: Plan.Guard.Kind) {
        switch kind {
        case .failureRate: return nil
        case .armEProcess: self = .failures(ArmEvents())
        case .slowEProcess: self = .slow(ArmEvents(), SlowLine())
        case .scoreMeans(_, let effect):
            guard let test = StudentMixtureTest(mixingVariance: effect * effect) else { return nil }
            self = .scores(test, ScoreWindow())
        case .pairedMixture:
            guard let test = BetaMixtureTest(rate: 0.5) else { return nil }
            self = .pairs(test)
        case .measured: self = .measured(MeasureRecord())
        }
    }

    mutating func add(_ count: Event.Outcomes.Count, under epoch: EpochRecord) {
        guard count.arm == .candidate || epoch.isReference(count.arm) else { return }
        let isCandidate = count.arm == .candidate
        switch self {
        case .failures(var events):
            events.add(
                count.failures, isCandidate: isCandidate, weight: epoch.comparedWeight)
            events.count(count.requests, isCandidate: isCandidate)
            self = .failures(events)
        case .slow(var events, var line):
            let requests = count.latencies.total
            if let slow = line.slow(in: count.latencies, isStable: !isCandidate) {
                events.add(slow, isCandidate: isCandidate, weight: epoch.comparedWeight)
                events.count(requests, isCandidate: isCandidate)
            }
            self = .slow(events, line)
        case .scores(var test, var window):
            window.add(count.scores, isCandidate: isCandidate)
            if let (stable, candidate) = window.takePair() { test.add(stable, candidate) }
            self = .scores(test, window)
        case .pairs, .measured: break
        }
    }

    mutating func add(_ pairs: Event.Outcomes.Pairs) {
        guard case .pairs(var test) = self else { return }
        test.add(successes: pairs.wins, failures: pairs.losses)
        self = .pairs(test)
    }

    /// ln e now, 0 while it speaks for the candidate.
    public var logEvidence: Double {
        switch self {
        case .failures(let events), .slow(let events, _): return events.process.logEvidence
        case .scores(let test, _):
            return (test.meanDifference ?? 0) < 0 ? test.logEvidence ?? 0 : 0
        case .pairs(let test): return test.failures > test.successes ? test.logEvidence : 0
        case .measured: return 0
        }
    }

    /// What the line of slow requests was drawn from counts no more, on either arm.
    mutating func beginReport() {
        guard case .slow(let events, var line) = self else { return }
        line.beginReport()
        self = .slow(events, line)
    }

    /// What the guard counts: failures, slow requests, pairs.
    public var eventCount: Int {
        switch self {
        case .failures(let events), .slow(let events, _):
            events.candidate.failures + events.reference.failures
        case .scores(let test, _): test.pairCount
        case .pairs(let test): test.successes + test.failures
        case .measured(let record): record.count
        }
    }

    /// All that the statistic is a function of.
    public var inputs: GuardVerdict.Inputs {
        switch self {
        case .failures(let events), .slow(let events, _): .arms(events.byWeight)
        case .scores(let test, _): .means(test.numbers)
        case .pairs(let test): .pairs(wins: test.successes, losses: test.failures)
        case .measured(let record):
            .measured(record.recent.map(\.candidate), limit: .nan, isLeast: false)
        }
    }
}

/// Events that hurt, by arm and by the candidate's weight when they happened.
public struct ArmEvents: Equatable, Sendable {
    /// One weight's: what the e-process is a function of.
    public struct AtWeight: Equatable, Sendable {
        public var weight: Double
        public var candidate: Int
        public var reference: Int
    }

    public private(set) var process = ArmEProcess()
    /// In the order in which the weights came; at most one for each step and part of a ramp.
    public private(set) var byWeight: [AtWeight] = []
    public private(set) var candidate = Counts()
    public private(set) var reference = Counts()

    mutating func add(_ events: Int, isCandidate: Bool, weight: Double) {
        if isCandidate { candidate.failures += events } else { reference.failures += events }
        guard events > 0 else { return }
        let (ofCandidate, ofReference) = isCandidate ? (events, 0) : (0, events)
        process.add(
            failuresCandidate: ofCandidate, failuresStable: ofReference, weight: weight)
        if let index = byWeight.firstIndex(where: { $0.weight == weight }) {
            byWeight[index].candidate += ofCandidate
            byWeight[index].reference += ofReference
        } else {
            byWeight.append(
                AtWeight(weight: weight, candidate: ofCandidate, reference: ofReference))
        }
    }

    mutating func count(_ requests: Int, isCandidate: Bool) {
        if isCandidate { candidate.requests += requests } else { reference.requests += requests }
    }
}

/// Which requests are slow: those over the 95th percentile of the first requests on stable.
///
/// Drawn once, from whole reports that are not counted afterwards, neither arm of them: under no
/// difference a slow request then belongs to an arm by its weight alone.
public struct SlowLine: Equatable, Sendable {
    public static let requestsMin = 200
    private var first = LatencyCounts()
    /// The bucket after which a request is slow; `nil` while too few were seen.
    public private(set) var bucket: Int?
    /// In force from the next report on.
    private var drawn: Int?

    mutating func beginReport() {
        if bucket == nil { bucket = drawn }
    }

    /// - Returns: how many were slow; `nil` while the line is not drawn.
    mutating func slow(in latencies: LatencyCounts, isStable: Bool) -> Int? {
        if let bucket { return latencies.count(above: bucket) }
        guard isStable, drawn == nil else { return nil }
        first.add(latencies)
        if first.total >= Self.requestsMin { drawn = first.quantile(0.95) }
        return nil
    }
}

/// Scores of both arms until each has enough of them for a mean.
public struct ScoreWindow: Equatable, Sendable {
    public static let scoresMin = 30
    private var stable = ScoreSum()
    private var candidate = ScoreSum()

    mutating func add(_ scores: ScoreSum, isCandidate: Bool) {
        if isCandidate { candidate.add(scores) } else { stable.add(scores) }
    }

    mutating func takePair() -> (stable: Double, candidate: Double)? {
        guard stable.count >= Self.scoresMin, candidate.count >= Self.scoresMin,
            let pair = stable.mean.flatMap({ a in candidate.mean.map { (a, $0) } })
        else { return nil }
        (stable, candidate) = (ScoreSum(), ScoreSum())
        return pair
    }
}
