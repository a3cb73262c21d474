import Framing
import Ports

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
