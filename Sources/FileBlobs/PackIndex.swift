import CKernels
import CairnCore

/// What a closed pack holds, in a file beside it, so that opening reads no chunk.
///
/// Little-endian: magic `CPX1`, version u32 = 1, byte count of the pack u64, entry count u64; for
/// each entry its digest (32), offset u64, byte count u32, stored byte count u32; CRC-32C of all
/// before. It only repeats what the pack's headers say: lost or damaged, it is made again.
struct PackIndex: Equatable {
    static let magic: UInt32 = 0x3158_5043
    private static let prefixByteCount = 24
    private static let entryByteCount = 48

    let packByteCount: UInt64
    /// Of raw kind all, in the order of their offsets.
    let entries: [PackEntry]

    var encoded: [UInt8] {
        var out = LittleEndian.bytes(Self.magic) + LittleEndian.bytes(UInt32(1))
        out.reserveCapacity(Self.prefixByteCount + entries.count * Self.entryByteCount + 4)
        out += LittleEndian.bytes(packByteCount) + LittleEndian.bytes(UInt64(entries.count))
        for entry in entries {
            out += entry.digest.bytes + LittleEndian.bytes(entry.offset)
            out += LittleEndian.bytes(UInt32(entry.byteCount))
            out += LittleEndian.bytes(UInt32(entry.storedByteCount))
        }
        return out + LittleEndian.bytes(cairn_crc32c(0, out, out.count))
    }

    init(packByteCount: UInt64, entries: [PackEntry]) {
        (self.packByteCount, self.entries) = (packByteCount, entries)
    }

    /// - Returns: `nil` unless these are bytes that `encoded` wrote.
    init?(_ bytes: [UInt8]) {
        let decoded: PackIndex? = bytes.withUnsafeBytes { raw in
            guard raw.count >= Self.prefixByteCount + 4, LittleEndian.word(raw, 0) == Self.magic,
                LittleEndian.word(raw, 4) == 1,
                LittleEndian.word(raw, raw.count - 4) == cairn_crc32c(0, bytes, raw.count - 4),
                let count = Int(exactly: LittleEndian.long(raw, 16)),
                count == (raw.count - Self.prefixByteCount - 4) / Self.entryByteCount
            else { return nil }
            var entries: [PackEntry] = []
            entries.reserveCapacity(count)
            for index in 0..<count {
                let at = Self.prefixByteCount + index * Self.entryByteCount
                guard let digest = Digest(bytes: raw[at..<at + 32]) else { return nil }
                entries.append(
                    PackEntry(
                        digest: digest, offset: LittleEndian.long(raw, at + 32),
                        kind: PackEntry.rawKind, byteCount: Int(LittleEndian.word(raw, at + 40)),
                        storedByteCount: Int(LittleEndian.word(raw, at + 44))))
            }
            return PackIndex(packByteCount: LittleEndian.long(raw, 8), entries: entries)
        }
        guard let decoded else { return nil }
        self = decoded
    }
}
