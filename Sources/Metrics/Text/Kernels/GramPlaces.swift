/// How many runs of one to four symbols a sequence shares with another that is not longer than a
/// machine word, or two, each at most as often as the other has it.
///
/// No run is looked up: bit i says that the run of n symbols that begins here stands at place i of
/// the other, as its first symbol does there and the run of n - 1 behind it at i + 1. Equal runs have
/// equal bits and different ones no bit in common, so each run takes one place of the other that is
/// left, if there is one.
struct GramPlaces<Bits: FixedWidthInteger & UnsignedInteger & BitwiseCopyable>: ~Copyable {
    private var masks = BitMasks<Bits>()

    /// - Parameters:
    ///   - known: `Bits.bitWidth` symbols at most.
    ///   - symbolCount: symbols of `known` are less, those of `own` not greater.
    /// - Returns: of runs of 1 to 4 symbols.
    @inline(__always) mutating func matches(
        _ own: GramMatches.Symbols, _ known: GramMatches.Symbols, symbolCount: Int
    ) -> SIMD4<Int32> {
        masks.reserve(symbolCount + 1)
        masks.set(known)
        let places = masks.base
        // Where the runs of 1 to 3 symbols stand that begin one symbol further on.
        var (behind1, behind2, behind3): (Bits, Bits, Bits) = (0, 0, 0)
        var (left1, left2, left3, left4): (Bits, Bits, Bits, Bits) = (.max, .max, .max, .max)
        for symbol in own.reversed() {
            let one = places[Int(truncatingIfNeeded: symbol)]
            let two = one & behind1 &>> 1
            let three = one & behind2 &>> 1
            let four = one & behind3 &>> 1
            left1.takeLowest(of: one)
            left2.takeLowest(of: two)
            left3.takeLowest(of: three)
            left4.takeLowest(of: four)
            (behind1, behind2, behind3) = (one, two, three)
        }
        masks.clear(known)
        return SIMD4(left1.takenCount, left2.takenCount, left3.takenCount, left4.takenCount)
    }
}

extension FixedWidthInteger where Self: UnsignedInteger {
    /// Clears the lowest bit that is in `others` too, if one is.
    @inline(__always) fileprivate mutating func takeLowest(of others: Self) {
        let common = self & others
        self ^= common & (0 &- common)
    }

    @inline(__always) fileprivate var takenCount: Int32 {
        Int32(truncatingIfNeeded: (~self).nonzeroBitCount)
    }
}
