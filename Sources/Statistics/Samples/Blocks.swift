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
        share { worker, turns in
            body { turns.next(for: worker) }
        }
    }

    /// The same; worker 0 is one thread, whichever it is.
    private func share(_ body: @Sendable (_ worker: Int, Turns) -> Void) {
        let turns = Turns(blockCount, workers: workers)
        if workers == 1 { return body(0, turns) }
        WarmThreads.perform(workers) { worker in body(worker, turns) }
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
    /// Only as many partial ones are held as are ahead of the slowest thread. The first thread merges
    /// between its own blocks; nobody waits for a lock.
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
        let merging = Merging<Total, Failure>(blockCount, total: empty)
        share { worker, turns in
            while let block = turns.next(for: worker) {
                var part = empty
                merging.put(
                    Result { () throws(Failure) in
                        try body(&part, range(of: block))
                        return part
                    }, of: block)
                if worker == 0 { merging.mergeWhatIsThere() }
            }
        }
        return try merging.finish()
    }
}

/// Which blocks are still to be worked on: worker w of n takes w, w + n, w + 2n and so on, then what
/// the others have left.
///
/// What is measured twice then lies in the caches of the same processors both times, and none waits
/// for the slowest.
private final class Turns: Sendable {
    private let blockCount: Int
    private let workers: Int
    /// Of each worker the next block of its own, in a cache line of its own.
    private let next: LinedUp<Int>

    init(_ blockCount: Int, workers: Int) {
        (self.blockCount, self.workers) = (blockCount, workers)
        next = LinedUp(Array(0..<workers), apart: 64 / MemoryLayout<Int>.size)
    }

    func next(for worker: Int) -> Int? {
        for step in 0..<workers {
            let turn = (worker + step) % workers
            // What stands at its end is not moved on: other threads look at it.
            guard next[turn].load(ordering: .relaxed) < blockCount else { continue }
            let block = next[turn].add(workers, ordering: .relaxed).oldValue
            if block < blockCount { return block }
        }
        return nil
    }
}

/// Partial results in places of their own, merged in their blocks' order by one thread.
private final class Merging<Total: Accumulator, Failure: Error>: @unchecked Sendable {
    /// Worker 0's, and afterwards the caller's.
    private var total: Total
    private var failure: Failure?
    private var merged = 0

    private let blockCount: Int
    private let isThere: LinedUp<Bool>
    /// Where `isThere`, and not merged yet.
    private let parts: UnsafeMutablePointer<Result<Total, Failure>>

    init(_ blockCount: Int, total: Total) {
        (self.blockCount, self.total) = (blockCount, total)
        isThere = LinedUp(Array(repeating: false, count: blockCount))
        parts = .allocate(capacity: blockCount)
    }

    deinit { parts.deallocate() }

    /// Any thread's, once for each block.
    func put(_ part: Result<Total, Failure>, of block: Int) {
        (parts + block).initialize(to: part)
        isThere[block].store(true, ordering: .releasing)
    }

    func mergeWhatIsThere() {
        while merged < blockCount, isThere[merged].load(ordering: .acquiring) {
            switch (parts + merged).move() {
            case .success(let part): if failure == nil { total.merge(part) }
            case .failure(let error): failure = failure ?? error
            }
            merged += 1
        }
    }

    /// When all threads have ended.
    func finish() throws(Failure) -> Total {
        mergeWhatIsThere()
        precondition(merged == blockCount, "\(merged) of \(blockCount) blocks have a result")
        if let failure { throw failure }
        return total
    }
}

/// Atomic values in a row.
private final class LinedUp<Value: AtomicRepresentable>: @unchecked Sendable {
    private let start: UnsafeMutablePointer<Atomic<Value>>
    private let stride: Int
    private let count: Int

    /// - Parameter stride: places from one to the next; those between are not used.
    init(_ values: [Value], apart stride: Int = 1) {
        (self.stride, count) = (stride, values.count)
        start = .allocate(capacity: max(1, stride * count))
        for (index, value) in values.enumerated() {
            (start + stride * index).initialize(to: Atomic(value))
        }
    }

    deinit {
        for index in 0..<count { (start + stride * index).deinitialize(count: 1) }
        start.deallocate()
    }

    subscript(index: Int) -> Atomic<Value> {
        _read { yield start[stride * index] }
    }
}
