import Dispatch
import Simulation
import Synchronization

import func Glibc.exp

/// False alarms of the watch's detectors against the run length that was asked for, and how soon each
/// finds what.
struct WatchComparison {
    private let streamCount: Int
    private let seed: UInt64
    private let days = 2

    init(_ options: BenchOptions) throws {
        streamCount = try options.number("streams", or: 400)
        seed = UInt64(try options.number("seed", or: 20_260_101))
        guard streamCount > 0 else { throw BenchError("--streams is above 0") }
    }

    func page() throws -> String {
        try [falseAlarms(), delays()].joined(separator: "\n")
    }

    /// Runs streams on all processors; each has its own numbers.
    private func each<Result: Sendable>(
        _ count: Int, _ body: @escaping @Sendable (Int) throws -> Result
    ) throws -> [Result] {
        let results = Mutex<[Int: Swift.Result<Result, any Error>]>([:])
        DispatchQueue.concurrentPerform(iterations: count) { index in
            let result = Swift.Result { try body(index) }
            results.withLock { $0[index] = result }
        }
        let all = results.withLock { $0 }
        return try (0..<count).compactMap { try all[$0]?.get() }
    }

    private func falseAlarms() throws -> String {
        let (days, seed) = (days, seed)
        let found = try each(streamCount) { stream in
            var random = TrialRandom(seed: seed, trial: stream)
            var version = try WatchedVersion(
                runLength: .seconds(days * 86_400), psi: 1e-9)
            for _ in 0..<days * 1_440 {
                try version.minute(.init(), shape: stream, &random)
            }
            return version.found
        }
        var lines = [
            """
            ## The watch: false alarms

            \(streamCount) streams of \(days) days in which nothing changes, \
            \(WatchedVersion.requestsPerMinute) requests a minute, windows of a minute; scores of
            four shapes (normal, right or wrong, uniform, a long tail), log-normal latencies, a \
            reference of 100,000 with ten cells
            and one of five names down to 0.5 %. `run_length: \(days)d` for four calibrated \
            detectors together: each may alarm in
            \(percent(1 - exp(-1.0 / 4))) of streams, any of them in \(percent(1 - exp(-1))). \
            A window opens with a report and ends with the next one
            here, so there are half as many, and \(percent(1 - exp(-1.0 / 8))) and \
            \(percent(1 - exp(-1.0 / 2))) are what to expect. Every effect counts as
            mattering, which is the hardest case. ADWIN has a bound for each check in place of a \
            run length.

            | detector | streams with a false alarm | at most, 99.9 % sure |
            | --- | --- | --- |
            """
        ]
        func row(_ name: String, _ isHit: (Set<String>) -> Bool) {
            let hits = found.count(where: isHit)
            let bound = RolloutComparison.upperBound(hits, of: found.count)
            lines.append(
                "| \(name) | \(percent(Double(hits) / Double(found.count))) | \(percent(bound)) |")
        }
        for name in WatchedVersion.detectors { row(Self.title(name)) { $0.contains(name) } }
        row("any of the four calibrated") { !$0.subtracting(["watch", "slow"]).isEmpty }
        return (lines + [""]).joined(separator: "\n")
    }

    private struct Change {
        let text: String
        let detector: String
        let traffic: WatchedVersion.Traffic
    }

    private var changes: [Change] {
        func change(
            _ text: String, _ detector: String, _ make: (inout WatchedVersion.Traffic) -> Void
        ) -> Change {
            var traffic = WatchedVersion.Traffic()
            make(&traffic)
            return Change(text: text, detector: detector, traffic: traffic)
        }
        return [
            change("failures 1 % → 3 %", "watch") { $0.failureRate = 0.03 },
            change("failures 1 % → 5 %", "watch") { $0.failureRate = 0.05 },
            change("latency +20 %", "slow") { $0.latencyFactor = 1.2 },
            change("latency +50 %", "slow") { $0.latencyFactor = 1.5 },
            change("latency +5 %", "latency") { $0.latencyFactor = 1.05 },
            change("latency +20 %", "latency") { $0.latencyFactor = 1.2 },
            change("scores −0.02 (a twelfth of a deviation)", "scores") { $0.scoreShift = -0.02 },
            change("scores −0.1", "scores") { $0.scoreShift = -0.1 },
            change("half of the lowest fifth to the highest: PSI 0.11", "psi numbers") {
                $0.moved = 0.5
            },
            change("three quarters of it: PSI 0.29", "psi numbers") { $0.moved = 0.75 },
            change("a quarter of the first name to the third: PSI 0.18", "psi names") {
                $0.moved = 1
            },
        ]
    }

    private func delays() throws -> String {
        var lines = [
            """
            ## The watch: delays

            The default run length of 100 days. Something changes after six quiet hours; \
            \(streamCount / 4) streams each, followed
            for at most six hours more.

            | what changes | detector | found | median | half of them between |
            | --- | --- | --- | --- | --- |
            """
        ]
        for change in changes {
            let (seed, traffic, detector) = (seed, change.traffic, change.detector)
            let found = try each(max(1, streamCount / 4)) { stream -> Int? in
                var random = TrialRandom(seed: seed &+ 1, trial: stream)
                var version = try WatchedVersion(
                    runLength: .seconds(100 * 86_400), psi: 0.1)
                for _ in 0..<360 { try version.minute(.init(), shape: stream, &random) }
                if version.found.contains(detector) { return nil }
                for minute in 1...360 {
                    try version.minute(traffic, shape: stream, &random)
                    if version.found.contains(detector) { return minute }
                }
                return Int.max
            }.compactMap(\.self).sorted()
            guard !found.isEmpty else { continue }
            let seen = found.count { $0 != .max }
            let place = { (share: Double) -> String in
                let index = Int(share * Double(found.count))
                let value = found[min(index, found.count - 1)]
                return value == .max ? "later" : "\(value)"
            }
            lines.append(
                "| \(change.text) | \(Self.title(change.detector)) | "
                    + "\(percent(Double(seen) / Double(found.count))) | \(place(0.5)) min | "
                    + "\(place(0.25)) and \(place(0.75)) |")
        }
        return (lines + [""]).joined(separator: "\n")
    }

    private static func title(_ detector: String) -> String {
        switch detector {
        case "watch": "failures, ADWIN"
        case "slow": "over-p95 latency, ADWIN"
        case "scores": "means of scores, CUSUM"
        case "latency": "means of log latency, CUSUM"
        case "psi numbers": "PSI of numbers"
        default: "PSI of names"
        }
    }
}
