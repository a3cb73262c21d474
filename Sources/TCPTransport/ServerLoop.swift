import Framing
import Messages
import Ports

/// A server's share on one loop: its connections and the handlers they started. Touched on the
/// loop's thread only.
final class ServerLoop: LoopTimer, @unchecked Sendable {
    let routes: RPCRoutes
    let options: ServerOptions
    let helloReply: HelloReply
    private var connections: [ObjectIdentifier: ServerConnection] = [:]
    private var idleWorkers: [ServerWorker] = []
    private var workerCount = 0
    private var runningCount = 0
    private var callCount = 0
    private(set) var isDraining = false
    private var onEnd: (@Sendable () -> Void)?
    private let onClose: @Sendable () -> Void

    init(
        _ routes: RPCRoutes, _ options: ServerOptions, on loop: EventLoop,
        onClose: @escaping @Sendable () -> Void
    ) {
        (self.routes, self.options, self.onClose) = (routes, options, onClose)
        helloReply = HelloReply(
            version: Handshake.version, name: routes.serviceName, features: options.features,
            build: options.build)
        super.init(on: loop)
    }

    /// Takes over a socket that was accepted.
    func adopt(_ fd: Int32) {
        let connection = ServerConnection(self, fd: fd)
        guard !isDraining else { return refuse(connection) }
        do {
            try loop.poller.watch(connection, for: Interest.both)
            connections[ObjectIdentifier(connection)] = connection
        } catch {
            refuse(connection)
        }
    }

    private func refuse(_ connection: ServerConnection) {
        connection.close(RPCError(.unavailable, "\(routes.serviceName) takes no connections"))
    }

    func connectionClosed(_ connection: ServerConnection) {
        connections[ObjectIdentifier(connection)] = nil
        onClose()
        checkEnd()
    }

    // MARK: Unary calls

    /// Runs the request's handler on a worker, which goes on with those that follow on the
    /// connection. Returns when a handler suspends, or there are no more.
    func run(_ request: consuming UnaryRequest) {
        let worker: ServerWorker
        if let idle = idleWorkers.popLast() {
            worker = idle
            worker.resume(with: request)
        } else {
            worker = ServerWorker(self)
            workerCount += 1
            worker.start(with: request)
        }
        worker.stand()
    }

    /// Whether a worker that has nothing to do shall stay for later.
    var mayIdle: Bool { !isDraining && idleWorkers.count < 16 }

    func workerIdles(_ worker: ServerWorker) { idleWorkers.append(worker) }

    func workerEnded() {
        workerCount -= 1
        if isDraining { checkEnd() }
    }

    // MARK: All calls

    func callStarted() {
        runningCount += 1
        callCount += 1
    }

    func callEnded() {
        runningCount -= 1
        if isDraining { checkEnd() }
    }

    /// What the caller shall see of what a handler threw.
    func callError(_ error: any Error, _ method: UInt16) -> RPCError {
        let seen = RPCError.from(error)
        if seen.code == .internal && !(error is RPCError) { options.report(error, method) }
        return seen
    }

    var statistics: ServerStatistics {
        ServerStatistics(
            connectionCount: connections.count, runningCount: runningCount, callCount: callCount)
    }

    /// Lets the calls run to their end, for the drain time at most; then calls `onEnd`.
    func drain(_ onEnd: @escaping @Sendable () -> Void) {
        precondition(!isDraining, "drained twice")
        isDraining = true
        self.onEnd = onEnd
        setTimer(after: options.drainTime)
        while let worker = idleWorkers.popLast() { worker.resume(with: nil) }
        for connection in Array(connections.values) { connection.drain() }
        checkEnd()
    }

    /// The drain time is over.
    override func timeOut() {
        for connection in Array(connections.values) { connection.cut() }
        checkEnd()
    }

    private func checkEnd() {
        guard isDraining, connections.isEmpty, runningCount == 0, workerCount == 0,
            let onEnd = onEnd.take()
        else { return }
        clearTimer()
        // The last handler's task has one step left before it is over.
        loop.performLater(onEnd)
    }
}
