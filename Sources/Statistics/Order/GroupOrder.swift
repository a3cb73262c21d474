import CMetrics

/// Two groups of numbers by their order: who is above whom, how far their distributions are apart.
///
/// One pass puts all numbers into buckets, a second sorts and sums up those; neither sorts the whole.
/// Ties are numbers that are equal, −0 and 0 among them; infinities have their place.
public struct GroupOrder: Sendable {
    /// Which group each number is in, column by column: 1 or 0.
    public enum Groups: @unchecked Sendable {
        case each([UnsafeBufferPointer<UInt8>])
        case eachWide([UnsafeBufferPointer<Int32>])
        /// All of a column in one.
        case columns([UInt8])
    }

    public struct Wanted: Sendable {
        /// How far the distributions are apart, and the ties.
        public var gaps = false
        /// What follows from precision and recall.
        public var curve = false
        /// Points of the curve, 2 or more; 0 for none.
        public var pointCountMax = 0

        public init(gaps: Bool = false, curve: Bool = false, pointCountMax: Int = 0) {
            (self.gaps, self.curve, self.pointCountMax) = (gaps, curve, pointCountMax)
        }
    }

    /// How many of each group have this number or a higher one.
    public struct Point: Sendable {
        public let number: Double
        public let ones: Int
        public let zeros: Int
    }

    public let ones: Int
    public let zeros: Int
    /// Twice the pairs of a one above a zero, where equal ones count one half.
    public private(set) var twicePairs = 0
    /// The largest and the least of (ones at or above)·zeros − (zeros at or above)·ones.
    public private(set) var gaps: (most: Int, least: Int) = (0, 0)
    /// Σ(t³ − t) over the groups of t equal numbers.
    public private(set) var tieTerm = 0.0
    /// Σ of ones gained · ones/(ones + zeros), from the highest number down.
    public private(set) var precisions = 0.0
    /// The same with the mean of that quotient and the one before it.
    public private(set) var trapezoids = 0.0
    /// The largest 2·ones/(all ones + ones + zeros), and the highest number that reaches it.
    public private(set) var bestF1: (value: Double, number: Double)?
    /// At most as many as were wanted; the last one holds all.
    public private(set) var points: [Point] = []

    /// - Returns: `nil` where there is no number, or a NaN.
    public init?(_ columns: NumberColumns, _ groups: Groups, _ wanted: Wanted, workers: Int) {
        let pieces = ColumnPieces(columns.counts)
        guard pieces.count > 0, let extent = Extent(columns, pieces, workers: workers) else {
            return nil
        }
        let isNarrow = if case .float32 = columns { true } else { false }
        let target = max(2048, min(isNarrow ? 16_384 : 8192, pieces.count / 256))
        let trie = Trie(columns, pieces, extent, target: target)
        let scattered = Self.scatter(columns, groups, pieces, trie, workers)
        let sizes = scattered.sizes(trie.bucketCount)
        ones = sizes.reduce(0) { $0 + $1.ones }
        zeros = pieces.count - ones
        let summing = BucketSums(
            trie: trie, partitions: scattered, sizes: sizes, isNarrow: isNarrow,
            wanted: cairn_rank_wanted(
                ones: UInt64(ones), zeros: UInt64(zeros), gaps: wanted.gaps ? 1 : 0,
                curve: wanted.curve ? 1 : 0, point_steps: UInt64(wanted.pointCountMax / 2)))
        for (part, points) in summing.parts(workers: workers).reversed() {
            add(part, points, isNarrow)
        }
    }

    private static func scatter(
        _ columns: NumberColumns, _ groups: Groups, _ pieces: ColumnPieces, _ trie: Trie,
        _ workers: Int
    ) -> [Partition] {
        let blocks = Blocks(
            count: pieces.pieces.count, workers: workers, size: 1, leastPerWorker: 2)
        let workers = blocks.workers
        return Blocks(count: workers, workers: workers, size: 1).map { range in
            let worker = range.lowerBound
            let count = pieces.shareCount(of: worker, among: workers)
            switch columns {
            case .float32(let columns):
                let partition = Partition(trie, entryCount: count, entryByteCount: 4)
                for piece in pieces.share(of: worker, among: workers) {
                    let (each, stride, group) = groups.of(piece)
                    cairn_scatter_f32(
                        columns[piece.column].at(piece.range), each, stride, group,
                        piece.range.count,
                        trie.pointer, partition.pointer)
                }
                partition.finish()
                return partition
            case .float64(let columns):
                let partition = Partition(trie, entryCount: count, entryByteCount: 8)
                for piece in pieces.share(of: worker, among: workers) {
                    let (each, stride, group) = groups.of(piece)
                    cairn_scatter_f64(
                        columns[piece.column].at(piece.range), each, stride, group,
                        piece.range.count,
                        trie.pointer, partition.pointer)
                }
                partition.finish()
                return partition
            }
        }
    }

