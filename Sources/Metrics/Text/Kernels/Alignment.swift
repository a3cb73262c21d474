/// How two sequences are aligned at the least cost; of several ways, that which rapidfuzz takes.
///
/// Backwards from the ends: leave out a symbol of the first where that is best; else take one of the
/// second alone where the first's symbol would have been better left out before; else pair the two.
/// Tables above 1 MiB are cut in half, as rapidfuzz cuts them: that may lead another way.
struct Alignment: ~Copyable {
    /// Bytes of a table of two bits a cell.
    private static let tableByteCountMax = 1 << 20

    private var single = BitMasks<UInt64>()
    private var double = BitMasks<UInt128>()
    private var matches = Room<UInt64>(0)
    private var short = Room<EditColumn<UInt64>>(0)
    private var long = Room<EditColumn<UInt128>>(0)
    private var steps = Room<CarriedStep>(0)

    struct Counts {
        var hits = 0
        var substitutions = 0
        /// Symbols that only the first has.
        var deletions = 0
        /// Symbols that only the second has.
        var insertions = 0
    }

    /// - Parameter symbolCount: all symbols are less than that.
    mutating func counts(
        _ a: UnsafeBufferPointer<Int32>, _ b: UnsafeBufferPointer<Int32>, symbolCount: Int
    ) -> Counts {
        single.reserve(symbolCount)
        double.reserve(symbolCount)
        var counts = Counts()
        align(a, b, distanceMax: max(a.count, b.count), &counts)
        return counts
    }

    /// Of sequences that neither begin nor end alike.
    ///
    /// - Parameters:
    ///   - count: of the first, 1 to 64.
    ///   - matches: for each symbol of the second its places in the first.
    mutating func counts(
        _ count: Int, matches: UnsafeBufferPointer<UInt64>
    ) -> Counts {
        var counts = Counts()
        alignShort(count, matches, &counts)
        return counts
    }

    /// - Parameter distanceMax: the distance is not greater.
    private mutating func align(
        _ a: UnsafeBufferPointer<Int32>, _ b: UnsafeBufferPointer<Int32>, distanceMax: Int,
        _ counts: inout Counts
    ) {
        let ends = CommonEnds(a, b)
        let (a, b) = (ends.middle(a), ends.middle(b))
        counts.hits += ends.start + ends.end
        if a.isEmpty || b.isEmpty {
            counts.deletions += a.count
            counts.insertions += b.count
            return
        }
        if a.count <= 64 { return alignShort(a, b, &counts) }
        let band = min(a.count, 2 * min(distanceMax, max(a.count, b.count)) + 1)
        if 2 * band * b.count / 8 < Self.tableByteCountMax || b.count < 10 {
            return alignLong(a, b, &counts)
        }
        let half = b.count / 2
        let (front, back) = (
            UnsafeBufferPointer(rebasing: b[..<half]), UnsafeBufferPointer(rebasing: b[half...])
        )
        let cut = cheapestCut(a, front, back)
        align(
            UnsafeBufferPointer(rebasing: a[..<cut.place]), front, distanceMax: cut.front, &counts)
        align(
            UnsafeBufferPointer(rebasing: a[cut.place...]), back, distanceMax: cut.back, &counts)
    }

    private mutating func alignShort(
        _ a: UnsafeBufferPointer<Int32>, _ b: UnsafeBufferPointer<Int32>, _ counts: inout Counts
    ) {
        matches.reserve(b.count)
        single.set(a)
        for place in b.indices { matches.base[place] = single.base[Int(b[place])] }
        single.clear(a)
        alignShort(a.count, UnsafeBufferPointer(start: matches.base, count: b.count), &counts)
    }

    @inline(__always) private mutating func alignShort(
        _ count: Int, _ matches: UnsafeBufferPointer<UInt64>, _ counts: inout Counts
    ) {
        short.reserve(matches.count)
        var column = EditColumn<UInt64>()
        for place in matches.indices {
            column.advance(matches[place])
            short.base[place] = column
        }
        Self.trace(count, matches.count, UnsafePointer(short.base), &counts) { i, j in
            (matches[j] &>> UInt64(truncatingIfNeeded: i)) & 1 != 0
        }
    }

    private mutating func alignLong(
        _ a: UnsafeBufferPointer<Int32>, _ b: UnsafeBufferPointer<Int32>, _ counts: inout Counts
    ) {
        long.reserve((a.count + 127) / 128 * b.count)
        var columns = long.base
        steps.reserve(b.count)
        steps.base.update(repeating: .up, count: b.count)
        for range in Strips<UInt128>(of: a.count) {
            let strip = UnsafeBufferPointer(rebasing: a[range])
            double.set(strip)
            var column = EditColumn<UInt128>()
            for place in b.indices {
                steps.base[place] = column.advance(
                    double.base[Int(b[place])], steps.base[place])
                columns[place] = column
            }
            double.clear(strip)
            columns += b.count
        }
        Self.trace(a.count, b.count, UnsafePointer(long.base), &counts) { i, j in a[i] == b[j] }
    }

    /// - Parameter columns: for each strip of `a`, for each place of `b` its column.
    @inline(__always) private static func trace<Bits>(
        _ count: Int, _ otherCount: Int, _ columns: UnsafePointer<EditColumn<Bits>>,
        _ counts: inout Counts, areEqual: (Int, Int) -> Bool
    ) {
        var (i, j) = (count, otherCount)
        while i > 0 && j > 0 {
            let (strip, bit) = ((i - 1) / Bits.bitWidth, Bits((i - 1) % Bits.bitWidth))
            let column = columns + (strip * otherCount + j - 1)
            if (column.pointee.rises &>> bit) & 1 != 0 {
                counts.deletions += 1
                i -= 1
            } else if j > 1 && ((column - 1).pointee.falls &>> bit) & 1 != 0 {
                counts.insertions += 1
                j -= 1
            } else {
                (i, j) = (i - 1, j - 1)
                if areEqual(i, j) { counts.hits += 1 } else { counts.substitutions += 1 }
            }
        }
        counts.deletions += i
        counts.insertions += j
    }

    /// Where `a` is best cut so that its parts go with those of `b`: the first of such places.
    private mutating func cheapestCut(
        _ a: UnsafeBufferPointer<Int32>, _ front: UnsafeBufferPointer<Int32>,
        _ back: UnsafeBufferPointer<Int32>
    ) -> (place: Int, front: Int, back: Int) {
        let fronts = distances(Array(a), Array(front))
        let backs = distances(a.reversed(), back.reversed())
        var best = (place: 0, front: fronts[0], back: backs[a.count])
        for place in 1...a.count
        where fronts[place] + backs[a.count - place] < best.front + best.back {
            best = (place, fronts[place], backs[a.count - place])
        }
        return best
    }

    /// From each beginning of `a`, the empty one first, to all of `b`.
    private mutating func distances(_ a: [Int32], _ b: [Int32]) -> [Int] {
        var distances = [b.count]
        steps.reserve(b.count)
        steps.base.update(repeating: .up, count: b.count)
        a.withUnsafeBufferPointer { a in
            for range in Strips<UInt128>(of: a.count) {
                let strip = UnsafeBufferPointer(rebasing: a[range])
                double.set(strip)
                var column = EditColumn<UInt128>()
                for place in b.indices {
                    steps.base[place] = column.advance(
                        double.base[Int(b[place])], steps.base[place])
                }
                double.clear(strip)
                for row in 0..<strip.count {
                    let last = distances[distances.count - 1]
                    distances.append(last + column.rise(row + 1) - column.rise(row))
                }
            }
        }
        return distances
    }
}
