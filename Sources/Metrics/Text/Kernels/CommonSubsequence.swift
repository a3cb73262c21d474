/// How long the longest common subsequence is, bit by bit of machine words.
///
/// Source: Hyyrö, "Bit-parallel LCS-length computation revisited", 2004.
struct CommonSubsequence: ~Copyable {
    private var single = BitMasks<UInt64>()
    private var double = BitMasks<UInt128>()
    /// What additions carry from one strip into the next, column by column.
    private var carries = Room<Bool>(0)

    /// - Parameter symbolCount: all symbols are less than that.
    @inline(__always) mutating func length<Symbol: FixedWidthInteger>(
        _ a: UnsafeBufferPointer<Symbol>, _ b: UnsafeBufferPointer<Symbol>, symbolCount: Int
    ) -> Int {
        let ends = CommonEnds(a, b)
        let (a, b) = (ends.middle(a), ends.middle(b))
        let common = ends.start + ends.end
        if a.isEmpty || b.isEmpty { return common }
        if a.count <= 64 {
            single.reserve(symbolCount)
            return common + Self.length(a, b, single)
        }
        double.reserve(symbolCount)
        if a.count <= 128 { return common + Self.length(a, b, double) }
        return common + lengthInStrips(a, b)
    }

    @inline(__always) private static func length<Symbol: FixedWidthInteger, Bits>(
        _ a: UnsafeBufferPointer<Symbol>, _ b: UnsafeBufferPointer<Symbol>,
        _ masks: borrowing BitMasks<Bits>
    ) -> Int {
        masks.set(a)
        var row = Bits.max
        for symbol in b {
            let both = row & masks.base[Int(truncatingIfNeeded: symbol)]
            row = (row &+ both) | (row &- both)
        }
        masks.clear(a)
        return (~row & .lowest(a.count)).nonzeroBitCount
    }

    private mutating func lengthInStrips<Symbol: FixedWidthInteger>(
        _ a: UnsafeBufferPointer<Symbol>, _ b: UnsafeBufferPointer<Symbol>
    ) -> Int {
        carries.reserve(b.count)
        let carries = carries.base
        carries.update(repeating: false, count: b.count)
        var length = 0
        for range in Strips<UInt128>(of: a.count) {
            let strip = UnsafeBufferPointer(rebasing: a[range])
            double.set(strip)
            var row = UInt128.max
            for place in b.indices {
                let matches = double.base[Int(truncatingIfNeeded: b[place])]
                row = Self.advance(row, matches, &carries[place])
            }
            double.clear(strip)
            length += (~row & .lowest(strip.count)).nonzeroBitCount
        }
        return length
    }

    /// One symbol on.
    /// - Parameter carry: from the strip above; becomes that for the strip below.
    @inline(__always) static func advance(
        _ row: UInt128, _ matches: UInt128, _ carry: inout Bool
    ) -> UInt128 {
        let both = row & matches
        let (sum, first) = row.addingReportingOverflow(both)
        let (whole, second) = sum.addingReportingOverflow(carry ? 1 : 0)
        carry = first || second
        return whole | (row &- both)
    }
}

/// What two sequences begin and end with both.
struct CommonEnds {
    private(set) var start = 0
    private(set) var end = 0

    @inline(__always) init<Symbol: FixedWidthInteger>(
        _ a: UnsafeBufferPointer<Symbol>, _ b: UnsafeBufferPointer<Symbol>
    ) {
        let least = min(a.count, b.count)
        while start < least && a[start] == b[start] { start += 1 }
        while end < least - start && a[a.count - 1 - end] == b[b.count - 1 - end] { end += 1 }
    }

    @inline(__always) func middle<Symbol>(
        _ whole: UnsafeBufferPointer<Symbol>
    ) -> UnsafeBufferPointer<Symbol> {
        UnsafeBufferPointer(rebasing: whole[start..<whole.count - end])
    }
}
