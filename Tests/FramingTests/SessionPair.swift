import CairnCore

@testable import Framing

/// A client and a server machine with a pipe between them that a test pumps by hand.
struct SessionPair: ~Copyable {
    var client: Session
    var server: Session
    var now = Duration.zero
    var clientEvents: [SessionEvent] = []
    var serverEvents: [SessionEvent] = []

    /// Both have greeted each other, unless `greeted` says otherwise.
    init(limits: FramingLimits = FramingLimits(), greeted: Bool = true) throws {
        client = Session(.client, limits: limits, at: .zero)
        server = Session(.server, limits: limits, at: .zero)
        guard greeted else { return }
        client.greet(Payload([1]))
        try pump()
        server.accept(Payload([2]))
        try pump()
        (clientEvents, serverEvents) = ([], [])
    }

    /// Moves all that waits in both outboxes, until nothing does.
    mutating func pump() throws {
        while !client.outgoing.isEmpty || !server.outgoing.isEmpty {
            serverEvents += try server.take(client.drain(), at: now)
            clientEvents += try client.take(server.drain(), at: now)
        }
    }
}

extension Session {
    /// Takes all bytes from the outgoing.
    mutating func drain() -> [UInt8] {
        var bytes: [UInt8] = []
        while !outgoing.isEmpty {
            let piece = outgoing.withPieces(limit: 8) { $0.flatMap { Array($0) } }
            outgoing.didSend(piece.count)
            bytes += piece
        }
        return bytes
    }

    /// Gives the session bytes, and all events that come of them.
    mutating func take(
        _ bytes: [UInt8], at now: Duration = .zero
    ) throws(FramingError) -> [SessionEvent] {
        var events: [SessionEvent] = []
        var offset = 0
        while let event = try nextEvent(in: bytes.span.bytes, from: &offset, at: now) {
            events.append(event)
        }
        return events
    }

    /// The error that these bytes end the connection with.
    mutating func refusal(of bytes: [UInt8]) -> FramingError.Code? {
        do {
            _ = try take(bytes)
            return nil
        } catch {
            return error.code
        }
    }
}

extension FrameHeader {
    /// The frame as bytes, with lengths and checksum of the payload unless they were set.
    func encoded(_ payload: Payload = Payload([])) -> [UInt8] {
        var header = self
        if messageLength == 0 { header.messageLength = UInt32(payload.message.count) }
        if attachmentLength == 0 {
            header.attachmentLength = UInt32(payload.attachment?.count ?? 0)
        }
        if messageChecksum == 0 {
            header.messageChecksum = crc32c(payload.message.span.bytes, 0..<payload.message.count)
        }
        var outgoing = SendQueue()
        outgoing.append(header, payload)
        return outgoing.withPieces(limit: 8) { $0.flatMap { Array($0) } }
    }
}

extension Payload: Equatable {
    public static func == (a: Payload, b: Payload) -> Bool {
        a.message == b.message && a.attachment?.bytes == b.attachment?.bytes
    }

    static func random(_ random: inout SeededRandom, largest: Int) -> Payload {
        let message = random.bytes(Int.random(in: 0...largest, using: &random))
        guard Bool.random(using: &random) else { return Payload(message) }
        let attachment = random.bytes(Int.random(in: 1...largest * 4 + 1, using: &random))
        return Payload(message, attachment: SharedBytes(attachment))
    }
}

extension SessionEvent: Equatable {
    public static func == (a: SessionEvent, b: SessionEvent) -> Bool {
        switch (a, b) {
        case (.greeted(let x), .greeted(let y)), (.welcomed(let x), .welcomed(let y)),
            (.refused(let x), .refused(let y)):
            x == y
        case (.opened(let s, let c, let x, let e), .opened(let t, let d, let y, let f)):
            s == t && c == d && x == y && e == f
        case (.message(let s, let x, let e), .message(let t, let y, let f)):
            s == t && x == y && e == f
        case (.failed(let s, let x), .failed(let t, let y)): s == t && x == y
        case (.broken(let s, let x), .broken(let t, let y)): s == t && x == y
        case (.ended(let s), .ended(let t)), (.cancelled(let s), .cancelled(let t)),
            (.credited(let s), .credited(let t)):
            s == t
        case (.goingAway(let u, let x), .goingAway(let v, let y)): u == v && x == y
        default: false
        }
    }
}

extension SeededRandom {
    mutating func bytes(_ count: Int) -> [UInt8] {
        (0..<count).map { _ in UInt8.random(in: 0...255, using: &self) }
    }
}
