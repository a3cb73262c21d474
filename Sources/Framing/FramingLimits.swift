/// What one side of a connection grants to the other. `docs/reference/wire.md` adds them up.
public struct FramingLimits: Hashable, Sendable {
    /// Bounds that the protocol itself sets; a frame beyond them is malformed.
    public static let largestMessage = 1 << 20
    public static let largestAttachment = 4 << 20
    /// The most that may ever be granted on one stream, in bytes.
    public static let largestWindow = 64 << 20

    /// Longest message before the handshake is done, when nobody knows yet who is there.
    public var handshakeMessageByteCount = 16 << 10
    /// Streams that the peer may hold open at a time.
    public var streamCount = 1024
    /// Bytes that the peer may send on a stream before the first credit; at most `largestWindow`.
    ///
    /// What is on its way should fit the processor's cache: on loopback, bulk at 2 MiB is twice as
    /// fast as at 4. Over a long way, more is faster: a window per round trip is the bound.
    public var windowByteCount = 2 << 20
    /// Received bytes that nobody has consumed, over all streams: beyond it, reading pauses.
    public var unconsumedByteCount = 64 << 20
    /// Bytes waiting to be sent: at or beyond it, messages wait for the peer to read.
    public var unsentByteCount = 2 << 20
    /// From the first byte of a connection to the end of its handshake.
    public var handshakeTime = Duration.seconds(5)
    /// Silence after which a ping is sent.
    public var keepAliveInterval = Duration.seconds(30)
    /// Silence after a ping that ends the connection.
    public var keepAliveTimeout = Duration.seconds(20)

    public init() {}

    /// Beyond this the peer asks for answers that it does not read, and the connection ends.
    var unsentHardByteCount: Int {
        unsentByteCount + FrameHeader.byteCount + Self.largestMessage + Self.largestAttachment
            + (1 << 20)
    }
}
