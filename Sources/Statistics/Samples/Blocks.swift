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
        // Plain memory: what a type that is generic over both is would be looked up for each block,
        // which takes longer than to merge it. Each place is written by one thread.
        let count = blockCount
        nonisolated(unsafe) let (parts, errors) = (
            UnsafeMutablePointer<Total>.allocate(capacity: count),
            UnsafeMutablePointer<Failure>.allocate(capacity: count)
        )
        nonisolated(unsafe) let total = UnsafeMutablePointer<Total>.allocate(capacity: 1)
        defer {
            parts.deallocate()
            errors.deallocate()
            total.deallocate()
        }
        total.initialize(to: empty)
        let order = MergeOrder(count)
        let merge: @Sendable (Int) -> Void = { block in
            if order.firstFailure == nil { total.pointee.merge(parts[block]) }
            (parts + block).deinitialize(count: 1)
        }
        share { worker, turns in
            while let block = turns.next(for: worker) {
                do throws(Failure) {
                    var part = empty
                    try body(&part, range(of: block))
                    (parts + block).initialize(to: part)
                    order.put(.part, of: block)
                } catch {
                    (errors + block).initialize(to: error)
                    order.put(.failure, of: block)
                }
                if worker == 0 { order.take(merge) }
            }
        }
        order.take(merge)
        precondition(order.isDone, "some of \(count) blocks have no result")
        let whole = total.move()
        guard let first = order.firstFailure else { return whole }
        let error = errors[first]
        for block in order.failures { (errors + block).deinitialize(count: 1) }
        throw error
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

/// Which blocks have a result that is still to be merged; those before are.
private final class MergeOrder: @unchecked Sendable {
    enum Outcome: UInt8 { case nothing, part, failure }

    /// Worker 0's, and afterwards the caller's, as are the failures.
    private var next = 0
    private(set) var failures: [Int] = []
    private let outcomes: LinedUp<UInt8>
    private let count: Int

    init(_ count: Int) {
        self.count = count
        outcomes = LinedUp(Array(repeating: Outcome.nothing.rawValue, count: count))
    }

    var firstFailure: Int? { failures.first }
    var isDone: Bool { next == count }

    /// Any thread's, once for each block.
    func put(_ outcome: Outcome, of block: Int) {
        outcomes[block].store(outcome.rawValue, ordering: .releasing)
    }

    /// - Parameter merge: told of each block that has a part, in their order.
    func take(_ merge: (Int) -> Void) {
        while next < count {
            switch Outcome(rawValue: outcomes[next].load(ordering: .acquiring)) {
            case .part: merge(next)
            case .failure: failures.append(next)
            case .nothing, nil: return
            }
            next += 1
        }
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
