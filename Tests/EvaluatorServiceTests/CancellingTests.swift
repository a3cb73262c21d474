import CairnCore
import Evaluation
import Messages
import Ports
import Synchronization
import Testing

@testable import EvaluatorService

@Suite(.timeLimit(.minutes(10))) struct CancellingTests {
    private let files = InMemoryEvaluationFiles()
    private let started = BoundedQueue<Void>(capacity: 8)

    /// Its runner runs until it is ended.
    private func evaluator() async throws -> Harness {
        let (started, never) = (started, BoundedQueue<Void>(capacity: 1))
        let evaluator = Harness(
            store: InMemoryEvaluationStore(), files: files,
            runner: FunctionRunner { _ in
                try await started.send(())
                _ = try await never.next()
                return .succeeded
            })
        try await evaluator.addDataset(Tiny.data)
        _ = try await evaluator.apply(Tiny.suite(runner: true))
        return evaluator
    }

    private func told(_ evaluator: Harness) async throws -> [String] {
        try await evaluator.service.ledger.with { store, _ in
            try (store as? InMemoryEvaluationStore)?.outbox.map {
                try VerdictReached(decoding: $0.body).verdict
            } ?? []
        }
    }

    @Test func aRunnerIsEndedAndItsEvaluationIsOverAtOnce() async throws {
        let evaluator = try await evaluator()
        try await evaluator.commit("1.0.0")
        try await evaluator.running {
            _ = try await started.next()
            let record = try await evaluator.cancel(
                evaluator.get("1.0.0"), because: "the wrong data set")
            #expect(record.verdict == .cancelled && record.state == "done")
            #expect(record.reasons == ["it was cancelled: the wrong data set"])
            #expect(record.endedUnixMs > 0)
            // The worker is free again when it has cleared up.
            while !files.workFolders.isEmpty { await Task.yield() }
            try await evaluator.commit("1.1.0")
            _ = try await started.next()
            #expect(try await evaluator.get("1.0.0").encoded() == record.encoded())
            #expect(try await evaluator.cancel(record, because: "again") == record)
        }
        #expect(evaluator.log.lines.contains { $0.contains("was lost") })
        #expect(try await told(evaluator) == ["error"], "to the controller it is no pass, once")
    }

    @Test func whatWaitsAndWhatIsQueuedCanBeCancelled() async throws {
        let evaluator = try await evaluator()
        _ = try await evaluator.apply(Tiny.suite(name: "uploads"))
        try await evaluator.commit("1.0.0")
        for suite in ["s", "uploads"] {
            let pending = try await evaluator.get("1.0.0", suite: suite)
            #expect(pending.verdict == .pending)
            #expect(try await evaluator.cancel(pending).verdict == .cancelled)
        }
        #expect(try await told(evaluator) == ["error", "error"])
        try await evaluator.running {
            // Predictions that come now are another evaluation's.
            let record = try await evaluator.upload(
                Tiny.predictions(wrong: 0), to: "1.0.0", suite: "uploads")
            #expect(record.verdict == .pass)
            let list = try await evaluator.channel.call(
                EvaluatorMethods.listEvaluations, ListEvaluations(model: "m"))
            #expect(list.evaluations.map(\.verdict) == [.pass, .cancelled, .cancelled])
        }
    }

    @Test func oneThatIsNotThereIsNamed() async throws {
        let evaluator = try await evaluator()
        await #expect {
            _ = try await evaluator.cancel(
                EvaluationRecord(
                    evaluationId: EvaluationID(high: 1, low: 2).bytes, verdict: .pending))
        } throws: {
            ($0 as? RPCError)?.code == .notFound
        }
    }
}

@Suite(.timeLimit(.minutes(10))) struct ProgressTests {
    private let uptime = ManualClock(Timestamp(seconds: 100))

    @Test func whoWatchesIsToldHowFarItIsAtABoundedRate() async throws {
        let files = InMemoryEvaluationFiles()
        let (running, go) = (BoundedQueue<Void>(capacity: 4), BoundedQueue<Void>(capacity: 4))
        let steps = Mutex<(@Sendable (UInt64) -> Void)?>(nil)
        let evaluator = Harness(
            store: InMemoryEvaluationStore(), files: files,
            runner: StepRunner { order, progress in
                steps.withLock { $0 = progress }
                try await running.send(())
                _ = try await go.next()
                files.write(predictions: Array(Tiny.predictions(wrong: 0).utf8), to: order.work)
                return .succeeded
            }, uptime: uptime)
        try await evaluator.addDataset(Tiny.data)
        _ = try await evaluator.apply(Tiny.suite(runner: true))
        try await evaluator.commit("1.0.0")
        try await evaluator.running { [uptime] in
            _ = try await running.next()
            let seen = Mutex<[EvaluationRecord]>([])
            async let watched: Void = evaluator.channel.stream(
                EvaluatorMethods.watchEvaluation, GetEvaluation(model: "m", number: "1.0.0"),
                .endless
            ) { records in
                while let record = try await records.next()?.body {
                    seen.withLock { $0.append(record) }
                }
            }
            while seen.withLock({ $0.isEmpty }) { await Task.yield() }
            for step in 1...1_000 { steps.withLock { $0?(UInt64(step)) } }
            // The watcher sleeps, and so do the service's three loops.
            while uptime.sleeperCount < 4 { await Task.yield() }
            uptime.advance(by: .milliseconds(200))
            while seen.withLock({ $0.count < 2 }) { await Task.yield() }
            try await go.send(())
            try await watched
            // The next state may be told before its phase has begun.
            let progress = seen.withLock { $0.filter { $0.state == "running" } }
                .compactMap(\.progress)
            #expect(progress.map(\.done) == [0, 1_000])
            #expect(progress[0].unit == "bytes" && progress[0].total == 0)
            let last = seen.withLock { $0.last }
            #expect(last?.state == "done" && last?.progress == nil)
            #expect(seen.withLock { $0.dropLast().allSatisfy { $0.worker == "worker-1" } })
        }
    }
}

private struct StepRunner: PredictionRunner {
    let body:
        @Sendable (RunnerOrder, @escaping @Sendable (UInt64) -> Void) async throws -> RunnerOutcome

    func run(_ order: RunnerOrder, progress: @escaping @Sendable (UInt64) -> Void) async throws
        -> RunnerOutcome
    { try await body(order, progress) }

    func endRun(of evaluation: EvaluationID, lease number: Int) -> Int { 0 }
}
