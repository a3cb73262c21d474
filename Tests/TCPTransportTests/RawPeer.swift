import CLinux
import Framing
import Glibc
import Messages
import Ports
import Testing

@testable import TCPTransport

/// A client without manners: a blocking socket that sends whatever a test wants.
final class RawPeer: Sendable {
    let fd: Int32

    init(to address: SocketAddress) throws {
        let raw = try #require(try address.numeric())
        fd = socket(raw.family, Int32(SOCK_STREAM.rawValue), 0)
        guard fd >= 0, raw.withSockaddr({ connect(fd, $0, $1) }) == 0 else {
            throw SocketError("connect to \(address)")
        }
        var patience = timeval(tv_sec: 20, tv_usec: 0)
        let size = socklen_t(MemoryLayout<timeval>.size)
        setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, size)
    }

    deinit { close(fd) }

    func send(_ bytes: [UInt8]) throws {
        var sent = 0
        while sent < bytes.count {
            let count = bytes[sent...].withUnsafeBytes {
                Glibc.send(fd, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { throw SocketError("send") }
            sent += count
        }
    }

    /// At least one byte, or none at the end.
    func receive() throws -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: 65536)
        let count = recv(fd, &bytes, bytes.count, 0)
        if count < 0 && errno == ECONNRESET { return [] }
        guard count >= 0 else { throw SocketError("receive") }
        return Array(bytes[..<count])
    }

    /// Everything until the server closes.
    func receiveAll() throws -> [UInt8] {
        var all: [UInt8] = []
        while case let bytes = try receive(), !bytes.isEmpty { all += bytes }
        return all
    }

    /// What a client says first.
    static func hello() throws -> [UInt8] {
        var client = Session(.client, at: .zero)
        client.greet(Payload(try Hello(versionMin: 1, versionMax: 1, name: "raw").encoded()))
        return client.takeOutgoing()
    }

    /// The requests of a client that has been let in.
    static func speech(opening calls: [(Call, Payload?)]) throws -> [UInt8] {
        var client = Session(.client, at: .zero)
        client.greet(Payload([]))
        var server = Session(.server, at: .zero)
        try server.swallow(client.takeOutgoing())
        server.accept(Payload([]))
        try client.swallow(server.takeOutgoing())
        var bytes: [UInt8] = []
        for (call, payload) in calls {
            _ = client.open(call, payload, ended: payload != nil)
            bytes += client.takeOutgoing()
        }
        return bytes
    }

    /// Greets, and waits for the server's greeting.
    func greet() throws {
        try send(try Self.hello())
        _ = try receive()
    }
}

extension Session {
    mutating func takeOutgoing() -> [UInt8] {
        let bytes = outgoing.withPieces(limit: 64) { $0.flatMap { Array($0) } }
        outgoing.didSend(bytes.count)
        return bytes
    }

    mutating func swallow(_ bytes: [UInt8]) throws {
        var offset = 0
        while try nextEvent(in: bytes.span.bytes, from: &offset, at: .zero) != nil {}
    }
}

/// Runs blocking work on a thread of its own.
func onThread<Result: Sendable>(
    _ work: @escaping @Sendable () throws -> Result
) async throws -> Result {
    try await withCheckedThrowingContinuation { continuation in
        do throws(SocketError) {
            try startThread { continuation.resume(with: .init(catching: work)) }
        } catch {
            continuation.resume(throwing: error)
        }
    }
}
