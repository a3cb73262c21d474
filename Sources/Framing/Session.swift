/// One connection, seen from one of its ends: bytes in, events and bytes out.
///
/// Knows nothing of sockets, tasks or clocks. Received bytes go to `nextEvent`; what the program
/// wants is said with `open`, `send`, `fail`, `cancel`, `consume`; what must travel lies in
/// `outgoing`. A thrown `FramingError` ends the connection: send what is `outgoing` and close.
public struct Session: ~Copyable {
    public enum Role: Sendable { case client, server }

    public enum Phase: Equatable, Sendable {
        /// Nothing but the handshake may pass. → `judging`, `open`, `closed`.
        case greeting
        /// The server has the client's greeting and has not answered. → `open`, `closed`.
        case judging
        /// Streams come and go. → `draining`, `closed`.
        case open
        /// Streams run to their end; none is opened. → `closed`.
        case draining
        /// Over. Terminal.
        case closed
    }

    public let role: Role
    public let limits: FramingLimits
    public internal(set) var phase = Phase.greeting
    public var outgoing = SendQueue()

    var reader = FrameReader()
    var streams = StreamTable<StreamState>()
    /// The stream that was opened last: by us as a client, by the peer as a server.
    var lastStream: StreamID = 0
    /// Streams up to this one are served although we are draining.
    var lastServed: StreamID = 0
    /// What the peer granted when it greeted us.
    var peerWindow: Int32 = 0
    var peerStreamCount = 0
    /// Received and not consumed, over all streams.
    var unconsumed = 0

    let born: Duration
    var lastHeard: Duration
    var pingSentAt: Duration?
    /// Since when bytes have waited and none was taken, as far as `tick` saw.
    var stuckSince: Duration?

    /// - Parameter now: time since any fixed moment; never goes back.
    public init(_ role: Role, limits: FramingLimits = FramingLimits(), at now: Duration) {
        precondition((1...FramingLimits.largestWindow).contains(limits.windowByteCount))
        precondition(limits.streamCount >= 1 && limits.streamCount <= Int(Int32.max))
        (self.role, self.limits) = (role, limits)
        (born, lastHeard) = (now, now)
    }

    /// Streams that are open.
    public var streamCount: Int { streams.count }

    /// Whether the caller should take more bytes from the peer now.
    ///
    /// No while much waits to be consumed; and a server takes no new work from a client that does
    /// not read its answers. The client always reads, so the two can never wait for each other.
    public var wantsBytes: Bool {
        unconsumed < limits.unconsumedByteCount
            && (role == .client || outgoing.byteCount < limits.unsentByteCount)
    }

    /// Whether a client may open a stream now, as far as the peer's bounds go.
    public var mayOpen: Bool {
        role == .client && phase == .open && streams.count < peerStreamCount
            && outgoing.byteCount < limits.unsentByteCount
    }

    /// Whether a message may be sent on the stream now; `false` when the stream is closed.
    public func mayWrite(_ stream: StreamID) -> Bool {
        guard outgoing.byteCount < limits.unsentByteCount else { return false }
        return hasCredit(stream)
    }

    /// Whether the peer has granted what the next message on the stream needs.
    public func hasCredit(_ stream: StreamID) -> Bool {
        guard let state = streams[stream] else { return false }
        return state.sendCredit > 0
    }

    public func isOpen(_ stream: StreamID) -> Bool { streams[stream] != nil }
}
