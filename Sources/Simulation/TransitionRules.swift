import CairnCore
import Deployment

/// What no single event may do to a target, whatever it is.
enum TransitionRules {
    /// - Returns: the first rule that does not hold.
    static func broken(from before: Target, to after: Target, by event: Event) -> String? {
        if after.revision != before.revision + 1 { return "revision: it rises by one a record" }
        if after.route.epoch < before.route.epoch
            || after.route.fencingToken < before.route.fencingToken
        {
            return "I10: epochs and tokens never fall"
        }
        if after.lastEventAt < before.lastEventAt { return "time: it never goes back" }
        if after.attemptCount < before.attemptCount { return "I5: attempts only rise" }
        if let broken = ofProven(before, after) { return broken }
        guard let old = before.attempt, let new = after.attempt, old.number == new.number else {
            return nil
        }
        return ofAttempt(old, new) ?? ofWeight(before, after, old, event)
    }

    /// Only a whole watch proves a version.
    private static func ofProven(_ before: Target, _ after: Target) -> String? {
        guard let last = after.proven.last, last != before.proven.last else { return nil }
        if after.attempt?.release == last, after.attempt?.phase == .promoted { return nil }
        // The next attempt may have begun in the same event.
        let isNext = after.attempt?.number != before.attempt?.number
        return isNext && before.attempt?.release == last ? nil : "proven: only what was promoted is"
    }

    private static func ofAttempt(_ old: Attempt, _ new: Attempt) -> String? {
        switch old.phase {
        case .promoted, .rolledBack, .aborted, .superseded, .rejected:
            if new.phase != old.phase { return "terminal: \(old.phase) led to \(new.phase)" }
        case .failedRollback:
            switch new.phase {
            case .failedRollback, .rolledBack, .aborted, .superseded: break
            default: return "terminal: \(old.phase) led to \(new.phase)"
            }
        case .rollingBack:
            switch new.phase {
            case .rollingBack, .failedRollback, .rolledBack, .aborted, .superseded, .rejected: break
            default: return "fault 3: \(old.phase) led to \(new.phase)"
            }
        case .queued, .preflight, .step, .watching: break
        }
        if old.plan != new.plan || old.release != new.release || old.from != new.from {
            return "pinned: an attempt's plan and versions never change"
        }
        for name in old.evidence.verdicts.keys where new.evidence.verdicts[name] == nil {
            return "I6: guard \(name) broke, and that was forgotten"
        }
        return nil
    }

    private static func ofWeight(
        _ before: Target, _ after: Target, _ old: Attempt, _ event: Event
    ) -> String? {
        guard after.route.weight > before.route.weight else { return nil }
        if event.request == nil {
            if before.isFrozen, after.isFrozen { return "freeze: no weight rises in one" }
            if old.pausedBy != nil { return "pause: no weight rises in one" }
            if old.isBlind, after.attempt?.isBlind == true { return "blind: no weight rises" }
        }
        let armed = old.plan.guards.filter { !$0.observes }
        if armed.contains(where: { old.evidence.verdicts[$0.name] != nil }) {
            return "I6: a guard broke, and the weight rose"
        }
        return nil
    }
}

extension Attempt.Phase {
    var word: String {
        switch self {
        case .queued: "queued"
        case .preflight: "preflight"
        case .step(_, let sub): sub.rawValue
        case .watching: "watching"
        case .promoted: "promoted"
        case .rollingBack: "rolling back"
        case .rolledBack: "rolled back"
        case .aborted: "aborted"
        case .superseded: "superseded"
        case .rejected: "rejected"
        case .failedRollback: "failed rollback"
        }
    }
}
