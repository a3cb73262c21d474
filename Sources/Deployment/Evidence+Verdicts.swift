import CairnCore
import Statistics

import func Glibc.exp
import func Glibc.sqrt

/// Of one guard now: five answers, and only `fail` is for good.
public enum Assessment: String, Equatable, Sendable, CaseIterable {
    case pass, fail, inconclusive
    case noData = "no_data"
    case providerError = "provider_error"
}

extension Evidence {
    /// The verdict that a guard broke; `nil` while it holds.
    ///
    /// - Parameter bound: ln e that it has to reach; `nil` for a threshold.
    func verdict(
        on item: Plan.Guard, _ plan: Plan, bound: Double?, of attempt: UInt64, at now: Timestamp
    ) -> GuardVerdict? {
        let (reference, tested) = arms(of: item)
        var verdict = GuardVerdict(
            attempt: attempt, guardName: item.name, kind: item.kind.word, observes: item.observes,
            inputs: .rate(candidate), statistic: 0, bound: 0, stable: reference,
            candidate: tested, detectable: nil, at: now, why: "")
        if case .failureRate(let limit, let requestsMin) = item.kind {
            guard candidate.requests >= requestsMin, let rate = candidate.rate, rate > limit else {
                return nil
            }
            (verdict.statistic, verdict.bound) = (rate, limit)
            verdict.detectable = detectable(of: item)
            verdict.why =
                "\(candidate.failures) of \(candidate.requests) requests failed on the candidate, "
                + "\(percent(rate)), over the limit of \(percent(limit))"
            return verdict
        }
        if case .measured(let measure) = item.kind {
            guard case .measured(let record)? = streams[item.name] else { return nil }
            return measuredVerdict(verdict, measure, record)
        }
        guard let stream = streams[item.name], let bound else { return nil }
        let evidence = logEvidence(item, plan)
        guard evidence >= bound - Self.tie else { return nil }
        (verdict.statistic, verdict.bound, verdict.inputs) = (evidence, bound, stream.inputs)
        verdict.detectable = detectable(of: item)
        verdict.why =
            why(item, reference, tested) + ", evidence over \(Int(min(exp(bound), 1e15).rounded()))"
        return verdict
    }

    private func why(_ item: Plan.Guard, _ reference: Counts, _ tested: Counts) -> String {
        switch streams[item.name] {
        case .failures:
            return "the candidate fails more often: \(tested.failures) of \(tested.requests) "
                + "against \(reference.failures) of \(reference.requests)"
        case .slow(_, let line):
            let limit = Int(line.bucket.map(LatencyBuckets.end) ?? 0)
            return "the candidate is over \(limit) ms more often: \(tested.failures) of "
                + "\(tested.requests) against \(reference.failures) of \(reference.requests)"
        case .scores(let test, _):
            let thousandths = Int(((test.meanDifference ?? 0) * 1_000).rounded())
            return "the candidate's scores are lower by \(-thousandths) thousandths over "
                + "\(test.pairCount) pairs of means"
        case .pairs(let test):
            return "the candidate lost \(test.failures) of "
                + "\(test.successes + test.failures) mirrored requests that differed"
        case .measured, nil: return ""
        }
    }

    /// What a guard compares: the reference's counts and the candidate's.
    public func arms(of item: Plan.Guard) -> (reference: Counts, candidate: Counts) {
        switch streams[item.name] {
        case .failures(let events), .slow(let events, _): (events.reference, events.candidate)
        case .pairs(let test):
            (
                Counts(requests: test.successes + test.failures, failures: test.successes),
                Counts(requests: test.successes + test.failures, failures: test.failures)
            )
        case .scores(let test, _):
            (Counts(requests: test.pairCount), Counts(requests: test.pairCount))
        case .measured(let record): (Counts(), Counts(requests: record.count))
        case nil: (stable, candidate)
        }
    }

    /// The smallest difference that the numbers so far would show four times in five.
    public func detectable(of item: Plan.Guard) -> Double? {
        let (reference, tested) = arms(of: item)
        switch streams[item.name] {
        case .scores(let test, _):
            return test.standardError.flatMap { MinimumDetectableEffect.of(standardError: $0) }
        case .pairs(let test):
            let n = Double(test.successes + test.failures)
            return n == 0 ? nil : MinimumDetectableEffect.of(standardError: 0.5 / sqrt(n))
        case .measured: return nil
        case .failures, .slow, nil:
            guard reference.requests > 0, tested.requests > 0, let rate = (reference + tested).rate
            else { return nil }
            let spread = max(0, rate * (1 - rate))
            let error = sqrt(
                spread * (1 / Double(reference.requests) + 1 / Double(tested.requests)))
            return MinimumDetectableEffect.of(standardError: error)
        }
    }

    /// A guard as it stands, without latching anything.
    public func assessment(of item: Plan.Guard, isBlind: Bool) -> Assessment {
        if verdicts[item.name] != nil { return .fail }
        if isBlind { return .providerError }
        if case .measured(let record)? = streams[item.name] {
            if record.errors > 0 { return .providerError }
            if !record.silence.isEmpty { return .noData }
        }
        guard hasEvents(for: item) else { return .noData }
        guard let margin = item.margin else {
            // Nothing was asked to be shown, and nothing speaks against it.
            return .pass
        }
        return isShown(item, within: margin) ? .pass : .inconclusive
    }

    /// As many events as the guard wants, and any at all.
    func hasEvents(for item: Plan.Guard) -> Bool {
        let (_, tested) = arms(of: item)
        let events = streams[item.name]?.eventCount ?? (candidate.failures + stable.failures)
        return tested.requests > 0 && events >= item.eventsMin
    }

    /// Whether the candidate's rate is shown to be at most the reference's plus the margin, by
    /// Newcombe's upper bound at 95 %, one-sided.
    func isShown(_ item: Plan.Guard, within margin: Double) -> Bool {
        let (reference, tested) = arms(of: item)
        let test = TwoProportionTest(
            successesA: min(tested.failures, tested.requests), trialsA: tested.requests,
            successesB: min(reference.failures, reference.requests), trialsB: reference.requests)
        guard let bounds = test.newcombe(confidence: 0.9) else { return false }
        return bounds.high < margin
    }
}

extension Plan.Guard.Kind {
    public var word: String {
        switch self {
        case .failureRate: "failure_rate_max"
        case .armEProcess: "arm_eprocess"
        case .slowEProcess: "arm_eprocess_latency"
        case .scoreMeans: "sequential_score_means"
        case .pairedMixture: "paired_beta_mixture"
        case .measured: "prometheus"
        }
    }
}
