import CMetrics

/// Numbers at given places of the order, found without sorting the others.
///
/// Buckets are counted, and only those that hold a wanted place are taken out and sorted.
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
        guard let extent = Extent(columns, pieces, workers: workers) else { return nil }
        let trie = Trie(columns, pieces, extent, target: max(256, pieces.count / 2048))
        let counts = count(columns, pieces, trie, workers)
        var below = [0]
        for count in counts { below.append(below[below.count - 1] + count) }
        var isWanted = [UInt8](repeating: 0, count: counts.count)
        for place in places { isWanted[bucket(of: place, below)] = 1 }
        let sorted = collect(columns, pieces, trie, isWanted, workers)
        // Where the first of each wanted bucket is among those that were taken out.
        var (starts, taken) = ([Int](), 0)
        for (bucket, count) in counts.enumerated() {
            starts.append(taken)
            taken += isWanted[bucket] == 1 ? count : 0
        }
        return places.map { place in
            let bucket = bucket(of: place, below)
            let integer = sorted[starts[bucket] + place - below[bucket]]
            return if case .float32 = columns { cairn_number_f32(integer) } else {
                cairn_number_f64(integer)
            }
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
        return (0..<trie.bucketCount).map { bucket in parts.reduce(0) { $0 + Int($1[bucket]) } }
    }

    /// The integers of all numbers in wanted buckets, ascending.
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
        var integers = Array(parts.joined())
        let spare = Scratch(byteCount: 8 * max(1, integers.count))
        cairn_sort_u64(
            &integers, integers.count, spare.start.assumingMemoryBound(to: UInt64.self))
        return integers
    }
}
