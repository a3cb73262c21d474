import CairnCore
import Statistics

import func Glibc.exp
import func Glibc.log

/// What detectors of the watch found, as verdicts.
extension Attempt {
    struct Breach {
        var verdict: GuardVerdict
        var rollsBack: Bool
    }

    /// Reached now and not before, in the order of the plan.
    func breaches(at now: Timestamp) -> [Breach] {
        plan.watch.detectors.flatMap { item in
            (evidence.detectors[item.name]?.findings ?? []).compactMap { finding in
                // A change for the better must not hide a later one for the worse.
                let name = finding.hurts ? item.name : item.name + Plan.Watch.Limits.better
                guard evidence.verdicts[name] == nil else { return nil }
                let rollsBack = item.rollsBack && finding.hurts
                let verdict = GuardVerdict(
                    attempt: number, guardName: name, kind: item.kind.word, observes: !rollsBack,
                    inputs: finding.inputs, statistic: finding.statistic, bound: finding.bound,
                    stable: finding.counts, candidate: Counts(), detectable: nil, at: now,
                    why: finding.why)
                return Breach(verdict: verdict, rollsBack: rollsBack)
            }
        }
    }

    /// Of the failures, which are always watched.
    func failureVerdict(_ why: String, at now: Timestamp) -> GuardVerdict? {
        var verdict = GuardVerdict(
            attempt: number, guardName: Plan.Watch.Limits.failures, kind: "adwin",
            observes: !plan.watch.rollsBack, inputs: .rate(evidence.watched), statistic: 0,
            bound: 0, stable: evidence.watched, candidate: Counts(), detectable: nil, at: now,
            why: why)
        if let rise = evidence.watch.rise {
            verdict.inputs = .bits(before: rise.before, count: rise.bits, ones: rise.ones)
            (verdict.statistic, verdict.bound) = (rise.cut.gap, rise.cut.allowed)
        } else {
            guard let rate = evidence.watched.rate else { return nil }
            verdict.kind = "failure_rate_max"
            (verdict.statistic, verdict.bound) = (rate, plan.watch.failureRateMax)
        }
        return verdict
    }
}

/// A breach, with everything it was found by.
struct WatchFinding {
    var inputs: GuardVerdict.Inputs
    var statistic: Double
    var bound: Double
    var counts: Counts
    var why: String
    /// In the direction that hurts; the other one is told and no more.
    var hurts = true
}

extension WatchStream {
    /// What was found first, in each direction where there are two.
    var findings: [WatchFinding] {
        switch self {
        case .slow(let line, let window, let requests, let slow):
            guard let rise = window.rise else { return [] }
            let limit = Int(line.bucket.map(LatencyBuckets.end) ?? 0)
            return [
                WatchFinding(
                    inputs: .bits(before: rise.before, count: rise.bits, ones: rise.ones),
                    statistic: rise.cut.gap, bound: rise.cut.allowed,
                    counts: Counts(requests: requests, failures: slow),
                    why: "the share of requests over \(limit) ms has drifted up to "
                        + "\(percent(rise.rate)) (\(percent(rise.cut.old)) before)")
            ]
        case .scores(let means):
            return [means.fall, means.rise].compactMap(\.self).map { alarm in
                Self.finding(
                    alarm, means, hurts: !alarm.isRise,
                    why: "scores have drifted \(alarm.isRise ? "up" : "down")"
                ) { figure($0) }
            }
        case .latency(let means):
            return [means.rise, means.fall].compactMap(\.self).map { alarm in
                Self.finding(
                    alarm, means, hurts: alarm.isRise,
                    why: "latency has drifted \(alarm.isRise ? "up" : "down")"
                ) { "\(figure(LatencyBuckets.first * exp($0))) ms" }
            }
        case .histogram(let watch):
            guard let breach = watch.breach else { return [] }
            return [
                WatchFinding(
                    inputs: .cells(reference: watch.reference, live: breach.live),
                    statistic: breach.index, bound: breach.bound,
                    counts: Counts(requests: breach.count),
                    why: "\(watch.column) is not distributed as on the test set: PSI "
                        + "\(figure(breach.index)) over \(breach.count) values, bound "
                        + "\(figure(breach.bound))")
            ]
        }
    }

    private static func finding(
        _ alarm: MeanWatch.Alarm, _ means: MeanWatch, hurts: Bool, why: String,
        _ text: (Double) -> String
    ) -> WatchFinding {
        let count = alarm.windows.reduce(0) { $0 + $1.count }
        let sum = alarm.windows.reduce(0) { $0 + $1.mean * Double($1.count) }
        let before = SelfStartingCUSUM(numbers: alarm.before)?.mean ?? 0
        return WatchFinding(
            inputs: .windows(
                before: alarm.before, alarm.windows.map { [$0.mean, Double($0.count)] },
                isRise: alarm.isRise),
            statistic: alarm.level, bound: means.sums.threshold,
            counts: Counts(requests: count),
            why: "\(why): \(text(sum / Double(max(1, count)))) in the last "
                + "\(alarm.windows.count) windows, \(text(before)) before",
            hurts: hurts)
    }
}

/// Four digits that count, for sentences.
private func figure(_ value: Double) -> String {
    guard value.isFinite, value != 0 else { return "\(value)" }
    var scale = 1.0
    while (value.magnitude * scale) < 1_000, scale < 1e9 { scale *= 10 }
    let rounded = (value * scale).rounded() / scale
    return rounded == rounded.rounded() && rounded.magnitude < 1e15
        ? "\(Int(rounded))" : "\(rounded)"
}

extension Plan.Detector.Kind {
    /// As plans and statuses name it.
    public var word: String {
        switch self {
        case .slowRate: "adwin_latency"
        case .scoreMeans: "cusum_scores"
        case .latencyMeans: "cusum_latency"
        case .histogram: "psi"
        }
    }
}
