import CairnCore

/// One version on its way into a group.
public struct GroupRollout: Equatable, Sendable {
    public enum State: String, Equatable, Sendable, CaseIterable {
        /// → promoted, goingBack.
        case rollingOut = "rolling_out"
        /// Everywhere. Terminal.
        case promoted
        /// Every member that took it goes back. → wentBack.
        case goingBack = "going_back"
        /// Terminal.
        case wentBack = "went_back"
    }

    /// Where a member stands.
    enum Place: Equatable {
        /// No attempt of this rollout yet.
        case outside
        /// Before the first step.
        case preparing
        /// In a step; `isReady`: it waits for the group alone.
        case step(Int, isReady: Bool)
        case watching
        case done
        case back(String)

        /// Whether what the barrier waits for is so here.
        func isPast(_ barrier: Int) -> Bool {
            switch self {
            case .outside, .preparing, .back: false
            case .step(let index, let isReady): index > barrier || (index == barrier && isReady)
            case .watching, .done: true
            }
        }
    }

    public let number: UInt64
    public let release: Release
    public let by: String
    public let reason: String
    public let startedAt: Timestamp
    public internal(set) var endedAt: Timestamp?
    public internal(set) var state = State.rollingOut
    public internal(set) var why = ""
    /// The last step that may begin, from 0.
    public internal(set) var barrier = 0
    /// Attempts that each member had had when it began: later ones are of this rollout.
    let before: [TargetName: UInt64]

    init(
        number: UInt64, release: Release, by: String, reason: String, startedAt: Timestamp,
        before: [TargetName: UInt64]
    ) {
        (self.number, self.release, self.by, self.reason) = (number, release, by, reason)
        (self.startedAt, self.before) = (startedAt, before)
    }

    public var isLive: Bool { state == .rollingOut || state == .goingBack }

    /// Of this rollout; `nil` where there is none yet.
    func attempt(of target: Target, _ name: TargetName) -> Attempt? {
        guard let live = target.attempt, live.number > before[name] ?? 0 else { return nil }
        // An undo is an attempt of its own, for the same version.
        return live.release == release ? live : nil
    }

    func place(of target: Target?, _ name: TargetName, at now: Timestamp) -> Place {
        guard let target else { return .outside }
        guard let live = attempt(of: target, name) else {
            if target.stable == release { return .done }
            let hasOther = (target.attempt?.number ?? 0) > before[name] ?? 0
            return hasOther ? .back(target.stateText) : .outside
        }
        switch live.phase {
        case .queued, .preflight: return .preparing
        case .step(let index, let sub):
            let isReady =
                sub == .baking && !live.standsStill && !target.isFrozen
                && live.lack(of: live.plan.steps[index], at: now) == nil
            return .step(index, isReady: isReady)
        case .watching: return .watching
        case .promoted: return .done
        case .rollingBack, .failedRollback, .rolledBack, .aborted, .superseded, .rejected:
            return .back(live.why)
        }
    }
}
