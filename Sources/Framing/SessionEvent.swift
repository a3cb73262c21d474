/// The number of a stream on its connection; never 0.
public typealias StreamID = UInt32

/// What the peer did.
public enum SessionEvent: Sendable {
    /// To a server, first: who wants in. Answer with `accept` or `refuse`.
    case greeted(Payload)
    /// To a client: the connection stands; requests may go.
    case welcomed(Payload)
    /// To a client: the connection is not wanted; the message says why. Nothing follows.
    case refused(Payload)
    /// To a server: a new stream. Without a payload its first message comes later.
    case opened(StreamID, Call, Payload?, ended: Bool)
    /// The next message of a stream. Say when it is consumed.
    case message(StreamID, Payload, ended: Bool)
    /// The peer will send no more. To a client, this closes the stream.
    case ended(StreamID)
    /// To a client: the call failed, and this is the server's message. The stream is closed.
    case failed(StreamID, Payload)
    /// One side broke the rules of a stream, and it is closed.
    case broken(StreamID, FramingError)
    /// To a server: the caller is gone. The stream is closed.
    case cancelled(StreamID)
    /// The stream may be written again.
    case credited(StreamID)
    /// No new streams; these of ours never reached the peer and are closed: safe to send again.
    case goingAway(untouched: [StreamID], reason: String)
}
