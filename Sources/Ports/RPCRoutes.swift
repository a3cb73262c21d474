import CairnCore
import Messages

/// Encoded bytes of one message with what travels beside it.
public struct RawMessage: Sendable {
    public var bytes: [UInt8]
    public var attachment: SharedBytes?

    public init(_ bytes: [UInt8], attachment: SharedBytes? = nil) {
        (self.bytes, self.attachment) = (bytes, attachment)
    }
}

/// What a handler knows of its call beside the request.
public struct CallContext: Sendable {
    /// Names the call for retries: a client that repeats a call repeats its id.
    public let callID: UInt64
    /// When the caller stops waiting; the handler's task is cancelled then.
    public let deadline: ContinuousClock.Instant?
    /// Who calls, as it named itself in `Hello`.
    public let peerName: String

    public init(callID: UInt64, deadline: ContinuousClock.Instant?, peerName: String) {
        (self.callID, self.deadline, self.peerName) = (callID, deadline, peerName)
    }
}

/// What arrives on a stream, undecoded. Implemented by transports.
public protocol RawSource: Sendable {
    /// The next message, or `nil` after the peer's last one. One caller at a time.
    /// Throws `RPCError` when the call failed or was cut.
    func next() async throws -> RawMessage?
}

/// What leaves on a stream, encoded. Implemented by transports.
public protocol RawSink: Sendable {
    /// Returns when the stream's credit has room for it: a slow peer slows the sender.
    func send(_ message: RawMessage) async throws
}

/// A handler as transports call it.
public enum RPCHandler: Sendable {
    /// Decodes at once, while the bytes are in the transport's hands; the closure that it answers
    /// with does the work.
    case unary(
        @Sendable (UnsafeRawBufferPointer, SharedBytes?) throws ->
            nonisolated(nonsending) @Sendable (CallContext) async throws -> RawMessage)
    /// Reads from the source (whose first message is the request) and writes to the sink; its
    /// return ends the call.
    case stream(@Sendable (any RawSource, any RawSink, CallContext) async throws -> Void)
}

/// The calls that a process answers: method ids to handlers.
public struct RPCRoutes: Sendable {
    /// The name that `HelloReply` gives.
    public let serviceName: String
    private var handlers: [UInt16: RPCHandler] = [:]

    public init(serviceName: String) { self.serviceName = serviceName }

    public func handler(for method: UInt16) -> RPCHandler? { handlers[method] }

    private mutating func add(_ id: UInt16, _ name: String, _ handler: RPCHandler) {
        precondition(handlers.updateValue(handler, forKey: id) == nil, "\(name) has two handlers")
    }

    public mutating func unary<Request, Reply>(
        _ method: Method<Request, Reply>,
        _ handle:
            nonisolated(nonsending) @escaping @Sendable (Request, CallContext) async throws -> Reply
    ) {
        precondition(method.shape == .unary, "\(method.name) is not unary")
        add(
            method.id, method.name,
            .unary { bytes, _ in
                let request = try Request(decoding: bytes)
                return { context in RawMessage(try await handle(request, context).encoded()) }
            })
    }

    public mutating func serverStream<Request, Reply>(
        _ method: Method<Request, Reply>,
        _ handle: @escaping @Sendable (Request, Outgoing<Reply>, CallContext) async throws -> Void
    ) {
        precondition(method.shape == .serverStream, "\(method.name) is not a server stream")
        add(
            method.id, method.name,
            .stream { source, sink, context in
                guard let first = try await source.next() else {
                    throw RPCError(.protocol, "\(method.name) came without a request")
                }
                try await handle(try Request(decoding: first.bytes), Outgoing(sink), context)
            })
    }

    public mutating func clientStream<Request, Reply>(
        _ method: Method<Request, Reply>,
        _ handle: @escaping @Sendable (Incoming<Request>, CallContext) async throws -> Reply
    ) {
        precondition(method.shape == .clientStream, "\(method.name) is not a client stream")
        add(
            method.id, method.name,
            .stream { source, sink, context in
                let reply = try await handle(Incoming(source), context)
                try await sink.send(RawMessage(try reply.encoded()))
            })
    }

    public mutating func bidirectional<Request, Reply>(
        _ method: Method<Request, Reply>,
        _ handle:
            @escaping @Sendable (Incoming<Request>, Outgoing<Reply>, CallContext) async throws ->
            Void
    ) {
        precondition(method.shape == .bidirectional, "\(method.name) is not bidirectional")
        add(
            method.id, method.name,
            .stream { source, sink, context in
                try await handle(Incoming(source), Outgoing(sink), context)
            })
    }
}

/// The messages that arrive on one stream, decoded.
public struct Incoming<Body: WireMessage>: Sendable {
    private let source: any RawSource
    public init(_ source: any RawSource) { self.source = source }

    /// The next message with its attachment, or `nil` after the last. One caller at a time.
    public func next() async throws -> (body: Body, attachment: SharedBytes?)? {
        guard let raw = try await source.next() else { return nil }
        return (try Body(decoding: raw.bytes), raw.attachment)
    }
}

/// The messages that leave on one stream.
public struct Outgoing<Body: WireMessage>: Sendable {
    private let sink: any RawSink
    public init(_ sink: any RawSink) { self.sink = sink }

    /// Waits for credit: returns when the transport has taken the message.
    public func send(_ body: Body, attachment: SharedBytes? = nil) async throws {
        try await sink.send(RawMessage(try body.encoded(), attachment: attachment))
    }
}
