import CZlib

/// Deflated bytes, unpacked piece by piece.
///
/// Source: RFC 1951; the library is Debian's zlib.
public struct Inflater: ~Copyable {
    private let stream: UnsafeMutablePointer<z_stream>
    /// Whether the last of the deflated bytes was read.
    public private(set) var isAtEnd = false

    /// What one call did.
    public struct Step: Equatable, Sendable {
        public let takenByteCount: Int
        public let givenByteCount: Int
    }

    /// - Returns: `nil` where there is no memory.
    public init?() {
        let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
        stream.initialize(to: z_stream())
        // Negative: neither zlib's header nor gzip's stands before the bytes.
        let code = inflateInit2_(
            stream, -MAX_WBITS, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
        guard code == Z_OK else {
            stream.deallocate()
            return nil
        }
        self.stream = stream
    }

    deinit {
        inflateEnd(stream)
        stream.deallocate()
    }

    /// Unpacks from `bytes` until `out` is full or they are used up.
    ///
    /// - Returns: `nil` where the bytes are not deflated.
    public mutating func inflate(
        _ bytes: UnsafeRawBufferPointer, into out: UnsafeMutableRawBufferPointer
    ) -> Step? {
        // zlib counts in 32 bits; callers come again with the rest.
        let (inCount, outCount) = (min(bytes.count, 1 << 30), min(out.count, 1 << 30))
        guard !isAtEnd, outCount > 0 else { return Step(takenByteCount: 0, givenByteCount: 0) }
        stream.pointee.next_in = UnsafeMutablePointer(
            mutating: bytes.baseAddress?.assumingMemoryBound(to: UInt8.self))
        stream.pointee.avail_in = UInt32(inCount)
        stream.pointee.next_out = out.baseAddress?.assumingMemoryBound(to: UInt8.self)
        stream.pointee.avail_out = UInt32(outCount)
        let code = CZlib.inflate(stream, Z_NO_FLUSH)
        // Z_BUF_ERROR: more input or more room is needed, which is no error.
        guard code == Z_OK || code == Z_STREAM_END || code == Z_BUF_ERROR else { return nil }
        isAtEnd = code == Z_STREAM_END
        return Step(
            takenByteCount: inCount - Int(stream.pointee.avail_in),
            givenByteCount: outCount - Int(stream.pointee.avail_out))
    }
}

/// The checksum of zip's entries, by parts.
///
/// Source: PKWARE's APPNOTE 4.4.7; ISO 3309.
public struct CRC32: Equatable, Sendable {
    public private(set) var value: UInt32 = 0
    private var byteCount = 0

    public init() {}

    public init(of bytes: UnsafeRawBufferPointer) {
        value = UInt32(
            truncatingIfNeeded: crc32_z(
                0, bytes.baseAddress?.assumingMemoryBound(to: UInt8.self), bytes.count))
        // Of no bytes zlib answers 0 too, whatever the pointer.
        byteCount = bytes.count
    }

    /// Adds what follows.
    public mutating func append(_ other: CRC32) {
        value = UInt32(
            truncatingIfNeeded: crc32_combine(
                UInt(value), UInt(other.value), other.byteCount))
        byteCount += other.byteCount
    }
}
