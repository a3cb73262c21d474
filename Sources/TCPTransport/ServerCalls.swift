import Framing
import Ports

/// One request, one reply. Kept only while its handler runs on after the request's own turn.
final class ServerUnaryCall: ActiveCall, @unchecked Sendable {
    private let server: ServerLoop
    private let method: UInt16
    private var task: Task<Void, Never>?
    private var reply: Payload?

    init(_ server: ServerLoop, _ method: UInt16, _ connection: Connection, _ stream: StreamID) {
        (self.server, self.method) = (server, method)
        super.init(on: server.loop)
        (self.connection, self.stream) = (connection, stream)
    }

    /// Runs the handler. If it does not suspend, the reply is written when this returns.
    func run(
        _ work: @escaping @Sendable (CallContext) async throws -> RawMessage,
        _ context: CallContext,
        deadline: Duration?
    ) {
        server.callStarted()
        let task = Task.immediate(executorPreference: loop) { [self] in
            do {
                finish(try Payload(try await work(context)))
            } catch {
                fail(server.callError(error, method))
            }
            server.callEnded()
        }
        guard !isOver, let connection else { return }
        self.task = task
        connection.calls[stream] = self
        if let deadline { setTimer(after: deadline) }
    }

    private func finish(_ payload: Payload) {
        guard !isOver, let connection else { return }
        guard connection.session.mayWrite(stream) else {
            reply = payload
            return connection.wakeWhenRoom(stream)
        }
        connection.prepareToWrite()
        connection.session.send(payload, on: stream, ended: true)
        leave()
    }

    private func fail(_ error: RPCError) {
        guard !isOver, let connection else { return }
        connection.prepareToWrite()
        connection.session.fail(stream, Payload(error))
        leave()
    }

    override func mayWrite() {
        guard let payload = reply.take() else { return }
        finish(payload)
    }

    /// The stream is closed, so the connection forgets the call.
    private func leave() {
        isOver = true
        clearTimer()
        _ = connection?.forget(stream)
        connection?.streamDidClose()
        connection = nil
    }

    override func end(_ error: RPCError) {
        guard !isOver else { return }
        isOver = true
        clearTimer()
        connection = nil
        reply = nil
        task?.cancel()
    }

    override func timeOut() {
        fail(RPCError(.deadlineExceeded, "the call took longer than its caller waits"))
        task?.cancel()
    }

    override func receive(_ payload: Payload, ended: Bool) {}
    override func receiveEnd() {}
}

/// A call with a stream on one side or both, and its handler's task.
final class ServerStreamCall: CallStream, @unchecked Sendable {
    private let server: ServerLoop
    private let method: UInt16
    private var task: Task<Void, Never>?

    init(_ server: ServerLoop, _ method: UInt16, _ connection: Connection, _ stream: StreamID) {
        (self.server, self.method) = (server, method)
        super.init(on: server.loop)
        (self.connection, self.stream) = (connection, stream)
    }

    func run(
        _ handle:
            @escaping @Sendable (any RawSource, any RawSink, CallContext) async throws -> Void,
        _ context: CallContext, deadline: Duration?
    ) {
        server.callStarted()
        connection?.calls[stream] = self
        let task = Task.immediate(executorPreference: loop) { [self] in
            do {
                try await handle(self, self, context)
                leave { $0.end(stream) }
            } catch {
                let error = Payload(server.callError(error, method))
                leave { $0.fail(stream, error) }
            }
            server.callEnded()
        }
        guard !isOver else { return }
        self.task = task
        if let deadline { setTimer(after: deadline) }
    }

    /// Closes the stream the way `close` says; does nothing when it is closed.
    private func leave(_ close: (inout Session) -> Void) {
        guard !isOver, let connection else { return }
        connection.prepareToWrite()
        close(&connection.session)
        _ = connection.forget(stream)
        finish()
        connection.streamDidClose()
    }

    override func end(_ error: RPCError) {
        super.end(error)
        task?.cancel()
    }

    override func timeOut() {
        let error = RPCError(.deadlineExceeded, "the call took longer than its caller waits")
        let connection = self.connection
        connection?.prepareToWrite()
        connection?.session.fail(stream, Payload(error))
        _ = connection?.forget(stream)
        end(error)
        connection?.streamDidClose()
    }
}
