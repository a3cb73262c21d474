import CMetrics

/// Bins of equal width around the numbers at some places of the order.
///
/// A sample says between which numbers those are. What is below or above has a bin of its own, however
/// many that are: numbers far away do not make the bins wide.
final class EqualBins: @unchecked Sendable {
    private static let binCount = 4096
    private static let sampleCount = 4096
    /// Of fewer numbers the sample would be a large part.
    private static let leastCount = 65_536

    private let columns: NumberColumns
    private let pieces: ColumnPieces
    private let blocks: Blocks
    /// Of each number its bin.
    private let bins: Scratch
    /// For each block.
    private let parts: [[UInt32]?]
    /// How many numbers each bin has; `nil` where there is a NaN.
    let counts: [Int]?

    /// - Parameter places: one or more.
    /// - Returns: `nil` where most bins are much emptier than those that hold the places.
    init?(
        _ columns: NumberColumns, _ pieces: ColumnPieces, around places: [Int], workers: Int
    ) {
        guard pieces.count >= Self.leastCount,
            let (low, scale) = Self.line(columns, pieces, places)
        else { return nil }
        (self.columns, self.pieces) = (columns, pieces)
        let blocks = Blocks(count: pieces.pieces.count, workers: workers, size: 4)
        bins = Scratch(byteCount: MemoryLayout<UInt16>.size * pieces.count)
        nonisolated(unsafe) let bins = self.bins.start.assumingMemoryBound(to: UInt16.self)
        parts = blocks.map { range in
            Self.count(columns, pieces.pieces[range], low, scale, into: bins)
        }
        self.blocks = blocks
        let whole = parts.compactMap(\.self)
        counts = whole.count == parts.count ? whole.sums(Self.binCount) : nil
        if let counts, WantedBuckets(places, counts).count > pieces.count / 16 { return nil }
    }

    /// From numbers to bins.
    private static func line(
        _ columns: NumberColumns, _ pieces: ColumnPieces, _ places: [Int]
    ) -> (low: Double, scale: Double)? {
        guard let first = places.min(), let last = places.max() else { return nil }
        var sample = columns.sample(pieces, step: pieces.count / sampleCount, least: 0)
        let spare = Scratch(byteCount: 8 * sample.count)
        cairn_sort_u64(&sample, sample.count, spare.start.assumingMemoryBound(to: UInt64.self))
        // Four deviations of how many of a sample are below its median.
        let slack = Int(2 * Double(sample.count).squareRoot())
        let part = Double(sample.count) / Double(pieces.count)
        let number = { (place: Int) in
            let integer = sample[max(0, min(sample.count - 1, place))]
            return switch columns {
            case .float32: cairn_number_f32(integer)
            case .float64: cairn_number_f64(integer)
            }
        }
        let low = number(Int(Double(first) * part) - slack)
        let scale = Double(binCount - 2) / (number(Int(Double(last) * part) + slack) - low)
        return low.isFinite && scale.isFinite && scale > 0 ? (low, scale) : nil
    }

    private static func count(
        _ columns: NumberColumns, _ pieces: ArraySlice<ColumnPieces.Piece>, _ low: Double,
        _ scale: Double, into bins: UnsafeMutablePointer<UInt16>
    ) -> [UInt32]? {
        var (counts, bad) = ([UInt32](repeating: 0, count: binCount), Int32(0))
        for piece in pieces {
            let (count, own) = (piece.range.count, bins + piece.before)
            switch columns {
            case .float32(let columns):
                cairn_count_bins_f32(
                    columns[piece.column].at(piece.range), count, low, scale, UInt32(binCount),
                    own, &counts, &bad)
            case .float64(let columns):
                cairn_count_bins_f64(
                    columns[piece.column].at(piece.range), count, low, scale, UInt32(binCount),
                    own, &counts, &bad)
            }
        }
        return bad == 0 ? counts : nil
    }

    /// The integers of all numbers in wanted bins.
    func collect(_ isWanted: [UInt8]) -> [UInt64] {
        Array(blocks.map { collect($0, isWanted) }.joined())
    }

    private func collect(_ range: Range<Int>, _ isWanted: [UInt8]) -> [UInt64] {
        let counts = parts[range.lowerBound / blocks.size] ?? []
        let capacity = zip(isWanted, counts).reduce(0) { $0 + Int($1.0) * Int($1.1) }
        if capacity == 0 { return [] }
        let bins = self.bins.start.assumingMemoryBound(to: UInt16.self)
        return [UInt64](unsafeUninitializedCapacity: capacity) { out, taken in
            for piece in pieces.pieces[range] {
                let (count, own) = (piece.range.count, bins + piece.before)
                let free = out.baseAddress! + taken
                switch columns {
                case .float32(let columns):
                    taken += cairn_collect_bins_f32(
                        columns[piece.column].at(piece.range), own, count, isWanted, free)
                case .float64(let columns):
                    taken += cairn_collect_bins_f64(
                        columns[piece.column].at(piece.range), own, count, isWanted, free)
                }
            }
        }
    }
}
