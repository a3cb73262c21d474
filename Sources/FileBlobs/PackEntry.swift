import CKernels
import CairnCore
import Ports
import TensorCodec

/// One chunk in a pack: a header of 64 bytes, the stored bytes, zeros up to a multiple of 8.
///
/// Header, little-endian: magic `CPK1`, code u8, three zeros, byte count of the chunk u32, stored
/// byte count u32, digest of the chunk (32), element u8, depth u8, two zeros, CRC-32C of the stored
/// bytes u32 (0 for raw ones, which the digest holds), four zeros, CRC-32C of the 60 bytes before. Where the code needs a parent, the stored bytes begin with its digest.
struct PackEntry: Equatable {
    static let headerByteCount = 64
    static let alignment: UInt64 = 8
    static let magic: UInt32 = 0x314B_5043

    let digest: Digest
    /// Where its header begins.
    private(set) var offset: UInt64
    let code: ChunkCode
    let element: ElementType
    /// Chunks that must be read before this one, one behind the other.
    let depth: UInt8
    /// Of the chunk.
    let byteCount: Int
    let storedByteCount: Int
    /// Of the stored bytes.
    let checksum: UInt32
    /// Beside the header: the scan and the index bring it.
    var parent: Digest?

    init(_ chunk: ChunkForm, at offset: UInt64, behind parent: PackEntry?) {
        (digest, self.offset, code) = (chunk.digest, offset, chunk.code)
        (element, byteCount) = (chunk.element, chunk.bytes.count)
        storedByteCount = chunk.payload.count + (chunk.parent == nil ? 0 : Digest.byteCount)
        self.parent = chunk.parent
        checksum = chunk.code == .raw ? 0 : Self.checksum(chunk.parent, chunk.payload)
        depth = parent.map { $0.depth + 1 } ?? 0
    }

    func moved(to offset: UInt64) -> PackEntry {
        var entry = self
        entry.offset = offset
        return entry
    }

    private static func checksum(_ parent: Digest?, _ payload: SharedBytes) -> UInt32 {
        let prefix = parent?.bytes ?? []
        return payload.withUnsafeBytes { payload in
            cairn_crc32c(
                cairn_crc32c(0, prefix, prefix.count),
                payload.baseAddress?.assumingMemoryBound(to: UInt8.self), payload.count)
        }
    }

    /// Where its stored bytes end.
    var payloadEnd: UInt64 { offset + UInt64(Self.headerByteCount + storedByteCount) }
    /// Where the next entry begins.
    var end: UInt64 { (payloadEnd + Self.alignment - 1) / Self.alignment * Self.alignment }
    var paddingByteCount: Int { Int(end - payloadEnd) }

    var header: [UInt8] {
        var out = LittleEndian.bytes(Self.magic) + [code.rawValue, 0, 0, 0]
        out += LittleEndian.bytes(UInt32(byteCount)) + LittleEndian.bytes(UInt32(storedByteCount))
        out += digest.bytes + [element.rawValue, depth, 0, 0]
        out += LittleEndian.bytes(checksum) + [0, 0, 0, 0]
        return out + LittleEndian.bytes(cairn_crc32c(0, out, out.count))
    }

    /// - Returns: `nil` unless these are 64 bytes that `header` wrote.
    /// - Throws: `UnknownCode` for what only a newer program wrote.
    init?(header: UnsafeRawBufferPointer, at offset: UInt64) throws(UnknownCode) {
        guard header.count == Self.headerByteCount,
            LittleEndian.word(header, 0) == Self.magic,
            LittleEndian.word(header, 60)
                == cairn_crc32c(0, header.baseAddress?.assumingMemoryBound(to: UInt8.self), 60),
            let digest = Digest(bytes: header[16..<48])
        else { return nil }
        guard let code = ChunkCode(rawValue: header[4]),
            let element = ElementType(rawValue: header[48])
        else { throw UnknownCode(code: header[4], element: header[48]) }
        (self.digest, self.offset, self.code, self.element) = (digest, offset, code, element)
        byteCount = Int(LittleEndian.word(header, 8))
        storedByteCount = Int(LittleEndian.word(header, 12))
        depth = header[49]
        checksum = LittleEndian.word(header, 52)
    }

    struct UnknownCode: Error {
        let code: UInt8
        let element: UInt8
    }

    /// Whether these are the bytes that lie behind the header, as far as can be told without other
    /// chunks.
    func isWhole(_ stored: UnsafeRawBufferPointer) -> Bool {
        guard stored.count == storedByteCount else { return false }
        if code == .raw { return byteCount == storedByteCount && Digest(of: stored) == digest }
        return checksum
            == cairn_crc32c(
                0, stored.baseAddress?.assumingMemoryBound(to: UInt8.self), stored.count)
    }

    /// The parent that the stored bytes name.
    func parent(in stored: UnsafeRawBufferPointer) -> Digest? {
        code.needsParent && stored.count >= Digest.byteCount
            ? Digest(bytes: stored[..<Digest.byteCount]) : nil
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
