/// Values in ascending order, each with how many it stands for: what a sketch says when it is asked.
public struct WeightedSample: Equatable, Sendable {
    /// Each value once.
    public let values: [Double]
    /// How many are at most each value.
    public let cumulativeCounts: [Int]
    public let minimum: Double?
    public let maximum: Double?

    /// - Parameters: items in any order, weights above 0; the least and the largest value taken,
    ///   which the items need not hold any more.
    init(_ items: [(value: Double, weight: Int)], minimum: Double?, maximum: Double?) {
        var (values, counts, total) = ([Double](), [Int](), 0)
        for (value, weight) in items.sorted(by: { $0.value < $1.value }) {
            total += weight
            if values.last == value {
                counts[counts.count - 1] = total
            } else {
                values.append(value)
                counts.append(total)
            }
        }
        (self.values, cumulativeCounts) = (values, counts)
        (self.minimum, self.maximum) = (minimum, maximum)
    }

    /// - Returns: `nil` unless values and counts rise strictly, and the ends enclose the values.
    public init?(
        values: [Double], cumulativeCounts: [Int], minimum: Double?, maximum: Double?
    ) {
        guard values.count == cumulativeCounts.count,
            !values.contains(where: \.isNaN), minimum?.isNaN != true, maximum?.isNaN != true,
            zip(values, values.dropFirst()).allSatisfy(<),
            zip([0] + cumulativeCounts, cumulativeCounts).allSatisfy(<)
        else { return nil }
        if let first = values.first, let last = values.last {
            guard let minimum, let maximum, minimum <= first, maximum >= last else { return nil }
        }
        (self.values, self.cumulativeCounts) = (values, cumulativeCounts)
        (self.minimum, self.maximum) = (minimum, maximum)
    }

    public var count: Int { cumulativeCounts.last ?? 0 }

    /// The quantiles k/`pointCount` with the counts up to each, which stay as they are; between two of
    /// them the distribution function is off by at most 1/`pointCount`.
    public func thinned(to pointCount: Int) -> WeightedSample {
        guard values.count > pointCount, pointCount >= 1 else { return self }
        var (kept, keptCounts, index) = ([Double](), [Int](), 0)
        for point in 1...pointCount {
            let wanted = (Double(point) / Double(pointCount) * Double(count)).rounded(.up)
            while index < values.count - 1, Double(cumulativeCounts[index]) < wanted { index += 1 }
            if kept.last == values[index] { continue }
            kept.append(values[index])
            keptCounts.append(cumulativeCounts[index])
        }
        return WeightedSample(
            values: kept, cumulativeCounts: keptCounts, minimum: minimum, maximum: maximum) ?? self
    }

    /// How many values are at most `limit`.
    public func count(atMost limit: Double) -> Int {
        var (low, high) = (0, values.count)
        while low < high {
            let middle = (low + high) / 2
            if values[middle] <= limit { low = middle + 1 } else { high = middle }
        }
        return low == 0 ? 0 : cumulativeCounts[low - 1]
    }

    /// The least value with at least a share p of all at or below it; the true ends at 0 and 1.
    ///
    /// - Returns: `nil` for no values or p outside [0, 1].
    public func quantile(_ p: Double) -> Double? {
        guard count > 0, p >= 0, p <= 1 else { return nil }
        if p == 0 || p == 1 { return p == 0 ? minimum : maximum }
        let wanted = max(1, Int((p * Double(count)).rounded(.up)))
        var (low, high) = (0, cumulativeCounts.count - 1)
        while low < high {
            let middle = (low + high) / 2
            if cumulativeCounts[middle] < wanted { low = middle + 1 } else { high = middle }
        }
        return values[low]
    }

    /// Edges that part the values into about equal bins: the quantiles k/bins, each once.
    public func edges(bins: Int) -> [Double] {
        (1..<max(1, bins)).compactMap { quantile(Double($0) / Double(bins)) }
            .reduce(into: []) { if $0.last != $1 { $0.append($1) } }
    }

    /// How many values lie in each bin; a value on an edge belongs to its left.
    public func counts(in bins: Bins) -> [Int] {
        let upTo = bins.edges.map(count(atMost:)) + [count]
        return zip(upTo, [0] + upTo).map { $0 - $1 }
    }

    /// The largest gap between two distribution functions, from 0 to 1; `nil` for no values.
    public func largestGap(to other: WeightedSample) -> Double? {
        guard count > 0, other.count > 0 else { return nil }
        let (n, m) = (Double(count), Double(other.count))
        var (i, j, gap) = (0, 0, 0.0)
        while i < values.count && j < other.values.count {
            let value = min(values[i], other.values[j])
            if values[i] == value { i += 1 }
            if other.values[j] == value { j += 1 }
            let share = i == 0 ? 0 : Double(cumulativeCounts[i - 1]) / n
            let otherShare = j == 0 ? 0 : Double(other.cumulativeCounts[j - 1]) / m
            gap = max(gap, (share - otherShare).magnitude)
        }
        return gap
    }
}
