import Messages

/// Walks over the pieces of a `.cpred` file.
struct StreamSource: Sendable {
    let source: any ByteSource
    /// Where the next piece begins.
    private(set) var offset = 0

    enum Piece {
        case block(PredictionColumnsBlock)
        case end(PredictionColumnsEnd)
    }

    init(_ source: any ByteSource) { self.source = source }

    /// The first piece: what the file holds.
    mutating func columns() throws(InputError) -> PredictionColumns {
        let magic = try bytes(StreamFrame.magic.count, "")
        guard magic == StreamFrame.magic else {
            throw InputError("no stream of columns: it does not begin as `cairn convert` writes it")
        }
        let (kind, message) = try frame(" in its first message")
        guard kind == .columns else { throw damaged("its first message says not what it holds") }
        return try decoded(PredictionColumns.self, message)
    }

    /// - Parameter row: how many were read, for errors.
    mutating func next(after row: Int) throws(InputError) -> Piece {
        let (kind, message) = try frame(" after row \(row)")
        switch kind {
        case .block: return .block(try decoded(PredictionColumnsBlock.self, message))
        case .end: return .end(try decoded(PredictionColumnsEnd.self, message))
        case .columns: throw damaged("a second message says what it holds, after row \(row)")
        }
    }

    /// Goes over bytes behind a message.
    mutating func skip(_ byteCount: Int, after row: Int) throws(InputError) -> Range<Int> {
        guard byteCount <= source.byteCount - offset else { throw cut(" after row \(row)") }
        defer { offset += byteCount }
        return offset..<offset + byteCount
    }

    var isAtEnd: Bool { offset == source.byteCount }

    private mutating func frame(_ place: String) throws(InputError)
        -> (StreamFrame.Kind, [UInt8])
    {
        let head = try bytes(StreamFrame.headerByteCount, place)
        let count = Int(Self.number(head, 4))
        guard let kind = StreamFrame.Kind(rawValue: Self.number(head, 0)),
            count <= StreamFrame.messageByteCountMax, Self.number(head, 12) == 0
        else { throw damaged("expected a message\(place)") }
        let message = try bytes(count, place)
        let checksum = StreamFrame.crc32c(message, from: StreamFrame.crc32c(Array(head[..<8])))
        guard checksum == Self.number(head, 8) else {
            throw damaged("the checksum of a message\(place) is not that of its bytes")
        }
        return (kind, message)
    }

    private mutating func bytes(_ count: Int, _ place: String) throws(InputError) -> [UInt8] {
        guard count <= source.byteCount - offset else { throw cut(place) }
        let room = RawBytes(count)
        try source.readWhole(at: offset, into: room.buffer, nil)
        offset += count
        return Array(room.bytes)
    }

    private static func number(_ bytes: [UInt8], _ at: Int) -> UInt32 {
        (0..<4).reduce(0) { $0 | UInt32(bytes[at + $1]) << (8 * UInt32($1)) }
    }

    private func decoded<Message: WireMessage>(_ type: Message.Type, _ bytes: [UInt8])
        throws(InputError) -> Message
    {
        do throws(MessageError) { return try Message(decoding: bytes) } catch {
            throw damaged("\(error)")
        }
    }

    func damaged(_ what: String) -> InputError { InputError("the file is damaged: \(what)") }

    private func cut(_ place: String) -> InputError {
        InputError(
            "the file ends\(place), without the message that ends it: it is cut short, or its writer "
                + "was")
    }
}
