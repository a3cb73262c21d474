import Simulation
import Statistics

/// How often each sequential test rolls a good version back, and how soon it finds a bad one:
/// `docs/benchmarks/sequential.md`.
struct NullRollouts {
    private let count: Int
    private let powerCount: Int
    private let seed: UInt64
    private let alpha = 0.01

    init(_ options: BenchOptions) throws {
        count = try options.number("rollouts", or: 10_000)
        powerCount = try options.number("power", or: max(1, count / 10))
        seed = UInt64(try options.number("seed", or: 20_260_101))
        guard count > 0, powerCount > 0 else { throw BenchError("--rollouts is above 0") }
    }

    func run() {
        let start = nanoseconds()
        print("# Sequential tests: false rollbacks and power", "", separator: "\n")
        print(
            """
            Measured by `make bench-sequential` (`cairn-bench null-rollouts --rollouts \(count) \
            --seed \(seed)`): α is \(alpha)
            and every test is looked at after every piece of data. The bound is Clopper and \
            Pearson's exact one: the
            true rate is below it with 99.9 % confidence.

            ## Nothing is wrong: \(count) rollouts under each test

            A rollback is an alarm that the candidate is worse. Two-sided tests raise as many that \
            it is better.

            | test | looked at | rolled back | bound | all alarms | bound |
            | --- | --- | --- | --- | --- | --- |
            """)
        for trial in nullTrials { print(row(trial)) }
        print(
            """

            The line marked † is no test that Cairn uses: it shows why there is a t mixture. A \
            variance taken once from the
            differences of the first 50 pairs is often too small, and then the test alarms too often.

            ## Something is wrong: \(powerCount) rollouts each

            | test | what is wrong | found | median | half of them between |
            | --- | --- | --- | --- | --- |
            """)
        for trial in powerTrials { print(powerRow(trial)) }
        ThresholdRules().report()
        print("", "\((nanoseconds() - start) / 1_000_000_000) s in all.", separator: "\n")
    }

    private struct Named {
        let test: String
        let what: String
        let unit: String
        let trial: any SequentialTrial

        init(_ test: String, _ what: String, _ unit: String, _ trial: some SequentialTrial) {
            (self.test, self.what, self.unit, self.trial) = (test, what, unit, trial)
        }
    }

    private var nullTrials: [Named] {
        let plan = RolloutTrial.plan(requestsPerStep: 20_000)
        let errors = { (rate: Double) in RolloutTrial.Guard(rate: rate, risk: 1) }
        var trials = [0.001, 0.01, 0.05].map { rate in
            Named(
                "arm e-process, \(percent(rate)) errors", "5-10-25-50 %, 20,000 requests each", "",
                RolloutTrial(steps: plan, guards: [errors(rate)], alpha: alpha))
        }
        trials.append(
            Named(
                "three guards sharing α: errors 1 %, timeouts 0.3 %, over-p95 latency 5 %",
                "5-10-25-50 %, 20,000 requests each", "",
                RolloutTrial(
                    steps: plan, guards: [errors(0.01), errors(0.003), errors(0.05)],
                    alpha: alpha)))
        for tau2 in [0.01, 0.05, 0.5] {
            trials.append(
                Named(
                    "mSPRT, variance known, τ² \(tau2)", "2,000 pairs", "",
                    means(.knownVariance, effect: 0, tau2)))
        }
        for tau2 in [0.01, 0.05, 0.5] {
            trials.append(
                Named(
                    "t mixture, no variance given, τ² \(tau2)", "2,000 pairs", "",
                    means(.student, effect: 0, tau2)))
        }
        trials.append(
            Named(
                "mSPRT, variance of the first 50 pairs, τ² 0.5 †", "2,000 pairs", "",
                means(.varianceOfFirst50, effect: 0, 0.5)))
        trials.append(
            Named(
                "beta mixture, wins against ½", "2,000 wins and losses", "",
                CoinsTrial(contract: 0.5, rate: 0.5, trials: 2000, alpha: alpha)))
        trials.append(
            Named(
                "beta mixture, 99 % success by contract", "20,000 requests", "",
                CoinsTrial(contract: 0.99, rate: 0.99, trials: 20_000, alpha: alpha)))
        for (spending, looks) in [
            (GroupSequentialTest.Spending.obrienFleming, 5), (.pocock, 5), (.pocock, 10),
        ] {
            trials.append(
                Named(
                    "group-sequential, \(spending.rawValue)", "\(looks) looks at 2,000 pairs", "",
                    PlannedTrial(
                        spending: spending, looks: looks, effect: 0, pairs: 2000, alpha: alpha)!))
        }
        return trials
    }

