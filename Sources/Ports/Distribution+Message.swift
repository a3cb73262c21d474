import Evaluation
import Messages
import Statistics

extension Distribution {
    /// As the wire has it.
    public var message: DistributionSketch {
        var message = DistributionSketch(
            name: name, count: UInt64(count), missingCount: UInt64(missingCount), mean: .nan,
            standardDeviation: .nan)
        switch content {
        case .numbers(let sample, let mean, let deviation, let rankError):
            message.kind = Kind.quantiles.rawValue
            (message.probability, message.value) = Self.points(of: sample)
            (message.mean, message.standardDeviation) = (mean ?? .nan, deviation ?? .nan)
            message.rankError = rankError
        case .categories(let categories):
            message.kind = Kind.categories.rawValue
            message.category = categories.names
            message.categoryCount = categories.names.map { UInt64(categories.counts[$0] ?? 0) }
            message.otherCount = UInt64(categories.otherCount)
            message.countError = UInt64(categories.undercountMax)
        case .vector(let mean, let variance, _):
            message.kind = Kind.vector.rawValue
            (message.vectorMean, message.vectorVariance) = (mean, variance)
        }
        return message
    }

    private enum Kind: String, CaseIterable { case quantiles, categories, vector }

    /// Between the least and the largest value, which the sample need not hold any more.
    private static func points(of sample: WeightedSample) -> ([Double], [Double]) {
        guard let minimum = sample.minimum, let maximum = sample.maximum else { return ([], []) }
        let count = Double(sample.count)
        var probabilities = [0] + sample.cumulativeCounts.map { Double($0) / count }
        var values = [minimum] + sample.values
        if sample.values.last != maximum {
            probabilities.append(1)
            values.append(maximum)
        }
        return (probabilities, values)
    }

    /// - Throws: where the message is no distribution; nothing in it is believed unseen.
    public init(_ message: DistributionSketch) throws(InputError) {
        guard let kind = Kind(rawValue: message.kind) else {
            throw Self.unreadable(message, "its kind '\(message.kind.prefix(40))' is not known")
        }
        guard let count = Self.count(message.count),
            let missing = Self.count(message.missingCount)
        else { throw Self.unreadable(message, "it counts more than 2⁵³ values") }
        let content: Content
        switch kind {
        case .quantiles: content = try Self.numbers(message, count)
        case .categories: content = try Self.categories(message, count)
        case .vector: content = try Self.vector(message, count)
        }
        self.init(name: message.name, content: content, missingCount: missing)
    }

    private static func count(_ count: UInt64) -> Int? { count <= 1 << 53 ? Int(count) : nil }

    private static func unreadable(_ message: DistributionSketch, _ why: String) -> InputError {
        InputError("the distribution '\(message.name.prefix(80))' cannot be read: \(why)")
    }

    private static func numbers(_ message: DistributionSketch, _ count: Int) throws(InputError)
        -> Content
    {
        guard message.probability.count == message.value.count,
            message.probability.allSatisfy({ (0...1).contains($0) }),
            (0...1).contains(message.rankError)
        else { throw unreadable(message, "its points do not fit together") }
        var (values, counts) = ([Double](), [Int]())
        for (probability, value) in zip(message.probability, message.value) {
            let share = probability * Double(count)
            let upTo = Int(share.rounded())
            guard (share - share.rounded()).magnitude <= 1e-9 * max(1, share) else {
                throw unreadable(message, "a share of its \(count) values is no number of them")
            }
            // The ends stand there without weight.
            if upTo == counts.last ?? 0 { continue }
            values.append(value)
            counts.append(upTo)
        }
        guard
            let sample = WeightedSample(
                values: values, cumulativeCounts: counts, minimum: message.value.first,
                maximum: message.value.last), sample.count == count
        else { throw unreadable(message, "its points do not rise, or are not all") }
        return .numbers(
            sample, mean: message.mean.isNaN ? nil : message.mean,
            deviation: message.standardDeviation.isNaN ? nil : message.standardDeviation,
            rankError: message.rankError)
    }

    private static func categories(_ message: DistributionSketch, _ count: Int) throws(InputError)
        -> Content
    {
        var listed: [(name: String, count: Int)] = []
        var (rest, names) = (count, Set<String>())
        for (name, number) in zip(message.category, message.categoryCount) {
            guard number <= UInt64(max(0, rest)), names.insert(name).inserted else {
                throw unreadable(message, "its counts do not fit, or a name stands twice")
            }
            rest -= Int(number)
            listed.append((name, Int(number)))
        }
        guard message.category.count == message.categoryCount.count,
            message.otherCount == UInt64(max(0, rest)), message.countError <= UInt64(count)
        else { throw unreadable(message, "its counts do not fit together") }
        return .categories(
            Categories(
                listed, otherCount: rest, undercountMax: Int(message.countError)))
    }

    private static func vector(_ message: DistributionSketch, _ count: Int) throws(InputError)
        -> Content
    {
        let (mean, variance) = (message.vectorMean, message.vectorVariance)
        guard mean.allSatisfy(\.isFinite), variance.allSatisfy({ $0.isFinite && $0 >= 0 }),
            variance.count == (count >= 2 ? mean.count : 0), mean.isEmpty == (count == 0)
        else { throw unreadable(message, "its means and variances do not fit together") }
        return .vector(mean: mean, variance: variance, count: count)
    }
}
