import CMetrics

/// Numbers at given places of the order, found without sorting the others.
///
/// Buckets are counted, and only those that hold a wanted place are taken out and sorted. They are bins
/// of equal width where such bins are about as full, else those of a trie.
public enum OrderStatistics {
    /// - Parameters:
    ///   - places: from 0, in any order.
    ///   - workers: threads; the result is the same for any number.
    /// - Returns: the numbers at `places`, −0 as 0; `nil` where there is a NaN.
    public static func at(
        _ places: [Int], of columns: NumberColumns, workers: Int
    ) -> [Double]? {
        let pieces = ColumnPieces(columns.counts)
        precondition(
            places.allSatisfy { (0..<pieces.count).contains($0) },
            "places \(places) of \(pieces.count) numbers")
        let integers: [UInt64]
        if let bins = EqualBins(columns, pieces, around: places, workers: workers) {
            guard let counts = bins.counts else { return nil }
            integers = WantedBuckets(places, counts).at(places) { bins.collect($0) }
        } else {
            guard let extent = Extent(columns, pieces, workers: workers) else { return nil }
            let trie = Trie(columns, pieces, extent, target: max(256, pieces.count / 2048))
            let counts = count(columns, pieces, trie, workers)
            integers = WantedBuckets(places, counts).at(places) {
                collect(columns, pieces, trie, $0, workers)
            }
        }
        return integers.map { integer in
            switch columns {
            case .float32: cairn_number_f32(integer)
            case .float64: cairn_number_f64(integer)
            }
        }
    }

    private static func count(
        _ columns: NumberColumns, _ pieces: ColumnPieces, _ trie: Trie, _ workers: Int
    ) -> [Int] {
        let blocks = Blocks(
            count: pieces.pieces.count, workers: workers, size: 4, leastPerWorker: 1)
        let parts = blocks.map { range -> [UInt32] in
            var counts = [UInt32](repeating: 0, count: trie.bucketCount)
            for piece in pieces.pieces[range] {
                switch columns {
                case .float32(let columns):
                    cairn_count_buckets_f32(
                        columns[piece.column].at(piece.range), piece.range.count, trie.pointer,
                        &counts)
                case .float64(let columns):
                    cairn_count_buckets_f64(
                        columns[piece.column].at(piece.range), piece.range.count, trie.pointer,
                        &counts)
                }
            }
            return counts
        }
        return parts.sums(trie.bucketCount)
    }

    /// The integers of all numbers in wanted buckets.
    private static func collect(
        _ columns: NumberColumns, _ pieces: ColumnPieces, _ trie: Trie, _ isWanted: [UInt8],
        _ workers: Int
    ) -> [UInt64] {
        let blocks = Blocks(count: pieces.pieces.count, workers: workers, size: 1)
        let parts = blocks.map { range -> [UInt64] in
            let piece = pieces.pieces[range.lowerBound]
            return [UInt64](unsafeUninitializedCapacity: piece.range.count + 1) { out, taken in
                switch columns {
                case .float32(let columns):
                    taken = cairn_collect_f32(
                        columns[piece.column].at(piece.range), piece.range.count, trie.pointer,
                        isWanted, out.baseAddress)
                case .float64(let columns):
                    taken = cairn_collect_f64(
                        columns[piece.column].at(piece.range), piece.range.count, trie.pointer,
                        isWanted, out.baseAddress)
                }
            }
        }
        return Array(parts.joined())
    }
}

/// The buckets that hold wanted places, of all that were counted.
struct WantedBuckets {
    /// How many numbers each bucket has.
    private let counts: [Int]
    /// How many are in lower buckets; at the end all.
    private let below: [Int]
    private let isWanted: [UInt8]

    init(_ places: [Int], _ counts: [Int]) {
        var below = [0]
        below.reserveCapacity(counts.count + 1)
        for count in counts { below.append(below[below.count - 1] + count) }
        var isWanted = [UInt8](repeating: 0, count: counts.count)
        for place in places { isWanted[Self.bucket(of: place, below)] = 1 }
        (self.counts, self.below, self.isWanted) = (counts, below, isWanted)
    }

    /// Numbers in wanted buckets.
    var count: Int { counts.indices.reduce(0) { $0 + (isWanted[$1] == 1 ? counts[$1] : 0) } }

    /// - Parameters:
    ///   - places: those that are wanted.
    ///   - collect: the integers of all numbers in wanted buckets, in any order.
    /// - Returns: the integers at `places`.
    func at(_ places: [Int], _ collect: ([UInt8]) -> [UInt64]) -> [UInt64] {
        var sorted = collect(isWanted)
        let spare = Scratch(byteCount: 8 * max(1, sorted.count))
        cairn_sort_u64(&sorted, sorted.count, spare.start.assumingMemoryBound(to: UInt64.self))
        // Where the first of each wanted bucket is among those that were taken out.
        var (starts, taken) = ([Int](), 0)
        starts.reserveCapacity(counts.count)
        for (bucket, count) in counts.enumerated() {
            starts.append(taken)
            taken += isWanted[bucket] == 1 ? count : 0
        }
        precondition(taken == sorted.count, "\(sorted.count) of \(taken) numbers were taken out")
        return places.map { place in
            let bucket = Self.bucket(of: place, below)
            return sorted[starts[bucket] + place - below[bucket]]
        }
    }

    /// The last bucket with no more than so many below it, and at least one number.
    private static func bucket(of place: Int, _ below: [Int]) -> Int {
        var (low, high) = (0, below.count - 1)
        while low + 1 < high {
            let middle = (low + high) / 2
            if below[middle] <= place { low = middle } else { high = middle }
        }
        return low
    }
}

extension [[UInt32]] {
    /// Of each place of so many.
    func sums(_ count: Int) -> [Int] {
        var sums = [Int](repeating: 0, count: count)
        sums.withUnsafeMutableBufferPointer { sums in
            for part in self {
                part.withUnsafeBufferPointer { part in
                    for place in sums.indices { sums[place] += Int(part[place]) }
                }
            }
        }
        return sums
    }
}
