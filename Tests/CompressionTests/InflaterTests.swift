import CZlib
import CairnCore
import Testing

@testable import Compression

@Suite struct InflaterTests {
    /// Bytes as zlib deflates them, without a header.
    private func deflated(_ bytes: [UInt8]) -> [UInt8] {
        var stream = z_stream()
        #expect(
            deflateInit2_(
                &stream, 6, Z_DEFLATED, -MAX_WBITS, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION,
                Int32(MemoryLayout<z_stream>.size)) == Z_OK)
        defer { deflateEnd(&stream) }
        let capacity = Int(deflateBound(&stream, UInt(bytes.count)))
        var input = bytes
        return input.withUnsafeMutableBufferPointer { input in
            [UInt8](unsafeUninitializedCapacity: capacity) { out, count in
                stream.next_in = input.baseAddress
                stream.avail_in = UInt32(input.count)
                stream.next_out = out.baseAddress
                stream.avail_out = UInt32(capacity)
                #expect(deflate(&stream, Z_FINISH) == Z_STREAM_END)
                count = capacity - Int(stream.avail_out)
            }
        }
    }

    /// Unpacks in steps of so many bytes in and out.
    private func inflated(_ packed: [UInt8], _ byteCount: Int, step: Int) -> [UInt8]? {
        guard var inflater = Inflater() else { return nil }
        var (out, taken) = ([UInt8](repeating: 0, count: byteCount), 0)
        var given = 0
        while !inflater.isAtEnd {
            let done = packed[taken..<min(packed.count, taken + step)].withUnsafeBytes { bytes in
                out.withUnsafeMutableBytes { out in
                    inflater.inflate(
                        bytes,
                        into: .init(rebasing: out[given..<min(byteCount, given + step)]))
                }
            }
            guard let done else { return nil }
            if done.takenByteCount == 0, done.givenByteCount == 0 { break }
            taken += done.takenByteCount
            given += done.givenByteCount
        }
        return Array(out[..<given])
    }

    @Test(arguments: [1, 7, 4_096])
    func unpacksInPiecesOfAnySize(step: Int) {
        for seed in UInt64(0)..<20 {
            var random = SeededRandom(seed: seed)
            let count = Int.random(in: 1...5_000, using: &random)
            let bytes = (0..<count).map { _ in UInt8.random(in: 0...7, using: &random) }
            #expect(
                inflated(deflated(bytes), count, step: step) == bytes, "seed \(seed)")
        }
    }

    @Test func damagedBytesAreRefusedOrCutShort() {
        let bytes = (0..<2_000).map { UInt8(truncatingIfNeeded: $0 * 7) }
        let packed = deflated(bytes)
        for cut in 0..<packed.count {
            let found = inflated(Array(packed[..<cut]), bytes.count, step: 512)
            #expect(found.map { bytes.starts(with: $0) } ?? true, "cut at \(cut)")
            if cut < packed.count / 2 { #expect(found != bytes, "cut at \(cut)") }
        }
        #expect(inflated([0xFF, 0xFF, 0xFF], 10, step: 10) == nil)
    }

    @Test func checksumsOfPartsMakeThatOfTheWhole() {
        // The check value that the catalogue of CRCs gives for CRC-32/ISO-HDLC.
        let known = Array("123456789".utf8)
        #expect(known.withUnsafeBytes { CRC32(of: $0) }.value == 0xCBF4_3926)
        for cut in 0...known.count {
            var sum = known[..<cut].withUnsafeBytes { CRC32(of: $0) }
            sum.append(known[cut...].withUnsafeBytes { CRC32(of: $0) })
            #expect(sum.value == 0xCBF4_3926, "cut at \(cut)")
        }
    }
}
