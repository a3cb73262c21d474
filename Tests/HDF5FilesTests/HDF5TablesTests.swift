import CairnCore
import CairnTestKit
import HDF5Files
import Ports
import TensorFormats
import Testing

/// A file in memory.
struct Bytes: ByteSource {
    let bytes: [UInt8]
    var byteCount: Int { bytes.count }
    func bytes(in range: Range<Int>) async throws -> [UInt8] { Array(bytes[range]) }
}

@Suite struct HDF5TablesTests {
    let tables = HDF5Tables()

    func fixture(_ name: String) throws -> Bytes {
        Bytes(bytes: try RepoFiles.bytes("Tests/TensorFormatsTests/Fixtures/hdf5/\(name)"))
    }

    @Test func weightsAndBiasesHaveNamesShapesAndTypes() async throws {
        let table = try await tables.table(of: try fixture("ckpt.h5"))
        #expect(table.format == .hdf5, "\(table.problem ?? "")")
        let all =
            table.tensors.map { "\($0.name) \($0.element.name) \($0.shape)" }
            + table.others.map { "\($0.name) \($0.element.name) \($0.shape) \($0.why)" }
        #expect(
            try Golden.difference(all.joined(separator: "\n") + "\n", from: "ckpt.txt") == nil)
    }

    @Test func filesOfNewLibrariesOpenAndWhatDoesNotIsCounted() async throws {
        let latest = try await tables.table(of: try fixture("latest.h5"))
        #expect(latest.format == .hdf5 && !latest.tensors.isEmpty)
        let complex = try await tables.table(of: try fixture("v200.h5"))
        #expect(complex.format == .hdf5 && complex.metadata["unreadable"] == "1")
    }

    @Test func compressedOnesAreReadByRows() async throws {
        let file = try fixture("ckpt.h5")
        let table = try await tables.table(of: file)
        var readCount = 0
        for other in table.others where other.isReadable {
            let rowCount = other.shape.first ?? 1
            let whole = try await tables.rows(0..<rowCount, of: other, in: file)
            let count = other.shape.reduce(other.element.byteCount, *)
            #expect(whole.count == count, "\(other.name)")
            if rowCount > 1 {
                let last = try await tables.rows(rowCount - 1..<rowCount, of: other, in: file)
                #expect(last == Array(whole.suffix(count / rowCount)), "\(other.name)")
            }
            readCount += 1
        }
        #expect(readCount > 0)
    }

    @Test func aCutFileIsOpaqueAndSaysWhy() async throws {
        let whole = try fixture("ckpt.h5").bytes
        for count in stride(from: 9, to: whole.count, by: 331) {
            let table = try await tables.table(of: Bytes(bytes: Array(whole.prefix(count))))
            #expect(table.tensors.allSatisfy { $0.end <= count })
            #expect(table.format == .hdf5 || table.problem?.isEmpty == false)
        }
    }

    @Test func damagedFilesNeverNameBytesOutsideOfThem() async throws {
        let whole = try fixture("ckpt.h5").bytes
        for seed in UInt64(0)..<300 {
            var random = SeededRandom(seed: seed)
            var bytes = whole
            for _ in 0..<Int.random(in: 1...6, using: &random) {
                bytes[.random(in: 0..<bytes.count, using: &random)] =
                    .random(in: 0...255, using: &random)
            }
            let table = try await tables.table(of: Bytes(bytes: bytes))
            #expect(
                table.tensors.allSatisfy { $0.offset >= 0 && $0.end <= bytes.count }, "seed \(seed)"
            )
        }
    }

    @Test func whatIsLaidOutIsFoundAgain() async throws {
        let scratch = try ScratchFolder()
        let path = scratch.path + "/new.h5"
        let tensors = [
            TensorToWrite(
                name: "dense/W", source: .bfloat16, element: .float32, shape: [3, 5]),
            TensorToWrite(name: "dense/b", source: .float16, element: .float16, shape: [5]),
            TensorToWrite(name: "step", source: .int64, element: .int64, shape: []),
            TensorToWrite(name: "none", source: .uint8, element: .uint8, shape: [0, 7]),
            TensorToWrite(name: "flag", source: .bool, element: .bool, shape: [2]),
            TensorToWrite(name: "z", source: .complex64, element: .complex64, shape: [2]),
        ]
        let offsets = try await HDF5Layout().layOut(tensors, metadata: ["a": "b"], at: path)
        let table = try await tables.table(of: Bytes(bytes: try scratch.read("new.h5")))
        #expect(table.others.isEmpty && table.problem == nil)
        for (tensor, offset) in zip(tensors, offsets) {
            let found = table.tensors.first { $0.name == tensor.name }
            #expect(found?.element == tensor.element && found?.shape == tensor.shape)
            #expect(found?.offset == offset, "\(tensor.name)")
        }
    }
}
