import func Glibc.log

/// The distribution of any number of values in a few thousand of them: quantiles and ranks with a
/// stated error.
///
/// Values wait in level 0. A full level is sorted and every second value of it goes one level up,
/// standing for two; whether the first or the second of each pair is kept is a coin toss. A rank
/// moves by at most the level's weight 2ʰ in each such step, up or down by the coin, so after steps
/// of weights w the error is above t with a chance of at most 2 exp(−t²/(2Σw²)), whatever the data
/// (Azuma). The sketch keeps Σw², so `rankError` is a bound of its own history, not an asymptotic
/// one; until the first step the sketch is exact.
///
/// The coins come from a counter under a key, `stream`: the same values under the same key give the
/// same bits. Sketches that are to be merged need different keys (a block's number, a router's), or
/// their errors add up instead of cancelling.
/// Source: Karnin, Lang, Liberty, Optimal Quantile Approximation in Streams, FOCS 2016.
public struct QuantileSketch: Sketch {
    public static let mark = UInt8(ascii: "Q")
    public static let sizes = 64...65_536
    /// About 0.2 % of rank; 3,600 values at most for 10⁹ of them.
    public static let defaultSize = 1024

    /// How many values the highest level holds; lower ones hold two thirds of the one above.
    public let size: Int
    public let stream: UInt64
    /// Values taken, without NaN.
    public internal(set) var count = 0
    /// NaN has no rank; so many were left out.
    public internal(set) var ignoredCount = 0
    /// `nil` for no values.
    public internal(set) var minimum: Double?
    public internal(set) var maximum: Double?
    /// Σw² over all steps.
    var squaredWeights = 0.0
    /// Coins tossed.
    var tossCount = 0
    /// A value in level h stands for 2ʰ. All but level 0 are in ascending order.
    var levels: [[Double]] = [[]]
    private var heldCount = 0
    private var capacities: [Int]

    /// - Parameters:
    ///   - size: within `sizes`; the error falls as 1/size.
    ///   - stream: the key of the coins; another one for each sketch that will be merged.
    public init(size: Int = Self.defaultSize, stream: UInt64) {
        precondition(Self.sizes.contains(size), "a sketch of size \(size), not in \(Self.sizes)")
        self.size = size
        self.stream = stream
        capacities = Self.capacities(size, levelCount: 1)
    }

    /// Infinities have their rank; −0 is 0; NaN is counted and left out.
    public mutating func add(_ value: Double) {
        guard !value.isNaN else {
            ignoredCount += 1
            return
        }
        let value = value + 0.0
        minimum = min(minimum ?? value, value)
        maximum = max(maximum ?? value, value)
        count += 1
        heldCount += 1
        levels[0].append(value)
        if heldCount >= budget { compress() }
    }

    public mutating func add(contentsOf values: some Sequence<Double>) {
        for value in values { add(value) }
    }

    public mutating func merge(_ other: QuantileSketch) throws(SketchError) {
        guard other.size == size else {
            throw SketchError(
                .different, "a sketch of size \(other.size) cannot go into one of size \(size)")
        }
        count = try Self.sum(count, other.count)
        ignoredCount += other.ignoredCount
        minimum = [minimum, other.minimum].compactMap(\.self).min()
        maximum = [maximum, other.maximum].compactMap(\.self).max()
        squaredWeights += other.squaredWeights
        while levels.count < other.levels.count { addLevel() }
        levels[0] += other.levels[0]
        for (level, values) in other.levels.enumerated().dropFirst() {
            levels[level] = merged(levels[level], values)
        }
        heldCount += other.heldCount
        while heldCount >= budget { compress() }
    }

    private var budget: Int { capacities[levels.count] }

    /// Takes the lowest full level together.
    private mutating func compress() {
        let level = levels.indices.first { levels[$0].count >= capacities[$0] } ?? 0
        if level + 1 == levels.count { addLevel() }
        var values = levels[level]
        if level == 0 { values.sort() }
        // Of an odd number the largest stays behind.
        let rest = values.count % 2 == 1 ? [values.removeLast()] : []
        var coin = KeyedRandom(seed: stream, index: tossCount)
        let first = coin.index(below: 2)
        let kept = stride(from: first, to: values.count, by: 2).map { values[$0] }
        tossCount += 1
        squaredWeights += 1.0.scaled(by: 2 * level)
        heldCount -= values.count - kept.count
        levels[level] = rest
        levels[level + 1] = merged(levels[level + 1], kept)
    }

    private mutating func addLevel() {
        levels.append([])
        capacities = Self.capacities(size, levelCount: levels.count)
    }

    /// Of each level, the lowest first; behind them the sum.
    static func capacities(_ size: Int, levelCount: Int) -> [Int] {
        var (capacity, capacities) = (size, [Int]())
        for _ in 0..<levelCount {
            capacities.append(max(32, capacity))
            capacity = (2 * capacity + 2) / 3
        }
        return capacities.reversed() + [capacities.reduce(0, +)]
    }

    /// Two ascending lists as one.
    private func merged(_ a: [Double], _ b: [Double]) -> [Double] {
        if a.isEmpty || b.isEmpty { return a + b }
        var (i, j, both) = (0, 0, [Double]())
        both.reserveCapacity(a.count + b.count)
        while i < a.count && j < b.count {
            if b[j] < a[i] {
                both.append(b[j])
                j += 1
            } else {
                both.append(a[i])
                i += 1
            }
        }
        return both + a[i...] + b[j...]
    }
}

extension QuantileSketch {
    /// By how much of all values a rank may be wrong: |rank found − true rank|/count is above it
    /// with a chance of at most 1 − confidence. 0 while nothing was taken together.
    ///
    /// - Parameter everywhere: whether the bound is to hold at all values at once, as for the
    ///   largest gap of two distributions, and not only at one.
    public func rankError(confidence: Double = 0.99, everywhere: Bool = false) -> Double {
        guard count > 0, squaredWeights > 0, confidence > 0, confidence < 1 else { return 0 }
        let places = everywhere ? Double(count) : 1
        let logs = log(2 * places / (1 - confidence))
        return min(1, (2 * logs * squaredWeights).squareRoot() / Double(count))
    }

    /// All held values in order with the counts up to each.
    public var distribution: WeightedSample {
        let items = levels.enumerated().flatMap { level, values in
            values.map { (value: $0, weight: 1 << level) }
        }
        return WeightedSample(items, minimum: minimum, maximum: maximum)
    }

    init(
        size: Int, stream: UInt64, levels: [[Double]], bounds: (Double, Double)?
    ) {
        self.size = size
        self.stream = stream
        self.levels = levels
        (minimum, maximum) = (bounds?.0, bounds?.1)
        heldCount = levels.reduce(0) { $0 + $1.count }
        capacities = Self.capacities(size, levelCount: levels.count)
    }

    /// Whether no more is held than the levels have room for.
    var isWithinBudget: Bool { heldCount < budget }
}
