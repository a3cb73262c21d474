import CMetrics

/// The mean of numbers, and the squares around it.
///
/// A block's are taken in two passes over the first-level cache and merged by Chan's formula. All are
/// measured from the first number: a constant column has no spread at all, and a small spread on a
/// large offset keeps its digits. Source: Chan, Golub and LeVeque, "Updating formulae and a pairwise
/// algorithm for computing sample variances", 1979.
public struct ColumnMoments: Accumulator, Equatable {
    /// How many numbers there are, or what they weigh.
    public private(set) var weight = 0.0
    /// The mean is `origin` + `offset`; what both sides of a difference have in common cancels before
    /// it is rounded.
    public private(set) var origin = 0.0
    public private(set) var offset = 0.0
    /// Σ w (x − mean)².
    public private(set) var squares = 0.0

    public init() {}

    public init(weight: Double, origin: Double, offset: Double, squares: Double) {
        (self.weight, self.origin, self.offset) = (weight, origin, offset)
        self.squares = squares
    }

    /// - Returns: `nil` unless all numbers are finite.
    public init?(_ column: UnsafeBufferPointer<Double>) {
        guard let start = column.baseAddress, !column.isEmpty else {
            self.init()
            return
        }
        var bad: Int32 = 0
        let found = cairn_moments_f64(start, column.count, &bad)
        guard bad == 0 else { return nil }
        self.init(
            weight: Double(column.count), origin: found.origin, offset: found.offset,
            squares: found.squares)
    }

    public var mean: Double { origin + offset }

    /// The other mean less this one.
    public func distance(to other: ColumnMoments) -> Double {
        (other.origin - origin) + (other.offset - offset)
    }

    public mutating func merge(_ other: ColumnMoments) {
        guard other.weight > 0 else { return }
        guard weight > 0 else { return self = other }
        let total = weight + other.weight
        let (distance, share) = (distance(to: other), other.weight / total)
        squares += other.squares + distance * distance * (weight * share)
        offset += distance * share
        weight = total
    }

    /// Of a long sample, by blocks; of the differences to another one where that is given.
    ///
    /// - Returns: `nil` where a number is not finite, or squares leave the range of `Double`: then
    ///   the slow way has to say what is so.
    static func ofLong(
        _ values: [Double], minus others: [Double]? = nil, workers: Int
    ) -> ColumnMoments? {
        struct Unfit: Error {}
        return values.withUnsafeBufferPointer { values in
            (others ?? []).withUnsafeBufferPointer { others in
                nonisolated(unsafe) let (values, others) = (values, others)
                let blocks = Blocks(count: values.count, workers: workers, leastPerWorker: 2)
                let found = try? blocks.reduce(into: ColumnMoments()) {
                    (moments, range) throws(Unfit) in
                    let part =
                        others.isEmpty
                        ? ColumnMoments(UnsafeBufferPointer(rebasing: values[range]))
                        : differences(values, others, range)
                    guard let part else { throw Unfit() }
                    moments.merge(part)
                }
                // Why it is unfit is found by who is asked next.
                guard let found, found.squares.isFinite, found.squares == 0 || found.isLarge else {
                    return nil
                }
                return found
            }
        }
    }

    /// Whether the squares are far from where they vanish.
    private var isLarge: Bool { squares > 0x1p-800 * weight }

    private static func differences(
        _ a: UnsafeBufferPointer<Double>, _ b: UnsafeBufferPointer<Double>, _ range: Range<Int>
    ) -> ColumnMoments? {
        withUnsafeTemporaryAllocation(of: Double.self, capacity: range.count) { out in
            for place in 0..<range.count {
                let index = range.lowerBound + place
                out.initializeElement(at: place, to: a[index] - b[index])
            }
            return ColumnMoments(UnsafeBufferPointer(out))
        }
    }
}
