import CKernels
import CairnCore

/// One chunk in a pack: a header of 64 bytes, the stored bytes, zeros up to a multiple of 8.
///
/// Header, little-endian: magic `CPK1`, kind u8, three zeros, byte count of the chunk u32, stored
/// byte count u32, digest of the chunk (32), twelve zeros, CRC-32C of the 60 bytes before. The kind
/// says how the stored bytes become the chunk; 0: they are the chunk.
struct PackEntry: Equatable {
    static let headerByteCount = 64
    static let alignment: UInt64 = 8
    static let magic: UInt32 = 0x314B_5043
    static let rawKind: UInt8 = 0

    let digest: Digest
    /// Where its header begins.
    let offset: UInt64
    let kind: UInt8
    /// Of the chunk.
    let byteCount: Int
    let storedByteCount: Int

    init(raw digest: Digest, byteCount: Int, at offset: UInt64) {
        self.init(
            digest: digest, offset: offset, kind: Self.rawKind, byteCount: byteCount,
            storedByteCount: byteCount)
    }

    init(digest: Digest, offset: UInt64, kind: UInt8, byteCount: Int, storedByteCount: Int) {
        (self.digest, self.offset, self.kind) = (digest, offset, kind)
        (self.byteCount, self.storedByteCount) = (byteCount, storedByteCount)
    }

    /// Where its stored bytes end.
    var payloadEnd: UInt64 { offset + UInt64(Self.headerByteCount + storedByteCount) }
    /// Where the next entry begins.
    var end: UInt64 { (payloadEnd + Self.alignment - 1) / Self.alignment * Self.alignment }
    var paddingByteCount: Int { Int(end - payloadEnd) }

    var header: [UInt8] {
        var out = LittleEndian.bytes(Self.magic) + [kind, 0, 0, 0]
        out += LittleEndian.bytes(UInt32(byteCount)) + LittleEndian.bytes(UInt32(storedByteCount))
        out += digest.bytes + [UInt8](repeating: 0, count: 12)
        return out + LittleEndian.bytes(cairn_crc32c(0, out, out.count))
    }

    /// - Returns: `nil` unless these are 64 bytes that `header` wrote.
    init?(header: UnsafeRawBufferPointer, at offset: UInt64) {
        guard header.count == Self.headerByteCount,
            LittleEndian.word(header, 0) == Self.magic,
            LittleEndian.word(header, 60)
                == cairn_crc32c(0, header.baseAddress?.assumingMemoryBound(to: UInt8.self), 60),
            let digest = Digest(bytes: header[16..<48])
        else { return nil }
        self.init(
            digest: digest, offset: offset, kind: header[4],
            byteCount: Int(LittleEndian.word(header, 8)),
            storedByteCount: Int(LittleEndian.word(header, 12)))
    }
}

/// Numbers as they lie in files.
enum LittleEndian {
    static func bytes(_ value: some FixedWidthInteger) -> [UInt8] {
        withUnsafeBytes(of: value.littleEndian) { Array($0) }
    }

    static func word(_ bytes: UnsafeRawBufferPointer, _ offset: Int) -> UInt32 {
        UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt32.self))
    }

    static func long(_ bytes: UnsafeRawBufferPointer, _ offset: Int) -> UInt64 {
        UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
    }
}
