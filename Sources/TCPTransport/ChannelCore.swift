import CLinux
import CairnCore
import Framing
import Glibc
import Ports

/// A channel's state on its loop: the connection, if there is one, and the calls that wait for it.
/// Touched on the loop's thread only.
final class ChannelCore: @unchecked Sendable {
    private enum State {
        /// Nobody needs a connection. → `connecting`, `closed`.
        case idle
        /// A name is looked up, or a connection is being made. → `connected`, `idle`, `closed`.
        case connecting(ClientConnection?)
        /// Calls go. → `idle`, `closed`.
        case connected(ClientConnection)
        /// No calls any more. Terminal.
        case closed
    }

    let address: SocketAddress
    let options: ClientOptions
    let loop: EventLoop
    private var state = State.idle
    private let queue = Confined(Fifo<any StartableCall>())
    private var waiting: Fifo<any StartableCall> {
        _read { yield queue.value }
        _modify { yield &queue.value }
    }
    /// Connections that the service asked to leave, with calls that still run.
    private var leaving: [ObjectIdentifier: ClientConnection] = [:]
    private var untried: [RawAddress] = []
    private var ids = SeededRandom(seed: .random(in: .min ... .max))

    init(_ address: SocketAddress, _ options: ClientOptions, on loop: EventLoop) {
        (self.address, self.options, self.loop) = (address, options, loop)
        loop.perform { loop.poller.tick(every: options.limits.handshakeTime / 4) }
    }

    func freshID() -> UInt64 { ids.next() }

    // MARK: Calls

    func start(_ call: any StartableCall) {
        switch state {
        case .connected(let connection):
            if waiting.isEmpty && connection.session.mayOpen { return call.begin(on: connection) }
            enqueue(call)
        case .connecting: enqueue(call)
        case .idle:
            enqueue(call)
            connect()
        case .closed: call.end(RPCError(.refused, "the channel to \(address) was closed"))
        }
    }

    private func enqueue(_ call: any StartableCall) {
        if waiting.count >= options.waitingCountMax { waiting.removeAll { $0.isOver } }
        guard waiting.count < options.waitingCountMax else {
            return call.end(
                RPCError(
                    .resourceExhausted,
                    "\(waiting.count) calls wait for \(address) already; try again later"))
        }
        waiting.append(call)
    }

    /// Starts as many of the waiting calls as the connection has room for.
    func startWaiting() {
        guard !waiting.isEmpty, case .connected(let connection) = state else { return }
        while connection.session.mayOpen, let call = waiting.popFirst() {
            if !call.isOver { call.begin(on: connection) }
        }
    }

    private func endWaiting(_ error: RPCError) {
        while let call = waiting.popFirst() { call.end(error) }
    }

    // MARK: Connecting

    private func connect() {
        state = .connecting(nil)
        do {
            if let numeric = try address.numeric() { return connect(to: [numeric]) }
        } catch {
            return fail(RPCError(.unavailable, error.description))
        }
        address.lookUp { [self] found in
            loop.perform { [self] in
                guard case .connecting(nil) = state else { return }
                switch found {
                case .success(let addresses): connect(to: addresses)
                case .failure(let error): fail(RPCError(.unavailable, error.description))
                }
            }
        }
    }

    private func connect(to addresses: [RawAddress]) {
        untried = addresses
        connectToNext(SocketError("connect to \(address)", number: EADDRNOTAVAIL))
    }

    /// Tries the addresses in turn; `last` is why the one before failed.
    private func connectToNext(_ last: SocketError) {
        var last = last
        while !untried.isEmpty {
            do throws(SocketError) {
                let connection = try makeConnection(to: untried.removeFirst())
                state = .connecting(connection)
                return
            } catch {
                last = error
            }
        }
        fail(RPCError(.unavailable, last.description))
    }

    private func makeConnection(to raw: RawAddress) throws(SocketError) -> ClientConnection {
        let fd = cairn_socket(raw.family)
        guard fd >= 0 else { throw SocketError("make a socket for \(address)") }
        if raw.family != AF_UNIX { _ = cairn_set_no_delay(fd) }  // Refused, it costs latency only.
        let number = raw.withSockaddr { Glibc.connect(fd, $0, $1) } == 0 ? 0 : errno
        guard number == 0 || number == EINPROGRESS else {
            Glibc.close(fd)
            throw SocketError("connect to \(address)", number: number)
        }
        let connection = ClientConnection(self, fd: fd)
        do throws(SocketError) {
            try loop.poller.watch(connection, for: Interest.both)
        } catch {
            loop.poller.close(connection)
            throw error
        }
        return connection
    }

    private func fail(_ error: RPCError) {
        state = .idle
        endWaiting(error)
    }

    // MARK: What connections report

    func connectionStands(_ connection: ClientConnection) {
        guard case .connecting = state else { return }
        state = .connected(connection)
        startWaiting()
    }

    func connectionLeaves(_ connection: ClientConnection, _ reason: RPCError) {
        guard case .connected(let current) = state, current === connection else { return }
        leaving[ObjectIdentifier(connection)] = connection
        state = .idle
        if !waiting.isEmpty { connect() }
    }

    func connectionClosed(_ connection: ClientConnection, _ reason: RPCError) {
        leaving[ObjectIdentifier(connection)] = nil
        switch state {
        case .connecting(let current) where current === connection:
            if untried.isEmpty { fail(reason) } else { connectToNext(SocketError(reason)) }
        case .connected(let current) where current === connection: fail(reason)
        case .idle, .connecting, .connected, .closed: break
        }
    }

    // MARK: Closing

    func close() {
        let reason = RPCError(.cancelled, "the channel to \(address) was closed")
        let current: ClientConnection? =
            switch state {
            case .connecting(let connection): connection
            case .connected(let connection): connection
            case .idle, .closed: nil
            }
        state = .closed
        endWaiting(reason)
        for connection in [current].compactMap({ $0 }) + Array(leaving.values) {
            connection.flush()
            connection.close(reason)
        }
    }
}
