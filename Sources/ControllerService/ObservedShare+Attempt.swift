import CairnCore
import Deployment
import Messages

extension Attempt {
    /// What the candidate has in fact had in the present step, held against its weight.
    var observedShare: ObservedShare? {
        guard let index = stepIndex, let weight, plan.steps[index].kind == .shift, ramp == nil
        else { return nil }
        let (candidate, stable) = (evidence.stepCandidate.requests, evidence.stepStable.requests)
        let count = candidate + stable
        guard count > 0 else { return nil }
        let wanted = weight.fraction
        // Two-sided 99.9 % of a binomial, by its normal approximation with a continuity correction.
        let deviation = (wanted * (1 - wanted) / Double(count)).squareRoot()
        let reach = 3.2905 * deviation + 0.5 / Double(count)
        let (low, high) = (max(0, wanted - reach), min(1, wanted + reach))
        let share = Double(candidate) / Double(count)
        return ObservedShare(
            requestCount: UInt64(count), candidateCount: UInt64(candidate),
            wantedBp: UInt32(weight.value), low: low, high: high,
            fits: (low...high).contains(share))
    }

    /// How many more requests of the candidate, and how much more time, a guard needs should all go
    /// on as it does: until it trips, or until it has its events.
    func left(of item: Plan.Guard, evidence logEvidence: Double, bound: Double, at now: Timestamp)
        -> (requests: UInt64, milliseconds: UInt64, what: String)?
    {
        let seen = evidence.arms(of: item).candidate.requests
        guard evidence.verdicts[item.name] == nil, seen > 0, stepIndex != nil else { return nil }
        let events = evidence.streams[item.name]?.eventCount ?? 0
        let (wanted, had, what): (Double, Double, String)
        if events < item.eventsMin {
            (wanted, had, what) = (Double(item.eventsMin), Double(events), "events")
        } else if logEvidence > 0, bound > logEvidence {
            (wanted, had, what) = (bound, logEvidence, "trip")
        } else {
            return nil
        }
        guard had > 0 else { return nil }
        let requests = (wanted - had) / had * Double(seen)
        guard requests < 1e12 else { return nil }
        let elapsed = rolloutClock.elapsed(at: now).inSeconds
        let milliseconds = requests / Double(seen) * elapsed * 1_000
        return (
            UInt64(requests.rounded(.up)), UInt64(min(milliseconds, 1e15).rounded(.up)), what
        )
    }
}
