import CommandTable
import Statistics

extension StatTool {
    static let detectors: [StatTool] = [
        detector(
            "adwin", "a window that drops its old part when the mean has changed",
            "For values in [0, 1] the chance of a false alarm per check is bounded by --delta.",
            flags: [
                Flag(
                    "delta", .decimal("P"), "Chance of a false alarm per check; 0.002 unless given"),
                Flag("clock", .number("N", 1...1_000_000), "Checks every so many", standard: "32"),
                Flag("max-buckets", .number("N", 1...65_536), "Buckets a row", standard: "5"),
                Flag("min-window", .number("N", 1...1_000_000), "Shortest part", standard: "5"),
                Flag("grace", .number("N", 0...1_000_000), "Values before checks", standard: "10"),
            ], example: "tail -f errors.txt | cairn stats adwin"
        ) { (settings) throws(StatError) in try AdaptiveWindowStream(settings) },
        detector(
            "page-hinkley", "a faded sum of deviations from the running mean",
            "Its defaults depend on the unit of the values: standardise first. It has no guarantee.",
            flags: [
                Flag(
                    "min-count", .number("N", 0...1_000_000), "Values before alarms", standard: "30"
                ),
                Flag("delta", .decimal("D"), "A change too small to matter; 0.005 unless given"),
                Flag("threshold", .decimal("H"), "Alarm above this; 50 unless given"),
                Flag("fading", .decimal("A"), "Share that survives a value; 0.9999 unless given"),
                Flag("direction", .choice(["up", "down", "both"]), "Which", standard: "both"),
            ], example: "cairn stats page-hinkley loss.txt --threshold 10"
        ) { (settings) throws(StatError) in try PageHinkleyStream(settings) },
        detector(
            "cusum", "sums of deviations from a target, up and down",
            "The threshold is given, or follows from the run length between false alarms, or is "
                + "calibrated on the first values of the stream with --calibrate.",
            flags: [
                Flag("mean", .decimal("X"), "The mean when nothing has changed; 0 unless given"),
                Flag("deviation", .decimal("S"), "Its standard deviation; 1 unless given"),
                Flag("slack", .decimal("K"), "Half the shift to be found; half a deviation else"),
                Flag("threshold", .decimal("H"), "Alarm above this, in the unit of the values"),
                Flag(
                    "run-length", .decimal("N"),
                    "In place of it: one false alarm in so many normal values"),
                Flag(
                    "calibrate", .number("N", 20...1_000_000),
                    "In place of all: learns from the first N values, which must be quiet"),
                Flag(
                    "length", .number("N", 1...10_000_000), "With --calibrate: streams of so many",
                    standard: "1000"),
                Flag(
                    "false-alarms", .decimal("P"),
                    "With --calibrate: the share of them that may alarm; 0.01 unless given"),
                StatFlags.seed,
            ], example: "cairn stats cusum latency.txt --calibrate 500"
        ) { (settings) throws(StatError) in try CumulativeSumStream(settings) },
        detector(
            "ddm", "an error rate of 0 and 1 against its own lowest point",
            "For comparison with other tools: on a quiet stream it often raises an alarm.",
            flags: [
                Flag("warm-start", .number("N", 0...1_000_000), "Values before", standard: "30"),
                Flag("warning", .decimal("K"), "Deviations for a warning; 2 unless given"),
                Flag("drift", .decimal("K"), "Deviations for a drift; 3 unless given"),
            ], example: "cairn stats ddm errors.txt"
        ) { (settings) throws(StatError) in try ErrorRateStream(settings) },
        detector(
            "ks-window", "the newest values of a window against the older ones",
            "Each look has the level; the stream as a whole has not.",
            flags: [
                Flag("window", .number("N", 2...1 << 20), "Values in the window", standard: "100"),
                Flag("recent", .number("N", 1...1 << 20), "The newest of them", standard: "30"),
                Flag("alpha", .decimal("P"), "The level of a look; 0.001 unless given"),
            ], example: "cairn stats ks-window scores.txt --window 500 --recent 100"
        ) { (settings) throws(StatError) in try WindowStream(settings) },
    ]

    private static func detector(
        _ name: String, _ summary: String, _ detail: String, flags: [Flag], example: String,
        _ make: @escaping @Sendable (StatSettings) throws(StatError) -> any StatStream
    ) -> StatTool {
        StatTool(
            name, summary, .detectors,
            details: [
                detail
                    + " Each detection is printed as it comes, with the index of its value from 0."
            ], need: .rows([.value]), flags: flags + [StatFlags.nan], examples: [example],
            work: .stream(make))
    }
}

/// What all detectors count and say.
struct DetectionCount {
    private(set) var values = 0
    private(set) var drifts: [Int] = []
    private(set) var warnings = 0

    /// - Returns: the signal in words, where there is one.
    mutating func take(_ signal: DriftSignal) -> String? {
        defer { values += 1 }
        switch signal {
        case .none: return nil
        case .warning:
            warnings += 1
            return "warning"
        case .drift, .driftUp, .driftDown:
            drifts.append(values)
            return signal == .driftUp ? "drift up" : signal == .driftDown ? "drift down" : "drift"
        }
    }

    func answer(_ title: String, ignored: Int, _ figures: [StatFigure?] = []) -> StatAnswer {
        let what = drifts.count == 1 ? "1 change" : "\(drifts.count) changes"
        return StatAnswer(
            title, status: values > 0 ? .ok : .insufficientData,
            outcome: values == 0 ? .undecided : drifts.isEmpty ? .kept : .rejected,
            figures: [
                .count("values", "values", values),
                StatFigure("drift_at", "", .counts(drifts)),
                warnings == 0 ? nil : .count("warnings", "warnings", warnings),
            ] + figures,
            verdict: values == 0
                ? "no values came"
                : drifts.isEmpty ? "no change detected" : "\(what) detected",
            notes: [ignored == 0 ? nil : "\(ignored) values could not be used and were left out"])
    }
}
