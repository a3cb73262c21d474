/// What a summary's lines have of each line of the reference, taken together.
struct CommonLines: ~Copyable {
    private static let tableByteCountMax = 1 << 30

    private var masks = BitMasks<UInt128>()
    private var rows = Room<UInt128>(0)
    private var carries = Room<Bool>(0)
    private var found = Room<Bool>()
    private var left = Room<Int32>()
    private var unseen = Room<Int32>()

    /// - Parameter symbolCount: all symbols are less than that.
    mutating func hits(
        _ own: borrowing ROUGEText, _ known: borrowing ROUGEText, symbolCount: Int
    ) throws(MetricError) -> Int {
        let (ownSymbols, knownSymbols) = (own.symbols, known.symbols)
        Self.count(ownSymbols, symbolCount, &left)
        Self.count(knownSymbols, symbolCount, &unseen)
        masks.reserve(symbolCount)
        found.reserve(knownSymbols.count)
        found.base.update(repeating: false, count: knownSymbols.count)
        let ownLines = own.lineRanges()
        for line in known.lineRanges() {
            for other in ownLines {
                try mark(
                    UnsafeBufferPointer(rebasing: knownSymbols[line]),
                    UnsafeBufferPointer(rebasing: ownSymbols[other]), found.base + line.lowerBound)
            }
        }
        var hits = 0
        for place in knownSymbols.indices where found.base[place] {
            let symbol = Int(knownSymbols[place])
            guard left.base[symbol] > 0, unseen.base[symbol] > 0 else { continue }
            left.base[symbol] -= 1
            unseen.base[symbol] -= 1
            hits += 1
        }
        return hits
    }

    private static func count(
        _ symbols: UnsafeBufferPointer<Int32>, _ symbolCount: Int, _ counts: inout Room<Int32>
    ) {
        counts.reserve(symbolCount)
        counts.base.update(repeating: 0, count: symbolCount)
        for symbol in symbols { counts.base[Int(symbol)] += 1 }
    }

    /// Marks the places in `a` of one longest common subsequence, the one that rouge_score takes.
    private mutating func mark(
        _ a: UnsafeBufferPointer<Int32>, _ b: UnsafeBufferPointer<Int32>,
        _ found: UnsafeMutablePointer<Bool>
    ) throws(MetricError) {
        try fillRows(a, b)
        var (i, j) = (a.count - 1, b.count - 1)
        while i >= 0 && j >= 0 {
            if a[i] == b[j] {
                found[i] = true
                (i, j) = (i - 1, j - 1)
                continue
            }
            // Longer by this symbol, without having paired it with that one: that one is not needed.
            let row = rows.base[i / 128 * b.count + j]
            if (row &>> UInt128(i % 128)) & 1 == 0 { j -= 1 } else { i -= 1 }
        }
    }

    /// For each strip of `a`, for each place of `b`: a bit is 0 where one more symbol of `a` makes
    /// the common subsequence longer.
    private mutating func fillRows(
        _ a: UnsafeBufferPointer<Int32>, _ b: UnsafeBufferPointer<Int32>
    ) throws(MetricError) {
        let rowCount = (a.count + 127) / 128 * b.count
        guard rowCount <= Self.tableByteCountMax / 16 else {
            throw .invalidInput(
                "a line of \(b.count) words beside one of \(a.count) takes ROUGE-Lsum more than "
                    + "1 GiB; break texts into lines, or ask for ROUGE-L")
        }
        rows.reserve(rowCount)
        carries.reserve(b.count)
        carries.base.update(repeating: false, count: b.count)
        var rows = rows.base
        for range in Strips<UInt128>(of: a.count) {
            let strip = UnsafeBufferPointer(rebasing: a[range])
            masks.set(strip)
            var row = UInt128.max
            for place in b.indices {
                row = CommonSubsequence.advance(
                    row, masks.base[Int(b[place])], &carries.base[place])
                rows[place] = row
            }
            masks.clear(strip)
            rows += b.count
        }
    }
}
