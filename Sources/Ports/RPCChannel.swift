import CairnCore
import Messages

/// How one call shall be made.
public struct CallOptions: Sendable {
    /// How long the caller waits, connecting included.
    public var deadline: Duration?
    /// Repeated by a client that repeats the call; `nil` takes a fresh one.
    public var callID: UInt64?

    public init(deadline: Duration? = .seconds(30), callID: UInt64? = nil) {
        (self.deadline, self.callID) = (deadline, callID)
    }

    public static let standard = CallOptions()
    /// For watches, which have no end.
    public static let endless = CallOptions(deadline: nil)
}

/// A call with more than one message, as the transport gives it to the client.
public protocol RawCall: RawSource, RawSink {
    /// No more messages will be sent.
    func finishSending() async throws
    /// Ends the call on both sides; harmless after its end.
    func cancel()
}

/// A connection to a service. Implemented by transports, and by `InMemoryChannel` over the routes of
/// a service in the same process.
public protocol RPCChannel: Sendable {
    /// Throws `RPCError`. Cancelling the task cancels the call on the other side.
    nonisolated(nonsending) func unary(
        _ method: UInt16, _ request: RawMessage, _ options: CallOptions
    ) async throws -> RawMessage
    func open(_ method: UInt16, _ options: CallOptions) async throws -> any RawCall
}

extension RPCChannel {
    @inlinable nonisolated(nonsending) public func call<Request, Reply>(
        _ method: Method<Request, Reply>, _ request: Request, _ options: CallOptions = .standard
    ) async throws -> Reply {
        let reply = try await unary(method.id, RawMessage(try request.encoded()), options)
        return try Reply(decoding: reply.bytes)
    }

    /// Sends one request and gives `body` the replies. The call is cancelled if `body` leaves before
    /// the last one.
    public func stream<Request, Reply, Result>(
        _ method: Method<Request, Reply>, _ request: Request,
        _ options: CallOptions = .standard, _ body: (Incoming<Reply>) async throws -> Result
    ) async throws -> Result {
        let call = try await open(method.id, options)
        defer { call.cancel() }
        try await call.send(RawMessage(try request.encoded()))
        try await call.finishSending()
        return try await body(Incoming(call))
    }

    /// Gives `body` the way to send, then waits for the one reply.
    public func upload<Request, Reply>(
        _ method: Method<Request, Reply>, _ options: CallOptions = .standard,
        _ body: (Outgoing<Request>) async throws -> Void
    ) async throws -> Reply {
        let call = try await open(method.id, options)
        defer { call.cancel() }
        do {
            try await body(Outgoing(call))
            try await call.finishSending()
        } catch {
            // The service may have ended the call with an error that says more than the cut stream.
            guard error is RPCError, let reply = try await call.next() else { throw error }
            return try Reply(decoding: reply.bytes)
        }
        guard let reply = try await call.next() else {
            throw RPCError(.protocol, "\(method.name) ended without a reply", canRetry: true)
        }
        return try Reply(decoding: reply.bytes)
    }

    /// Both directions at once, for the length of `body`.
    public func converse<Request, Reply, Result>(
        _ method: Method<Request, Reply>, _ options: CallOptions = .endless,
        _ body: (Outgoing<Request>, Incoming<Reply>) async throws -> Result
    ) async throws -> Result {
        let call = try await open(method.id, options)
        defer { call.cancel() }
        return try await body(Outgoing(call), Incoming(call))
    }
}
