import CKernels
import CairnCore

/// What a closed pack holds, in a file beside it, so that opening reads no chunk.
///
/// Little-endian: magic `CPX1`, version u32 = 2, byte count of the pack u64, entry count u64; for
/// each entry its offset u64, the digest of its parent (32, zeros without one), and its header (64);
/// CRC-32C of all before. It only repeats what the pack says: lost or damaged, it is made again.
struct PackIndex: Equatable {
    static let magic: UInt32 = 0x3158_5043
    private static let version: UInt32 = 2
    private static let prefixByteCount = 24
    private static let entryByteCount = 40 + PackEntry.headerByteCount

    let packByteCount: UInt64
    /// In the order of their offsets.
    let entries: [PackEntry]

    var encoded: [UInt8] {
        var out = LittleEndian.bytes(Self.magic) + LittleEndian.bytes(Self.version)
        out.reserveCapacity(Self.prefixByteCount + entries.count * Self.entryByteCount + 4)
        out += LittleEndian.bytes(packByteCount) + LittleEndian.bytes(UInt64(entries.count))
        let none = [UInt8](repeating: 0, count: Digest.byteCount)
        for entry in entries {
            out += LittleEndian.bytes(entry.offset) + (entry.parent?.bytes ?? none) + entry.header
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
                LittleEndian.word(raw, 4) == Self.version,
                LittleEndian.word(raw, raw.count - 4) == cairn_crc32c(0, bytes, raw.count - 4),
                let count = Int(exactly: LittleEndian.long(raw, 16)),
                count == (raw.count - Self.prefixByteCount - 4) / Self.entryByteCount
            else { return nil }
            var entries: [PackEntry] = []
            entries.reserveCapacity(count)
            for index in 0..<count {
                let start = Self.prefixByteCount + index * Self.entryByteCount
                let bytes = UnsafeRawBufferPointer(
                    rebasing: raw[start..<start + Self.entryByteCount])
                guard let entry = Self.entry(bytes) else { return nil }
                entries.append(entry)
            }
            return PackIndex(packByteCount: LittleEndian.long(raw, 8), entries: entries)
        }
        guard let decoded else { return nil }
        self = decoded
    }

    private static func entry(_ bytes: UnsafeRawBufferPointer) -> PackEntry? {
        // What a newer program wrote is for the scan to name.
        let entry = try? PackEntry(
            header: UnsafeRawBufferPointer(rebasing: bytes[40...]), at: LittleEndian.long(bytes, 0))
        guard var entry else { return nil }
        if entry.code.needsParent { entry.parent = Digest(bytes: bytes[8..<40]) }
        return entry
    }
}
