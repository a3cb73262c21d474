import CKernels
import CairnCore
import Testing

@Suite struct Blake3LanesTests {
    static func digest(_ bytes: [UInt8], lanes: UInt32) -> [UInt8] {
        var out = [UInt8](repeating: 0, count: 32)
        cairn_blake3_with(lanes, bytes, bytes.count, &out)
        return out
    }

    static let widths = [UInt32(4), 8, 16].filter { $0 <= cairn_blake3_lanes() }

    /// Around every border of the tree: blocks, chunks, subtrees, and one byte on each side.
    static let borders: [Int] = {
        let chunks = [1, 2, 3, 4, 7, 8, 15, 16, 17, 31, 64, 255, 256, 257, 300]
        let around = chunks.flatMap { count in [-1, 0, 1].map { count * 1_024 + $0 } }
        return [0, 1, 63, 64, 65] + around
    }()

    @Test(arguments: borders) func everyWidthGivesTheDigestOfOneLane(byteCount: Int) {
        var random = SeededRandom(seed: UInt64(byteCount))
        let bytes = (0..<byteCount).map { _ in UInt8(truncatingIfNeeded: random.next()) }
        let expected = Self.digest(bytes, lanes: 1)
        for lanes in Self.widths {
            #expect(Self.digest(bytes, lanes: lanes) == expected, "\(lanes) lanes")
        }
    }

    @Test func piecesOfAnyLengthGiveTheDigestOfTheWhole() {
        for seed in UInt64(0)..<40 {
            var random = SeededRandom(seed: seed)
            let count = Int.random(in: 0...40_000, using: &random)
            let bytes = (0..<count).map { _ in UInt8(truncatingIfNeeded: random.next()) }
            var builder = DigestBuilder()
            var rest = bytes[...]
            while !rest.isEmpty {
                let piece = rest.prefix(Int.random(in: 1...9_000, using: &random))
                builder.append(Array(piece))
                rest = rest.dropFirst(piece.count)
            }
            #expect(builder.digest().bytes == Self.digest(bytes, lanes: 1), "seed \(seed)")
        }
    }
}
