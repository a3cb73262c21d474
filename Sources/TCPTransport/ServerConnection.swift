import Framing
import Messages
import Ports

/// A client, as the server sees it.
final class ServerConnection: Connection, @unchecked Sendable {
    private let server: ServerLoop
    private var peerName = ""

    init(_ server: ServerLoop, fd: Int32) {
        self.server = server
        super.init(.server, limits: server.options.limits, fd: fd, loop: server.loop)
    }

    override func handleEvents() {
        while let request = nextRequest() { server.run(request) }
    }

    /// The next unary request that has arrived; whatever comes before it is dealt with.
    func nextRequest() -> UnaryRequest? {
        while let event = nextEvent() {
            switch event {
            case .opened(let stream, let call, let payload, let ended):
                if let request = open(stream, call, payload, ended: ended) { return request }
            case .greeted(let payload): judge(payload)
            case .message(let stream, let payload, let ended):
                calls[stream]?.receive(payload, ended: ended)
            case .ended(let stream): calls[stream]?.receiveEnd()
            case .credited(let stream): calls[stream]?.mayWrite()
            case .cancelled(let stream):
                end(stream, RPCError(.cancelled, "the caller cancelled the call"))
            case .broken(let stream, let error):
                end(stream, RPCError(.protocol, error.description))
            case .goingAway: break  // Its calls go on; the end of the connection is what counts.
            case .welcomed, .refused, .failed: preconditionFailure("a server got \(event)")
            }
        }
        return nil
    }

    private func judge(_ payload: Payload) {
        prepareToWrite()
        do {
            let hello = try Hello(decoding: payload.message)
            try Handshake.check(hello)
            try server.options.admit(hello)
            peerName = String(hello.name.prefix(128))
            session.accept(Payload(try server.helloReply.encoded()))
        } catch {
            session.refuse(Payload(RPCError.from(error)))
            closeWhenSent()
        }
    }

    /// Starts a streaming call.
    /// - Returns: the request, if the call is unary.
    private func open(
        _ stream: StreamID, _ call: Call, _ payload: Payload?, ended: Bool
    ) -> UnaryRequest? {
        let deadline =
            call.deadlineMilliseconds == 0 ? nil : Duration.milliseconds(call.deadlineMilliseconds)
        let context = CallContext(
            callID: call.id, deadline: deadline.map { loop.instant + $0 }, peerName: peerName)
        switch server.routes.handler(for: call.method) {
        case .unary(let start):
            guard let payload, ended else {
                refuse(stream, RPCError(.protocol, "method \(call.method) is unary"))
                return nil
            }
            do {
                let work = try payload.message.withUnsafeBytes {
                    try start($0, payload.attachment)
                }
                return UnaryRequest(
                    connection: self, stream: stream, method: call.method, work: work,
                    context: context, deadline: deadline)
            } catch {
                refuse(stream, server.callError(error, call.method))
            }
        case .stream(let handle):
            let call = ServerStreamCall(server, call.method, self, stream)
            if let payload {
                call.receive(payload, ended: ended)
            } else if ended {
                call.receiveEnd()
            }
            call.run(handle, context, deadline: deadline)
        case nil:
            let name = server.routes.serviceName
            refuse(stream, RPCError(.unimplemented, "\(name) has no method \(call.method)"))
        }
        return nil
    }

    private func refuse(_ stream: StreamID, _ error: RPCError) {
        prepareToWrite()
        session.fail(stream, Payload(error))
        streamDidClose()
    }

    private func end(_ stream: StreamID, _ error: RPCError) {
        forget(stream)?.end(error)
        streamDidClose()
    }

    // MARK: Leaving

    /// No new calls; the connection closes after the last one.
    func drain() {
        guard session.phase == .open else {
            return close(RPCError(.unavailable, "the service is shutting down"))
        }
        prepareToWrite()
        session.goAway(reason: "\(server.routes.serviceName) is shutting down")
        streamDidClose()
    }

    override func streamDidClose() {
        if server.isDraining && session.streamCount == 0 { closeWhenSent() }
    }

    /// Ends all calls, and the connection.
    func cut() {
        let error = RPCError(.unavailable, "\(server.routes.serviceName) has shut down")
        prepareToWrite()
        for stream in calls.keys { session.fail(stream, Payload(error)) }
        flush()
        close(error)
    }

    override func didClose(_ reason: RPCError) { server.connectionClosed(self) }
}