    /// From the highest bucket down.
    private mutating func add(
        _ part: cairn_rank_part, _ points: [cairn_rank_point], _ isNarrow: Bool
    ) {
        func number(_ integer: UInt64) -> Double {
            isNarrow ? cairn_number_f32(integer) : cairn_number_f64(integer)
        }
        twicePairs += Int(part.twice_pairs)
        gaps = (max(gaps.most, Int(part.gap_most)), min(gaps.least, Int(part.gap_least)))
        tieTerm += part.tie_term
        precisions += part.precisions
        trapezoids += part.trapezoids
        if part.best_f1 > bestF1?.value ?? -1 { bestF1 = (part.best_f1, number(part.best)) }
        self.points += points.map {
            Point(number: number($0.integer), ones: Int($0.ones), zeros: Int($0.zeros))
        }
    }
}

extension GroupOrder {
    /// Two samples of which one is long, the first the ones: gaps and ties.
    ///
    /// - Returns: `nil` for short samples, which are sorted faster, and where there is a NaN.
    static func ofLong(_ a: [Double], _ b: [Double], workers: Int) -> GroupOrder? {
        guard a.count + b.count > 4096, !a.isEmpty, !b.isEmpty else { return nil }
        return a.withUnsafeBufferPointer { a in
            b.withUnsafeBufferPointer { b in
                GroupOrder(
                    .float64([a, b]), .columns([1, 0]), Wanted(gaps: true), workers: workers)
            }
        }
    }
}

extension GroupOrder.Groups {
    /// Where they begin, how many bytes apart; or the one of all.
    fileprivate func of(
        _ piece: ColumnPieces.Piece
    ) -> (UnsafePointer<UInt8>?, stride: Int, UInt8) {
        switch self {
        case .each(let columns):
            return (columns[piece.column].at(piece.range), 1, 0)
        case .eachWide(let columns):
            // The first byte of 0 or 1 says which it is.
            let start = UnsafeRawPointer(columns[piece.column].at(piece.range))
            return (start.assumingMemoryBound(to: UInt8.self), MemoryLayout<Int32>.stride, 0)
        case .columns(let groups):
            return (nil, 0, groups[piece.column])
        }
    }
}

/// The buckets of all workers, summed up.
private struct BucketSums: Sendable {
    let trie: Trie
    let partitions: [Partition]
    let sizes: [(count: Int, ones: Int)]
    let isNarrow: Bool
    let wanted: cairn_rank_wanted

    /// The tables of dense buckets are up to so large.
    private static let tableByteCount = 512 << 10

    /// Of each bucket, from the lowest up.
    func parts(workers: Int) -> [(cairn_rank_part, [cairn_rank_point])] {
        var above = [(ones: UInt64, zeros: UInt64)](repeating: (0, 0), count: sizes.count)
        var (ones, zeros) = (UInt64(0), UInt64(0))
        for bucket in sizes.indices.reversed() {
            above[bucket] = (ones, zeros)
            ones += UInt64(sizes[bucket].ones)
            zeros += UInt64(sizes[bucket].count - sizes[bucket].ones)
        }
        let (known, entryByteCount) = (above, isNarrow ? 4 : 8)
        let most = entryByteCount * (sizes.map(\.count).max() ?? 0)
        let blocks = Blocks(count: sizes.count, workers: workers, size: 1, leastPerWorker: 8)
        return [(cairn_rank_part, [cairn_rank_point])](
            unsafeUninitializedCapacity: sizes.count
        ) { buffer, initialized in
            // Each place is written by one thread, and read after all have ended.
            nonisolated(unsafe) let parts = buffer
            blocks.eachWorker { next in
                let entries = Scratch(byteCount: max(most, 64))
                let spareByteCount = max(most, Self.tableByteCount)
                let spare = Scratch(byteCount: spareByteCount)
                var points = [cairn_rank_point](
                    repeating: cairn_rank_point(), count: 2 * Int(wanted.point_steps) + 1)
                while let bucket = next() {
                    partitions.gather(
                        bucket, into: entries.start, entryByteCount: entryByteCount)
                    let part = sum(
                        bucket, entries.start, spare.start, spareByteCount, known[bucket], &points)
                    parts.initializeElement(
                        at: bucket, to: (part, Array(points[..<part.point_count])))
                }
            }
            initialized = sizes.count
        }
    }

    private func sum(
        _ bucket: Int, _ entries: UnsafeMutableRawPointer, _ spare: UnsafeMutableRawPointer,
        _ spareByteCount: Int, _ above: (ones: UInt64, zeros: UInt64),
        _ points: inout [cairn_rank_point]
    ) -> cairn_rank_part {
        var (wanted, part) = (wanted, cairn_rank_part())
        let count = sizes[bucket].count
        if isNarrow {
            cairn_rank_bucket_u32(
                entries.assumingMemoryBound(to: UInt32.self), count,
                spare.assumingMemoryBound(to: UInt32.self), spareByteCount, trie.pointer,
                UInt32(bucket), above.ones, above.zeros, &wanted, &part, &points)
        } else {
            cairn_rank_bucket_u64(
                entries.assumingMemoryBound(to: UInt64.self), count,
                spare.assumingMemoryBound(to: UInt64.self), spareByteCount, trie.pointer,
                UInt32(bucket), above.ones, above.zeros, &wanted, &part, &points)
        }
        return part
    }
}
