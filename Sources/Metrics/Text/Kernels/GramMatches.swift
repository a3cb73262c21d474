/// How many runs of n symbols a sequence shares with others, each at most as often as in the one of
/// them that has most.
///
/// Runs are packed into 64 bits where they fit; where not, shorter runs are numbered and stand for
/// their symbols. Both are exact.
struct GramMatches: ~Copyable {
    typealias Symbols = UnsafeBufferPointer<Int32>

    private var table = GramTable()
    private var once = GramTable()
    private var numbers = GramTable()
    private var runs = Room<Int32>(0)

    /// With one other sequence.
    mutating func matches(
        _ n: Int, _ own: Symbols, _ known: Symbols, symbolCount: Int
    ) -> Int32 {
        withUnsafePointer(to: Int32(known.count)) {
            count(n, own, known, ends: Symbols(start: $0, count: 1), symbolCount: symbolCount)
        }
    }

    /// - Parameters:
    ///   - known: end to end; `ends` says where each ends.
    ///   - symbolCount: symbols of `known` are less; a symbol that is not is in none of them.
    mutating func count(
        _ n: Int, _ own: Symbols, _ known: Symbols, ends: Symbols, symbolCount: Int
    ) -> Int32 {
        if own.count < n { return 0 }
        let bits = max(1, Int.bitWidth - symbolCount.leadingZeroBitCount)
        if n * bits > 64 {
            return countNumbered(n, own, known, ends: ends, symbolCount: symbolCount)
        }
        let packing = Packing(n, bits: UInt64(bits))
        table.begin(known.count)
        if ends.count == 1 {
            packing.forEach(known) { table.add($0) }
        } else {
            var start = 0
            for end in ends {
                once.begin(Int(end) - start)
                packing.forEach(Symbols(rebasing: known[start..<Int(end)])) {
                    table.raise($0, to: once.add($0))
                }
                start = Int(end)
            }
        }
        var matches: Int32 = 0
        packing.forEach(own, below: Int32(symbolCount)) { matches &+= table.take($0) }
        return matches
    }

    /// With runs of n - 1 symbols, or fewer, as the symbols of pairs.
    private mutating func countNumbered(
        _ n: Int, _ own: Symbols, _ known: Symbols, ends: Symbols, symbolCount: Int
    ) -> Int32 {
        let total = known.count + own.count
        runs.reserve(total)
        for place in known.indices { runs.base[place] = known[place] }
        for place in own.indices { runs.base[known.count + place] = own[place] }
        // Place by place, the number of the run of k symbols that begins there.
        for k in 1..<n {
            numbers.begin(total)
            for place in 0..<total {
                let last = place + k
                // Runs over an end get numbers too; they are not asked for.
                let symbol =
                    last < known.count
                    ? known[last] : last < total ? own[last - known.count] : 0
                let key = UInt64(UInt32(bitPattern: runs.base[place])) << 32
                runs.base[place] = numbers.number(key | UInt64(UInt32(bitPattern: symbol)))
            }
        }
        table.begin(known.count)
        var start = 0
        for end in ends {
            once.begin(Int(end) - start)
            if Int(end) - start >= n {
                for place in start...Int(end) - n {
                    let key = UInt64(UInt32(bitPattern: runs.base[place]))
                    table.raise(key, to: once.add(key))
                }
            }
            start = Int(end)
        }
        var matches: Int32 = 0
        for place in known.count...total - n {
            matches += table.take(UInt64(UInt32(bitPattern: runs.base[place])))
        }
        return matches
    }
}

/// Runs of n symbols as one number each.
private struct Packing {
    private let n: Int
    private let bits: UInt64
    private let mask: UInt64

    init(_ n: Int, bits: UInt64) {
        (self.n, self.bits) = (n, bits)
        mask = .lowest(n * Int(bits))
    }

    @inline(__always) func forEach(_ symbols: GramMatches.Symbols, _ body: (UInt64) -> Void) {
        var key: UInt64 = 0
        for place in symbols.indices {
            key = (key &<< bits | UInt64(truncatingIfNeeded: symbols[place])) & mask
            if place >= n - 1 { body(key) }
        }
    }

    /// Leaves out runs that have a symbol of `limit` or more.
    @inline(__always) func forEach(
        _ symbols: GramMatches.Symbols, below limit: Int32, _ body: (UInt64) -> Void
    ) {
        var (key, length) = (UInt64(0), 0)
        for symbol in symbols {
            key = (key &<< bits | UInt64(truncatingIfNeeded: symbol)) & mask
            length = symbol < limit ? length + 1 : 0
            if length >= n { body(key) }
        }
    }
}
