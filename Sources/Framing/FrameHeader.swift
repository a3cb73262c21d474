import CKernels

/// The forty bytes before every message; little-endian. `docs/reference/wire.md` has the table.
public struct FrameHeader: Hashable, Sendable {
    public static let byteCount = 40
    /// `C` `n`, as the first two bytes.
    public static let magic: UInt16 = 0x6E43
    public static let version: UInt8 = 1

    public var type: FrameType
    public var flags: FrameFlags = []
    /// Which method a request calls; 0 in every other frame.
    public var method: UInt16 = 0
    /// 0 is the connection itself.
    public var stream: UInt32 = 0
    public var messageLength: UInt32 = 0
    public var attachmentLength: UInt32 = 0
    /// How long the caller waits for the answer to a request; 0 is without end.
    public var deadlineMilliseconds: UInt32 = 0
    /// The call's id in a request, bytes in a credit; `docs/reference/wire.md` has the others.
    public var argument: UInt64 = 0
    /// CRC-32C of the message. The attachment has none: chunks are named by their digest.
    public var messageChecksum: UInt32 = 0

    public init(_ type: FrameType, stream: UInt32 = 0) {
        (self.type, self.stream) = (type, stream)
    }

    /// What the frame costs its stream in credit: all of it, so that empty messages are not free.
    var charge: Int {
        if flags.contains(.bare) { return 0 }
        return Self.byteCount + Int(messageLength) + Int(attachmentLength)
    }
}

extension FrameHeader {
    /// The header as five words, checksum included.
    var words: (UInt64, UInt64, UInt64, UInt64, UInt64) {
        var words = (
            UInt64(Self.magic) | UInt64(Self.version) << 16 | UInt64(type.rawValue) << 24
                | UInt64(flags.rawValue) << 32 | UInt64(method) << 48,
            UInt64(stream) | UInt64(messageLength) << 32,
            UInt64(attachmentLength) | UInt64(deadlineMilliseconds) << 32,
            argument,
            UInt64(messageChecksum)
        )
        words.0 = words.0.littleEndian
        words.1 = words.1.littleEndian
        words.2 = words.2.littleEndian
        words.3 = words.3.littleEndian
        words.4 = words.4.littleEndian
        let checksum = withUnsafeBytes(of: &words) { crc32c($0.bytes, 0..<36) }
        words.4 |= (UInt64(checksum) << 32).littleEndian
        return words
    }

    /// Reads and checks the header at `offset`; `bytes` must hold all forty.
    static func decode(_ bytes: RawSpan, at offset: Int) throws(FramingError) -> FrameHeader {
        let word = bytes.word(at: offset)
        guard UInt16(truncatingIfNeeded: word) == magic else {
            throw FramingError(
                .badMagic, observed: UInt16(truncatingIfNeeded: word), expected: magic)
        }
        let version = UInt8(truncatingIfNeeded: word >> 16)
        guard version == Self.version else {
            throw FramingError(.unsupportedVersion, observed: version, expected: Self.version)
        }
        let checks = bytes.word(at: offset + 32)
        let checksum = crc32c(bytes, offset..<offset + 36)
        guard checks >> 32 == UInt64(checksum) else {
            throw FramingError(.headerChecksum, observed: checks >> 32, expected: checksum)
        }
        guard let type = FrameType(rawValue: UInt8(truncatingIfNeeded: word >> 24)) else {
            throw FramingError(.unknownType, observed: UInt8(truncatingIfNeeded: word >> 24))
        }
        let (streamAndLength, sizes) = (bytes.word(at: offset + 8), bytes.word(at: offset + 16))
        var header = FrameHeader(type, stream: UInt32(truncatingIfNeeded: streamAndLength))
        header.flags = FrameFlags(rawValue: UInt16(truncatingIfNeeded: word >> 32))
        header.method = UInt16(truncatingIfNeeded: word >> 48)
        header.messageLength = UInt32(truncatingIfNeeded: streamAndLength >> 32)
        header.attachmentLength = UInt32(truncatingIfNeeded: sizes)
        header.deadlineMilliseconds = UInt32(truncatingIfNeeded: sizes >> 32)
        header.argument = bytes.word(at: offset + 24)
        header.messageChecksum = UInt32(truncatingIfNeeded: checks)
        try header.check()
        return header
    }

    /// Refuses what no frame of its type may hold.
    private func check() throws(FramingError) {
        let isBare = flags.contains(.bare)
        guard type.permittedFlags.isSuperset(of: flags),
            !(isBare && type == .message && !flags.contains(.end))
        else { throw FramingError(.badFlags, observed: flags.rawValue, expected: type.rawValue) }
        guard type.mayStand(onStream: stream) else { throw badField(stream) }
        let isRequest = type == .request
        guard isRequest || method == 0 else { throw badField(method) }
        guard isRequest || deadlineMilliseconds == 0 else { throw badField(deadlineMilliseconds) }
        let longestMessage =
            isBare || !type.mayCarryMessage ? 0 : FramingLimits.largestMessage
        guard messageLength <= longestMessage else {
            throw FramingError(.messageTooLong, observed: messageLength, expected: longestMessage)
        }
        let longestAttachment =
            isBare || !type.mayCarryAttachment ? 0 : FramingLimits.largestAttachment
        guard attachmentLength <= longestAttachment else {
            throw FramingError(
                .attachmentTooLong, observed: attachmentLength, expected: longestAttachment)
        }
    }

    private func badField(_ value: some BinaryInteger) -> FramingError {
        FramingError(.badField, observed: value, expected: type.rawValue)
    }
}
