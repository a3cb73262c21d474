import CMetrics

/// Numbers in columns of one type, of which the order is wanted.
///
/// They are only read, and only during the call that they are given to.
public enum NumberColumns: @unchecked Sendable {
    case float32([UnsafeBufferPointer<Float>])
    case float64([UnsafeBufferPointer<Double>])

    var counts: [Int] {
        switch self {
        case .float32(let columns): columns.map(\.count)
        case .float64(let columns): columns.map(\.count)
        }
    }

    /// The integers of every so-many-th number through all pieces, each less `least`.
    func sample(_ pieces: ColumnPieces, step: Int, least: UInt64) -> [UInt64] {
        [UInt64](unsafeUninitializedCapacity: pieces.count / step + pieces.pieces.count) {
            sample, taken in
            for piece in pieces.pieces {
                let (count, out) = (piece.range.count, sample.baseAddress! + taken)
                let first = (step - piece.before % step) % step
                switch self {
                case .float32(let columns):
                    taken += cairn_sample_f32(
                        columns[piece.column].at(piece.range), count, first, step, least, out)
                case .float64(let columns):
                    taken += cairn_sample_f64(
                        columns[piece.column].at(piece.range), count, first, step, least, out)
                }
            }
        }
    }
}

/// The columns in pieces, each of one column.
struct ColumnPieces: Sendable {
    struct Piece: Sendable {
        let column: Int
        let range: Range<Int>
        /// Numbers in pieces before it.
        let before: Int
    }

    let pieces: [Piece]
    let count: Int

    init(_ counts: [Int], size: Int = Blocks.usualSize) {
        var (pieces, before) = ([Piece](), 0)
        for (column, count) in counts.enumerated() {
            for start in stride(from: 0, to: count, by: size) {
                let range = start..<min(count, start + size)
                pieces.append(Piece(column: column, range: range, before: before))
                before += range.count
            }
        }
        (self.pieces, count) = (pieces, before)
    }

    /// About as many numbers for each of so many workers, in one row of pieces.
    func share(of worker: Int, among workers: Int) -> ArraySlice<Piece> {
        pieces[pieces.count * worker / workers..<pieces.count * (worker + 1) / workers]
    }

    func shareCount(of worker: Int, among workers: Int) -> Int {
        share(of: worker, among: workers).reduce(0) { $0 + $1.range.count }
    }
}

/// The least and the largest of all, as integers in the numbers' order.
struct Extent: Sendable {
    var least = UInt64.max
    var most = UInt64.min

    init() {}

    /// - Returns: `nil` for a NaN.
    init?(_ columns: NumberColumns, _ pieces: ColumnPieces, workers: Int) {
        let blocks = Blocks(
            count: pieces.pieces.count, workers: workers, size: 1, leastPerWorker: 2)
        let parts = blocks.map { range -> Extent? in
            var (extent, bad) = (Extent(), Int32(0))
            for piece in pieces.pieces[range] {
                let count = piece.range.count
                switch columns {
                case .float32(let columns):
                    cairn_extent_f32(
                        columns[piece.column].at(piece.range), count, &extent.least, &extent.most,
                        &bad)
                case .float64(let columns):
                    cairn_extent_f64(
                        columns[piece.column].at(piece.range), count, &extent.least, &extent.most,
                        &bad)
                }
            }
            return bad == 0 ? extent : nil
        }
        for part in parts {
            guard let part else { return nil }
            least = min(least, part.least)
            most = max(most, part.most)
        }
    }
}

/// Which bucket a number is in: about as many in each, and each small enough for the cache.
final class Trie: @unchecked Sendable {
    let pointer: OpaquePointer
    let extent: Extent
    let bucketCount: Int

    /// - Parameters:
    ///   - target: how many numbers a bucket is to hold.
    init(_ columns: NumberColumns, _ pieces: ColumnPieces, _ extent: Extent, target: Int) {
        // Sixteen of each bucket are enough to know its size to a quarter.
        let wanted = 16 * (pieces.count / target) + 1024
        let step = max(1, pieces.count / wanted)
        let sample = columns.sample(pieces, step: step, least: extent.least)
        guard
            let trie = cairn_trie_new(
                extent.least, extent.most, sample, sample.count, pieces.count, target)
        else { preconditionFailure("no memory for a trie") }
        (pointer, self.extent) = (trie, extent)
        bucketCount = Int(cairn_trie_bucket_count(trie))
    }

    deinit { cairn_trie_free(pointer) }
}

/// The entries that one worker put into buckets.
final class Partition: @unchecked Sendable {
    let pointer: OpaquePointer

    init(_ trie: Trie, entryCount: Int, entryByteCount: Int) {
        guard let partition = cairn_partition_new(trie.pointer, entryCount, entryByteCount) else {
            preconditionFailure("no memory for \(entryCount) entries of \(entryByteCount) bytes")
        }
        pointer = partition
    }

    /// No more entries come.
    func finish() {
        precondition(cairn_partition_finish(pointer) == 0, "no memory for the list of buckets")
    }

    deinit { cairn_partition_free(pointer) }
}

extension [Partition] {
    /// How many entries each bucket has, and how many ones among them.
    func sizes(_ bucketCount: Int) -> [(count: Int, ones: Int)] {
        (0..<bucketCount).map { bucket in
            var (count, ones) = (UInt64(0), UInt64(0))
            for partition in self {
                cairn_partition_count(partition.pointer, UInt32(bucket), &count, &ones)
            }
            return (Int(count), Int(ones))
        }
    }

    /// Copies out what all have of a bucket.
    func gather(_ bucket: Int, into entries: UnsafeMutableRawPointer, entryByteCount: Int) {
        var at = entries
        for partition in self {
            at += entryByteCount * cairn_partition_gather(partition.pointer, UInt32(bucket), at)
        }
    }
}

/// Memory that goes back when it is no longer looked at.
struct Scratch: ~Copyable {
    let start: UnsafeMutableRawPointer

    init(byteCount: Int) {
        guard let start = cairn_metrics_scratch(byteCount) else {
            preconditionFailure("no memory for \(byteCount) bytes")
        }
        self.start = start
    }

    deinit { cairn_metrics_scratch_free(start) }
}

extension UnsafeBufferPointer {
    func at(_ range: Range<Int>) -> UnsafePointer<Element> { baseAddress! + range.lowerBound }
}
