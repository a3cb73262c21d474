import CairnCore
import CairnTestKit
import Evaluation
@testable import EvaluatorService
import LinuxHost
import Messages
import Ports
import SQLiteStores
import Synchronization
import Testing

/// Evaluators on one queue: a database and files that they share, and runners that are functions.
@Suite(.timeLimit(.minutes(10))) struct SeveralEvaluatorsTests {
    let scratch: ScratchFolder
    let clock = ManualClock()
    let uptime = ManualClock(Timestamp(seconds: 100))

    init() throws { scratch = try ScratchFolder() }

    func evaluator(
        _ name: String, beside others: Set<String> = [], uptime: (any WallClock)? = nil,
        runner body: @escaping @Sendable (RunnerOrder) async throws -> RunnerOutcome = succeed
    ) throws -> Harness {
        Harness(
            store: try SQLiteEvaluationStore(path: scratch.path + "/evaluator.sqlite"),
            files: try EvaluationFolder(path: scratch.path, worker: name),
            runner: FunctionRunner(body), workers: SoleWorker(named: name, beside: others),
            clock: clock, uptime: uptime ?? self.uptime, seed: UInt64.random(in: 0 ... .max))
    }

    @Sendable static func succeed(_ order: RunnerOrder) async throws -> RunnerOutcome {
        try Files.write(Tiny.predictions(wrong: 0), to: order.work.predictions)
        return .succeeded
    }

    func prepare(_ evaluator: Harness, versions: Int) async throws {
        try await evaluator.addDataset(Tiny.data)
        _ = try await evaluator.apply(Tiny.suite(runner: true))
        for number in 0..<versions {
            try await evaluator.commit("1.\(number).0", event: UInt64(number))
        }
    }

    /// Moves the hosts' time on in small steps until `body` has ended.
    private func ticking<Result: Sendable>(
        _ body: @Sendable @escaping () async throws -> Result
    ) async throws -> Result {
        try await withThrowingTaskGroup(of: Result?.self) { group in
            group.addTask { try await body() }
            group.addTask { [uptime] in
                while !Task.isCancelled {
                    uptime.advance(by: .milliseconds(100))
                    await Task.yield()
                }
                return nil
            }
            defer { group.cancelAll() }
            while let result = try await group.next() {
                if let result { return result }
            }
            throw RPCError(.internal, "nothing was waited for")
        }
    }

    @Test func theyShareAQueueAndEachJobEndsOnce() async throws {
        let runs = Mutex<[EvaluationID: Int]>([:])
        let count: @Sendable (RunnerOrder) async throws -> RunnerOutcome = { order in
            runs.withLock { $0[order.evaluation, default: 0] += 1 }
            return try await Self.succeed(order)
        }
        let first = try evaluator(
            "worker-1", beside: ["worker-2"], uptime: UptimeClock(), runner: count)
        let second = try evaluator(
            "worker-2", beside: ["worker-1"], uptime: UptimeClock(), runner: count)
        try await prepare(first, versions: 12)
        let records = try await first.running {
            try await second.running {
                var records: [EvaluationRecord] = []
                for number in 0..<12 {
                    records.append(try await second.watch("1.\(number).0").1)
                }
                return records
            }
        }
        #expect(records.allSatisfy { $0.verdict == .pass }, "\(records.map(\.reasons))")
        #expect(runs.withLock { $0.values.allSatisfy { $0 == 1 } && $0.count == 12 })
        let outbox = try SQLiteOutbox(path: scratch.path + "/evaluator.sqlite")
        #expect(try outbox.undeliveredCount() == 12)
    }

    /// It lives, but its host gives it no time: another takes the job when the lease is over, and what
    /// the first says when it wakes up counts for nothing.
    @Test func whoSleepsThroughItsLeaseLosesTheJob() async throws {
        let (asleep, wake) = (BoundedQueue<Void>(capacity: 4), BoundedQueue<Void>(capacity: 4))
        let sleeper = try evaluator("worker-1") { order in
            try await asleep.send(())
            _ = try await wake.next()
            return .failed("its runner was ended by the heir")
        }
        let heir = try evaluator("worker-2", beside: ["worker-1"])
        try await prepare(sleeper, versions: 1)
        // It does not run its loops: a stopped process renews and notices nothing.
        let work = Task { try await sleeper.service.workOnce() }
        _ = try await asleep.next()
        let before = try await heir.get("1.0.0")
        #expect(before.state == "running" && before.worker == "worker-1")

        let record = try await ticking {
            try await heir.running { try await heir.watch("1.0.0").1 }
        }
        #expect(record.verdict == .pass)
        #expect(heir.log.lines.contains { $0.contains("it was running under worker-1") })
        try await wake.send(())
        try await work.value
        #expect(sleeper.log.lines.contains { $0.contains("lease 1 of worker-1 was lost") })
        #expect(try await sleeper.get("1.0.0").encoded() == record.encoded())
        let outbox = try SQLiteOutbox(path: scratch.path + "/evaluator.sqlite")
        #expect(try outbox.undeliveredCount() == 1)
    }

    @Test func whatADeadOneLeftIsTakenUpWithoutWaitingForItsLease() async throws {
        let never = BoundedQueue<Void>(capacity: 1)
        let dead = try evaluator("worker-2") { _ in
            _ = try await never.next()
            return .succeeded
        }
        try await prepare(dead, versions: 1)
        let work = Task { try await dead.service.workOnce() }
        while try await dead.get("1.0.0").state != "running" { await Task.yield() }
        // Its place is free: `beside` names nobody. No time passes at all.
        let heir = try evaluator("worker-1")
        let record = try await heir.running { try await heir.watch("1.0.0").1 }
        #expect(record.verdict == .pass)
        work.cancel()
        await #expect(throws: CancellationError.self) { try await work.value }
        let after = try await dead.get("1.0.0")
        #expect(try after.encoded() == record.encoded(), "a late hand-back changes nothing")
    }

    @Test func newestIsWhatWasOrderedLastWhoeverOrderedIt() async throws {
        let first = try evaluator("worker-1", beside: ["worker-2"])
        let second = try evaluator("worker-2", beside: ["worker-1"])
        try await prepare(first, versions: 1)
        clock.move(to: clock.now() - .seconds(3_600))
        var request = Evaluate(model: "m", number: "1.0.0", suite: "s", again: true)
        let cancelled = try await second.cancel(second.get("1.0.0"))
        #expect(cancelled.verdict == .cancelled)
        request.priority = 4
        let again = try await second.channel.call(EvaluatorMethods.evaluate, request)
        #expect(again.priority == 4 && again.evaluationId != cancelled.evaluationId)
        #expect(try await first.get("1.0.0").evaluationId == again.evaluationId)
    }
}
