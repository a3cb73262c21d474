/// Cuts a stream of bytes into frames, however it arrives.
///
/// Holds what of a frame has come so far: at most 39 bytes of a header, a message that grows with
/// its bytes (at most 2 × 1 MiB while it grows), and one attachment of the length that an admitted
/// header announced (at most 4 MiB). Between frames it holds nothing.
struct FrameReader: ~Copyable {
    /// The frame that is being read; `nil` between frames.
    private(set) var header: FrameHeader?
    private var partialHeader: [UInt8] = []
    private var message: [UInt8] = []
    private var messageCount = 0
    private var isMessageComplete = false
    /// Set while an attachment arrives that is kept.
    private var attachment: AttachmentBuffer?
    /// Bytes of an attachment that is not kept and still to come.
    private var skippedByteCount = 0
    private var checksum: UInt32 = 0
    private(set) var keeps = true

    /// Takes bytes of a header from `offset` on.
    /// - Returns: `nil` when more are needed. Else call `begin` before `readBody`.
    mutating func readHeader(
        in bytes: RawSpan, at offset: inout Int
    ) throws(FramingError) -> FrameHeader? {
        let available = bytes.byteCount - offset
        if partialHeader.isEmpty && available >= FrameHeader.byteCount {
            defer { offset += FrameHeader.byteCount }
            return try FrameHeader.decode(bytes, at: offset)
        }
        let taken = min(available, FrameHeader.byteCount - partialHeader.count)
        partialHeader += bytes.array(offset..<offset + taken)
        offset += taken
        guard partialHeader.count == FrameHeader.byteCount else { return nil }
        defer { partialHeader = [] }
        return try FrameHeader.decode(partialHeader.span.bytes, at: 0)
    }

    /// Admits a frame: `readBody` reads the rest, and keeps it or only counts it.
    mutating func begin(_ header: FrameHeader, keeps: Bool) {
        self.header = header
        self.keeps = keeps
        (messageCount, checksum) = (0, 0)
        (isMessageComplete, skippedByteCount) = (false, 0)
    }

    /// Takes bytes of the message and the attachment from `offset` on.
    /// - Returns: `nil` when more are needed; an empty payload when the frame is not kept.
    mutating func readBody(
        in bytes: RawSpan, at offset: inout Int
    ) throws(FramingError) -> Payload? {
        guard let header else { preconditionFailure("readBody without a header") }
        guard try readMessage(of: header, in: bytes, at: &offset) else { return nil }
        guard readAttachment(in: bytes, at: &offset) else { return nil }
        self.header = nil
        var payload = Payload([])
        swap(&payload.message, &message)
        if let whole = attachment.take() { payload.attachment = whole.finish() }
        return payload
    }

    private mutating func readMessage(
        of header: FrameHeader, in bytes: RawSpan, at offset: inout Int
    ) throws(FramingError) -> Bool {
        if isMessageComplete { return true }
        let missing = Int(header.messageLength) - messageCount
        let taken = offset..<offset + min(missing, bytes.byteCount - offset)
        checksum = crc32c(bytes, taken, from: checksum)
        if keeps {
            if message.isEmpty {
                message = bytes.array(taken)
            } else {
                message += bytes.array(taken)
            }
        }
        messageCount += taken.count
        offset = taken.upperBound
        guard messageCount == Int(header.messageLength) else { return false }
        guard checksum == header.messageChecksum else {
            throw FramingError(
                .messageChecksum, observed: checksum, expected: header.messageChecksum)
        }
        isMessageComplete = true
        expectAttachment(of: header)
        return true
    }

    /// Sets memory aside, now that the message before the attachment is known to be sound.
    private mutating func expectAttachment(of header: FrameHeader) {
        let length = Int(header.attachmentLength)
        if keeps && length > 0 {
            attachment = AttachmentBuffer(byteCount: length)
        } else {
            skippedByteCount = length
        }
    }

    private mutating func readAttachment(in bytes: RawSpan, at offset: inout Int) -> Bool {
        let available = bytes.byteCount - offset
        guard attachment != nil else {
            let taken = min(skippedByteCount, available)
            offset += taken
            skippedByteCount -= taken
            return skippedByteCount == 0
        }
        let taken = min(missingAttachmentByteCount, available)
        if taken > 0 {
            let part = bytes.extracting(offset..<offset + taken)
            attachment!.fill { space in
                part.withUnsafeBytes { space.copyMemory(from: $0) }
                return taken
            }
            offset += taken
        }
        return missingAttachmentByteCount == 0
    }

    /// Bytes that an attachment which is being read still needs; 0 when none is.
    var missingAttachmentByteCount: Int {
        switch attachment {
        case .some(let buffer): buffer.missing
        case .none: 0
        }
    }

    /// Lets `read` write the next bytes of the attachment in place; it returns how many it wrote.
    mutating func fillAttachment(_ read: (UnsafeMutableRawBufferPointer) -> Int) {
        attachment!.fill(read)
    }

    /// Memory set aside for the frame that is being read.
    var heldByteCount: Int {
        let attachmentByteCount =
            switch attachment {
            case .some(let buffer): buffer.byteCount
            case .none: 0
            }
        return partialHeader.capacity + message.capacity + attachmentByteCount
    }
}