    private func means(
        _ test: MeansTrial.Test, effect: Double, _ tau2: Double, pairs: Int = 2000
    ) -> MeansTrial {
        MeansTrial(test: test, effect: effect, mixingVariance: tau2, pairs: pairs, alpha: alpha)
    }

    private var powerTrials: [Named] {
        let at5 = [RolloutTrial.Step(weight: 0.05, requests: 200_000)]
        let plan = RolloutTrial.plan(requestsPerStep: 20_000)
        var trials = [5.0, 10].map { risk in
            Named(
                "arm e-process at 5 %", "errors 1 % → \(percent(risk / 100))", "requests",
                RolloutTrial(
                    steps: at5, guards: [.init(rate: 0.01, risk: risk)], alpha: alpha))
        }
        for risk in [10.0, 5, 3, 2, 1.5] {
            trials.append(
                Named(
                    "arm e-process, 5-10-25-50 % of 20,000", "errors 1 % → \(percent(risk / 100))",
                    "requests",
                    RolloutTrial(
                        steps: plan, guards: [.init(rate: 0.01, risk: risk)], alpha: alpha)))
        }
        for (effect, tau2) in [(0.5, 0.25), (0.2, 0.05), (0.1, 0.01)] {
            for (name, test) in [("mSPRT", MeansTrial.Test.knownVariance), ("t mixture", .student)]
            {
                trials.append(
                    Named(
                        "\(name), τ² \(tau2)", "\(effect) sd lower", "pairs",
                        means(test, effect: -effect, tau2, pairs: 10_000)))
            }
            trials.append(
                Named(
                    "group-sequential, obrien_fleming, 5 looks",
                    "\(effect) sd lower, at most \(planned(effect)) pairs", "pairs",
                    PlannedTrial(
                        spending: .obrienFleming, looks: 5, effect: -effect,
                        pairs: planned(effect), alpha: alpha)!))
        }
        for rate in [0.4, 0.45] {
            trials.append(
                Named(
                    "beta mixture against ½", "\(percent(rate)) wins", "wins and losses",
                    CoinsTrial(contract: 0.5, rate: rate, trials: 20_000, alpha: alpha)))
        }
        trials.append(
            Named(
                "beta mixture, 99 % success by contract", "98 % success", "requests",
                CoinsTrial(contract: 0.99, rate: 0.98, trials: 20_000, alpha: alpha)))
        return trials
    }

    /// Pairs of a fixed test with 90 % power, and a tenth more for the looks.
    private func planned(_ effect: Double) -> Int {
        let z = NormalDistribution.upperQuantile(alpha / 2) + NormalDistribution.quantile(0.9)
        return Int((1.1 * 2 * z * z / (effect * effect)).rounded(.up))
    }

    private func row(_ named: Named) -> String {
        let summary = TrialSummary(of: named.trial, count: count, seed: seed)
        return "| \(named.test) | \(named.what) | \(percent(summary.rollbackRate)) | "
            + "\(percent(summary.rollbackUpperBound)) | "
            + "\(percent(Double(summary.alarmCount) / Double(count))) | "
            + "\(percent(summary.alarmUpperBound)) |"
    }

    private func powerRow(_ named: Named) -> String {
        let summary = TrialSummary(of: named.trial, count: powerCount, seed: seed &+ 1)
        let place = { (p: Double) -> String in
            let index = Int(p * Double(powerCount))
            return index < summary.worse.count ? "\(summary.worse[index])" : "never"
        }
        return "| \(named.test) | \(named.what) | \(percent(summary.rollbackRate)) | "
            + "\(summary.medianTime.map { "\($0) \(named.unit)" } ?? "never") | "
            + "\(place(0.25)) and \(place(0.75)) |"
    }
}

/// A share in percent, to two digits behind the point at most.
func percent(_ share: Double) -> String {
    let hundredths = Int((share * 10_000).rounded())
    let (whole, rest) = (hundredths / 100, hundredths % 100)
    if rest == 0 { return "\(whole) %" }
    if rest % 10 == 0 { return "\(whole).\(rest / 10) %" }
    return "\(whole).\(rest < 10 ? "0" : "")\(rest) %"
}
