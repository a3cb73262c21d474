import Framing
import Ports

/// A unary request that has arrived and whose handler has not run yet.
struct UnaryRequest: ~Copyable {
    let connection: ServerConnection
    let stream: StreamID
    let method: UInt16
    let work: nonisolated(nonsending) @Sendable (CallContext) async throws -> RawMessage
    let context: CallContext
    let deadline: Duration?
}

/// A task that runs the handlers of unary calls, one after the other.
///
/// Making a task for each call would cost as much as all else that the server does for it. As long
/// as handlers do not suspend, one worker answers all the requests of a turn; when one does, its
/// worker stands for that call, which can be cancelled and has a deadline, and another goes on.
final class ServerWorker: ActiveCall, @unchecked Sendable {
    private let server: ServerLoop
    private var task: Task<Void, Never>?
    private var method: UInt16 = 0
    private var deadline: Duration?
    private var next: UnaryRequest?
    private var idle: UnsafeContinuation<Void, Never>?
    private(set) var isBusy = false
    /// Its task was cancelled, for the sake of one call: it may run no other.
    private var isSpent = false

    init(_ server: ServerLoop) {
        self.server = server
        super.init(on: server.loop)
        isOver = true
    }

    // MARK: Life

    /// Starts the task; returns when it waits, for a handler or for more requests.
    func start(with request: consuming UnaryRequest) {
        next = consume request
        let task = Task.immediate(executorPreference: loop) { [self] in
            repeat {
                // In line: each async call costs a lock, because the task prefers an executor.
                while let request = next.take() {
                    let connection = request.connection
                    begin(request)
                    do {
                        finish(try Payload(try await request.work(request.context)))
                    } catch {
                        fail(server.callError(error, method))
                    }
                    isBusy = false
                    server.callEnded()
                    if !isSpent { next = connection.nextRequest() }
                }
            } while await waitForNext()
            server.workerEnded()
        }
        self.task = task
        if isSpent { task.cancel() }
    }

    /// Goes on with a request, or with `nil` to its end; returns as `start` does.
    func resume(with request: consuming UnaryRequest?) {
        guard let idle = idle.take() else { preconditionFailure("the worker is not idle") }
        next = request
        loop.runNow { idle.resume() }
    }

    /// - Returns: `false` when the worker shall end.
    private func waitForNext() async -> Bool {
        guard !isSpent, server.mayIdle else { return false }
        await withUnsafeContinuation { continuation in
            idle = continuation
            server.workerIdles(self)
        }
        return next != nil
    }

    // MARK: One call

    private func begin(_ request: borrowing UnaryRequest) {
        (connection, stream, method) = (request.connection, request.stream, request.method)
        (deadline, isOver, isBusy) = (request.deadline, false, true)
        server.callStarted()
    }

    /// The handler has suspended: from now on the call can be cancelled, and has a deadline.
    func stand() {
        guard isBusy, !isOver, let connection else { return }
        connection.calls[stream] = self
        if let deadline { setTimer(after: deadline) }
    }

    private func finish(_ payload: Payload) {
        guard !isOver, let connection else { return }
        guard connection.session.mayWrite(stream) else {
            // The reply waits for room on behalf of the call, and the worker goes on.
            let parked = ParkedReply(payload, connection, stream)
            leave()
            connection.calls[parked.stream] = parked
            return connection.wakeWhenRoom(parked.stream)
        }
        connection.prepareToWrite()
        connection.session.send(payload, on: stream, ended: true)
        leave()
        connection.streamDidClose()
    }

    private func fail(_ error: RPCError) {
        guard !isOver, let connection else { return }
        connection.prepareToWrite()
        connection.session.fail(stream, Payload(error))
        leave()
        connection.streamDidClose()
    }

    /// The call has nothing to do with this worker any more.
    private func leave() {
        isOver = true
        clearTimer()
        _ = connection?.forget(stream)
        connection = nil
    }

    override func end(_ error: RPCError) {
        guard !isOver else { return }
        isOver = true
        clearTimer()
        connection = nil
        cancelTask()
    }

    override func timeOut() {
        guard !isOver else { return }
        fail(RPCError(.deadlineExceeded, "the call took longer than its caller waits"))
        cancelTask()
    }

    private func cancelTask() {
        isSpent = true
        task?.cancel()
    }

    override func receive(_ payload: consuming Payload, ended: Bool) {}
    override func receiveEnd() {}
    override func mayWrite() {}
}

/// A reply that waits until its client has read what came before it.
final class ParkedReply: ActiveCall, @unchecked Sendable {
    private var payload: Payload?

    init(_ payload: Payload, _ connection: Connection, _ stream: StreamID) {
        self.payload = payload
        super.init(on: connection.loop)
        (self.connection, self.stream) = (connection, stream)
    }

    override func mayWrite() {
        guard !isOver, let connection, let payload else { return }
        guard connection.session.mayWrite(stream) else { return connection.wakeWhenRoom(stream) }
        connection.prepareToWrite()
        connection.session.send(payload, on: stream, ended: true)
        _ = connection.forget(stream)
        end(RPCError(.cancelled, "the call is over"))
        connection.streamDidClose()
    }

    override func end(_ error: RPCError) {
        isOver = true
        (connection, payload) = (nil, nil)
    }

    override func receive(_ payload: consuming Payload, ended: Bool) {}
    override func receiveEnd() {}
}
