import Deployment
import Messages

extension Attempt {
    /// The watch's detectors: while it watches, and those that made it turn back.
    var watchGuards: [GuardStatus] {
        let all = failureGuards + plan.watch.detectors.map(status)
        return phase == .watching ? all : all.filter(\.tripped)
    }

    /// The failures, which are always watched, and their hard limit where there is one.
    private var failureGuards: [GuardStatus] {
        let cut = evidence.watch.rise?.cut ?? evidence.watch.window.tightestCut
        var status = GuardStatus(
            name: Plan.Watch.Limits.failures, kind: "adwin", statistic: cut?.gap ?? 0,
            bound: cut?.allowed ?? 0, stableRequests: UInt64(evidence.watched.requests),
            stableFailures: UInt64(evidence.watched.failures), tripped: evidence.drifted,
            observe: !plan.watch.rollsBack, assessment: word(evidence.drifted, cut != nil))
        guard plan.watch.failureRateMax > 0 else { return [status] }
        let limit = plan.watch.failureRateMax
        let drifted = status
        status.name += " limit"
        status.kind = "failure_rate_max"
        (status.statistic, status.bound) = (evidence.watched.rate ?? 0, limit)
        status.tripped = evidence.hasDrifted && !evidence.drifted
        status.assessment = word(
            status.tripped, evidence.watched.requests >= plan.watch.requestsMin)
        return [drifted, status]
    }

    private func word(_ isTripped: Bool, _ hasData: Bool) -> String {
        let assessment: Assessment =
            isTripped ? .fail : isBlind ? .providerError : hasData ? .pass : .noData
        return assessment.rawValue
    }

    private func status(of item: Plan.Detector) -> GuardStatus {
        let verdict = evidence.verdicts[item.name]
        var status = GuardStatus(
            name: item.name, kind: item.kind.word, tripped: verdict != nil,
            observe: !item.rollsBack, why: verdict?.why ?? "")
        switch evidence.detectors[item.name] {
        case .slow(let line, let window, let requests, let slow):
            let cut = window.rise?.cut ?? window.window.tightestCut
            (status.statistic, status.bound) = (cut?.gap ?? 0, cut?.allowed ?? 0)
            (status.stableRequests, status.stableFailures) = (UInt64(requests), UInt64(slow))
            status.assessment = word(status.tripped, line.bucket != nil && cut != nil)
        case .scores(let means), .latency(let means):
            (status.statistic, status.bound) = (means.sums.level, means.sums.threshold)
            status.stableRequests = UInt64(means.sums.valueCount)
            status.events = UInt64(means.sums.windowCount)
            status.assessment = word(status.tripped, means.lastWindow != nil)
        case .histogram(let watch): fill(&status, watch)
        case nil: break
        }
        if let verdict {
            (status.statistic, status.bound) = (verdict.statistic, verdict.bound)
        }
        return status
    }

    /// That nothing can be compared is said, with its reason.
    private func fill(_ status: inout GuardStatus, _ watch: HistogramWatch) {
        guard !watch.reference.isEmpty else {
            status.assessment = "no_reference"
            status.why =
                reference.map { $0.lacking[watch.column] ?? "it is not in the reference" }
                ?? "the evaluator has not said yet"
            return
        }
        status.statistic = watch.last?.index ?? 0
        status.bound = watch.last?.bound ?? watch.smallestEffect
        status.stableRequests = UInt64(watch.last?.count ?? watch.live.reduce(0, +))
        (status.events, status.eventsMin) = (UInt64(watch.checkCount), 1)
        status.assessment = word(status.tripped, watch.last != nil)
    }
}
