import Statistics

/// How one column is distributed, from a sketch or as the wire has it: what two sides are compared by.
public struct Distribution: Equatable, Sendable {
    public enum Content: Equatable, Sendable {
        /// Values in order with the counts up to each, and by how much of all a rank may be wrong.
        case numbers(WeightedSample, mean: Double?, deviation: Double?, rankError: Double)
        /// The most frequent first; the rest together.
        case categories([Category], otherCount: Int)
        case vector(mean: [Double], variance: [Double], count: Int)
    }

    public struct Category: Equatable, Sendable {
        public let name: String
        public let count: Int

        public init(name: String, count: Int) { (self.name, self.count) = (name, count) }
    }

    public let name: String
    public let content: Content
    public let missingCount: Int

    public init(name: String, content: Content, missingCount: Int) {
        (self.name, self.content, self.missingCount) = (name, content, missingCount)
    }

    init(name: String, _ entry: SketchBundle.Entry) {
        self.name = name
        switch entry {
        case .numbers(let sketch):
            missingCount = sketch.missingCount
            content = .numbers(
                sketch.quantiles.distribution, mean: sketch.mean,
                deviation: sketch.standardDeviation,
                rankError: sketch.quantiles.rankError(confidence: 0.999, everywhere: true))
        case .categories(let counter, let missing):
            missingCount = missing
            content = .categories(
                counter.categories.map { Category(name: $0.name, count: $0.count) },
                otherCount: counter.otherCount)
        case .vectors(let sketch):
            missingCount = sketch.missingCount
            content = .vector(
                mean: sketch.mean, variance: sketch.variance, count: sketch.count)
        }
    }

    /// Values that are there.
    public var count: Int {
        switch content {
        case .numbers(let sample, _, _, _): sample.count
        case .categories(let categories, let others):
            categories.reduce(others) { $0 + $1.count }
        case .vector(_, _, let count): count
        }
    }

    var kindName: String {
        switch content {
        case .numbers: "numbers"
        case .categories: "categories"
        case .vector: "vectors"
        }
    }
}

extension SketchBundle {
    /// Every column's distribution, in the bundle's order.
    public var distributions: [Distribution] {
        names.compactMap { name in self[name].map { Distribution(name: name, $0) } }
    }
}
