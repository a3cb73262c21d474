import Statistics

/// `msprt` at work.
struct MixtureStream: StatStream {
    private var test: MixtureSPRT
    private let alpha: Double
    private var firstRejection: Int?

    init(_ settings: StatSettings) throws(StatError) {
        alpha = try settings.alpha()
        let variance = try settings.number("variance", or: 0)
        var mixing = try settings.number("mixing-variance")
        if let effect = try settings.number("smallest-effect") { mixing = effect * effect }
        guard let mixing else {
            throw StatError("--smallest-effect is needed: the smallest difference that matters")
        }
        guard
            let test = MixtureSPRT(
                variance: variance, mixingVariance: mixing, nanPolicy: settings.nanPolicy)
        else { throw StatError("--variance and --smallest-effect must be above 0") }
        self.test = test
    }

    mutating func add(_ row: [Double]) throws(StatError) -> StatEvent? {
        // The test takes the baseline first: its difference is the second minus the first.
        test.add(row[1], row[0])
        guard firstRejection == nil, test.rejects(atLevel: alpha) else { return nil }
        firstRejection = test.pairCount
        return StatEvent(
            "rejected",
            [
                .count("pairs", "pairs", test.pairCount),
                .number("mean_diff", "difference", test.meanDifference),
                .number("p_always_valid", "p", test.alwaysValidP),
            ].compactMap(\.self))
    }

    func answer() -> StatAnswer {
        let title = "mixture sequential probability ratio test"
        guard test.status == .ok else {
            return .undecided(
                title, test.status, needs: "a pair of finite numbers, none of them NaN")
        }
        let level = "at level \(Wording.plain(alpha))"
        return StatAnswer(
            title, status: test.status, outcome: firstRejection == nil ? .kept : .rejected,
            figures: [
                .count("pairs", "pairs", test.pairCount),
                .number("mean_diff", "difference", test.meanDifference, note: "a - b"),
                .interval(
                    "interval", "  interval", test.interval(alpha: alpha),
                    note: "\(Wording.percent(1 - alpha)), at all times together"),
                .number("log_lambda", "ln evidence", test.logEvidence, note: "now"),
                .number("peak_log_lambda", "  peak", test.peakLogEvidence),
                .number("p_always_valid", "p", test.alwaysValidP, note: "valid at any time"),
                firstRejection.map { .count("first_reject_n", "rejected at pair", $0) },
            ],
            verdict: firstRejection == nil
                ? "no difference shown \(level) so far; one may go on looking"
                : "the means differ \(level): a is "
                    + ((test.meanDifference ?? 0) > 0 ? "larger" : "smaller"))
    }
}

/// `beta-mixture` at work.
struct BetaStream: StatStream {
    private var test: BetaMixtureTest
    private let alpha: Double
    private var firstRejection: Int?
    private var ignoredCount = 0

    init(_ settings: StatSettings) throws(StatError) {
        alpha = try settings.alpha()
        guard
            let test = BetaMixtureTest(
                rate: try settings.number("rate", or: 0.5),
                a: try settings.number("prior-a", or: 0.5),
                b: try settings.number("prior-b", or: 0.5))
        else { throw StatError("--rate is between 0 and 1, --prior-a and --prior-b are above 0") }
        self.test = test
    }

    mutating func add(_ row: [Double]) throws(StatError) -> StatEvent? {
        guard !row[0].isNaN else {
            ignoredCount += 1
            return nil
        }
        guard row[0] == 0 || row[0] == 1 else {
            throw StatError("\(row[0]); expected 1 for a success and 0 for a failure")
        }
        test.add(successes: row[0] == 1 ? 1 : 0, failures: row[0] == 1 ? 0 : 1)
        guard firstRejection == nil, test.rejects(atLevel: alpha) else { return nil }
        firstRejection = trials
        return StatEvent(
            "rejected",
            [
                .count("trials", "trials", trials),
                .number("rate", "rate", Double(test.successes) / Double(trials)),
                .number("p_always_valid", "p", test.alwaysValidP),
            ].compactMap(\.self))
    }

