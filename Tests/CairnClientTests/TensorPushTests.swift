import CairnCore
import CairnTestKit
import FileBlobs
import HDF5Files
import IngestService
import Ingestion
import Messages
import Ports
import SQLiteStores
import ServingTestKit
import Synchronization
import Testing

@testable import CairnClient
@testable import VersionFolders

/// Safetensors files through client and ingest: what travels, what is stored, what comes back.
@Suite(.timeLimit(.minutes(10))) struct TensorPushTests {
    let scratch = ScratchTree()

    /// - Returns: a client of ingest as it is, over a store in the scratch folder.
    func client() throws -> IngestClient {
        let clock = ManualClock()
        let ingest = try IngestService(
            catalog: SQLiteIngestCatalog(path: scratch.path + "/ingest.db"),
            chunks: PackStore(folder: scratch.path + "/chunks"), clock: clock)
        return IngestClient(
            InMemoryChannel(ingest.routes()), retries: Retries(clock: clock) { 1 }, clock: clock,
            queues: WorkQueues(label: "test"))
    }

    static func file(_ type: String, _ tensors: [(String, [UInt8])], elementByteCount: Int)
        -> [UInt8]
    {
        var (members, end, data) = ([String](), 0, [UInt8]())
        for (name, bytes) in tensors {
            members.append(
                #""\#(name)":{"dtype":"\#(type)","shape":[\#(bytes.count / elementByteCount)],"#
                    + #""data_offsets":[\#(end),\#(end + bytes.count)]}"#)
            end += bytes.count
            data += bytes
        }
        let header = Array(("{" + members.joined(separator: ",") + "}").utf8)
        return withUnsafeBytes(of: UInt64(header.count).littleEndian) { Array($0) } + header + data
    }

    static func bytes(_ values: [Float]) -> [UInt8] {
        values.flatMap { withUnsafeBytes(of: $0.bitPattern) { Array($0) } }
    }

    static func rounded(_ values: [Float]) -> [UInt8] {
        values.flatMap { value in
            let rounded = (value.bitPattern + 0x7FFF + (value.bitPattern >> 16 & 1)) >> 16
            return [UInt8(rounded & 255), UInt8(rounded >> 8)]
        }
    }

    @Test func theNextVersionIsStoredAsWhatChangedAndARoundedCopyAsNothing() async throws {
        let client = try client()
        var random = SeededRandom(seed: 4)
        var values = (0..<300_000).map { _ in Float.random(in: -0.05...0.05, using: &random) }
        let request = PushRequest(model: "chat", version: .auto)
        var grown: [UInt64] = []
        var written: [(full: [UInt8], half: [UInt8])] = []
        for version in 0..<3 {
            // The second version's header is longer: another name in the metadata of a trainer.
            let names = version == 1 ? ["w", "other.name"] : ["w", "x"]
            let parts = [Array(values[..<200_000]), Array(values[200_000...])]
            let full = Self.file(
                "F32", zip(names, parts).map { ($0, Self.bytes($1)) }, elementByteCount: 4)
            let half = Self.file(
                "BF16", zip(names, parts).map { ($0, Self.rounded($1)) }, elementByteCount: 2)
            scratch.write("ckpt/model.safetensors", full)
            scratch.write("ckpt/model-bf16.safetensors", half)
            written.append((full, half))
            let pushed = try await client.push(paths: [scratch.path + "/ckpt"], request)
            grown.append(pushed.version?.newByteCount ?? 0)
            for index in values.indices {
                values[index] += Float.random(in: -2e-7...2e-7, using: &random)
            }
        }
        #expect(grown[0] > 900_000 && grown[0] < 1_150_000, "the copy takes nothing: \(grown)")
        #expect(grown[1] < grown[0] * 3 / 4 && grown[2] < grown[0] * 3 / 4, "\(grown)")
        for (index, version) in written.enumerated() {
            _ = try await client.pull("chat@0.\(index + 1).0", into: scratch.path + "/out")
            #expect(scratch.read("out/model.safetensors") == version.full)
            #expect(scratch.read("out/model-bf16.safetensors") == version.half)
        }
    }

    /// Forwards, by the difference that is stored, and back, by one that is made for it.
    @Test func aFolderThatHoldsAnotherVersionFetchesTheDifference() async throws {
        let client = try client()
        var random = SeededRandom(seed: 6)
        var values = (0..<400_000).map { _ in Float.random(in: -0.05...0.05, using: &random) }
        var written: [[UInt8]] = []
        for _ in 0..<2 {
            let file = Self.file("BF16", [("w", Self.rounded(values))], elementByteCount: 2)
            scratch.write("ckpt/model.safetensors", file)
            written.append(file)
            try await client.push(
                paths: [scratch.path + "/ckpt"], PushRequest(model: "chat", version: .auto))
            for index in values.indices {
                values[index] += Float.random(in: -2e-5...2e-5, using: &random)
            }
        }
        let out = scratch.path + "/out"
        let first = try await client.pull("chat@0.1.0", into: out)
        #expect(first.progress.fetchedByteCount == written[0].count)
        for (reference, file) in [("chat@0.2.0", written[1]), ("chat@0.1.0", written[0])] {
            let pulled = try await client.pull(reference, into: out)
            #expect(scratch.read("out/model.safetensors") == file)
            #expect(
                pulled.progress.fetchedByteCount < file.count / 4,
                "\(reference): \(pulled.progress.fetchedByteCount) of \(file.count)")
        }
    }

    @Test func aDiffReadsWhatBecameOfEachTensor() async throws {
        let client = try client()
        let request = PushRequest(model: "chat", version: .auto)
        func values(_ count: Int) -> [Float] { (0..<count).map { Float($0 % 97) + 1 } }
        var second = values(70_000)
        second[69_999] += 1
        let versions: [[(String, [Float])]] = [
            [("same", values(50_000)), ("w", values(70_000)), ("old", [1]), ("s", [1, 2])],
            [("same", values(50_000)), ("w", second), ("new", [2]), ("s", [1, 2, 3])],
        ]
        var loaded: [VersionTensors] = []
        let source = IngestSource(client.channel)
        for tensors in versions {
            scratch.write(
                "ckpt/model.safetensors",
                Self.file("F32", tensors.map { ($0, Self.bytes($1)) }, elementByteCount: 4))
            let pushed = try await client.push(paths: [scratch.path + "/ckpt"], request)
            loaded.append(
                try await VersionTensors(
                    of: try await source.manifest(pushed.manifest), from: source,
                    tables: HDF5Tables()))
        }
        let fates = try await loaded[1].fates(since: loaded[0])
        #expect(fates.map(\.name) == ["new", "old", "s", "same", "w"])
        guard case .added = fates[0].fate, case .removed = fates[1].fate,
            case .replaced = fates[2].fate, case .unchanged = fates[3].fate,
            case .changed(let change) = fates[4].fate
        else {
            Issue.record("\(fates)")
            return
        }
        #expect(change.elementCount == 70_000 && change.changedCount == 1)
    }

    /// From PyTorch's file and from HDF5 with compressed data, into both formats and back.
    @Test func tensorsAreExportedBitForBit() async throws {
        let client = try client()
        let fixtures = RepoFiles.root + "/Tests/TensorFormatsTests/Fixtures"
        let pushed = try await client.push(
            paths: [fixtures + "/pytorch/state_dict.pt", fixtures + "/hdf5/ckpt.h5"],
            PushRequest(model: "chat", version: .auto))
        let source = IngestSource(client.channel)
        let before = try await VersionTensors(
            of: try await source.manifest(pushed.manifest), from: source, tables: HDF5Tables())
        let layouts: [(String, any TensorFileLayout)] = [
            ("all.safetensors", SafetensorsLayout()), ("all.h5", HDF5Layout()),
        ]
        for (name, layout) in layouts {
            let path = scratch.path + "/out-" + name
            let report = try await TensorExport(before, layout: layout).write(
                [], metadata: ["from": "a test"], to: path)
            #expect(report.leftOut.contains { $0.contains("'view' is strided") })
            let again = try await client.push(
                paths: [path], PushRequest(model: "again", version: .auto))
            let after = try await VersionTensors(
                of: try await source.manifest(again.manifest), from: source, tables: HDF5Tables())
            #expect(after.entries.count == report.tensorCount && report.tensorCount > 5)
            for entry in before.entries {
                guard
                    let copy = after.entries.first(where: {
                        $0.name == entry.name || $0.name == "\(entry.path)/\(entry.name)"
                    })
                else { continue }
                var (old, new) = ([UInt8](), [UInt8]())
                try await before.read(entry) { old += $1 }
                try await after.read(copy) { new += $1 }
                if copy.element == entry.element {
                    #expect(old == new, "\(entry.name) in \(name)")
                } else {
                    #expect(entry.element == .bfloat16 && copy.element == .float32)
                    #expect(Self.rounded(of: new) == old, "\(entry.name) in \(name)")
                }
            }
        }
    }

    private static func rounded(of bytes: [UInt8]) -> [UInt8] {
        stride(from: 0, to: bytes.count, by: 4).flatMap { [bytes[$0 + 2], bytes[$0 + 3]] }
    }

    @Test func oneTensorIsPulledAndNoOther() async throws {
        let client = try client()
        let values = (0..<300_000).map { Float($0) }
        scratch.write(
            "ckpt/model.safetensors",
            Self.file(
                "F32",
                [("a", Self.bytes(values)), ("b", Self.bytes([7, 8])), ("c", Self.bytes(values))],
                elementByteCount: 4))
        let pushed = try await client.push(
            paths: [scratch.path + "/ckpt"], PushRequest(model: "chat", version: .auto))
        let source = CountingSource(IngestSource(client.channel))
        let tensors = try await VersionTensors(
            of: try await source.manifest(pushed.manifest), from: source, tables: HDF5Tables())
        let export = TensorExport(tensors, layout: SafetensorsLayout())
        let path = scratch.path + "/b.safetensors"
        _ = try await export.write(["b"], metadata: [:], to: path)
        #expect(source.byteCount.withLock { $0 } < 10_000, "headers and one small piece")
        #expect(scratch.read("b.safetensors")?.suffix(8) == Self.bytes([7, 8])[...])
        let error = await #expect(throws: RPCError.self) {
            _ = try await export.write(["bb"], metadata: [:], to: path)
        }
        #expect(error?.text.contains("did you mean 'b'") == true)
        #expect(scratch.names().filter { $0.hasSuffix("part") }.isEmpty)
    }
}

/// Counts what is fetched.
private struct CountingSource: VersionSource {
    let source: IngestSource
    let byteCount: Arc

    final class Arc: Sendable {
        private let count = Mutex(0)
        func withLock<Result>(_ body: (inout sending Int) -> sending Result) -> Result {
            count.withLock(body)
        }
    }

    init(_ source: IngestSource) { (self.source, byteCount) = (source, Arc()) }

    func manifest(_ digest: Digest) async throws -> Manifest {
        try await source.manifest(digest)
    }

    func fetch(
        _ chunks: [Manifest.Chunk],
        _ store: @escaping @Sendable (Manifest.Chunk, SharedBytes) async throws -> Void
    ) async throws {
        byteCount.withLock { $0 += chunks.reduce(0) { $0 + $1.byteCount } }
        try await source.fetch(chunks, store)
    }
}
