import Glibc
import Ports
import Synchronization

/// Answers calls on a TCP port or a Unix-domain socket.
///
/// `run` is its whole life. Connections are dealt out to the loops in turn, and stay there.
public final class TCPServer: Sendable {
    private enum State {
        case ready(fd: Int32)
        case running(Listener)
        case over
    }

    /// Where it listens, with the port that the system chose if it was asked to.
    public let address: SocketAddress
    private let loops: EventLoops
    private let shares: [ServerLoop]
    private let state: Mutex<State>
    private let connectionCount: ConnectionCounter
    private let turns = SharedCounter()
    private let ended = Latch()

    /// Binds and listens; clients are accepted once `run` is called.
    public init(
        _ routes: RPCRoutes, on address: SocketAddress, loops: EventLoops,
        options: ServerOptions = ServerOptions()
    ) throws(SocketError) {
        let (fd, bound) = try address.listen()
        let counter = ConnectionCounter(most: options.connectionCountMax)
        (self.address, self.loops, connectionCount) = (bound, loops, counter)
        shares = loops.all.map { ServerLoop(routes, options, on: $0) { counter.leave() } }
        state = Mutex(.ready(fd: fd))
        let limits = options.limits
        for loop in loops.all {
            loop.perform {
                loop.poller.tick(every: min(limits.handshakeTime, limits.keepAliveTimeout) / 4)
            }
        }
    }

    deinit {
        state.withLock { if case .ready(let fd) = $0 { close(fd) } }
    }

    /// Serves until `shutDown` is called or the task is cancelled, and until every call has ended.
    public func run() async throws {
        let loop = loops.all[0]
        let listener: Listener? = try state.withLock { state throws(SocketError) in
            switch state {
            case .ready(let fd):
                let listener = makeListener(fd, on: loop)
                state = .running(listener)
                return listener
            case .running:
                throw SocketError("run the server on \(address)", because: "it runs already")
            case .over: return nil
            }
        }
        guard let listener else { return }
        loop.perform { [self] in start(listener) }
        await withTaskCancellationHandler {
            await ended.wait()
        } onCancel: {
            shutDown()
        }
        if case .unix(let path) = address { unlink(path) }
        if let error = ended.error { throw error }
    }

    private func makeListener(_ fd: Int32, on loop: EventLoop) -> Listener {
        var isTCP = false
        if case .tcp = address { isTCP = true }
        let listener = Listener(
            fd: fd, isTCP: isTCP, on: loop, counter: connectionCount,
            accepted: { [shares, turns] fd in
                let share = shares[Int(turns.next() % UInt64(shares.count))]
                share.loop.perform { share.adopt(fd) }
            })
        connectionCount.onRoom { loop.performLater { listener.acceptAll() } }
        return listener
    }

    private func start(_ listener: Listener) {
        do throws(SocketError) {
            try listener.loop.poller.watch(listener, for: Interest.reading)
        } catch {
            ended.open(error)
        }
    }

    /// Accepts no more clients, asks those that are there to finish, and after the drain time ends
    /// their calls. Harmless when repeated.
    public func shutDown() {
        let listener: Listener? = state.withLock { state in
            switch state {
            case .running(let listener):
                state = .over
                return listener
            case .ready(let fd):
                close(fd)
                state = .over
                return nil
            case .over: return nil
            }
        }
        guard let listener else { return }
        let countdown = Countdown(shares.count) { [ended] in ended.open(nil) }
        listener.loop.perform { [shares] in
            listener.loop.poller.close(listener)
            for share in shares { share.loop.perform { share.drain { countdown.step() } } }
        }
    }

    public func statistics() async -> ServerStatistics {
        var sum = ServerStatistics()
        for share in shares {
            sum =
                sum
                + (await withCheckedContinuation { continuation in
                    share.loop.perform { continuation.resume(returning: share.statistics) }
                })
        }
        return sum
    }
}
