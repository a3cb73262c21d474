import CKernels
import CairnCore

/// The header in front of each chunk in a pack, 48 bytes, little-endian:
/// magic `CPK1`, byte count u32, BLAKE3 digest 32, reserved u32 = 0, CRC-32C of the 44 bytes before.
struct EntryHeader: Equatable {
    static let byteCount = 48
    static let magic: UInt32 = 0x314B_5043

    let digest: Digest
    let payloadByteCount: Int

    func encoded() -> [UInt8] {
        var out = Self.bytes(of: Self.magic) + Self.bytes(of: UInt32(payloadByteCount))
        out += digest.bytes + Self.bytes(of: 0)
        return out + Self.bytes(of: cairn_crc32c(0, out, out.count))
    }

    init(digest: Digest, payloadByteCount: Int) {
        (self.digest, self.payloadByteCount) = (digest, payloadByteCount)
    }

    /// - Returns: `nil` unless these are 48 bytes that `encoded` wrote.
    init?(_ bytes: ArraySlice<UInt8>) {
        guard bytes.count == Self.byteCount else { return nil }
        let start = bytes.startIndex
        func word(_ at: Int) -> UInt32 {
            (0..<4).reduce(UInt32(0)) { $0 | UInt32(bytes[start + at + $1]) << (8 * UInt32($1)) }
        }
        let covered = Array(bytes.prefix(44))
        guard word(0) == Self.magic, word(44) == cairn_crc32c(0, covered, covered.count),
            let digest = Digest(bytes: bytes[start + 8..<start + 40])
        else { return nil }
        self.digest = digest
        payloadByteCount = Int(word(4))
    }

    private static func bytes(of word: UInt32) -> [UInt8] {
        (0..<4).map { UInt8(truncatingIfNeeded: word >> (8 * UInt32($0))) }
    }
}
