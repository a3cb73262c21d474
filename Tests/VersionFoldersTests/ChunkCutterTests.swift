import CairnCore
import HDF5Files
import Ingestion
import Ports
import ServingTestKit
import Testing

@testable import VersionFolders

@Suite struct ChunkCutterTests {
    let scratch = ScratchTree()
    let queues = WorkQueues(label: "test")

    @Test func theManifestIsThatOfTheFilesAndBatchesAreBounded() async throws {
        scratch.write("ckpt/weights.bin", (0..<10_500).map { UInt8(truncatingIfNeeded: $0 / 7) })
        scratch.write("ckpt/empty", [])
        scratch.write("ckpt/sub/vocab", [1, 2, 3], mode: 0o600)
        scratch.write("single", [9])
        let files = try CheckpointFile.list([scratch.path + "/ckpt/", scratch.path + "/single"])
        #expect(files.map(\.path) == ["empty", "sub/vocab", "weights.bin", "single"])
        let cutter = ChunkCutter(files, queues: queues, tables: HDF5Tables(), chunkByteCount: 1_000)
        var (bytes, batches) = ([UInt8](), 0)
        while true {
            let cuts = try await cutter.next(4)
            if cuts.isEmpty { break }
            #expect(cuts.count <= 4)
            for cut in cuts {
                #expect(cut.chunk.digest == Digest(of: cut.bytes.bytes))
                bytes += cut.bytes.bytes
            }
            batches += 1
        }
        let manifest = try await cutter.manifest()
        #expect(bytes.count == 10_504 && batches == 5)
        #expect(manifest.files.map(\.mode) == [0o644, 0o644, 0o600, 0o644])
        #expect(
            manifest.files.last?.chunks.map(\.byteCount) == Array(repeating: 1_000, count: 10) + [
                500
            ])
    }

    @Test func memoryIsCutAsItCame() async throws {
        let parts = [SharedBytes([1, 2]), SharedBytes([]), SharedBytes([3])]
        let cutter = ChunkCutter(
            [CheckpointFile(path: "w", memory: parts)], queues: queues, tables: HDF5Tables())
        #expect(try await cutter.next(8).map(\.bytes.bytes) == [[1, 2], [3]])
        #expect(try await cutter.next(8).isEmpty)
        #expect(try await cutter.manifest().byteCount == 3)
    }

    @Test func aFileThatChangesWhileItIsReadIsRefused() async throws {
        let path = scratch.write("w", [UInt8](repeating: 1, count: 3_000))
        let files = try CheckpointFile.list([path])
        let cutter = ChunkCutter(files, queues: queues, tables: HDF5Tables(), chunkByteCount: 1_000)
        _ = try await cutter.next(1)
        scratch.write("w", [UInt8](repeating: 2, count: 2_000))
        let error = await #expect(throws: RPCError.self) {
            while try await !cutter.next(1).isEmpty {}
        }
        #expect(error?.code == .refused)
    }

    @Test func aMissingFileIsNamed() {
        let error = #expect(throws: FileError.self) { try CheckpointFile.list(["/nowhere/w.bin"]) }
        #expect(error?.description == "could not look at /nowhere/w.bin: No such file or directory")
    }
}
