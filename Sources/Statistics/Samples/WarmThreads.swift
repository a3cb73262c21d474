import CMetrics
import Dispatch
import Synchronization

/// Threads of Dispatch that stay awake for a moment when their part of a computation is over.
///
/// The next one often follows at once, and to wake a thread takes longer than to add up a million
/// numbers. One computation at a time has them; another beside it goes Dispatch's usual way.
enum WarmThreads {
    /// About 0.1 ms.
    private static let patience = 1_500
    private static let mostThreads = 63

    private static let offered = Mutex<Offer?>(nil)
    private static let offerCount = Atomic(0)
    /// Threads that look out for an offer.
    private static let awake = Atomic(0)

    /// Runs `body` for some or all of 0..<`workers`, 0 on this thread; returns when all have ended.
    ///
    /// - Parameter body: takes what work there is until none is left, so that the result is whole
    ///   whoever comes too late.
    static func perform(_ workers: Int, _ body: @Sendable (Int) -> Void) {
        withoutActuallyEscaping(body) { body in
            let offer = Offer(workers: workers, body)
            let isOurs = offered.withLock { present in
                guard present == nil else { return false }
                present = offer
                return true
            }
            guard isOurs else {
                offer.close()
                DispatchQueue.concurrentPerform(iterations: workers, execute: body)
                return
            }
            let number = offerCount.add(1, ordering: .acquiringAndReleasing).newValue
            let missing = workers - 1 - awake.load(ordering: .relaxed)
            let work: @Sendable () -> Void = {
                offer.join()
                lookOut(after: number)
            }
            for _ in 0..<max(0, missing) { DispatchQueue.global().async(execute: work) }
            body(0)
            offered.withLock { $0 = nil }
            offer.close()
        }
    }

    /// Joins what is offered until nothing was for a while.
    /// - Parameter number: of the offer that was seen last.
    private static func lookOut(after number: Int) {
        if awake.add(1, ordering: .relaxed).newValue <= mostThreads {
            var (seen, rest) = (number, patience)
            while rest > 0 {
                let newest = offerCount.load(ordering: .acquiring)
                if newest != seen, let offer = offered.withLock({ $0 }) {
                    (seen, rest) = (newest, patience)
                    awake.subtract(1, ordering: .relaxed)
                    offer.join()
                    awake.add(1, ordering: .relaxed)
                } else {
                    cairn_pause()
                    rest -= 1
                }
            }
        }
        awake.subtract(1, ordering: .relaxed)
    }
}

/// A computation that threads may join until its first one has found nothing left to do.
private final class Offer: Sendable {
    private static let closed = 1 << 32

    private let workers: Int
    /// Read by those who have joined; they have left when it is forgotten.
    nonisolated(unsafe) private var body: (@Sendable (Int) -> Void)?
    /// How many threads are at work, and `closed`.
    private let joined = Atomic(0)
    private let nextWorker = Atomic(1)
    private let lastHasLeft = DispatchSemaphore(value: 0)

    init(workers: Int, _ body: @escaping @Sendable (Int) -> Void) {
        (self.workers, self.body) = (workers, body)
    }

    func join() {
        var present = joined.load(ordering: .relaxed)
        while true {
            if present & Self.closed != 0 { return }
            let exchange = joined.weakCompareExchange(
                expected: present, desired: present + 1, successOrdering: .acquiring,
                failureOrdering: .relaxed)
            if exchange.exchanged { break }
            present = exchange.original
        }
        let worker = nextWorker.add(1, ordering: .relaxed).oldValue
        if worker < workers { body?(worker) }
        let left = joined.subtract(1, ordering: .acquiringAndReleasing).newValue
        if left == Self.closed { lastHasLeft.signal() }
    }

    /// Lets nobody in any more, and returns when all have left.
    func close() {
        let before = joined.bitwiseOr(Self.closed, ordering: .acquiringAndReleasing).oldValue
        if before > 0 {
            var rest = 2_000
            while rest > 0, joined.load(ordering: .acquiring) != Self.closed {
                cairn_pause()
                rest -= 1
            }
            lastHasLeft.wait()
        }
        body = nil
    }
}
