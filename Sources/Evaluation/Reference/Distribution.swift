import Statistics

/// How one column is distributed, from a sketch or as the wire has it: what two sides are compared by.
public struct Distribution: Equatable, Sendable {
    public enum Content: Equatable, Sendable {
        /// Values in order with the counts up to each, and by how much of all a rank may be wrong.
        case numbers(WeightedSample, mean: Double?, deviation: Double?, rankError: Double)
        case categories(Categories)
        case vector(mean: [Double], variance: [Double], count: Int)
    }

    /// How often names occur: the most frequent ones each, the rest together.
    public struct Categories: Equatable, Sendable {
        /// The most frequent first; each once.
        public let names: [String]
        public let counts: [String: Int]
        /// Of all names that are not listed.
        public let otherCount: Int
        /// By how much a listed count may be too low.
        public let undercountMax: Int

        /// - Parameter listed: of a name that stands twice the counts are added.
        public init(
            _ listed: [(name: String, count: Int)], otherCount: Int, undercountMax: Int
        ) {
            counts = Dictionary(listed.map { ($0.name, $0.count) }, uniquingKeysWith: +)
            var seen: Set<String> = []
            names = listed.map(\.name).filter { seen.insert($0).inserted }
            (self.otherCount, self.undercountMax) = (otherCount, undercountMax)
        }

        public var count: Int { counts.values.reduce(otherCount, +) }
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
                Categories(
                    counter.categories, otherCount: counter.otherCount,
                    undercountMax: counter.undercountMax))
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
        case .categories(let categories): categories.count
        case .vector(_, _, let count): count
        }
    }

    /// The same with fewer points or names; what is lost by that is in its stated errors.
    public func thinned(to pointCount: Int) -> Distribution {
        switch content {
        case .numbers(let sample, let mean, let deviation, let rankError):
            let thinned = sample.thinned(to: pointCount)
            let isSame = thinned.values.count == sample.values.count
            let error = min(1, rankError + (isSame ? 0 : 1 / Double(pointCount)))
            return Distribution(
                name: name,
                content: .numbers(thinned, mean: mean, deviation: deviation, rankError: error),
                missingCount: missingCount)
        case .categories(let categories):
            let kept = categories.names.prefix(pointCount).map {
                (name: $0, count: categories.counts[$0] ?? 0)
            }
            return Distribution(
                name: name,
                content: .categories(
                    Categories(
                        kept, otherCount: categories.count - kept.reduce(0) { $0 + $1.count },
                        undercountMax: categories.undercountMax)),
                missingCount: missingCount)
        case .vector: return self
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
