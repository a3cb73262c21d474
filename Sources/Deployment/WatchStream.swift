import CairnCore
import Statistics

import func Glibc.log

/// What one detector of the watch has seen.
public enum WatchStream: Equatable, Sendable {
    case slow(SlowLine, RateWindow, requests: Int, slow: Int)
    case scores(MeanWatch)
    case latency(MeanWatch)
    case histogram(HistogramWatch)

    /// - Returns: `nil` where no threshold gives the plan's run length.
    init?(_ item: Plan.Detector, _ rules: Plan.Watch) {
        switch item.kind {
        case .slowRate:
            self = .slow(SlowLine(), RateWindow(delta: rules.delta), requests: 0, slow: 0)
        case .scoreMeans(let effect):
            guard let sums = Self.sums(rules, effect) else { return nil }
            self = .scores(MeanWatch(sums))
        case .latencyMeans(let effect):
            guard let sums = Self.sums(rules, log(1 + effect)) else { return nil }
            self = .latency(MeanWatch(sums))
        case .histogram(let column, let effect):
            self = .histogram(HistogramWatch(column: column, smallestEffect: effect))
        }
    }

    private static func sums(_ rules: Plan.Watch, _ effect: Double) -> SelfStartingCUSUM? {
        SelfStartingCUSUM(runLength: rules.windowsPerFalseAlarm, smallestEffect: effect)
    }

    mutating func beginReport() {
        guard case .slow(var line, let window, let requests, let slow) = self else { return }
        line.beginReport()
        self = .slow(line, window, requests: requests, slow: slow)
    }

    /// Takes what the version did before it was promoted: what later windows are held against.
    ///
    /// Latencies only under its full load: with less of it they are others.
    mutating func learn(
        _ count: Event.Outcomes.Count, _ rules: Plan.Watch, isFullLoad: Bool, at now: Timestamp
    ) {
        switch self {
        case .scores(var means):
            means.add(
                count.scores.sum, of: count.scores.count, at: now, isJudged: false,
                least: rules.window)
            self = .scores(means)
        case .latency(var means):
            guard isFullLoad else { return }
            means.add(
                count.latencies.logSum, of: count.latencies.total, at: now, isJudged: false,
                least: rules.window)
            self = .latency(means)
        case .slow, .histogram: break
        }
    }

    mutating func add(_ count: Event.Outcomes.Count, _ rules: Plan.Watch, at now: Timestamp) {
        switch self {
        case .slow(var line, var window, var requests, var slow):
            if let events = line.slow(in: count.latencies, isStable: true) {
                let total = count.latencies.total
                window.add(events, of: total)
                (requests, slow) = (requests + total, slow + events)
            }
            self = .slow(line, window, requests: requests, slow: slow)
        case .scores(var means):
            means.add(
                count.scores.sum, of: count.scores.count, at: now, isJudged: true,
                least: rules.window)
            self = .scores(means)
        case .latency(var means):
            means.add(
                count.latencies.logSum, of: count.latencies.total, at: now, isJudged: true,
                least: rules.window)
            self = .latency(means)
        case .histogram: break
        }
    }

    mutating func add(_ counts: [Int], of column: String, _ rules: Plan.Watch, at now: Timestamp) {
        guard case .histogram(var watch) = self, watch.column == column else { return }
        let rate = 1 / (rules.windowsPerFalseAlarm * max(rules.window.inSeconds, 1e-9))
        watch.add(counts, at: now, rate: rate, least: rules.window)
        self = .histogram(watch)
    }

    mutating func pin(_ reference: Reference) {
        guard case .histogram(var watch) = self,
            let column = reference.columns.first(where: { $0.name == watch.column })
        else { return }
        watch.pin(column.counts)
        self = .histogram(watch)
    }
}

extension LatencyCounts {
    /// The sum of the logarithms of all latencies, each as its bucket has it.
    var logSum: Double {
        // Whole numbers first: the same sum in any order.
        let places = counts.reduce(0) { $0 + $1.key * $1.value }
        return Double(places) * LatencyBuckets.logGrowth
    }
}
