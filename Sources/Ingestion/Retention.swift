import CairnCore

/// Which versions of a model are kept for good. Whatever one rule keeps stays; aliases and pins keep
/// theirs under any rules.
public struct RetentionRules: Sendable, Equatable {
    /// The best by a metric.
    public struct Best: Sendable, Equatable {
        public var metric: String
        public var count: Int
        public var isLowerBetter: Bool

        public init(_ metric: String, count: Int = 1, isLowerBetter: Bool = false) {
            (self.metric, self.count, self.isLowerBetter) = (metric, count, isLowerBetter)
        }
    }

    /// A tag of the run, or a key of the version's configuration.
    public struct Tag: Sendable, Equatable {
        public var key: String
        /// `nil` is any.
        public var value: String?

        public init(_ key: String, _ value: String? = nil) { (self.key, self.value) = (key, value) }
    }

    /// The highest numbers; 1 or more.
    public var keepLast: Int
    public var keepBest: [Best]
    public var keepTagged: [Tag]

    public init(keepLast: Int, keepBest: [Best] = [], keepTagged: [Tag] = []) throws(IngestError) {
        guard keepLast >= 1 else {
            throw IngestError(.invalid, "keep at least the last version: keep_last is \(keepLast)")
        }
        for best in keepBest where best.count < 1 {
            throw IngestError(.invalid, "keep at least one by '\(best.metric)', not \(best.count)")
        }
        (self.keepLast, self.keepBest, self.keepTagged) = (keepLast, keepBest, keepTagged)
    }
}

/// What retention must know of a version that stands.
public struct RetainedVersion: Sendable, Equatable {
    public var number: VersionNumber
    public var aliases: [String]
    public var pinnedBy: [String]
    public var metrics: [String: Double]
    public var tags: [String: String]

    public init(
        number: VersionNumber, aliases: [String] = [], pinnedBy: [String] = [],
        metrics: [String: Double] = [:], tags: [String: String] = [:]
    ) {
        (self.number, self.aliases, self.pinnedBy) = (number, aliases, pinnedBy)
        (self.metrics, self.tags) = (metrics, tags)
    }
}

/// For each version whether it stays, and why.
public struct RetentionPlan: Sendable, Equatable {
    public struct Fate: Sendable, Equatable {
        public let number: VersionNumber
        /// Empty: nothing keeps it.
        public let keptBecause: [String]
    }

    /// Lowest first.
    public let fates: [Fate]

    public init(_ rules: RetentionRules, over versions: [RetainedVersion]) {
        let sorted = versions.sorted { $0.number < $1.number }
        var reasons = sorted.map { version in
            version.aliases.sorted().map { "alias \($0)" }
                + version.pinnedBy.sorted().map { "pinned by \($0)" }
        }
        for index in sorted.indices.suffix(rules.keepLast) {
            reasons[index].append(
                rules.keepLast == 1 ? "the last" : "among the last \(rules.keepLast)")
        }
        for best in rules.keepBest {
            for (rank, index) in Self.ranked(sorted, by: best).prefix(best.count).enumerated() {
                reasons[index].append("number \(rank + 1) by \(best.metric)")
            }
        }
        for tag in rules.keepTagged {
            for index in sorted.indices {
                guard let value = sorted[index].tags[tag.key],
                    tag.value == nil || tag.value == value
                else { continue }
                reasons[index].append("tagged \(tag.key)=\(value)")
            }
        }
        fates = zip(sorted, reasons).map { Fate(number: $0.number, keptBecause: $1) }
    }

    /// Best first; of equal ones the higher number. Without the metric, or with one that is no
    /// number, a version has no rank.
    private static func ranked(_ versions: [RetainedVersion], by best: RetentionRules.Best) -> [Int]
    {
        versions.indices.filter { versions[$0].metrics[best.metric]?.isFinite == true }
            .sorted { a, b in
                let (x, y) = (
                    versions[a].metrics[best.metric] ?? 0, versions[b].metrics[best.metric] ?? 0
                )
                if x != y { return best.isLowerBetter ? x < y : x > y }
                return a > b
            }
    }
}
