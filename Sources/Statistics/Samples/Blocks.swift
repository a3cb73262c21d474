import Synchronization

/// Something that is told its data in parts, and takes in what another one was told.
public protocol Accumulator: Sendable {
    /// As if all that `other` was told had been told here, after what was.
    mutating func merge(_ other: Self)
}

/// The places 0 to `count` in blocks of one size, worked on in parallel.
///
/// What comes of the blocks is put together in their order, and where they begin follows from the
/// count alone: no result depends on how many threads there were, or on which was faster.
public struct Blocks: Sendable {
    public static let usualSize = 65_536

    public let count: Int
    public let size: Int
    /// Threads, one of them the caller's; from 1 to the number of blocks.
    public let workers: Int

    /// - Parameters:
    ///   - workers: at most so many threads.
    ///   - leastPerWorker: blocks that are worth waking a thread for.
    public init(
        count: Int, workers: Int, size: Int = Blocks.usualSize, leastPerWorker: Int = 1
    ) {
        precondition(count >= 0 && size > 0, "\(count) places in blocks of \(size)")
        (self.count, self.size) = (count, size)
        let blockCount = (count + size - 1) / size
        self.workers = max(1, min(workers, blockCount / max(1, leastPerWorker)))
    }

    public var blockCount: Int { (count + size - 1) / size }

    public func range(of block: Int) -> Range<Int> {
        block * size..<min(count, (block + 1) * size)
    }

    /// Runs `body` once for each block, on any thread and in any order; returns when all have ended.
    public func forEach(_ body: @Sendable (_ block: Int, Range<Int>) -> Void) {
        eachWorker { next in
            while let block = next() { body(block, range(of: block)) }
        }
    }

    /// Runs `body` once on each thread: what it asks for is the next block that nobody has.
    public func eachWorker(_ body: @Sendable (_ next: () -> Int?) -> Void) {
        let blockCount = blockCount
        if workers == 1 {
            var block = -1
            return body {
                block += 1
                return block < blockCount ? block : nil
            }
        }
        let hands = Mutex(HandedOut(blockCount, workers: workers))
        WarmThreads.perform(workers) { worker in
            body { hands.withLock { $0.next(for: worker) } }
        }
    }

    /// The results of `body` for each block, in order. Of several errors, the first block's is thrown.
    public func map<Partial: Sendable, Failure: Error>(
        _ body: @Sendable (Range<Int>) throws(Failure) -> Partial
    ) throws(Failure) -> [Partial] {
        let blockCount = blockCount
        let results = [Result<Partial, Failure>](unsafeUninitializedCapacity: blockCount) {
            buffer, initialized in
            // Each place is written by one thread, and read after all have ended.
            nonisolated(unsafe) let results = buffer
            forEach { block, range in
                results.initializeElement(
                    at: block, to: Result { () throws(Failure) in try body(range) })
            }
            initialized = blockCount
        }
        var values: [Partial] = []
        values.reserveCapacity(blockCount)
        for result in results { values.append(try result.get()) }
        return values
    }

    /// An accumulator told by `body` of one block at a time, all of them merged in the blocks' order.
    ///
    /// Only as many partial ones are held as are ahead of the slowest thread.
    /// - Parameter empty: one that was told nothing.
    public func reduce<Total: Accumulator, Failure: Error>(
        into empty: Total, _ body: @Sendable (inout Total, Range<Int>) throws(Failure) -> Void
    ) throws(Failure) -> Total {
        if workers == 1 {
            var total = empty
            for block in 0..<blockCount {
                var part = empty
                try body(&part, range(of: block))
                total.merge(part)
            }
            return total
        }
        let merging = Mutex(Merging<Total, Failure>(total: empty))
        forEach { block, range in
            var part = empty
            let result = Result { () throws(Failure) in
                try body(&part, range)
                return part
            }
            merging.withLock { $0.take(result, of: block) }
        }
        let merged = merging.withLock { $0 }
        if let failure = merged.failure { throw failure }
        return merged.total
    }
}

/// Which blocks are still to be worked on: worker w of n takes w, w + n, w + 2n and so on, then what
/// the others have left.
///
/// What is measured twice then lies in the caches of the same processors both times, and none waits
/// for the slowest.
private struct HandedOut {
    private let blockCount: Int
    private var next: [Int]

    init(_ blockCount: Int, workers: Int) {
        (self.blockCount, next) = (blockCount, Array(0..<workers))
    }

    mutating func next(for worker: Int) -> Int? {
        for step in next.indices {
            let turn = (worker + step) % next.count
            if next[turn] < blockCount {
                defer { next[turn] += next.count }
                return next[turn]
            }
        }
        return nil
    }
}

/// Partial results that come in any order, merged in that of their blocks.
private struct Merging<Total: Accumulator, Failure: Error>: Sendable {
    var total: Total
    var failure: Failure?
    private var next = 0
    private var waiting: [Int: Result<Total, Failure>] = [:]

    init(total: Total) { self.total = total }

    mutating func take(_ result: Result<Total, Failure>, of block: Int) {
        waiting[block] = result
        while let result = waiting.removeValue(forKey: next) {
            next += 1
            switch result {
            case .success(let part): if failure == nil { total.merge(part) }
            case .failure(let error): failure = failure ?? error
            }
        }
    }
}
