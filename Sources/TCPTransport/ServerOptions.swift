import Framing
import Messages
import Ports

/// How a server serves.
public struct ServerOptions: Sendable {
    public var limits = FramingLimits()
    /// Beyond it, further clients wait in the system's queue until one leaves.
    public var connectionCountMax = 20_000
    /// How long calls may go on after a shutdown has begun; then they are cancelled.
    public var drainTime = Duration.seconds(10)
    /// Version of the program, told to every client.
    public var build = ""
    public var features: [String] = []
    /// Throws for a client that may not connect; what it throws is told to the client.
    public var admit: @Sendable (Hello) throws -> Void = { _ in }
    /// Told of what a handler threw that is not an `RPCError`: a bug, which the caller does not see.
    public var report: @Sendable (_ error: any Error, _ method: UInt16) -> Void = { _, _ in }

    public init() {}
}

/// What a server has done, over all its loops.
public struct ServerStatistics: Hashable, Sendable {
    public var connectionCount = 0
    /// Handlers that have not returned.
    public var runningCount = 0
    /// Calls since the start.
    public var callCount = 0

    static func + (a: Self, b: Self) -> Self {
        Self(
            connectionCount: a.connectionCount + b.connectionCount,
            runningCount: a.runningCount + b.runningCount, callCount: a.callCount + b.callCount)
    }
}
