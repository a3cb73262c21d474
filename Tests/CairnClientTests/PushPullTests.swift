import CairnCore
import FileBlobs
import IngestService
import Ingestion
import Messages
import Ports
import SQLiteStores
import ServiceKit
import ServingTestKit
import Synchronization
import Testing
import VersionFolders

@testable import CairnClient

@Suite(.timeLimit(.minutes(10))) struct PushPullTests {
    let scratch = ScratchTree()
    let clock = ManualClock()

    func client(_ channel: any RPCChannel, chunkByteCount: Int = 1_000) -> IngestClient {
        var client = IngestClient(
            channel, retries: Retries(clock: clock) { 1 }, clock: clock,
            queues: WorkQueues(label: "test"))
        client.chunkByteCount = chunkByteCount
        return client
    }

    func bytes(_ count: Int, seed: UInt64) -> [UInt8] {
        var random = SeededRandom(seed: seed)
        return (0..<count).map { _ in UInt8(truncatingIfNeeded: random.next()) }
    }

    func writeCheckpoint(seed: UInt64 = 1) {
        scratch.write("ckpt/weights.bin", bytes(70_500, seed: seed))
        scratch.write("ckpt/optimizer/state", bytes(2_000, seed: 50))
        scratch.write("ckpt/empty", [])
    }

    /// Ingest as it is, over SQLite and a pack store in the scratch folder.
    func realIngest() throws -> IngestService {
        try IngestService(
            catalog: SQLiteIngestCatalog(path: scratch.path + "/ingest.db"),
            chunks: PackStore(folder: scratch.path + "/chunks"), clock: clock)
    }

    @Test func whatWasPushedIsPulledBitForBit() async throws {
        writeCheckpoint()
        let client = client(InMemoryChannel(try realIngest().routes()))
        let seen = Mutex<[PushProgress]>([])
        let pushed = try await client.push(
            paths: [scratch.path + "/ckpt"],
            PushRequest(model: "chat", step: 7, version: .auto, metrics: ["accuracy": 0.97])
        ) { progress in seen.withLock { $0.append(progress) } }
        #expect(pushed.version?.number == "0.1.0" && pushed.version?.step == 7)
        #expect(pushed.progress.sentByteCount == 72_500)
        #expect(seen.withLock { $0.last?.doneByteCount } == 72_500)
        let pulled = try await client.pull("chat@latest", into: scratch.path + "/out")
        #expect(pulled.version.number == "0.1.0" && pulled.progress.fetchedByteCount == 72_500)
        #expect(scratch.read("out/weights.bin") == bytes(70_500, seed: 1))
        #expect(scratch.read("out/optimizer/state") == bytes(2_000, seed: 50))
        #expect(scratch.names(in: "out") == ["empty", "optimizer", "weights.bin"])
    }

    @Test func aSecondPushSendsOnlyWhatChanged() async throws {
        writeCheckpoint()
        let client = client(InMemoryChannel(try realIngest().routes()))
        let request = PushRequest(model: "chat", version: .auto)
        try await client.push(paths: [scratch.path + "/ckpt"], request)
        var weights = bytes(70_500, seed: 1)
        weights[10_000] ^= 1
        scratch.write("ckpt/weights.bin", weights)
        let second = try await client.push(paths: [scratch.path + "/ckpt"], request)
        #expect(second.version?.number == "0.2.0" && second.progress.sentByteCount == 1_000)
        let third = try await client.push(paths: [scratch.path + "/ckpt"], request)
        #expect(third.version?.number == "0.3.0" && third.progress.sentByteCount == 0)
        try await client.pull("chat@0.1.0", into: scratch.path + "/out")
        let next = try await client.pull("chat@0.2.0", into: scratch.path + "/out")
        #expect(next.progress.fetchedByteCount == 1_000, "the folder had the rest")
        #expect(scratch.read("out/weights.bin") == weights)
    }

    @Test func aCutAtAnyMessageCommitsOnceAndSendsNothingTwice() async throws {
        let files = [
            CheckpointFile(path: "w", memory: (0..<40).map { SharedBytes(bytes(100, seed: $0)) })
        ]
        var (cut, isCut) = (0, true)
        while isCut {
            let ingest = MemoryIngest()
            let client = client(ingest.channel)
            ingest.faults.cut(at: cut)
            let result = try await clock.pushing {
                try await client.push(files, PushRequest(model: "chat", version: .auto))
            }
            isCut = !ingest.faults.isArmed
            let state = ingest.state.withLock { $0 }
            #expect(state.versions.map(\.number) == ["0.1.0"], "cut at message \(cut)")
            #expect(state.commits.count == 1, "cut at message \(cut)")
            #expect(state.receivedCount == 40, "cut at message \(cut)")
            #expect(result.manifest == state.manifests.keys.first, "cut at message \(cut)")
            cut += 1
        }
        #expect(cut > 45, "a push takes so many messages")
    }

    @Test func aPushThatDiedGoesOnUnderItsUploadID() async throws {
        writeCheckpoint()
        let ingest = MemoryIngest()
        var client = client(ingest.channel)
        client.patience = .zero
        var request = PushRequest(model: "chat", version: .auto)
        request.uploadID = UploadID(high: 1, low: 2)
        ingest.faults.cut(at: 30)
        await #expect(throws: RPCError.self) {
            try await client.push(paths: [scratch.path + "/ckpt"], request)
        }
        let before = ingest.state.withLock { $0.receivedCount }
        #expect(before > 10)
        let first = try await client.push(paths: [scratch.path + "/ckpt"], request)
        #expect(ingest.state.withLock { $0.receivedCount } == 73)
        let again = try await client.push(paths: [scratch.path + "/ckpt"], request)
        #expect(again.wasCommitted && !first.wasCommitted && again.version == first.version)
        #expect(ingest.state.withLock { $0.commits.count } == 1)
    }

    @Test func chunksThatIngestLostInACrashAreSentAgain() async throws {
        let ingest = MemoryIngest()
        let lost = Mutex(true)
        // Between the last chunk and the commit, what was not durable is gone.
        var routes = RPCRoutes(serviceName: "cairn-ingest")
        let inner = ingest.channel
        routes.unary(IngestMethods.openUpload) {
            try await inner.call(IngestMethods.openUpload, $0, .init(callID: $1.callID))
        }
        routes.unary(IngestMethods.offerChunks) { request, _ in
            try await inner.call(IngestMethods.offerChunks, request)
        }
        routes.clientStream(IngestMethods.sendChunks) { requests, _ in
            try await inner.upload(IngestMethods.sendChunks) { chunks in
                while let (request, bytes) = try await requests.next() {
                    try await chunks.send(request, attachment: bytes)
                }
            }
        }
        routes.unary(IngestMethods.commitUpload) { request, _ in
            if lost.withLock({ lost in
                defer { lost = false }
                return lost
            }) {
                ingest.state.withLock { $0.chunks = [:] }
                throw RPCError(
                    .refused, "3 chunks have not arrived", facts: ["missing_chunk_count": "3"])
            }
            return try await inner.call(IngestMethods.commitUpload, request)
        }
        let files = [CheckpointFile(path: "w", memory: [SharedBytes([1]), SharedBytes([2])])]
        let result = try await client(InMemoryChannel(routes)).push(
            files, PushRequest(model: "chat", version: .auto))
        #expect(result.version?.number == "0.1.0")
        #expect(ingest.state.withLock { $0.receivedCount } == 4)
    }

    @Test func aManifestOverTheMessageLimitComesInParts() async throws {
        let chunk = SharedBytes([1])
        let files = [
            CheckpointFile(path: "large", memory: Array(repeating: chunk, count: 40_000)),
            CheckpointFile(path: "small", memory: [chunk]),
        ]
        let client = client(InMemoryChannel(try realIngest().routes()))
        let pushed = try await client.push(files, PushRequest(model: "chat", version: .auto))
        let manifest = try await IngestSource(client.channel).manifest(pushed.manifest)
        #expect(manifest.files.map(\.byteCount) == [40_000, 1])
        #expect(pushed.progress.sentByteCount == 1, "one chunk in forty thousand places")
    }

    @Test func badInputIsRefusedBeforeAByteTravels() async throws {
        let ingest = MemoryIngest()
        let client = client(ingest.channel)
        let twice = [
            CheckpointFile(path: "w", memory: []), CheckpointFile(path: "w", memory: []),
        ]
        for files in [[], twice, [CheckpointFile(path: "../w", memory: [])]] {
            let error = await #expect(throws: RPCError.self) {
                try await client.push(files, PushRequest(model: "chat"))
            }
            #expect(error?.code == .invalidArgument)
        }
        let error = await #expect(throws: RPCError.self) {
            try await client.push(paths: ["/nowhere/w"], PushRequest(model: "chat"))
        }
        #expect(error?.code == .notFound)
        #expect(ingest.state.withLock { $0.uploads.isEmpty })
    }

    @Test func aFullStoreIsSaidAtOnce() async throws {
        var routes = RPCRoutes(serviceName: "cairn-ingest")
        routes.unary(IngestMethods.openUpload) { _, _ in UploadOpened() }
        routes.unary(IngestMethods.offerChunks) { _, _ in ChunksWanted(indexes: [0]) }
        routes.clientStream(IngestMethods.sendChunks) { requests, _ in
            _ = try await requests.next()
            throw RPCError(.resourceExhausted, "the disk of the chunk store has 0 bytes left")
        }
        let client = client(InMemoryChannel(routes))
        let error = await #expect(throws: RPCError.self) {
            try await client.push(
                [CheckpointFile(path: "w", memory: [SharedBytes([1])])], PushRequest(model: "chat"))
        }
        #expect(error?.code == .resourceExhausted)
        #expect(error?.text.contains("0 bytes left") == true)
    }
}
