import CMetrics

/// How two columns of numbers go together by their ranks: Spearman's ρ and Kendall's τ-b.
///
/// Pairs go into buckets by x, are sorted there, get their rank and go into buckets by y. What is
/// summed up are whole numbers: the result is exact to its last division. −0 is 0.
public struct PairOrder: Sendable {
    /// `nil` where one column is constant.
    public let spearman: Double?
    /// `nil` where one column is constant, and where it was not asked for.
    public let kendallTauB: Double?

    /// - Parameters:
    ///   - x: columns end to end, as `y`, with as many numbers in each.
    ///   - wantsKendall: costs a second sort.
    /// - Returns: `nil` where there is no pair, or a NaN.
    public init?(
        _ x: [UnsafeBufferPointer<Double>], _ y: [UnsafeBufferPointer<Double>],
        wantsKendall: Bool = false, workers: Int
    ) {
        precondition(x.map(\.count) == y.map(\.count), "columns of different lengths")
        let pieces = ColumnPieces(x.map(\.count))
        guard pieces.count > 0,
            let extentX = Extent(.float64(x), pieces, workers: workers),
            let extentY = Extent(.float64(y), pieces, workers: workers)
        else { return nil }
        let target = max(1024, min(4096, pieces.count / 256))
        let buckets = PairBuckets(
            trieX: Trie(.float64(x), pieces, extentX, target: target),
            trieY: Trie(.float64(y), pieces, extentY, target: target), count: pieces.count,
            workers: Blocks(
                count: pieces.pieces.count, workers: workers, size: 1, leastPerWorker: 2
            ).workers)
        nonisolated(unsafe) let (x, y) = (x, y)
        let byX = buckets.fill { worker, partition in
            for piece in pieces.share(of: worker, among: buckets.workers) {
                cairn_scatter_pairs(
                    x[piece.column].at(piece.range), y[piece.column].at(piece.range),
                    piece.range.count, buckets.trieX.pointer, extentY.least, partition.pointer)
            }
        } capacity: { worker in
            pieces.shareCount(of: worker, among: buckets.workers)
        }
        let (byY, tiesX) = buckets.rank(byX)
        let sums = buckets.sumUp(byY, wantsRanks: wantsKendall)
        let all = UInt128(pieces.count)
        // Twice the ranks less their mean, squared, are n(n² − 1)/3 less what ties take from it.
        let whole = all * all * all - all
        let (ofX, ofY) = (Double(whole - tiesX) / 3, Double(whole - sums.ties) / 3)
        let isVaried = ofX > 0 && ofY > 0
        spearman =
            isVaried
            ? max(-1, min(1, Double(sums.products) / (ofX.squareRoot() * ofY.squareRoot()))) : nil
        guard wantsKendall, isVaried else {
            kendallTauB = nil
            return
        }
        let pairs = all * (all - 1) / 2
        let (apartX, apartY) = (pairs - UInt128(sums.tiedX), pairs - UInt128(sums.tied))
        let discordant = 2 * Int128(sums.inversions)
        let concordant =
            Int128(apartX) - Int128(sums.tied) + Int128(sums.tiedBoth) - discordant
        kendallTauB =
            Double(concordant) / (Double(apartX).squareRoot() * Double(apartY).squareRoot())
    }
}

/// Buckets of pairs by one column, then by the other.
private struct PairBuckets: Sendable {
    let trieX: Trie
    let trieY: Trie
    let count: Int
    let workers: Int

    static let pairByteCount = MemoryLayout<cairn_pair>.size

    func fill(
        _ body: @Sendable (Int, Partition) -> Void, capacity: @Sendable (Int) -> Int
    ) -> [Partition] {
        Blocks(count: workers, workers: workers, size: 1).map { range in
            let partition = Partition(
                trieX, entryCount: capacity(range.lowerBound), entryByteCount: Self.pairByteCount)
            body(range.lowerBound, partition)
            partition.finish()
            return partition
        }
    }

    /// Buckets in a row for each worker, about as many pairs in each.
    private func shares(_ sizes: [Int]) -> [Range<Int>] {
        var (shares, start, taken) = ([Range<Int>](), 0, 0)
        for worker in 1...workers {
            var end = start
            while end < sizes.count, worker == workers || taken < count * worker / workers {
                taken += sizes[end]
                end += 1
            }
            shares.append(start..<end)
            start = end
        }
        return shares
    }

