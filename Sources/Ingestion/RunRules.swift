/// The life of a run: it runs until its first end, which stands.
///
/// Metrics are taken after the end too: a trainer uploads behind its work, and what it measured is
/// not less true because its last batch was late.
public enum RunLife: Sendable, Equatable {
    /// → `ended`.
    case running
    /// Terminal.
    case ended

    /// Whether an end that is reported now is the one that stands.
    public var takesEnd: Bool { self == .running }
}

/// What a batch of metric points must be.
public struct MetricBatchShape: Sendable {
    /// One metric's parallel arrays.
    public struct Series: Sendable {
        public var key: String
        public var stepCount: Int
        public var timeCount: Int
        public var valueCount: Int

        public init(key: String, stepCount: Int, timeCount: Int, valueCount: Int) {
            (self.key, self.stepCount) = (key, stepCount)
            (self.timeCount, self.valueCount) = (timeCount, valueCount)
        }
    }

    public let pointCount: Int
    public let keys: Set<String>

    public init(_ series: [Series]) throws(IngestError) {
        try Amount.check(series.count, atMost: IngestLimits.seriesPerBatch, "series in one batch")
        var keys = Set<String>()
        for item in series {
            try Amount.checkKey(item.key, "metric")
            guard keys.insert(item.key).inserted else {
                throw IngestError(.invalid, "metric '\(item.key)' occurs twice in one batch")
            }
            guard item.stepCount == item.valueCount, item.timeCount == item.stepCount else {
                throw IngestError(
                    .invalid,
                    "metric '\(item.key)' has \(item.stepCount) steps, \(item.timeCount) times and "
                        + "\(item.valueCount) values; expected as many of each")
            }
        }
        pointCount = series.reduce(0) { $0 + $1.stepCount }
        try Amount.check(pointCount, atMost: IngestLimits.pointsPerBatch, "points in one batch")
        self.keys = keys
    }

    /// - Parameter others: how many metrics the run has that are not in this batch.
    public func check(others: Int) throws(IngestError) {
        try Amount.check(
            others + keys.count, atMost: IngestLimits.metricsPerRun, "metrics in one run")
    }
}

/// Counts and lengths against their limits.
public enum Amount {
    public static func check(_ count: Int, atMost limit: Int, _ what: String) throws(IngestError) {
        guard count <= limit else {
            throw IngestError(.invalid, "\(count) \(what); at most \(limit)")
        }
    }

    public static func checkKey(_ key: String, _ what: String) throws(IngestError) {
        guard (1...IngestLimits.keyByteCount).contains(key.utf8.count) else {
            throw IngestError(
                .invalid,
                "\(what) '\(key.prefix(40))' has \(key.utf8.count) bytes; expected 1 to "
                    + "\(IngestLimits.keyByteCount)")
        }
    }

    public static func checkText(_ text: String, _ what: String) throws(IngestError) {
        try check(text.utf8.count, atMost: IngestLimits.textByteCount, "bytes of \(what)")
    }

    /// Keys are unique, keys and values within their lengths.
    public static func checkPairs(
        _ pairs: [(key: String, value: String)], atMost limit: Int, _ what: String
    ) throws(IngestError) {
        try check(pairs.count, atMost: limit, what)
        var keys = Set<String>()
        for (key, value) in pairs {
            try checkKey(key, what)
            guard value.utf8.count <= IngestLimits.valueByteCount else {
                throw IngestError(
                    .invalid,
                    "\(what) '\(key)' has a value of \(value.utf8.count) bytes; at most "
                        + "\(IngestLimits.valueByteCount)")
            }
            guard keys.insert(key).inserted else {
                throw IngestError(.invalid, "\(what) '\(key)' is given twice")
            }
        }
    }
}
