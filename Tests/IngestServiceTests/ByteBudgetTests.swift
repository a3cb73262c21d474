import Ports
import Synchronization
import Testing

@testable import IngestService

/// A sum and the highest that it ever was.
private final class Peak: Sendable {
    private let state = Mutex((now: 0, most: 0))

    func add(_ count: Int) {
        state.withLock { $0 = ($0.now + count, max($0.most, $0.now + count)) }
    }

    var most: Int { state.withLock { $0.most } }
}

@Suite struct ByteBudgetTests {
    @Test func neverMoreThanTheTotalIsTaken() async throws {
        let budget = ByteBudget(100)
        let taken = Peak()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for count in 1...60 {
                group.addTask {
                    try await budget.take(count)
                    taken.add(count)
                    await Task.yield()
                    taken.add(-count)
                    budget.give(count)
                }
            }
            try await group.waitForAll()
        }
        #expect(taken.most <= 100)
        #expect(budget.freeByteCount == 100)
    }

    @Test func whoeverIsCancelledWhileWaitingTakesNothing() async throws {
        let budget = ByteBudget(100)
        try await budget.take(90)
        let waiting = Task { try await budget.take(50) }
        waiting.cancel()
        await #expect(throws: CancellationError.self) { try await waiting.value }
        budget.give(90)
        #expect(budget.freeByteCount == 100)
    }

    @Test func moreThanThereIsAtAllTakesAll() async throws {
        let budget = ByteBudget(100)
        try await budget.take(1_000)
        #expect(budget.freeByteCount == 0)
        budget.give(1_000)
        #expect(budget.freeByteCount == 100)
    }

    @Test func aGateLetsSoManyThroughAtATime() async throws {
        let gate = TransferGate(limit: 1)
        try await gate.pass {
            let error = await #expect(throws: RPCError.self) { try await gate.pass {} }
            #expect(error?.code == .resourceExhausted && error?.canRetry == true)
        }
        try await gate.pass {}
    }
}
