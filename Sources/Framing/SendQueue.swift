import CairnCore

/// Bytes on their way to the peer, in order, with large attachments kept apart from the rest so
/// that they are never copied.
///
/// The usual flush is one piece: everything since the last one, back to back.
public struct SendQueue: ~Copyable {
    /// An attachment from this size on is sent from where it lies; a smaller one is copied.
    static let bulkByteCount = 16 << 10

    private enum Piece {
        case frames([UInt8])
        case attachment(SharedBytes)

        var count: Int {
            switch self {
            case .frames(let bytes): bytes.count
            case .attachment(let bytes): bytes.count
            }
        }

        func withUnsafeBytes<Result>(_ body: (UnsafeRawBufferPointer) -> Result) -> Result {
            switch self {
            case .frames(let bytes): bytes.withUnsafeBytes(body)
            case .attachment(let bytes): bytes.withUnsafeBytes(body)
            }
        }
    }

    /// Pieces that are complete, the first of them sent up to `firstSent`.
    private var sealed: [Piece] = []
    private var firstSent = 0
    /// Where new frames are appended; `openSent` of it are sent.
    private var open: [UInt8] = []
    private var openSent = 0
    private var sealedByteCount = 0

    init() {}

    /// Bytes that wait.
    public var byteCount: Int { sealedByteCount + open.count - openSent }
    public var isEmpty: Bool { byteCount == 0 }

    /// Lends storage for new frames, so that connections which are idle need none.
    public mutating func lend(_ storage: consuming [UInt8]) {
        guard open.capacity == 0 else { return }
        open = storage
        open.removeAll(keepingCapacity: true)
    }

    /// Gives the storage back, empty; `nil` while some of it waits to be sent.
    public mutating func reclaim() -> [UInt8]? {
        guard isEmpty, open.capacity > 0 else { return nil }
        var storage: [UInt8] = []
        swap(&storage, &open)
        return storage
    }

    mutating func append(_ header: FrameHeader) {
        var words = header.words
        withUnsafeBytes(of: &words) { open.append(contentsOf: $0) }
    }

    /// Appends a frame; its header's lengths and checksums must be those of the payload.
    mutating func append(_ header: FrameHeader, _ payload: borrowing Payload) {
        append(header)
        payload.message.withUnsafeBytes { open.append(contentsOf: $0) }
        guard let attachment = payload.attachment, attachment.count > 0 else { return }
        if attachment.count < Self.bulkByteCount {
            attachment.withUnsafeBytes { open.append(contentsOf: $0) }
        } else {
            seal()
            sealed.append(.attachment(attachment))
            sealedByteCount += attachment.count
        }
    }

    private mutating func seal() {
        if openSent > 0 { open.removeFirst(openSent) }
        openSent = 0
        sealedByteCount += open.count
        var piece: [UInt8] = []
        swap(&piece, &open)
        sealed.append(.frames(piece))
    }

    /// Calls `body` with the first pieces that wait, at most `limit` of them.
    ///
    /// The bytes may only be read, and only until `body` returns.
    public func withPieces<Result>(
        limit: Int, _ body: ([UnsafeRawBufferPointer]) -> Result
    ) -> Result {
        var pieces: [UnsafeRawBufferPointer] = []
        return collect(0, limit, &pieces, body)
    }

    /// Nests one `withUnsafeBytes` in the other, which is what keeps every pointer valid.
    private func collect<Result>(
        _ index: Int, _ limit: Int, _ pieces: inout [UnsafeRawBufferPointer],
        _ body: ([UnsafeRawBufferPointer]) -> Result
    ) -> Result {
        if pieces.count == limit || index > sealed.count { return body(pieces) }
        let isOpen = index == sealed.count
        let sent = isOpen ? openSent : (index == 0 ? firstSent : 0)
        return (isOpen ? .frames(open) : sealed[index]).withUnsafeBytes { bytes in
            if bytes.count > sent {
                pieces.append(UnsafeRawBufferPointer(rebasing: bytes[sent...]))
            }
            return collect(index + 1, limit, &pieces, body)
        }
    }

    /// Forgets the first `count` bytes.
    public mutating func didSend(_ count: Int) {
        precondition(count <= byteCount, "sent \(count) of \(byteCount) bytes")
        var left = count
        var done = 0
        while done < sealed.count, left >= sealed[done].count - firstSent {
            left -= sealed[done].count - firstSent
            sealedByteCount -= sealed[done].count - firstSent
            (firstSent, done) = (0, done + 1)
        }
        sealed.removeFirst(done)
        if sealed.isEmpty {
            sendOpen(left)
        } else {
            (firstSent, sealedByteCount) = (firstSent + left, sealedByteCount - left)
        }
    }

    private mutating func sendOpen(_ count: Int) {
        openSent += count
        if openSent == open.count {
            open.removeAll(keepingCapacity: true)
            openSent = 0
        } else if openSent > 1 << 20 {
            open.removeFirst(openSent)
            openSent = 0
        }
    }
}
