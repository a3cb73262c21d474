/// What a frame is for. The raw value is its byte on the wire.
public enum FrameType: UInt8, Sendable, CaseIterable {
    /// Client → server, first: who is there, what it speaks.
    case hello = 1
    /// Server → client: the connection stands.
    case helloReply = 2
    /// Client → server: opens a stream, with its first message unless bare.
    case request = 3
    /// Either way: the next message of a stream.
    case message = 4
    /// Server → client: the stream has failed and is over. On stream 0, the handshake has.
    case error = 5
    /// Either way: the peer may send that many bytes more on the stream.
    case credit = 6
    /// Client → server: nobody waits for the stream any more.
    case cancel = 7
    /// Either way: are you there?
    case ping = 8
    /// Either way: I am, with the argument of the ping.
    case pong = 9
    /// Either way: no new streams; a code other than 0 says that the connection ends now.
    case goAway = 10
}

extension FrameType {
    /// The flags that this type may carry.
    var permittedFlags: FrameFlags {
        switch self {
        case .request, .message: [.end, .bare]
        case .error: .bare
        case .hello, .helloReply, .credit, .cancel, .ping, .pong, .goAway: []
        }
    }

    var mayCarryMessage: Bool {
        switch self {
        case .hello, .helloReply, .request, .message, .error, .goAway: true
        case .credit, .cancel, .ping, .pong: false
        }
    }

    var mayCarryAttachment: Bool { self == .request || self == .message }

    /// Whether the type concerns one stream (not 0), the connection (0), or either.
    func mayStand(onStream stream: UInt32) -> Bool {
        switch self {
        case .request, .message, .credit, .cancel: stream != 0
        case .error: true
        case .hello, .helloReply, .ping, .pong, .goAway: stream == 0
        }
    }
}

/// The flag bits of a frame; all others must be 0.
public struct FrameFlags: OptionSet, Hashable, Sendable {
    public let rawValue: UInt16
    public init(rawValue: UInt16) { self.rawValue = rawValue }

    /// The sender's last frame on this stream; from the server it closes the stream.
    public static let end = FrameFlags(rawValue: 1)
    /// There is no message here, not even an empty one.
    public static let bare = FrameFlags(rawValue: 2)
}