    private var trials: Int { test.successes + test.failures }

    func answer() -> StatAnswer {
        let level = "at level \(Wording.plain(alpha))"
        let rate = trials == 0 ? nil : Double(test.successes) / Double(trials)
        return StatAnswer(
            "Beta mixture test", outcome: firstRejection == nil ? .kept : .rejected,
            figures: [
                .count("trials", "trials", trials),
                .count("successes", "  successes", test.successes),
                .number("rate", "rate", rate), .number("rate_0", "held against", test.rate),
                .number("log_e_final", "ln evidence", test.logEvidence, note: "now"),
                .number("peak_log_e", "  peak", test.peakLogEvidence),
                .number("p_always_valid", "p", test.alwaysValidP, note: "valid at any time"),
                firstRejection.map { .count("first_reject_n", "rejected at trial", $0) },
            ],
            verdict: firstRejection == nil
                ? "no difference from \(Wording.plain(test.rate)) shown \(level) so far"
                : "the rate is not \(Wording.plain(test.rate)), \(level)",
            notes: [ignoredCount == 0 ? nil : "\(ignoredCount) rows without a value were left out"])
    }
}

/// `arm-eprocess` at work.
struct ArmStream: StatStream {
    private var process: ArmEProcess
    private let alpha: Double
    private let share: Double?
    private var failures = (candidate: 0, stable: 0)
    private var firstRejection: Int?

    init(_ settings: StatSettings) throws(StatError) {
        alpha = try settings.alpha(or: 0.01)
        share = try settings.number("share")
        let grid = try settings.numbers("grid") ?? ArmEProcess.defaultGrid
        guard let process = ArmEProcess(grid: grid) else {
            throw StatError("--grid holds relative risks above 0, as in 1.5,2,5")
        }
        self.process = process
    }

    mutating func add(_ row: [Double]) throws(StatError) -> StatEvent? {
        guard row[0] == 0 || row[0] == 1 else {
            throw StatError("\(row[0]); expected 1 for the candidate and 0 for the stable version")
        }
        guard let weight = row.count > 1 ? row[1] : share else {
            throw StatError("the candidate's share of traffic is missing: --share or --weight")
        }
        guard weight >= 0, weight <= 1 else {
            throw StatError("\(weight) is not a share of traffic; expected 0 to 1")
        }
        let isCandidate = row[0] == 1
        if isCandidate { failures.candidate += 1 } else { failures.stable += 1 }
        process.add(
            failuresCandidate: isCandidate ? 1 : 0, failuresStable: isCandidate ? 0 : 1,
            weight: weight)
        guard firstRejection == nil, process.rejects(atLevel: alpha) else { return nil }
        firstRejection = failures.candidate + failures.stable
        return StatEvent(
            "rejected",
            [
                .count("failures", "failures", failures.candidate + failures.stable),
                .count("candidate", "of the candidate", failures.candidate),
                .number("p_always_valid", "p", process.alwaysValidP),
            ].compactMap(\.self))
    }

    func answer() -> StatAnswer {
        StatAnswer(
            "e-process of failures by arm", outcome: firstRejection == nil ? .kept : .rejected,
            figures: [
                .count("failures_candidate", "failures of candidate", failures.candidate),
                .count("failures_stable", "  of stable", failures.stable),
                .number("log_e_final", "ln evidence", process.logEvidence, note: "now"),
                .number("peak_log_e", "  peak", process.peakLogEvidence),
                .number("p_always_valid", "p", process.alwaysValidP, note: "valid at any time"),
                firstRejection.map { .count("first_reject_n", "rejected at failure", $0) },
            ],
            verdict: firstRejection == nil
                ? "not shown that the candidate fails more often, at level \(Wording.plain(alpha))"
                : "the candidate fails more often, at level \(Wording.plain(alpha))")
    }
}
