import CommandTable
import LinuxHost
import Ports
import TCPTransport

/// What a service's program is given to build its service from.
public struct ServiceEnvironment: Sendable {
    public let name: String
    public let arguments: Arguments
    /// The service's own folder, made, writable and locked for this process.
    public let folder: String
    public let clock: any WallClock
    public let log: StandardErrorLog
    public let loops: EventLoops

    /// A way to call the service that a flag names; connects at the first call.
    public func channel(to flag: String) throws -> TCPChannel {
        let text = arguments.text(flag) ?? ""
        guard let address = SocketAddress(text) else {
            throw UsageError("--\(flag) needs HOST:PORT or unix:PATH, not '\(text)'")
        }
        return TCPChannel(to: address, loops: loops, options: ClientOptions(name: name))
    }
}
