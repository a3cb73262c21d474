/// The least number of substitutions, insertions and deletions, bit by bit of machine words.
///
/// Source: Myers, "A fast bit-vector algorithm for approximate string matching based on dynamic
/// programming", 1999, in the form of Hyyrö, 2003.
struct EditDistance: ~Copyable {
    private var single = BitMasks<UInt64>()
    private var double = BitMasks<UInt128>()
    private var steps = Room<CarriedStep>(0)

    /// - Parameter symbolCount: all symbols are less than that.
    @inline(__always) mutating func distance<Symbol: FixedWidthInteger>(
        _ a: UnsafeBufferPointer<Symbol>, _ b: UnsafeBufferPointer<Symbol>, symbolCount: Int
    ) -> Int {
        let ends = CommonEnds(a, b)
        let (a, b) = (ends.middle(a), ends.middle(b))
        if a.isEmpty || b.isEmpty { return a.count + b.count }
        if a.count <= 64 {
            single.reserve(symbolCount)
            return Self.distance(a, b, single)
        }
        double.reserve(symbolCount)
        if a.count <= 128 { return Self.distance(a, b, double) }
        return distanceInStrips(a, b)
    }

    @inline(__always) private static func distance<Symbol: FixedWidthInteger, Bits>(
        _ a: UnsafeBufferPointer<Symbol>, _ b: UnsafeBufferPointer<Symbol>,
        _ masks: borrowing BitMasks<Bits>
    ) -> Int {
        masks.set(a)
        var column = EditColumn<Bits>()
        for symbol in b { column.advance(masks.base[Int(truncatingIfNeeded: symbol)]) }
        masks.clear(a)
        return b.count + column.rise(a.count)
    }

    private mutating func distanceInStrips<Symbol: FixedWidthInteger>(
        _ a: UnsafeBufferPointer<Symbol>, _ b: UnsafeBufferPointer<Symbol>
    ) -> Int {
        steps.reserve(b.count)
        let steps = steps.base
        steps.update(repeating: .up, count: b.count)
        var distance = b.count
        for range in Strips<UInt128>(of: a.count) {
            let strip = UnsafeBufferPointer(rebasing: a[range])
            double.set(strip)
            var column = EditColumn<UInt128>()
            for place in b.indices {
                steps[place] = column.advance(
                    double.base[Int(truncatingIfNeeded: b[place])], steps[place])
            }
            double.clear(strip)
            distance += column.rise(strip.count)
        }
        return distance
    }
}

/// How the distance changes from one column to the next, at the border of two strips.
struct CarriedStep: BitwiseCopyable {
    let rises: Bool
    let falls: Bool

    static let up = CarriedStep(rises: true, falls: false)
}

/// A column of the table of distances, as differences down the pattern: bit i is place i.
struct EditColumn<Bits: FixedWidthInteger & UnsignedInteger & BitwiseCopyable>:
    BitwiseCopyable, Equatable
{
    private(set) var rises = Bits.max
    private(set) var falls: Bits = 0

    /// One symbol on, with the first row rising by one.
    /// - Returns: where the distance is that of one place less on both sides.
    @inline(__always) @discardableResult mutating func advance(_ matches: Bits) -> Bits {
        let same = (((matches & rises) &+ rises) ^ rises) | matches | falls
        let right = (falls | ~(same | rises)) &<< 1 | 1
        let left = (same & rises) &<< 1
        rises = left | ~(same | right)
        falls = right & same
        return same
    }

    /// One symbol on, below another strip.
    /// - Returns: what the strip below this one is given.
    @inline(__always) mutating func advance(_ matches: Bits, _ above: CarriedStep) -> CarriedStep {
        let matches = matches | (above.falls ? 1 : 0)
        let same = (((matches & rises) &+ rises) ^ rises) | matches | falls
        let right = falls | ~(same | rises)
        let left = same & rises
        let below = CarriedStep(
            rises: right &>> Bits(Bits.bitWidth - 1) != 0,
            falls: left &>> Bits(Bits.bitWidth - 1) != 0)
        let rightBelow = right &<< 1 | (above.rises ? 1 : 0)
        let leftBelow = left &<< 1 | (above.falls ? 1 : 0)
        rises = leftBelow | ~(same | rightBelow)
        falls = rightBelow & same
        return below
    }

    /// From the first row to the row of `count`.
    @inline(__always) func rise(_ count: Int) -> Int {
        (rises & .lowest(count)).nonzeroBitCount - (falls & .lowest(count)).nonzeroBitCount
    }
}
