/// Counts of numbers whose range is not known beforehand, in bounded memory.
///
/// Bins are 2⁻¹⁰ as wide as the numbers in them, so that one far value takes nothing from the others.
/// What it holds depends on the values alone, not on their order.
struct WideHistogram: Sendable, Equatable {
    /// By sign and exponent; an octave has its bins from its first value on.
    private var octaves: [Int: [UInt64]] = [:]
    private(set) var total: UInt64 = 0
    private(set) var least = Double.infinity
    private(set) var largest = -Double.infinity
    private var areWhole = true

    private static let binBits = 10

    /// Numbers that are not finite have no bin and are left out.
    mutating func add(_ value: Double) {
        guard value.isFinite else { return }
        // −0 is 0.
        let key = Int(truncatingIfNeeded: (value + 0).bitPattern >> (52 - UInt64(Self.binBits)))
        let bin = key & (1 << Self.binBits - 1)
        octaves[key >> Self.binBits, default: Self.empty][bin] += 1
        total += 1
        (least, largest) = (min(least, value), max(largest, value))
        areWhole = areWhole && value == value.rounded()
    }

    private static let empty = [UInt64](repeating: 0, count: 1 << binBits)

    mutating func merge(_ other: WideHistogram) {
        octaves.merge(other.octaves) { a, b in zip(a, b).map { $0 + $1 } }
        total += other.total
        (least, largest) = (min(least, other.least), max(largest, other.largest))
        areWhole = areWhole && other.areWhole
    }

    /// The middle of each bin that is not empty, with its count, ascending.
    private var bins: [(middle: Double, count: UInt64)] {
        var all: [(middle: Double, count: UInt64)] = []
        for (octave, counts) in octaves {
            for (bin, count) in counts.enumerated() where count > 0 {
                let key = UInt64(octave << Self.binBits | bin)
                let edge = Double(bitPattern: key << (52 - UInt64(Self.binBits)))
                let middle = Double(bitPattern: edge.bitPattern | 1 << (51 - UInt64(Self.binBits)))
                all.append((areWhole || edge == 0 ? edge : middle, count))
            }
        }
        return all.sorted { $0.middle < $1.middle }
    }

    /// At most 50 bins over what occurred. Where a few far values would leave all others in few bins,
    /// without the outermost half percent at each end, and the name says so.
    func histogram(_ name: String) -> DetailHistogram? {
        guard total > 0 else { return nil }
        if least == largest {
            return DetailHistogram(name, low: least, high: least, counts: [total])
        }
        let bins = bins
        var (low, high) = (least, largest)
        let inner = (Self.value(at: 0.005, of: bins, total), Self.value(at: 0.995, of: bins, total))
        let isWide = total >= 200 && inner.0 < inner.1 && high / 5 - low / 5 > inner.1 - inner.0
        if isWide { (low, high) = inner }
        var count = DetailHistogram.binCountMax
        var width = high / Double(count) - low / Double(count)
        if areWhole, high - low < 0x1p53 {
            // Bins of as many whole numbers each: else some would hold one more than others.
            width = ((high - low + 1) / Double(count)).rounded(.up)
            count = Int(((high - low + 1) / width).rounded(.up))
            (low, high) = (low - 0.5, low - 0.5 + width * Double(count))
        }
        var counts = [UInt64](repeating: 0, count: count)
        var outside: UInt64 = 0
        for bin in bins {
            if isWide, bin.middle < low || bin.middle > high {
                outside += bin.count
            } else {
                let place = ((bin.middle - low) / width).rounded(.down)
                counts[Int(max(0, min(Double(count - 1), place)))] += bin.count
            }
        }
        let shown = outside == 0 ? name : "\(name), without \(outside) far values"
        return DetailHistogram(shown, low: low, high: high, counts: counts)
    }

    /// The value below which a share of all lies.
    private static func value(
        at share: Double, of bins: [(middle: Double, count: UInt64)], _ total: UInt64
    ) -> Double {
        var sum = 0.0
        for bin in bins {
            sum += Double(bin.count)
            if sum >= share * Double(total) { return bin.middle }
        }
        return bins[bins.count - 1].middle
    }
}
