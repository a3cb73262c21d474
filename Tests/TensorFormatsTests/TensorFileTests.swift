import CairnCore
import CairnTestKit
import TensorFormats
import Testing

/// Comes again with what is asked for.
func tensorTable(_ bytes: [UInt8]) -> TensorTable {
    var known = KnownBytes(fileByteCount: bytes.count)
    for _ in 0..<10 {
        switch TensorFile.look(known) {
        case .table(let table): return table
        case .hdf5: return .opaque("HDF5")
        case .needs(let ranges):
            #expect(!ranges.isEmpty)
            for range in ranges {
                #expect(range.lowerBound >= 0 && range.upperBound <= bytes.count)
                known.add(Array(bytes[range]), at: range.lowerBound)
            }
        }
    }
    Issue.record("ten times more bytes were asked for")
    return .opaque()
}

/// Files as their formats write them.
enum Sample {
    static func number(_ value: some FixedWidthInteger) -> [UInt8] {
        withUnsafeBytes(of: value.littleEndian) { Array($0) }
    }

    static func safetensors(_ header: String, data: Int) -> [UInt8] {
        number(UInt64(header.utf8.count)) + Array(header.utf8)
            + (0..<data).map { UInt8(truncatingIfNeeded: $0) }
    }

    static let three = safetensors(
        """
        {"__metadata__":{"format":"pt"},"b":{"dtype":"F32","shape":[3],"data_offsets":[200,212]},\
        "a.weight":{"dtype":"BF16","shape":[10,10],"data_offsets":[0,200]},\
        "step":{"dtype":"I64","shape":[],"data_offsets":[212,220]}}
        """, data: 220)

    static func text(_ text: String) -> [UInt8] {
        number(UInt64(text.utf8.count)) + Array(text.utf8)
    }

    /// What torch 2.13 saved: a state dictionary, a number, a half tensor, a transposed view.
    static var torch: [UInt8] {
        get throws {
            try RepoFiles.bytes("Tests/TensorFormatsTests/Fixtures/pytorch/state_dict.pt")
        }
    }

    /// Two tensors: a matrix of float32, and one of Q8_0.
    static let gguf: [UInt8] = {
        var bytes = Array("GGUF".utf8) + number(UInt32(3)) + number(UInt64(2)) + number(UInt64(3))
        bytes += text("general.architecture") + number(UInt32(8)) + text("llama")
        bytes += text("general.alignment") + number(UInt32(4)) + number(UInt32(64))
        bytes += text("tokens") + number(UInt32(9)) + number(UInt32(8)) + number(UInt64(2))
        bytes += text("a") + text("bc")
        bytes += text("w") + number(UInt32(2)) + number(UInt64(4)) + number(UInt64(8))
        bytes += number(UInt32(0)) + number(UInt64(0))
        bytes += text("q") + number(UInt32(1)) + number(UInt64(64))
        bytes += number(UInt32(8)) + number(UInt64(128))
        bytes += [UInt8](repeating: 0, count: (64 - bytes.count % 64) % 64)
        return bytes + (0..<128 + 68).map { UInt8($0) }
    }()
}

@Suite struct TensorFileTests {
    @Test func safetensorsNamesItsTensorsByOffset() {
        let table = tensorTable(Sample.three)
        #expect(table.format == .safetensors && table.problem == nil)
        #expect(table.metadata == ["format": "pt"])
        #expect(table.tensors.map(\.name) == ["a.weight", "b", "step"])
        #expect(table.tensors.map(\.element) == [.bfloat16, .float32, .int64])
        #expect(table.tensors.map(\.shape) == [[10, 10], [3], []])
        let start = Sample.three.count - 220
        #expect(table.tensors.map(\.offset) == [start, start + 200, start + 212])
        #expect(table.tensors.map(\.byteCount) == [200, 12, 8])
    }

    @Test func ggufNamesItsTensorsAligned() {
        let table = tensorTable(Sample.gguf)
        #expect(table.format == .gguf, "\(table.problem ?? "")")
        #expect(table.metadata["general.architecture"] == "llama")
        #expect(table.tensors.map(\.name) == ["w", "q"])
        #expect(table.tensors.map(\.shape) == [[8, 4], [64]])
        #expect(table.tensors.map(\.element) == [.float32, .quantized])
        #expect(table.tensors.map(\.byteCount) == [128, 68])
        #expect(table.tensors[0].offset % 64 == 0)
        #expect(table.tensors.last?.end == Sample.gguf.count)
    }

    @Test func pyTorchNamesItsTensorsAndItsViews() throws {
        let table = tensorTable(try Sample.torch)
        #expect(table.format == .pytorch, "\(table.problem ?? "")")
        #expect(table.tensors.map(\.name) == ["model.weight", "model.bias", "half"])
        #expect(table.tensors.map(\.element) == [.float32, .float32, .bfloat16])
        #expect(table.tensors.map(\.shape) == [[2, 4], [2], [2]])
        #expect(table.tensors.allSatisfy { $0.offset % 64 == 0 })
        #expect(table.others.map(\.name) == ["view"])
    }

