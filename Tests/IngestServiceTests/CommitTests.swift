import CairnCore
import CairnTestKit
import Ingestion
import Messages
import Ports
import Testing

/// What a commit makes, and what its repeats find.
@Suite struct CommitTests {
    let cluster: Cluster
    static let id = UploadID(high: 7, low: 1)

    init() throws { cluster = try Cluster(in: ScratchFolder()) }

    private func part(
        _ index: UInt32, _ files: [Manifest.File], more: Bool, id: UploadID = id
    ) async throws -> UploadCommitted {
        try await cluster.channel.call(
            IngestMethods.commitUpload,
            CommitUpload(
                uploadId: id.bytes, files: files.map(Cluster.entry), moreFiles: more,
                version: more ? nil : NewVersion(number: "auto"), part: index))
    }

    @Test func aManifestInPartsIsOneCheckpointThoughPartsComeTwice() async throws {
        let bytes = someBytes(1, 4_000)
        let (manifest, chunks) = try Cluster.cut(["w": bytes, "x": [1, 2]])
        _ = try await cluster.open(Self.id)
        _ = try await cluster.send(chunks.map { ($0, $1) }, to: Self.id)
        let (w, x) = (manifest.files[0], manifest.files[1])
        let halves = [w.chunks.prefix(2), w.chunks.dropFirst(2)].map {
            Manifest.File(path: "w", chunks: Array($0))
        }
        for _ in 1...2 { _ = try await part(0, [halves[0]], more: true) }
        for _ in 1...2 { _ = try await part(1, [halves[1]], more: true) }
        #expect(try await cluster.channel.call(IngestMethods.listModels, ListModels()).models == [])
        for _ in 1...2 {
            let answer = try await part(2, [x], more: false)
            #expect(answer.manifestDigest == manifest.digest.bytes)
        }
        #expect(try await cluster.pull("m@0.1.0") == ["w": bytes, "x": [1, 2]])
        #expect(try await cluster.versions() == ["0.1.0"])
    }

    @Test func aPartWithoutItsNumberIsRefusedAndNothingIsCommittedOfIt() async throws {
        let (manifest, chunks) = try Cluster.cut(["a": [1], "b": [2]])
        _ = try await cluster.open(Self.id)
        _ = try await cluster.send(chunks.map { ($0, $1) }, to: Self.id)
        _ = try await part(0, [manifest.files[0]], more: true)
        let error = await #expect(throws: RPCError.self) {
            try await part(0, [manifest.files[1]], more: false)
        }
        #expect(error?.code == .conflict)
        // Opening again begins the manifest anew.
        _ = try await cluster.open(Self.id)
        _ = try await cluster.commit(Self.id, manifest, version: "auto")
        #expect(try await cluster.pull("m@latest") == ["a": [1], "b": [2]])
    }

    @Test func theRepeatOfACommitWithoutAVersionNeverGainsOne() async throws {
        let first = try await cluster.push(["w": [1]], version: nil, upload: 1)
        #expect(first.answer.version == nil)
        let made = try await cluster.channel.call(
            IngestMethods.createVersion, create(first.answer.checkpointId, "auto", request: 1))
        #expect(made.number == "0.1.0")
        let again = try await cluster.commit(Self.id, first.manifest, version: nil)
        #expect(again == first.answer)
    }

    private func create(_ checkpoint: [UInt8], _ number: String, request: UInt8) -> CreateVersion {
        CreateVersion(
            checkpointId: checkpoint, version: NewVersion(number: number, note: "good"),
            requestId: Array(repeating: request, count: 16))
    }

    @Test func aVersionOfACheckpointIsMadeOncePerRequest() async throws {
        let run = RunID(high: 1, low: 2)
        _ = try await cluster.channel.call(
            IngestMethods.startRun, StartRun(runId: run.bytes, model: "m"))
        let pushed = try await cluster.push(["w": [1]], version: nil, run: run)
        #expect(try await cluster.resolve("run:\(run)").number == "")
        let id = pushed.answer.checkpointId
        for _ in 1...2 {
            let made = try await cluster.channel.call(
                IngestMethods.createVersion, create(id, "auto", request: 1))
            #expect(made.number == "0.1.0" && made.note == "good" && made.checkpointId == id)
        }
        let second = try await cluster.channel.call(
            IngestMethods.createVersion, create(id, "auto", request: 2))
        #expect(second.number == "0.2.0" && second.parent == "0.1.0")
        #expect(try await cluster.resolve("run:\(run)").number == "0.1.0", "its first version")
        let taken = await #expect(throws: RPCError.self) {
            try await cluster.channel.call(
                IngestMethods.createVersion, create(id, "0.1.0", request: 3))
        }
        #expect(taken?.code == .alreadyExists)
        #expect(try await cluster.service.status().undeliveredEventCount == 2)
    }

    @Test func whatArrivedIsKeptOverARestart() async throws {
        let folder = try ScratchFolder()
        let bytes = someBytes(5)
        let (manifest, chunks) = try Cluster.cut(["w": bytes])
        var cluster = try Cluster(in: folder)
        _ = try await cluster.open(Self.id)
        let half = manifest.uniqueChunks.prefix(6).map { ($0.digest, chunks[$0.digest]!) }
        #expect(try await cluster.send(half, to: Self.id).newChunkCount == 6)
        cluster = try Cluster(in: folder)
        let error = await #expect(throws: RPCError.self) {
            try await cluster.offer(Self.id, manifest)
        }
        #expect(error?.facts["reopen"] == "true")
        let pushed = try await cluster.push(["w": bytes], upload: 1)
        #expect(pushed.wanted == 5)
        #expect(try await cluster.pull("m@0.1.0") == ["w": bytes])
    }

    @Test func latestIsTheHighestReleaseOrElseTheHighestPreRelease() async throws {
        _ = try await cluster.push(["w": [1]], version: "1.0.0-rc.1")
        _ = try await cluster.push(["w": [2]], version: "1.0.0-rc.2")
        #expect(try await cluster.resolve("m@latest").number == "1.0.0-rc.2")
        _ = try await cluster.push(["w": [3]], version: "0.9.0")
        #expect(try await cluster.resolve("m@latest").number == "0.9.0")
    }

    @Test func aRunOfAnotherModelIsNoHomeForACheckpoint() async throws {
        let run = RunID(high: 1, low: 2)
        let missing = await #expect(throws: RPCError.self) {
            try await cluster.open(Self.id, run: run)
        }
        #expect(missing?.code == .notFound)
        _ = try await cluster.channel.call(
            IngestMethods.startRun, StartRun(runId: run.bytes, model: "other"))
        let other = await #expect(throws: RPCError.self) {
            try await cluster.open(Self.id, run: run)
        }
        #expect(other?.code == .conflict)
    }

    @Test func metadataThatWouldNotFitIntoAnAnswerIsRefused() async throws {
        let config = (0..<7).map {
            KeyValue(key: "k\($0)", value: String(repeating: "x", count: 60_000))
        }
        let error = await #expect(throws: RPCError.self) {
            try await cluster.push(["w": [1]], config: config)
        }
        #expect(error?.code == .invalidArgument)
        #expect(error?.text.contains("at most 393216") == true)
    }
}
