import Statistics

/// `cusum` at work: with a threshold from the start, or after it has learned one.
struct CumulativeSumStream: StatStream {
    private enum State {
        case learning([Double], wanted: Int)
        case watching(CUSUM)
    }

    private let settings: StatSettings
    private var state: State
    private var count = DetectionCount()
    private var learned = 0
    private var unusable = 0

    init(_ settings: StatSettings) throws(StatError) {
        self.settings = settings
        if let wanted = try settings.count("calibrate") {
            state = .learning([], wanted: wanted)
            return
        }
        let mean = try settings.number("mean", or: 0)
        let deviation = try settings.number("deviation", or: 1)
        let slack = try settings.number("slack", or: deviation / 2)
        var threshold = try settings.number("threshold")
        if let length = try settings.number("run-length") {
            guard deviation > 0,
                let height = CUSUM.threshold(forRunLength: length, slack: slack / deviation)
            else { throw StatError("--run-length is above 2, --slack and --deviation above 0") }
            threshold = height * deviation
        }
        guard let threshold else {
            throw StatError("--threshold, --run-length or --calibrate is needed")
        }
        guard let detector = CUSUM(mean: mean, slack: slack, threshold: threshold) else {
            throw StatError("--slack and --threshold are at least 0")
        }
        state = .watching(detector)
    }

    mutating func add(_ row: [Double]) throws(StatError) -> StatEvent? {
        switch state {
        case .watching(var detector):
            let signal = detector.add(row[0])
            state = .watching(detector)
            return count.take(signal).map { StatEvent($0) }
        case .learning(var quiet, let wanted):
            if row[0].isFinite { quiet.append(row[0]) } else { unusable += 1 }
            _ = count.take(.none)
            state = .learning(quiet, wanted: wanted)
            guard quiet.count == wanted else { return nil }
            return try learn(from: quiet)
        }
    }

    /// Mean, spread and threshold as the quiet values have them.
    private mutating func learn(from quiet: [Double]) throws(StatError) -> StatEvent {
        let sample = StatSample("", numbers: quiet).figures("value")
        let figure = { (index: Int) -> Double? in
            if case .number(let number)? = sample[index]?.value { number } else { nil }
        }
        guard let mean = try settings.number("mean") ?? figure(1),
            let deviation = figure(2), deviation > 0
        else {
            throw StatError("the first \(quiet.count) values do not vary: nothing to learn from")
        }
        let slack = try settings.number("slack", or: deviation / 2)
        guard
            let threshold = CUSUM.calibratedThreshold(
                reference: quiet, mean: mean, slack: slack,
                length: try settings.count("length", or: 1_000),
                falseAlarmRate: try settings.number("false-alarms", or: 0.01),
                seed: try settings.seed()),
            let detector = CUSUM(mean: mean, slack: slack, threshold: threshold)
        else { throw StatError("--false-alarms is between 0 and 1, --slack at least 0") }
        state = .watching(detector)
        learned = quiet.count
        return StatEvent(
            "calibrated",
            [
                .number("mean", "mean", mean), .number("slack", "slack", slack),
                .number("threshold", "threshold", threshold),
            ].compactMap(\.self), isHit: false)
    }

    func answer() -> StatAnswer {
        switch state {
        case .learning(let quiet, let wanted):
            return .undecided(
                "CUSUM", .insufficientData,
                needs: "\(wanted) values to calibrate on; \(quiet.count) came")
        case .watching(let detector):
            return count.answer(
                "CUSUM", ignored: detector.ignoredCount + unusable,
                [
                    .number("mean", "mean", detector.mean),
                    .number("slack", "slack", detector.slack),
                    .number("threshold", "threshold", detector.threshold),
                    learned == 0
                        ? nil : .count("calibrated_on", "calibrated on", learned, note: "values"),
                    .number("level", "level now", detector.level, note: "share of the threshold"),
                ])
        }
    }
}
