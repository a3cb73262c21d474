import CairnCore

extension Plan {
    /// What the watch looks at beside the rate of failures: the promoted version against its own
    /// past, or against what it did on the test set.
    public struct Detector: Equatable, Sendable {
        public enum Kind: Equatable, Sendable {
            /// ADWIN over the share of requests that are slower than the 95th percentile of the first
            /// ones of the watch.
            case slowRate
            /// CUSUM over the means of scores, window by window. `smallestEffect` is in the scores'
            /// own unit; 0: any change that can be seen.
            case scoreMeans(smallestEffect: Double)
            /// The same over the logarithms of latencies; `smallestEffect` is a share: 0.1 is a tenth.
            case latencyMeans(smallestEffect: Double)
            /// PSI of a column of the evaluator's reference, window by window.
            case histogram(column: String, smallestEffect: Double)
        }
        public var name: String
        public var kind: Kind
        /// Otherwise a breach alerts.
        public var rollsBack: Bool

        public init(name: String, kind: Kind, rollsBack: Bool = true) {
            (self.name, self.kind, self.rollsBack) = (name, kind, rollsBack)
        }

        /// Of a histogram.
        public var column: String? {
            if case .histogram(let column, _) = kind { column } else { nil }
        }

        /// Raises a false alarm once in its run length, and not less: ADWIN has a bound of its own.
        var isCalibrated: Bool { kind != .slowRate }
    }
}

extension Plan.Watch {
    public enum Limits {
        public static let detectors = 32
        /// What the watch calls its own look at failures, and its hard limit.
        public static let failures = "watch"
        public static let columnByteCount = 256
        /// Behind a detector's name, where something has changed for the better.
        static let better = ": better"
    }

    /// How many windows one detector goes on average until it raises a false alarm.
    ///
    /// All calibrated detectors together raise one in `runLength`, each an equal share of that; no
    /// window is shorter than `window`.
    var windowsPerFalseAlarm: Double {
        let sharing = max(1, detectors.count(where: \.isCalibrated))
        return max(3, Double(sharing) * (runLength.inSeconds / max(window.inSeconds, 1e-9)))
    }

    /// Columns of the reference that the plan wants, each once, in its order.
    public var columns: [String] {
        detectors.compactMap(\.column).reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
    }

    func check(beside guards: [Plan.Guard]) throws(PlanError) {
        guard detectors.count <= Limits.detectors else {
            throw PlanError(
                "a watch has at most \(Limits.detectors) detectors, this one \(detectors.count)")
        }
        guard window >= .seconds(1), window <= .seconds(86_400), runLength >= window,
            runLength <= Plan.Limits.longest
        else {
            throw PlanError(
                "watch: a window is from 1 s to a day, and the run length at least a window and at "
                    + "most 10 years")
        }
        let names = detectors.map(\.name)
        let taken = Set(guards.map(\.name) + [Limits.failures])
        guard Set(names).count == names.count, taken.isDisjoint(with: names),
            names.allSatisfy({ !$0.hasSuffix(Limits.better) })
        else {
            throw PlanError(
                "watch: a detector's name is no other's, no guard's, not '\(Limits.failures)', and "
                    + "does not end in '\(Limits.better)'")
        }
        for item in detectors { try item.check() }
    }
}

extension Plan.Detector {
    fileprivate func check() throws(PlanError) {
        guard !name.isEmpty, name.utf8.count <= 128 else {
            throw PlanError("watch: a detector has no name, or one over 128 bytes")
        }
        switch kind {
        case .slowRate: break
        case .scoreMeans(let effect), .latencyMeans(let effect):
            guard effect >= 0, effect <= 1e6 else {
                throw PlanError("detector \(name): the smallest effect is 0 or above")
            }
        case .histogram(let column, let effect):
            guard (1...Plan.Watch.Limits.columnByteCount).contains(column.utf8.count) else {
                throw PlanError(
                    "detector \(name): it names no column of the reference; `cairn reference` lists "
                        + "them")
            }
            guard effect > 0, effect <= 100 else {
                throw PlanError("detector \(name): the smallest PSI that matters is above 0")
            }
        }
    }
}

/// As the log has it: written where it is not the usual value.
extension Plan.Watch {
    func writeLater(to line: inout EventLineWriter) {
        let usual = Plan.Watch()
        if runLength != usual.runLength { line.add("run_length", runLength.wholeNanoseconds) }
        if window != usual.window { line.add("watch_window", window.wholeNanoseconds) }
        for item in detectors {
            line.add("detector", quoted: item.name)
            switch item.kind {
            case .slowRate: line.add("slow_rate", true)
            case .scoreMeans(let effect): line.add("watched_scores", effect)
            case .latencyMeans(let effect): line.add("watched_latency", effect)
            case .histogram(let column, let effect):
                line.add("psi", effect)
                line.add("column", quoted: column)
            }
            line.add("rolls_back", item.rollsBack)
        }
    }

    mutating func readLater(_ line: inout EventLineReader) throws(EventTextError) {
        runLength = try line.durationIfThere("run_length") ?? runLength
        window = try line.durationIfThere("watch_window") ?? window
        while true {
            let name = line.textIfThere("detector")
            if name.isEmpty { break }
            detectors.append(try Plan.Detector(name, &line))
        }
    }
}

extension Plan.Detector {
    fileprivate init(_ name: String, _ line: inout EventLineReader) throws(EventTextError) {
        let kind: Kind
        if try line.numberIfThere("slow_rate") as Bool? != nil {
            kind = .slowRate
        } else if let effect: Double = try line.numberIfThere("watched_scores") {
            kind = .scoreMeans(smallestEffect: effect)
        } else if let effect: Double = try line.numberIfThere("watched_latency") {
            kind = .latencyMeans(smallestEffect: effect)
        } else {
            let effect: Double = try line.number("psi")
            kind = .histogram(column: try line.text("column"), smallestEffect: effect)
        }
        self.init(name: name, kind: kind, rollsBack: try line.number("rolls_back"))
    }
}
