import Plotting
import Simulation
import Statistics

/// False rollbacks, delays and harm of Cairn's rule beside those of others, on the same streams.
struct RolloutComparison {
    private let nullCount: Int
    private let badCount: Int
    private let seed: UInt64
    private let rate = 0.008
    private let risks = [1.25, 1.5, 2, 3, 5, 10]

    init(_ options: BenchOptions) throws {
        nullCount = try options.number("rollouts", or: 10_000)
        badCount = try options.number("power", or: max(1, nullCount / 10))
        seed = UInt64(try options.number("seed", or: 20_260_101))
        guard nullCount > 0, badCount > 0 else { throw BenchError("--rollouts is above 0") }
    }

    private struct Named {
        let name: String
        /// In a plot.
        let short: String
        let make: () throws -> any RolloutRule
    }

    private var rules: [Named] {
        [
            Named(name: "Cairn, α 0.01", short: "Cairn") { try MachineRule(alpha: 0.01) },
            Named(name: "Flagger: success ≥ 99 %, 5 failed checks", short: "Flagger 99 %") {
                ThresholdRule(successMin: 0.99, failedMax: 5)
            },
            Named(name: "Flagger: success ≥ 97 %, 5 failed checks", short: "Flagger 97 %") {
                ThresholdRule(successMin: 0.97, failedMax: 5)
            },
            Named(name: "Argo Rollouts: success ≥ 99 %, failureLimit 3", short: "Argo 99 %") {
                ThresholdRule(successMin: 0.99, failedMax: 4)
            },
            Named(name: "Argo Rollouts: success ≥ 97 %, failureLimit 3", short: "Argo 97 %") {
                ThresholdRule(successMin: 0.97, failedMax: 4)
            },
            Named(name: "Kayenta's judge after each step", short: "Kayenta") {
                JudgeRule(usesShiftRule: true)
            },
            Named(name: "Kayenta's judge, repaired (statistics.md §5)", short: "repaired") {
                JudgeRule(usesShiftRule: false)
            },
        ]
    }

    /// What became of many rollouts under one rule.
    private struct Outcome {
        /// Minutes until the rollback, of those that were rolled back.
        var minutes: [Int] = []
        /// Failures of the candidate until the rollback or the end, of all.
        var failures: [Int] = []
        var count = 0

        var share: Double { Double(minutes.count) / Double(count) }

        /// Never counts as later than any.
        func median(_ values: [Int]) -> Int? {
            let sorted = values.sorted()
            return count / 2 < sorted.count ? sorted[count / 2] : nil
        }
    }

    private func outcomes(risk: Double, count: Int) throws -> [Outcome] {
        var outcomes = rules.map { _ in Outcome() }
        for trial in 0..<count {
            var random = TrialRandom(seed: seed &+ UInt64(risk * 1_000), trial: trial)
            let minutes = RolloutStream.minutes(rate: rate, risk: risk, &random)
            for (index, named) in rules.enumerated() {
                var rule = try named.make()
                var failures = 0
                outcomes[index].count += 1
                for minute in minutes {
                    failures += minute.candidate.failures
                    if try rule.rollsBack(on: minute) {
                        outcomes[index].minutes.append(minute.minute + 1)
                        break
                    }
                }
                outcomes[index].failures.append(failures)
            }
        }
        return outcomes
    }

    /// - Returns: the page's part, and its plots by file name.
    func page() throws -> (text: String, plots: [(name: String, svg: String)]) {
        let null = try outcomes(risk: 1, count: nullCount)
        let bad = try risks.map { try outcomes(risk: $0, count: badCount) }
        var lines = [
            """
            ## False rollbacks and delay, beside other rules on the same streams

            A plan of 5, 10, 25 and 50 %, twenty minutes each, 1,000 requests a minute, of which \
            \(percent(rate)) fail on
            stable. Cairn's rule is its whole machine, with one report a minute; the others look \
            once a minute (Flagger and
            Argo Rollouts at the candidate's success in that minute) or after each step (Kayenta's \
            judge, at twenty pairs of
            error rates). \(nullCount) rollouts of a good version, \(badCount) of each bad one, \
            seed \(seed).

            | rule | rolled back though good | at most, 99.9 % sure |
            | --- | --- | --- |
            """
        ]
        for (named, outcome) in zip(rules, null) {
            let bound = Self.upperBound(outcome.minutes.count, of: outcome.count)
            lines.append("| \(named.name) | \(percent(outcome.share)) | \(percent(bound)) |")
        }
        lines += [
            "", "Rolled back, and after how many minutes half of all were:", "",
            "| rule | " + risks.map { "×\(Self.text($0))" }.joined(separator: " | ") + " |",
            "| --- |" + String(repeating: " --- |", count: risks.count),
        ]
        for (index, named) in rules.enumerated() {
            let cells = bad.map { outcomes in
                let outcome = outcomes[index]
                let median = outcome.median(outcome.minutes).map { "\($0) min" } ?? "never"
                return "\(percent(outcome.share)), \(median)"
            }
            lines.append("| \(named.name) | " + cells.joined(separator: " | ") + " |")
        }
        lines += [
            "", "Failures that the candidate had served until then, in the median:", "",
            "| rule | " + risks.map { "×\(Self.text($0))" }.joined(separator: " | ") + " |",
            "| --- |" + String(repeating: " --- |", count: risks.count),
        ]
        for (index, named) in rules.enumerated() {
            let cells = bad.map { "\($0[index].median($0[index].failures) ?? 0)" }
            lines.append("| \(named.name) | " + cells.joined(separator: " | ") + " |")
        }
        lines += [
            "", "![How many bad versions are rolled back](rollout-found.svg)",
            "![After how many minutes](rollout-delay.svg)", "",
        ]
        return (
            lines.joined(separator: "\n"),
            [
                ("rollout-found.svg", plot("Rolled back", "share", bad) { $0.share }),
                (
                    "rollout-delay.svg",
                    plot("Half are", "after minutes; 80: never", bad) {
                        Double($0.median($0.minutes) ?? 80)
                    }
                ),
            ]
        )
    }

    private func plot(
        _ title: String, _ label: String, _ bad: [[Outcome]], _ value: (Outcome) -> Double
    ) -> String {
        let colors = [
            "#0b6e4f", "#c0392b", "#e59866", "#6c3483", "#bb8fce", "#1f618d", "#7fb3d5",
        ]
        var plot = Plot(
            title: title, xLabel: "errors of the candidate against stable's", yLabel: label,
            series: rules.enumerated().map { index, named in
                Plot.Series(
                    named.short,
                    bad.enumerated().map { (Double($0.offset), value($0.element[index])) },
                    color: colors[index])
            })
        plot.categories = risks.map { "×\(Self.text($0))" }
        // In a file of its own a drawing says what it is.
        return plot.svg().replacing(
            "<svg ", with: "<svg xmlns=\"http://www.w3.org/2000/svg\" ", maxReplacements: 1)
    }

    private static func text(_ risk: Double) -> String {
        risk == risk.rounded() ? "\(Int(risk))" : "\(risk)"
    }

    /// Clopper and Pearson's, one-sided at 99.9 %.
    static func upperBound(_ hits: Int, of count: Int) -> Double {
        guard hits < count else { return 1 }
        var (low, high) = (Double(hits) / Double(count), 1.0)
        for _ in 0..<60 {
            let middle = (low + high) / 2
            let chance =
                BinomialDistribution(trials: count, probability: middle)?.cdf(hits) ?? 0
            if chance > 0.001 { low = middle } else { high = middle }
        }
        return high
    }
}
