import CairnCore
import HDF5Files
import Messages
import Ports
import ServingTestKit
import Synchronization
import Testing
import VersionFolders

@testable import CairnClient

@Suite(.timeLimit(.minutes(10))) struct TrainerTests {
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
        let snapshot = memory.withUnsafeBytes { checkpointer.memory.copy($0, as: "w") }
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

@Suite struct SnapshotMemoryTests {
    /// The bytes of a file in memory.
    static func bytes(_ file: CheckpointFile) -> [UInt8] {
        guard case .memory(let parts) = file.content else { return [] }
        return parts.flatMap(\.bytes)
    }

    @Test func aCopyStaysAsItWasAndItsMemoryIsUsedAgain() {
        let memory = SnapshotMemory()
        var source = (0..<3_000_000).map { UInt8(truncatingIfNeeded: $0 * 7) }
        let before = source
        var starts = Set<UInt>()
        for round in 0..<6 {
            let file = source.withUnsafeBytes { memory.copy($0, as: "w") }
            source[round] &+= 1
            if round == 0 { #expect(Self.bytes(file) == before) }
            guard case .memory(let parts) = file.content, let first = parts.first else {
                Issue.record("no parts")
                return
            }
            #expect(parts.count == 3 && file.byteCount == 3_000_000)
            starts.insert(first.withUnsafeBytes { UInt(bitPattern: $0.baseAddress) })
        }
        #expect(starts.count <= 2, "blocks are used again: \(starts.count)")
    }

    @Test func aPartKeepsItsCopyAliveAlone() {
        let memory = SnapshotMemory()
        let source = [UInt8](repeating: 5, count: 2_500_000)
        var last: SharedBytes?
        do {
            let file = source.withUnsafeBytes { memory.copy($0, as: "w") }
            if case .memory(let parts) = file.content { last = parts.last }
        }
        let other = [UInt8](repeating: 9, count: 2_500_000)
        _ = other.withUnsafeBytes { memory.copy($0, as: "w") }
        #expect(last?.bytes.allSatisfy { $0 == 5 } == true)
    }

    @Test func tensorsBecomeASafetensorsFileThatIsCutAlongThem() async throws {
        let memory = SnapshotMemory()
        let weights = (0..<200_000).flatMap {
            withUnsafeBytes(of: Float($0).bitPattern) { Array($0) }
        }
        let bias: [UInt8] = [1, 2, 3, 4]
        let file = weights.withUnsafeBytes { weights in
            bias.withUnsafeBytes { bias in
                memory.safetensors(
                    [("w", .float32, [400, 500], weights), ("b", .bfloat16, [2], bias)],
                    metadata: ["step": "7"], as: "model.safetensors")
            }
        }
        let made = try #require(file)
        let cutter = ChunkCutter(
            [made], queues: WorkQueues(label: "test"), tables: HDF5Tables())
        var cuts: [ChunkCutter.Cut] = []
        while true {
            let next = try await cutter.next(8)
            if next.isEmpty { break }
            cuts += next
        }
        #expect(cuts.compactMap(\.piece?.element) == [.opaque, .float32, .bfloat16])
        #expect(cuts.flatMap(\.bytes.bytes) == Self.bytes(made))
        let wrong = bias.withUnsafeBytes {
            memory.safetensors([("b", .bfloat16, [3], $0)], as: "x")
        }
        #expect(wrong == nil)
    }
}
