import CairnCore
import CairnTestKit
import IngestService
import Ingestion
import Messages
import Ports
import Testing

@testable import SQLiteStores

@Suite struct PushTests {
    @Test func theSecondPushOfTheSameBytesSendsNothing() async throws {
        let cluster = try Cluster(in: ScratchFolder())
        let first = try await cluster.push(["model.safetensors": someBytes(1)])
        let second = try await cluster.push(["model.safetensors": someBytes(1)])
        #expect(first.wanted == 11 && second.wanted == 0)
        #expect(first.answer.version?.number == "0.1.0")
        #expect(second.answer.version?.number == "0.2.0")
        #expect(second.answer.version?.parent == "0.1.0")
        #expect(second.answer.version?.newByteCount == 0)
        #expect(try await cluster.versions() == ["0.1.0", "0.2.0"])
    }

    @Test func whatIsPulledIsWhatWasPushedAlsoAfterARestart() async throws {
        let folder = try ScratchFolder()
        let files = ["a/w.bin": someBytes(2), "config.json": someBytes(3, 17), "empty": []]
        let pushed = try await Cluster(in: folder).push(files)
        let cluster = try Cluster(in: folder)
        #expect(try await cluster.pull("m@0.1.0") == files)
        #expect(try await cluster.pull("m@latest") == files)
        #expect(pushed.answer.manifestDigest == pushed.manifest.digest.bytes)
        let verified = try await cluster.verify()
        #expect(verified.done && verified.damages.isEmpty && verified.versionCount == 1)
    }

    @Test func aTakenVersionIsRefusedWithWhatHoldsIt() async throws {
        let cluster = try Cluster(in: ScratchFolder())
        let first = try await cluster.push(["w": someBytes(1)], version: "1.2.0")
        let error = await #expect(throws: RPCError.self) {
            try await cluster.push(["w": someBytes(2)], version: "v1.2.0")
        }
        #expect(error?.code == .alreadyExists)
        #expect(error?.text.contains(first.manifest.digest.short) == true)
        #expect(error?.text.contains("m@v1.3.0") == true)
        #expect(try await cluster.versions() == ["1.2.0"])
    }

    @Test func aRepeatedCommitIsAnsweredWithTheFirst() async throws {
        let cluster = try Cluster(in: ScratchFolder())
        let first = try await cluster.push(["w": someBytes(1)], upload: 5)
        let again = try await cluster.commit(
            UploadID(high: 7, low: 5), first.manifest, version: "auto")
        #expect(again == first.answer)
        #expect(try await cluster.versions() == ["0.1.0"])
        let opened = try await cluster.channel.call(
            IngestMethods.openUpload,
            OpenUpload(uploadId: UploadID(high: 7, low: 5).bytes, model: "m"))
        #expect(opened.committed == first.answer)
    }

    @Test func aCommitWithoutItsChunksMakesNothingVisible() async throws {
        let cluster = try Cluster(in: ScratchFolder())
        let id = UploadID(high: 1, low: 1)
        _ = try await cluster.channel.call(
            IngestMethods.openUpload, OpenUpload(uploadId: id.bytes, model: "m"))
        let manifest = try Manifest(files: [
            .init(path: "w", chunks: [.init(digest: Digest(of: [9]), byteCount: 1)])
        ])
        let error = await #expect(throws: RPCError.self) {
            try await cluster.commit(id, manifest, version: "auto")
        }
        #expect(error?.facts["missing_chunk_count"] == "1")
        #expect(try await cluster.channel.call(IngestMethods.listModels, ListModels()).models == [])
    }

    @Test func aChunkThatIsNotWhatItSaysIsRefused() async throws {
        let cluster = try Cluster(in: ScratchFolder())
        let id = UploadID(high: 1, low: 1)
        _ = try await cluster.channel.call(
            IngestMethods.openUpload, OpenUpload(uploadId: id.bytes, model: "m"))
        let error = await #expect(throws: RPCError.self) {
            try await cluster.channel.upload(IngestMethods.sendChunks) { requests in
                try await requests.send(
                    SendChunk(uploadId: id.bytes, digest: Digest(of: [1]).bytes),
                    attachment: SharedBytes([2]))
            }
        }
        #expect(error?.code == .dataLoss)
    }

    @Test func theEvaluatorIsToldOnceForEachVersion() async throws {
        let folder = try ScratchFolder()
        let cluster = try Cluster(in: folder)
        _ = try await cluster.push(["w": someBytes(1)], upload: 1)
        _ = try await cluster.push(["w": someBytes(1)], upload: 1)
        _ = try await cluster.push(["w": someBytes(2)], version: nil)
        let outbox = try SQLiteOutbox(path: folder.path + "/ingest.db")
        let events = try outbox.undelivered(to: "evaluator", limit: 10)
        #expect(events.count == 1)
        let told = try VersionCommitted(decoding: events[0].body)
        #expect(told.number == "0.1.0" && told.eventId == events[0].id.bytes)
        try outbox.markDelivered(events[0].id)
        #expect(try outbox.undeliveredCount() == 0)
    }

    @Test func unknownNamesGetTheNearest() async throws {
        let cluster = try Cluster(in: ScratchFolder())
        _ = try await cluster.push(["w": [1]], model: "chat", version: "1.2.0")
        for (wrong, right) in [("chat@1.2.1", "chat@v1.2.0"), ("chatt@1.2.0", "'chat'")] {
            let error = await #expect(throws: RPCError.self) { try await cluster.pull(wrong) }
            #expect(error?.code == .notFound)
            #expect(error?.text.contains(right) == true, "\(error?.text ?? "")")
        }
    }

    @Test func aliasesMoveAndVersionsDoNot() async throws {
        let cluster = try Cluster(in: ScratchFolder())
        _ = try await cluster.push(["w": [1]])
        _ = try await cluster.push(["w": [2]])
        for number in ["0.1.0", "0.2.0"] {
            _ = try await cluster.channel.call(
                IngestMethods.setAlias, SetAlias(model: "m", alias: "champion", number: number))
        }
        #expect(try await cluster.pull("m@champion") == ["w": [2]])
        let error = await #expect(throws: RPCError.self) {
            try await cluster.channel.call(
                IngestMethods.setAlias, SetAlias(model: "m", alias: "champion", number: "9.9.9"))
        }
        #expect(error?.code == .notFound)
    }
}
