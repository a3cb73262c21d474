import Framing

/// How a client connects.
public struct ClientOptions: Sendable {
    /// Who connects, for the service's log; at most 128 bytes.
    public var name: String
    /// Role credentials.
    public var token: [UInt8] = []
    public var features: [String] = []
    /// Also bounds how long a connection may take to stand (`handshakeTime`).
    public var limits = FramingLimits()
    /// Calls that may wait for a connection or a free stream; one more is refused.
    public var waitingCountMax = 16_384

    public init(name: String) { self.name = name }
}
