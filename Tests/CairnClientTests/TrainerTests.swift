import CairnCore
import Messages
import Ports
import ServingTestKit
import Synchronization
import Testing
import VersionFolders

@testable import CairnClient

@Suite(.timeLimit(.minutes(1))) struct TrainerTests {
    let ingest = MemoryIngest()
    let clock = ManualClock()

    var client: IngestClient {
        IngestClient(
            ingest.channel, retries: Retries(clock: clock) { 1 }, clock: clock,
            queues: WorkQueues(label: "test"))
    }

    func file(_ byte: UInt8) -> [CheckpointFile] {
        [CheckpointFile(path: "w", memory: [SharedBytes([byte])])]
    }

    @Test func aRunIsOpenedAndEnded() async throws {
        let run = try await client.startRun(model: "digits", params: ["lr": "0.001"])
        try await client.finishRun(run)
        let state = ingest.state.withLock { $0 }
        #expect(state.runs.map(\.runId) == [run.bytes] && state.runs[0].startedUnixMs > 0)
        #expect(state.ends.map(\.status) == [.finished])
    }

    @Test func everyPointArrivesOnceWhereverACallIsCut() async throws {
        for cut in 0..<8 {
            let run = RunID(high: 1, low: UInt64(cut))
            let log = MetricLog(of: run, to: client)
            ingest.faults.cut(at: cut)
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { try await log.send() }
                try await clock.pushing {
                    for step in Int64(0)..<1_000 {
                        log.log("loss", 1 / Double(step + 1), step: step)
                        log.log("accuracy", 0.5, step: step)
                        if step % 300 == 0 { await Task.yield() }
                    }
                    log.finish()
                    try await group.waitForAll()
                }
            }
            let batches = ingest.state.withLock { $0.batches.filter { $0.runId == run.bytes } }
            let points = batches.flatMap(\.series).filter { $0.key == "loss" }
            #expect(points.flatMap(\.step) == Array(0..<1_000), "cut at message \(cut)")
            #expect(log.lostCount == 0)
        }
    }

    @Test func batchesStayUnderTheMessageLimit() async throws {
        let log = MetricLog(of: RunID(high: 1, low: 1), to: client)
        for step in Int64(0)..<100_000 { log.log("m\(step % 5_000)", 1, step: step) }
        log.finish()
        try await log.send()
        let points = ingest.state.withLock {
            $0.batches.flatMap(\.series).reduce(0) { $0 + $1.value.count }
        }
        #expect(points == 100_000)
    }

    @Test func savingReturnsWhileTheUploadIsUnderWay() async throws {
        let checkpointer = Checkpointer(to: client, whenBusy: .supersede)
        var memory = [UInt8](repeating: 7, count: 3_000_000)
        let snapshot = memory.withUnsafeBytes { CheckpointFile(path: "w", copying: $0) }
        let first = try checkpointer.save([snapshot], PushRequest(model: "digits", version: .auto))
        // Training goes on in the same memory.
        memory[0] = 8
        let second = try checkpointer.save(file(2), PushRequest(model: "digits"))
        let third = try checkpointer.save(file(3), PushRequest(model: "digits"))
        checkpointer.finish()
        try await checkpointer.send()
        guard case .superseded = try await first.value, case .superseded = try await second.value,
            case .pushed = try await third.value
        else {
            Issue.record("the newest takes the place of those that wait")
            return
        }
    }

    @Test func inAQueueEveryCheckpointArrivesAndTheQueueIsBounded() async throws {
        let checkpointer = Checkpointer(to: client, whenBusy: .queue(most: 2))
        let tickets = try [1, 2].map {
            try checkpointer.save(file($0), PushRequest(model: "digits", version: .auto))
        }
        #expect(throws: RPCError.self) {
            try checkpointer.save(file(3), PushRequest(model: "digits"))
        }
        checkpointer.finish()
        try await checkpointer.send()
        for ticket in tickets {
            guard case .pushed = try await ticket.value else {
                Issue.record("a checkpoint did not arrive")
                return
            }
        }
        #expect(ingest.state.withLock { $0.versions.map(\.number) } == ["0.1.0", "0.2.0"])
    }

    @Test func aCheckpointThatFailsHoldsUpNoOther() async throws {
        let checkpointer = Checkpointer(to: client, whenBusy: .queue(most: 2))
        let bad = try checkpointer.save(
            [CheckpointFile(path: "../w", memory: [])], PushRequest(model: "digits"))
        let good = try checkpointer.save(file(1), PushRequest(model: "digits"))
        checkpointer.finish()
        try await checkpointer.send()
        guard case .failed = try await bad.value, case .pushed = try await good.value else {
            Issue.record("expected one failure and one push")
            return
        }
    }
}
