/// Counts of numbers in 0...1, in 50 bins.
struct UnitHistogram: Sendable, Equatable {
    private(set) var counts = [UInt64](repeating: 0, count: DetailHistogram.binCountMax)

    @inline(__always)
    mutating func add(_ value: Double) {
        // NaN never comes here: readers refuse it, and shares are of positive totals.
        let bin = Int(value * Double(DetailHistogram.binCountMax))
        counts[max(0, min(DetailHistogram.binCountMax - 1, bin))] += 1
    }

    mutating func merge(_ other: UnitHistogram) {
        for bin in counts.indices { counts[bin] += other.counts[bin] }
    }

    func histogram(_ name: String) -> DetailHistogram? {
        counts.contains { $0 > 0 } ? DetailHistogram(name, low: 0, high: 1, counts: counts) : nil
    }
}
