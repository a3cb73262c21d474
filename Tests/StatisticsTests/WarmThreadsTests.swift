import Dispatch
import Synchronization
import Testing

@testable import Statistics

/// Computations that share the threads that are awake.
@Suite struct WarmThreadsTests {
    private static func sum(_ count: Int, workers: Int) -> Int {
        Blocks(count: count, workers: workers, size: 3).map { $0.reduce(0, +) }.reduce(0, +)
    }

    @Test(arguments: [2, 3, 7]) func oneAfterTheOtherIsWhole(_ workers: Int) {
        for count in 0..<1_500 {
            #expect(Self.sum(count, workers: workers) == count * (count - 1) / 2)
        }
    }

    /// Eight threads ask at once, and each block asks for a computation of its own.
    @Test func besideAndInsideEachOtherTheyAreWhole() {
        let wrong = Atomic(0)
        DispatchQueue.concurrentPerform(iterations: 8) { _ in
            for count in 1..<120 {
                let sums = Blocks(count: count, workers: 3, size: 5).map { range in
                    range.map { Self.sum($0, workers: 2) }.reduce(0, +)
                }
                let want = (0..<count).map { $0 * ($0 - 1) / 2 }.reduce(0, +)
                if sums.reduce(0, +) != want { wrong.add(1, ordering: .relaxed) }
            }
        }
        #expect(wrong.load(ordering: .relaxed) == 0)
    }

    @Test func everyWorkerHasANumberOfItsOwn() {
        for _ in 0..<500 {
            let seen = Mutex<[Int]>([])
            WarmThreads.perform(4) { worker in seen.withLock { $0.append(worker) } }
            let workers = seen.withLock { $0 }
            #expect(workers.contains(0) && Set(workers).count == workers.count)
            #expect(workers.allSatisfy { (0..<4).contains($0) })
        }
    }
}
