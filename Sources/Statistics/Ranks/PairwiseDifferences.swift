/// The n₁n₂ differences a − b in order, without ever listing them.
///
/// Any order statistic is found in at most 64 passes over the two samples, exactly: the k-th
/// smallest of the rounded differences, not an approximation by a root finder.
struct PairwiseDifferences: Equatable, Sendable {
    private let a: [Double]
    private let b: [Double]

    /// - Returns: `nil` unless both samples have values and all are finite.
    init?(_ a: [Double], _ b: [Double]) {
        guard !a.isEmpty, !b.isEmpty, a.allSatisfy(\.isFinite), b.allSatisfy(\.isFinite) else {
            return nil
        }
        self.a = a.sorted()
        self.b = b.sorted()
    }

    var count: Int { a.count * b.count }

    /// The k-th smallest difference, k from 1 to `count`.
    func smallest(_ k: Int) -> Double {
        var low = Self.key(a[0] - b[b.count - 1])
        var high = Self.key(a[a.count - 1] - b[0])
        while low < high {
            let middle = low + Int64((Int128(high) - Int128(low)) / 2)
            if count(atMost: Self.value(middle)) >= k { high = middle } else { low = middle + 1 }
        }
        return Self.value(low)
    }

    /// The middle difference, or the mean of the two in the middle: the Hodges–Lehmann shift.
    var median: Double {
        let middle = smallest((count + 1) / 2)
        if count % 2 == 1 { return middle }
        let next = smallest(count / 2 + 1)
        let sum = middle + next
        return sum.isFinite ? sum / 2 : middle / 2 + next / 2
    }

    /// How many differences are at most `limit`. One pass: as a rises, fewer b are large enough.
    private func count(atMost limit: Double) -> Int {
        var (j, total) = (0, 0)
        for value in a {
            while j < b.count && value - b[j] > limit { j += 1 }
            total += b.count - j
        }
        return total
    }

    /// Doubles in order as integers in order; −0 and 0 are one.
    private static func key(_ value: Double) -> Int64 {
        let bits = Int64(bitPattern: value.magnitude.bitPattern)
        return value < 0 ? -bits : bits
    }

    private static func value(_ key: Int64) -> Double {
        let magnitude = Double(bitPattern: UInt64(key.magnitude))
        return key < 0 ? -magnitude : magnitude
    }
}
