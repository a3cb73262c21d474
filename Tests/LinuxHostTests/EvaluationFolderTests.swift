import CairnCore
import CairnTestKit
import Evaluation
import Glibc
import LinuxHost
import Ports
import Testing

@Suite struct EvaluationFolderTests {
    private let scratch: ScratchFolder
    private let folder: EvaluationFolder
    private let id = EvaluationID(high: 1, low: 1)

    init() throws {
        scratch = try ScratchFolder()
        folder = try EvaluationFolder(path: scratch.path, worker: "worker-1")
    }

    private let file = PredictionsFile(
        repeatIndex: 0, writer: "l1", ending: "jsonl", skipsInvalid: false)

    private func order(of evaluation: EvaluationID? = nil, lease: Int = 1) -> WorkOrder {
        WorkOrder(
            evaluation: evaluation ?? id, lease: lease, dataset: Digest(of: [1]),
            datasetName: "d.csv", predictionsName: "predictions.jsonl")
    }

    private func bytes(_ file: EvaluationFile) async throws -> [UInt8]? {
        guard let file = try await folder.open(file) else { return nil }
        return try await file.read(at: 0, count: 100).bytes
    }

    private func write(_ text: String, _ path: String) throws {
        try Files.write(text, to: path)
    }

    @Test func aFileIsThereWholeOrNotAtAll() async throws {
        let digest = Digest(of: [1, 2, 3])
        let staged = try await folder.newFile()
        try await staged.append(SharedBytes([1, 2]))
        try await staged.append(SharedBytes([3]))
        #expect(try await bytes(.dataset(digest)) == nil)
        try await staged.commit(as: .dataset(digest))
        #expect(try await bytes(.dataset(digest)) == [1, 2, 3])
        let other = try await folder.newFile()
        try await other.append(SharedBytes([9]))
        await other.discard()
        #expect(try FileNames.inside(scratch.path + "/incoming/worker-1") == [])
    }

    @Test func logsAreListedWithTheirSizesAndRemovedWhole() async throws {
        let other = EvaluationID(high: 1, low: 2)
        for (id, lease, text) in [(id, 1, "a"), (id, 12, "abc"), (other, 1, "")] {
            let work = try await folder.prepareWork(order(of: id, lease: lease))
            try write(text, work.log)
        }
        let kept = scratch.path + "/evaluations/\(other)/predictions-0-l1.jsonl"
        try write("{}", kept)
        try write("stray", scratch.path + "/evaluations/stray")
        let found = try await folder.logs().sorted { $0.evaluation < $1.evaluation }
        #expect(
            found == [
                RunnerLogFiles(evaluation: id, byteCount: 4),
                RunnerLogFiles(evaluation: other, byteCount: 0),
            ])
        // Twice the same is as once.
        for id in [id, other, id] { try await folder.remove(.log(id)) }
        #expect(try await folder.logs() == [])
        #expect(try await bytes(.log(id)) == nil)
        let left = try FileNames.inside(scratch.path + "/evaluations").sorted()
        #expect(left == ["\(other)", "stray"].sorted(), "an empty folder goes, others stay")
        #expect(try Files.readText(kept) == "{}")
    }

    @Test func theOwnerStaysWithTheFolder() throws {
        #expect(folder.owner.count == 32)
        #expect(try EvaluationFolder(path: scratch.path, worker: "worker-1").owner == folder.owner)
        let elsewhere = try ScratchFolder()
        #expect(
            try EvaluationFolder(path: elsewhere.path, worker: "worker-1").owner != folder.owner)
    }

    @Test func aWorkFolderStartsCleanButKeepsItsCheckpoint() async throws {
        let work = try await folder.prepareWork(order())
        try Files.makeFolder(work.checkpoint)
        try write("old", work.predictions)
        try Files.makeFolder(work.path + "/mess/deep")
        chmod(work.path + "/mess", 0)
        let again = try await folder.prepareWork(order())
        #expect(again == work)
        #expect(try FileNames.inside(work.path) == ["checkpoint", "d.csv", "tmp"])
        try await folder.removeWork(id, lease: 1)
        #expect(access(work.path, F_OK) != 0)
    }

    @Test func aLeaseTakesTheCheckpointOfAnEarlierOneAndNothingElse() async throws {
        let first = try await folder.prepareWork(order())
        try Files.makeFolder(first.checkpoint)
        try write("weights", first.checkpoint + "/w.bin")
        try write("old", first.predictions)
        try write("old", first.log)
        let second = try await folder.prepareWork(order(lease: 2))
        #expect(second.path != first.path && second.log != first.log)
        #expect(try FileNames.inside(second.path) == ["checkpoint", "d.csv", "tmp"])
        #expect(try Files.readText(second.checkpoint + "/w.bin") == "weights")
        #expect(access(first.path, F_OK) != 0)
        // One that comes late finds nothing, and takes nothing from a later one.
        let late = try await folder.prepareWork(order(lease: 1))
        #expect(try FileNames.inside(late.path) == ["d.csv", "tmp"])
        #expect(access(second.checkpoint, F_OK) == 0)
        // The newest log is the evaluation's.
        try write("new", second.log)
        #expect(try await bytes(.log(id)) == Array("new".utf8))
        try await folder.removeAll(of: id)
        #expect(try FileNames.inside(scratch.path + "/work") == [])
        #expect(try FileNames.inside("\(scratch.path)/evaluations/\(id)") == ["runner-2.log"])
    }

    @Test func predictionsAreAPlainFileOfBoundedSize() async throws {
        let work = try await folder.prepareWork(order())
        let keep = {
            try await folder.keepPredictions(
                file, of: id, from: work, byteCountMax: 5)
        }
        await #expect(throws: RPCError.self, "there is none") { try await keep() }
        #expect(symlink("/etc/passwd", work.predictions) == 0)
        await #expect(throws: RPCError.self, "a link could lead anywhere") { try await keep() }
        try write("123456", work.predictions)
        await #expect(throws: RPCError.self, "too long") { try await keep() }
        try write("12345", work.predictions)
        try await keep()
        #expect(try await bytes(.predictions(id, file)) == Array("12345".utf8))
    }

    @Test func leftoversGoAndLogsStay() async throws {
        let other = EvaluationID(high: 2, low: 2)
        for evaluation in [id, other] {
            let work = try await folder.prepareWork(order(of: evaluation))
            try write("p", work.predictions)
            try write("l", work.log)
            try await folder.keepPredictions(
                file, of: evaluation, from: work, byteCountMax: 5)
        }
        _ = try await folder.newFile()
        try await folder.removeLeftovers { [id] }
        #expect(try FileNames.inside(scratch.path + "/incoming/worker-1") == [])
        #expect(try FileNames.inside(scratch.path + "/work") == ["\(id)-1"])
        #expect(try await bytes(.predictions(id, file)) != nil)
        #expect(try await bytes(.predictions(other, file)) == nil)
        #expect(try await bytes(.log(other)) != nil)
    }
}

private enum FileNames {
    static func inside(_ folder: String) throws -> [String] {
        let stream = try #require(opendir(folder))
        defer { closedir(stream) }
        var names: [String] = []
        while let entry = readdir(stream) {
            names.append(
                withUnsafePointer(to: &entry.pointee.d_name) {
                    String(cString: UnsafeRawPointer($0).assumingMemoryBound(to: CChar.self))
                })
        }
        return names.filter { $0 != "." && $0 != ".." }.sorted()
    }
}
