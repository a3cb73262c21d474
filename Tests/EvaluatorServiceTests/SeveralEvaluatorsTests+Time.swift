import CairnCore
import CairnTestKit
import EvaluatorService
import Messages
import Ports
import SQLiteStores
import Synchronization
import Testing

extension SeveralEvaluatorsTests {
    @Test func whoRenewsItsLeaseKeepsTheJobHoweverLongItTakes() async throws {
        let (started, go) = (BoundedQueue<Void>(capacity: 4), BoundedQueue<Void>(capacity: 4))
        let first = try evaluator("worker-1", beside: ["worker-2"]) { order in
            try await started.send(())
            _ = try await go.next()
            return try await Self.succeed(order)
        }
        let second = try evaluator("worker-2", beside: ["worker-1"]) { _ in .failed("mine now") }
        try await prepare(first, versions: 1)
        let uptime = uptime
        let record = try await first.running {
            _ = try await started.next()
            return try await second.running {
                // Ten times as long as a lease lasts. Each has three loops that sleep.
                for _ in 0..<60 {
                    while uptime.sleeperCount < 6 { await Task.yield() }
                    uptime.advance(by: .seconds(5))
                }
                try await go.send(())
                return try await first.watch("1.0.0").1
            }
        }
        #expect(record.verdict == .pass)
        #expect(second.log.lines == [])
    }

    /// A day forth and two back, in the middle of a job: nobody takes the job from whom has it, and
    /// what is queued is taken.
    @Test(arguments: [86_400, -86_400]) func aMovedClockTakesNoJobAwayAndHoldsNoneUp(
        by seconds: Int
    )
        async throws
    {
        let (started, go) = (BoundedQueue<Void>(capacity: 4), BoundedQueue<Void>(capacity: 4))
        let away = Mutex(true)
        let first = try evaluator("worker-1", beside: ["worker-2"]) { order in
            try await started.send(())
            _ = try await go.next()
            return try await Self.succeed(order)
        }
        let second = try evaluator("worker-2", beside: ["worker-1"]) { order in
            if away.withLock({ $0 }) { return .putOff("room on the disk") }
            return try await Self.succeed(order)
        }
        try await prepare(first, versions: 1)
        let (clock, uptime) = (clock, uptime)
        let records = try await first.running {
            _ = try await started.next()
            try await first.commit("1.1.0", event: 50)
            return try await second.running {
                while try await second.get("1.1.0").reasons.isEmpty { await Task.yield() }
                clock.move(to: clock.now() + .seconds(Int64(seconds)))
                away.withLock { $0 = false }
                for _ in 0..<4 {
                    while uptime.sleeperCount < 6 { await Task.yield() }
                    uptime.advance(by: .seconds(5))
                }
                let later = try await second.watch("1.1.0").1
                try await go.send(())
                return [try await first.watch("1.0.0").1, later]
            }
        }
        #expect(records.map(\.verdict) == [.pass, .pass])
        #expect(first.log.lines == [] && second.log.lines == [])
        let outbox = try SQLiteOutbox(path: scratch.path + "/evaluator.sqlite")
        #expect(try outbox.undeliveredCount() == 2)
    }
}
