import CairnCore
import Statistics

/// What live traffic said of one attempt: one stream, never restarted, verdicts latched.
public struct Evidence: Equatable, Sendable {
    public var stable = Counts()
    public var stableLatencies = LatencyCounts()
    public var candidate = Counts()
    /// The second copy of stable, in experiments.
    public var baseline = Counts()
    /// The candidate's answers that nobody saw.
    public var mirrored = Counts()
    /// Of the present step, behind its warm-up; in a mirror step of the mirrored requests.
    public var stepCandidate = Counts()
    public var stepStable = Counts()
    /// Of the present step's warm-up.
    public var warmRequests = 0
    /// By guard; none for thresholds.
    public var streams: [String: GuardStream] = [:]
    /// Guards that broke: a guard that broke stays broken.
    public var verdicts: [String: GuardVerdict] = [:]
    /// The watch's window over failures, and what it saw in all.
    public var watch: RateWindow
    public var watched = Counts()
    /// The window has seen the rate rise; latched.
    public var drifted: Bool { watch.rise != nil }
    /// The watch has acted on it.
    public var hasDrifted = false
    /// By detector of the watch.
    public internal(set) var detectors: [String: WatchStream] = [:]

    init(plan: Plan) {
        watch = RateWindow(delta: plan.watch.delta)
        for item in plan.watch.detectors {
            detectors[item.name] = WatchStream(item, plan.watch)
        }
        for item in plan.guards { streams[item.name] = GuardStream(item.kind) }
    }

    /// Guards that broke, with why.
    public var broken: [String: String] { verdicts.mapValues(\.why) }

    mutating func beginStep() {
        (stepCandidate, stepStable, warmRequests) = (Counts(), Counts(), 0)
        for (name, stream) in streams {
            guard case .measured(var record) = stream else { continue }
            record.beginStep()
            streams[name] = .measured(record)
        }
    }

    /// Takes what one arm did behind the warm-up, under the weights of its epoch.
    mutating func add(_ count: Event.Outcomes.Count, under epoch: EpochRecord, isOfThisStep: Bool) {
        switch count.arm {
        case .candidate:
            candidate.add(count)
            if isOfThisStep, epoch.mirror == .zero { stepCandidate.add(count) }
        case .stable:
            stable.add(count)
            stableLatencies.add(count.latencies)
            if isOfThisStep { stepStable.add(count) }
        case .baseline:
            baseline.add(count)
            if isOfThisStep { stepStable.add(count) }
        case .mirror:
            mirrored.add(count)
            if isOfThisStep { stepCandidate.add(count) }
        }
        for name in streams.keys { streams[name]?.add(count, under: epoch) }
    }

    mutating func beginReport() {
        for name in streams.keys { streams[name]?.beginReport() }
        for name in detectors.keys { detectors[name]?.beginReport() }
    }

    mutating func add(_ pairs: Event.Outcomes.Pairs) {
        for name in streams.keys { streams[name]?.add(pairs) }
    }
}

/// What an epoch meant, for outcomes that come late.
struct EpochRecord: Equatable, Sendable {
    var attempt: UInt64
    var weight: BasisPoints
    var baseline: BasisPoints
    var mirror: BasisPoints
    var stable: Digest?
    var candidate: Digest?

    /// The candidate's share of what it is compared with: of all, or in an experiment of its copy
    /// and the baseline's.
    var comparedWeight: Double {
        if baseline == .zero { return weight.fraction }
        return weight.fraction / (weight.fraction + baseline.fraction)
    }

    /// Whether this arm is what the candidate is held against.
    func isReference(_ arm: Arm) -> Bool { arm == (baseline == .zero ? .stable : .baseline) }
}
