import CLinux
import Glibc

/// A socket that accepts. Touched on its loop's thread only.
final class Listener: SocketHandler, @unchecked Sendable {
    let loop: EventLoop
    private let counter: ConnectionCounter
    private let accepted: (Int32) -> Void
    private let isTCP: Bool
    private var mayHaveMore = false

    /// - Parameters:
    ///   - counter: has a place for every connection that is accepted.
    ///   - accepted: takes over the socket, and gives its place back at the end.
    init(
        fd: Int32, isTCP: Bool, on loop: EventLoop, counter: ConnectionCounter,
        accepted: @escaping (Int32) -> Void
    ) {
        (self.loop, self.isTCP, self.counter, self.accepted) = (loop, isTCP, counter, accepted)
        super.init(fd: fd)
    }

    override func ready(_ events: UInt32) {
        mayHaveMore = true
        acceptAll()
    }

    /// Out of descriptors, the system makes no further event: try again now and then.
    override func tick(at now: Duration) { acceptAll() }

    func acceptAll() {
        while mayHaveMore && fd >= 0 && counter.enter() {
            let socket = cairn_accept(fd)
            guard socket < 0 else {
                if isTCP { _ = cairn_set_no_delay(socket) }  // Refused, it costs latency only.
                accepted(socket)
                continue
            }
            counter.leave()
            if socket == -EAGAIN { mayHaveMore = false }
            if socket != -ECONNABORTED && socket != -EINTR { return }
        }
    }
}

extension SocketAddress {
    /// Binds and listens.
    /// - Returns: the socket, and the address with the port that the system chose.
    func listen() throws(SocketError) -> (fd: Int32, address: SocketAddress) {
        guard let address = try lookUp().first else {
            throw SocketError("listen on \(self)", because: "no address is known for it")
        }
        let fd = cairn_socket(address.family)
        guard fd >= 0 else { throw SocketError("make a socket for \(self)") }
        do throws(SocketError) {
            try bind(fd, to: address)
            guard Glibc.listen(fd, 4096) == 0 else { throw SocketError("listen on \(self)") }
            return (fd, try bound(fd))
        } catch {
            close(fd)
            throw error
        }
    }

    private func bind(_ fd: Int32, to address: RawAddress) throws(SocketError) {
        if case .tcp = self { _ = cairn_set_reuse_address(fd) }
        if address.withSockaddr({ Glibc.bind(fd, $0, $1) }) == 0 { return }
        let failure = SocketError("listen on \(self)")
        guard case .unix(let path) = self, failure.number == EADDRINUSE, !(try answers(address))
        else { throw failure }
        // A process that is gone left its socket file behind.
        unlink(path)
        guard address.withSockaddr({ Glibc.bind(fd, $0, $1) }) == 0 else {
            throw SocketError("listen on \(self)")
        }
    }

    private func answers(_ address: RawAddress) throws(SocketError) -> Bool {
        let probe = cairn_socket(address.family)
        guard probe >= 0 else { throw SocketError("make a socket for \(self)") }
        defer { close(probe) }
        return address.withSockaddr { connect(probe, $0, $1) } == 0 || errno != ECONNREFUSED
    }

    /// The address that the socket has: with the port that was chosen, if none was asked for.
    private func bound(_ fd: Int32) throws(SocketError) -> SocketAddress {
        guard case .tcp(let host, port: 0) = self else { return self }
        var storage = sockaddr_storage()
        var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
        let number = withUnsafeMutableBytes(of: &storage) {
            getsockname(fd, $0.baseAddress!.assumingMemoryBound(to: sockaddr.self), &length)
        }
        guard number == 0 else { throw SocketError("read the address of a socket") }
        // The port has the same place in addresses of version 4 and 6.
        let port = withUnsafeBytes(of: storage) {
            $0.loadUnaligned(fromByteOffset: 2, as: UInt16.self).byteSwapped
        }
        return .tcp(host: host, port: port)
    }
}
