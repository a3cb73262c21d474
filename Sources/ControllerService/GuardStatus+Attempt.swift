import CairnCore
import Deployment
import Messages

import func Glibc.exp

extension Attempt {
    /// Each guard with its evidence, and the watch's while it watches.
    func guards(at now: Timestamp) -> [GuardStatus] {
        let bounds = evidence.bounds(of: plan)
        let all = plan.guards.map { item in
            let arms = evidence.arms(of: item)
            var status = GuardStatus(
                name: item.name, stableRequests: UInt64(arms.reference.requests),
                stableFailures: UInt64(arms.reference.failures),
                candidateRequests: UInt64(arms.candidate.requests),
                candidateFailures: UInt64(arms.candidate.failures),
                tripped: evidence.broken[item.name] != nil, observe: item.observes,
                why: evidence.broken[item.name] ?? "",
                assessment: evidence.assessment(of: item, isBlind: isBlind).rawValue,
                events: UInt64(evidence.streams[item.name]?.eventCount ?? 0),
                eventsMin: UInt64(item.eventsMin),
                detectable: evidence.detectable(of: item) ?? 0)
            status.kind = item.kind.word
            if case .failureRate(let bound, _) = item.kind {
                (status.statistic, status.bound) = (evidence.candidate.rate ?? 0, bound)
            } else if case .measured(let measure) = item.kind {
                if case .measured(let record)? = evidence.streams[item.name] {
                    status.statistic = record.recent.last?.candidate ?? 0
                }
                status.bound = measure.limit
            } else {
                let verdict = evidence.verdicts[item.name]
                let logEvidence =
                    verdict?.statistic ?? evidence.streams[item.name]?.logEvidence ?? 0
                // 700: the largest exponent whose power is a number.
                status.statistic = exp(min(logEvidence, 700))
                let bound = verdict?.bound ?? bounds[item.name] ?? 0
                status.bound = exp(min(bound, 700))
                if let left = left(of: item, evidence: logEvidence, bound: bound, at: now) {
                    (status.requestsLeft, status.leftMs) = (left.requests, left.milliseconds)
                    status.leftFor = left.what
                }
            }
            return status
        }
        return all + watchGuards
    }
}

extension HookStatus {
    init(_ call: HookCall, awaitedBy live: Attempt?) {
        self.init(
            key: call.key, name: call.hook.name, point: call.hook.point.rawValue,
            state: call.state.rawValue, text: call.text, answer: call.answer,
            tries: UInt32(call.tries), attempt: call.attempt, number: call.release.number.number,
            manifestDigest: call.release.manifest.bytes, awaited: live?.awaits(call) ?? false)
    }
}
