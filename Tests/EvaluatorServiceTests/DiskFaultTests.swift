import CairnCore
import CairnTestKit
import Evaluation
import EvaluatorService
import Glibc
import LinuxHost
import Messages
import Ports
import SQLiteStores
import Testing

/// Disks that are full, and files that are not what was written.
@Suite(.timeLimit(.minutes(10))) struct DiskFaultTests {
    private func evaluator(
        in folder: String,
        runner body: @escaping @Sendable (RunnerOrder) async throws -> RunnerOutcome = { _ in
            .failed("it is not asked")
        }
    ) throws -> Harness {
        Harness(
            store: try SQLiteEvaluationStore(path: folder + "/evaluator.sqlite"),
            files: try EvaluationFolder(path: folder, worker: "worker-1"),
            runner: FunctionRunner(body), seed: UInt64.random(in: 0 ... .max))
    }

    /// The disk becomes full while a runner runs: what it predicted is not lost, and its result is
    /// stored once there is room again.
    @Test(.enabled(if: geteuid() == 0, "needs root, for a disk of its own"))
    func aFullDiskHoldsTheWorkUpAndLosesNothing() async throws {
        let disk = try SmallDisk(byteCount: 16 << 20)
        let (predicted, go) = (BoundedQueue<Void>(capacity: 4), BoundedQueue<Void>(capacity: 4))
        let evaluator = try evaluator(in: disk.path) { order in
            try Files.write(Tiny.predictions(wrong: 0), to: order.work.predictions)
            try await predicted.send(())
            _ = try await go.next()
            return .succeeded
        }
        try await evaluator.addDataset(Tiny.data)
        _ = try await evaluator.apply(Tiny.suite(runner: true))
        try await evaluator.commit("1.0.0")
        let record = try await evaluator.running {
            _ = try await predicted.next()
            try disk.fill()
            await #expect(throws: RPCError.self) { try await evaluator.commit("1.1.0") }
            await #expect(throws: RPCError.self) {
                try await evaluator.addDataset(Tiny.data + "\n")
            }
            try await go.send(())
            // It tries again and again.
            for _ in 0..<3 {
                while evaluator.clock.sleeperCount == 0 { await Task.yield() }
                #expect(try await evaluator.get("1.0.0").verdict == .pending)
                evaluator.clock.advance(by: .seconds(60))
            }
            while evaluator.clock.sleeperCount == 0 { await Task.yield() }
            disk.empty()
            evaluator.clock.advance(by: .seconds(60))
            return try await evaluator.watch("1.0.0").1
        }
        #expect(record.verdict == .pass)
        #expect(evaluator.log.lines.contains { $0.contains("will try again") })
        let outbox = try SQLiteOutbox(path: disk.path + "/evaluator.sqlite")
        #expect(try outbox.undeliveredCount() == 1)
        try await evaluator.commit("1.1.0")
    }

    /// The predictions were recorded, and half of them is gone.
    @Test func tornPredictionsAreAnErrorWithTheirLine() async throws {
        let scratch = try ScratchFolder()
        let before = try evaluator(in: scratch.path)
        try await before.addDataset(Tiny.data)
        _ = try await before.apply(Tiny.suite(runner: true))
        try await before.commit("1.0.0")
        let store = try SQLiteEvaluationStore(path: scratch.path + "/evaluator.sqlite")
        let stored = try #require(try store.pendingEvaluations().first)
        var job = stored.job
        let file = PredictionsFile(
            repeatIndex: 0, writer: "l1", ending: "jsonl", skipsInvalid: false)
        for event: EvaluationJob.Event in [
            .taken(by: "worker-1"), .restored, .predicted(repeatIndex: 0, file),
        ] { _ = job.handle(event, at: stored.orderedAt) }
        #expect(try store.save(job, ifTaken: 0))
        let folder = "\(scratch.path)/evaluations/\(job.id)"
        try Files.makeFolder(folder)
        let whole = Tiny.predictions(wrong: 0)
        try Files.write(String(whole.prefix(whole.count / 2 + 5)), to: folder + "/" + file.name)
        let after = try evaluator(in: scratch.path)
        let record = try await after.running { try await after.watch("1.0.0").1 }
        #expect(record.verdict == .error && record.metrics.isEmpty)
        #expect(record.reasons[0].contains("the predictions: line 6"), "\(record.reasons)")

        // Gone altogether, it is said so.
        _ = try await after.channel.call(
            EvaluatorMethods.evaluate, Evaluate(model: "m", number: "1.0.0", again: true))
        let again = try #require(try store.pendingEvaluations().first)
        var second = again.job
        for event: EvaluationJob.Event in [
            .taken(by: "worker-1"), .restored, .predicted(repeatIndex: 0, file),
        ] { _ = second.handle(event, at: again.orderedAt) }
        #expect(try store.save(second, ifTaken: 0))
        let last = try evaluator(in: scratch.path)
        let gone = try await last.running { try await last.watch("1.0.0").1 }
        #expect(gone.reasons == ["the predictions of repeat 1 are gone; evaluate again"])
    }
}