    /// Sorts by x; what comes out is in buckets by y, with twice the midranks of x.
    func rank(_ byX: [Partition]) -> ([Partition], ties: UInt128) {
        let sizes = byX.sizes(trieX.bucketCount).map(\.count)
        var before: [UInt64] = []
        var sum: UInt64 = 0
        for size in sizes {
            before.append(sum)
            sum += UInt64(size)
        }
        let (shares, below) = (shares(sizes), before)
        let most = Self.pairByteCount * (sizes.max() ?? 0)
        let parts = Blocks(count: workers, workers: workers, size: 1).map {
            worker -> (Partition, UInt128) in
            let share = shares[worker.lowerBound]
            let partition = Partition(
                trieY, entryCount: sizes[share].reduce(0, +), entryByteCount: Self.pairByteCount)
            let pairs = Scratch(byteCount: most)
            let spare = Scratch(byteCount: most)
            var ties: UInt128 = 0
            for bucket in share {
                byX.gather(bucket, into: pairs.start, entryByteCount: Self.pairByteCount)
                let found = cairn_rank_pairs(
                    pairs.start.assumingMemoryBound(to: cairn_pair.self), sizes[bucket],
                    spare.start.assumingMemoryBound(to: cairn_pair.self), below[bucket],
                    trieY.pointer, partition.pointer)
                ties += UInt128(found)
            }
            partition.finish()
            return (partition, ties)
        }
        return (parts.map(\.0), parts.reduce(0) { $0 + $1.1 })
    }

    struct Sums: Sendable {
        var ties: UInt128 = 0
        var products: Int128 = 0
        var tied: UInt64 = 0
        var tiedBoth: UInt64 = 0
        /// Pairs of equal x, and of x and y in opposite order; where ranks are wanted.
        var tiedX: UInt64 = 0
        var inversions: UInt64 = 0

        mutating func add(_ found: cairn_rank_products) {
            ties += UInt128(found.ties)
            products += Int128(truncatingIfNeeded: UInt128(found.products))
            tied += found.tied
            tiedBoth += found.tied_both
        }

        mutating func add(_ other: Sums) {
            ties += other.ties
            products += other.products
            tied += other.tied
            tiedBoth += other.tiedBoth
        }
    }

    func sumUp(_ byY: [Partition], wantsRanks: Bool) -> Sums {
        let sizes = byY.sizes(trieY.bucketCount).map(\.count)
        var before: [Int] = []
        var sum = 0
        for size in sizes {
            before.append(sum)
            sum += size
        }
        let below = before
        let most = Self.pairByteCount * (sizes.max() ?? 0)
        precondition(
            !wantsRanks || 2 * count <= UInt32.max, "\(count) pairs to count inversions in")
        let ranks = Scratch(byteCount: wantsRanks ? 4 * count : 64)
        nonisolated(unsafe) let out = ranks.start.assumingMemoryBound(to: UInt32.self)
        let blocks = Blocks(count: sizes.count, workers: workers, size: 8)
        let parts = blocks.map { range -> Sums in
            let pairs = Scratch(byteCount: most)
            let spare = Scratch(byteCount: most)
            var sums = Sums()
            for bucket in range {
                byY.gather(bucket, into: pairs.start, entryByteCount: Self.pairByteCount)
                sums.add(
                    cairn_sum_ranks(
                        pairs.start.assumingMemoryBound(to: cairn_pair.self), sizes[bucket],
                        spare.start.assumingMemoryBound(to: cairn_pair.self),
                        UInt64(below[bucket]), UInt64(count),
                        wantsRanks ? out + below[bucket] : nil))
            }
            return sums
        }
        var sums = Sums()
        for part in parts { sums.add(part) }
        guard wantsRanks else { return sums }
        let spare = Scratch(byteCount: 4 * count)
        sums.inversions = cairn_inversions(
            out, count, spare.start.assumingMemoryBound(to: UInt32.self))
        // Sorted by now.
        var run: UInt64 = 0
        for place in 1..<max(1, count) {
            run = out[place] == out[place - 1] ? run + 1 : 0
            sums.tiedX += run
        }
        return sums
    }
}

extension UInt128 {
    fileprivate init(_ wide: cairn_wide) { self = UInt128(wide.high) << 64 | UInt128(wide.low) }
}
