import Statistics

/// `adwin` at work.
struct AdaptiveWindowStream: StatStream {
    private var window: ADWIN
    private var count = DetectionCount()

    init(_ settings: StatSettings) throws(StatError) {
        guard
            let known = ADWIN.Settings(
                delta: try settings.number("delta", or: 0.002),
                clock: try settings.count("clock", or: 32),
                bucketsPerRow: try settings.count("max-buckets", or: 5),
                minimumPart: try settings.count("min-window", or: 5),
                gracePeriod: try settings.count("grace", or: 10))
        else { throw StatError("--delta must be above 0") }
        window = ADWIN(known)
    }

    mutating func add(_ row: [Double]) throws(StatError) -> StatEvent? {
        guard let signal = count.take(window.add(row[0])) else { return nil }
        return StatEvent(signal, figures.compactMap(\.self))
    }

    private var figures: [StatFigure?] {
        [
            .count("width", "window", window.width, note: "values"),
            .number("mean", "  mean", window.mean), .number("variance", "", window.variance),
        ]
    }

    func answer() -> StatAnswer {
        count.answer("ADWIN", ignored: window.ignoredCount, figures)
    }
}

/// `page-hinkley` at work.
struct PageHinkleyStream: StatStream {
    private var detector: PageHinkley
    private var count = DetectionCount()

    init(_ settings: StatSettings) throws(StatError) {
        var known = PageHinkley.Settings()
        known.minimumCount = try settings.count("min-count", or: known.minimumCount)
        known.delta = try settings.number("delta", or: known.delta)
        known.threshold = try settings.number("threshold", or: known.threshold)
        known.fading = try settings.number("fading", or: known.fading)
        known.mode = settings.text("direction").flatMap(PageHinkley.Mode.init) ?? .both
        detector = PageHinkley(known)
    }

    mutating func add(_ row: [Double]) throws(StatError) -> StatEvent? {
        count.take(detector.add(row[0])).map { StatEvent($0) }
    }

    func answer() -> StatAnswer {
        count.answer("Page-Hinkley test", ignored: detector.ignoredCount)
    }
}

/// `ddm` at work.
struct ErrorRateStream: StatStream {
    private var detector: DDM
    private var count = DetectionCount()
    private var firstWarning: Int?
    /// A warning lasts for many values; only its first is told.
    private var isWarned = false

    init(_ settings: StatSettings) throws(StatError) {
        var known = DDM.Settings()
        known.warmStart = try settings.count("warm-start", or: known.warmStart)
        known.warningDeviations = try settings.number("warning", or: known.warningDeviations)
        known.driftDeviations = try settings.number("drift", or: known.driftDeviations)
        detector = DDM(known)
    }

    mutating func add(_ row: [Double]) throws(StatError) -> StatEvent? {
        guard row[0].isNaN || row[0] == 0 || row[0] == 1 else {
            throw StatError("\(row[0]); expected 1 for an error and 0 for a right answer")
        }
        let index = count.values
        let signal = detector.add(row[0])
        guard let text = count.take(signal) else {
            isWarned = false
            return nil
        }
        if signal == .warning {
            firstWarning = firstWarning ?? index
            defer { isWarned = true }
            return isWarned ? nil : StatEvent(text, isHit: false)
        }
        isWarned = false
        return StatEvent(text)
    }

    func answer() -> StatAnswer {
        count.answer(
            "DDM", ignored: detector.ignoredCount,
            [firstWarning.map { .count("first_warning_at", "first warning at", $0) }])
    }
}

/// `ks-window` at work.
struct WindowStream: StatStream {
    private var window: KSWindow
    private var count = DetectionCount()

    init(_ settings: StatSettings) throws(StatError) {
        let size = try settings.count("window", or: 100)
        let recent = try settings.count("recent", or: 30)
        guard
            let window = KSWindow(
                windowSize: size, recentSize: recent, alpha: try settings.alpha(or: 0.001))
        else { throw StatError("--recent is at least 1 and below --window, not \(recent)") }
        self.window = window
    }

    mutating func add(_ row: [Double]) throws(StatError) -> StatEvent? {
        guard let signal = count.take(window.add(row[0])), let hit = window.lastHit else {
            return nil
        }
        return StatEvent(
            signal,
            [.number("D", "D", hit.statistic), .number("p", "p", hit.p)].compactMap(\.self))
    }

    func answer() -> StatAnswer {
        count.answer("Kolmogorov-Smirnov window", ignored: window.ignoredCount)
    }
}
