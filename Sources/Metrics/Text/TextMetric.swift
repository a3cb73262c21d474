import Dispatch

/// What is summed up over pairs of texts; the same bits for any number of workers.
///
/// Each row is counted in whole numbers, and rows are added in order.
public protocol TextMetric: Sendable {
    /// With the same options, and nothing added.
    var emptied: Self { get }
    /// Rows that were added.
    var count: Int { get }
    /// Adds some rows in order, on this thread.
    /// - Throws: when a row has no reference, or several where one is asked for; some rows may be
    ///   added then.
    mutating func add(_ pairs: TextPairs, rows: Range<Int>) throws(MetricError)
    /// Adds what the other has, after what is here. Both have the same options.
    mutating func merge(_ other: Self)
}

extension TextMetric {
    /// Adds all rows.
    /// - Parameter workers: how many threads may work on them; 1 or more.
    public mutating func add(_ pairs: TextPairs, workers: Int = 1) throws(MetricError) {
        precondition(workers >= 1, "\(workers) workers cannot work")
        let blocks = TextBlocks(rowCount: pairs.count)
        // Each block is an accumulator of its own: sums of reals do not depend on workers either.
        let empty = emptied
        let parts = blocks.map(workers: workers) { rows in
            Result { () throws(MetricError) in
                var part = empty
                try part.add(pairs, rows: rows)
                return part
            }
        }
        for part in parts { merge(try part.get()) }
    }

    public mutating func add(
        hypothesis: String, references: [String]
    ) throws(MetricError) {
        try add(try TextPairs(hypothesis, references), rows: 0..<1)
    }
}

/// Rows, cut into blocks by their number alone.
struct TextBlocks {
    private static let rowsPerBlock = 256

    let rowCount: Int
    var count: Int { (rowCount + Self.rowsPerBlock - 1) / Self.rowsPerBlock }

    func rows(_ block: Int) -> Range<Int> {
        let start = block * Self.rowsPerBlock
        return start..<min(rowCount, start + Self.rowsPerBlock)
    }

    /// In the order of blocks, whoever worked on them.
    func map<Part: Sendable>(
        workers: Int, _ body: @Sendable (Range<Int>) -> Part
    ) -> [Part] {
        let count = count
        if workers == 1 || count < 2 { return (0..<count).map { body(rows($0)) } }
        return [Part](unsafeUninitializedCapacity: count) { parts, made in
            // Each block is written by one worker only.
            nonisolated(unsafe) let parts = parts
            let workers = min(workers, count)
            DispatchQueue.concurrentPerform(iterations: workers) { worker in
                for block in stride(from: worker, to: count, by: workers) {
                    parts.initializeElement(at: block, to: body(rows(block)))
                }
            }
            made = count
        }
    }
}