    @Test(arguments: [
        (#"{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,9]}}"#, "not those of F32 [2]"),
        (
            #"{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"#
                + #""b":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}"#, "overlaps"
        ),
        (#"{"a":{"dtype":"F32","shape":[200],"data_offsets":[0,800]}}"#, "outside"),
        (#"{"a":{"dtype":"F32","shape":[-2],"data_offsets":[0,8]}}"#, "lacks"),
        (#"{"a":{"dtype":"F32","shape":[9223372036854775807,9],"data_offsets":[0,8]}}"#, "not"),
        (#"{"a":1}"#, "no JSON object"), (#"{"a":{},"a":{}}"#, "lacks"), (#"{"a"}"#, "':'"),
        (#"[]"#, nil),
    ])
    func aMalformedHeaderIsOpaqueAndSaysWhy(header: String, why: String?) {
        let table = tensorTable(Sample.safetensors(header, data: 64))
        #expect(table.format == .opaque && table.tensors.isEmpty)
        if let why {
            #expect(table.problem?.contains(why) == true, "\(table.problem ?? "no problem")")
        }
    }

    @Test func aTypeWithoutANumberToEachByteIsARunOfBytes() {
        let table = tensorTable(
            Sample.safetensors(
                #"{"a":{"dtype":"F4","shape":[2],"data_offsets":[0,1]}}"#, data: 1))
        #expect(table.tensors.map(\.element) == [.opaque])
    }

    /// Whole files and broken ones, each with the verdict of the format's reference reader in its
    /// name. One difference is meant: of two tensors of one name it silently takes the last.
    @Test func safetensorsAgreesWithItsReferenceReader() throws {
        for name in try RepoFiles.names("Tests/TensorFormatsTests/Fixtures/safetensors") {
            let table = tensorTable(
                try RepoFiles.bytes("Tests/TensorFormatsTests/Fixtures/safetensors/\(name)"))
            let isWhole = !name.hasPrefix("reject-") && !name.contains("dup_key")
            #expect((table.format == .safetensors) == isWhole, "\(name): \(table.problem ?? "")")
            #expect(isWhole || table.problem != nil || name.contains("too_big"), "\(name)")
        }
    }

    @Test func whateverIsCutOrChangedNothingLiesOutsideOfTheFile() throws {
        for whole in [Sample.three, Sample.gguf, try Sample.torch] {
            for count in 0..<whole.count { check(Array(whole.prefix(count))) }
            for seed in UInt64(0)..<6_000 {
                var random = SeededRandom(seed: seed)
                var bytes = whole
                for _ in 0..<Int.random(in: 1...4, using: &random) {
                    bytes[.random(in: 0..<bytes.count, using: &random)] =
                        .random(in: 0...255, using: &random)
                }
                check(bytes, "seed \(seed)")
            }
        }
    }

    private func check(_ bytes: [UInt8], _ story: String = "cut") {
        let table = tensorTable(bytes)
        var end = 0
        for tensor in table.tensors {
            #expect(tensor.offset >= end && tensor.end <= bytes.count, "\(story): \(tensor)")
            end = tensor.end
        }
        var at = 0
        for piece in ChunkPlan.pieces(
            of: table, fileByteCount: bytes.count, pieceByteCount: 64)
        {
            #expect(piece.offset == at && (1...256).contains(piece.byteCount), "\(story)")
            at += piece.byteCount
        }
        #expect(at == bytes.count, "\(story): the pieces are the file")
    }
}

@Suite struct ChunkPlanTests {
    private func pieces(_ header: String, data: Int) -> [ChunkPlan.Piece] {
        let bytes = Sample.safetensors(header, data: data)
        return ChunkPlan.pieces(
            of: tensorTable(bytes), fileByteCount: bytes.count,
            pieceByteCount: 100_000)
    }

    private func one(_ type: String, _ width: Int, _ name: String = "w") -> String {
        #"{"\#(name)":{"dtype":"\#(type)","shape":[120000],"data_offsets":[0,\#(120_000 * width)]}}"#
    }

    @Test func aRoundedCopyHasThePiecesOfItsSource() {
        let full = pieces(one("F32", 4), data: 480_000)
        let half = pieces(one("BF16", 2), data: 240_000)
        #expect(full.map(\.byteCount).dropFirst() == [200_000, 200_000, 80_000])
        #expect(half.map(\.byteCount).dropFirst() == [100_000, 100_000, 40_000])
        #expect(half.dropFirst().map { $0.key.of(.float32) } == full.dropFirst().map(\.key))
    }

    @Test func aLongerHeaderMovesNoTensorsKey() {
        let plain = pieces(one("F32", 4), data: 480_000)
        let padded = pieces(one("F32", 4) + "        ", data: 480_000)
        #expect(plain.dropFirst().map(\.key) == padded.dropFirst().map(\.key))
        #expect(plain[1].offset + 8 == padded[1].offset)
    }

    @Test func smallTensorsOfOneTypeShareAPiece() {
        let members = (0..<40).map { index in
            let type = index < 30 ? "F32" : "I32"
            return #""t\#(index)":{"dtype":"\#(type)","shape":[1000],"#
                + #""data_offsets":[\#(index * 4_000),\#(index * 4_000 + 4_000)]}"#
        }
        let pieces = pieces("{" + members.joined(separator: ",") + "}", data: 160_000)
        #expect(pieces.map(\.element) == [.opaque, .float32, .float32, .int32])
        #expect(pieces.dropFirst().map(\.byteCount) == [100_000, 20_000, 40_000])
    }
}
