import Framing
import Ports

/// A call that a channel can start once it has a connection with room.
protocol StartableCall: ActiveCall {
    /// Opens the stream. The connection may open one.
    func begin(on connection: ClientConnection)
}

extension StartableCall {
    /// Ends the call, and its stream if it has one.
    func stop(_ error: RPCError) {
        guard !isOver else { return }
        let connection = self.connection
        if let connection, stream != 0 {
            connection.prepareToWrite()
            connection.session.cancel(stream)
            _ = connection.forget(stream)
        }
        end(error)
        connection?.streamDidClose()
    }
}

/// How a call was asked for, until it is sent.
struct CallHead {
    let method: UInt16
    let id: UInt64?
    /// When the caller stops waiting, as the loop's timers count.
    let end: Int64?

    init(_ method: UInt16, _ options: CallOptions, on loop: EventLoop) {
        (self.method, id) = (method, options.callID)
        end = options.deadline.map { loop.moment(after: $0) }
    }

    /// The call as it goes into a frame, with the time that is left.
    func call(on loop: EventLoop, freshID: @autoclosure () -> UInt64) -> Call {
        let left = end.map { UInt32(clamping: max(1, $0 - loop.clock.milliseconds)) } ?? 0
        return Call(method: method, id: id ?? freshID(), deadlineMilliseconds: left)
    }
}

/// One request, one reply, one task that waits for it.
final class ClientUnaryCall: ActiveCall, StartableCall, @unchecked Sendable {
    private let method: UInt16
    private let options: CallOptions
    private var head: CallHead?
    private var request: Payload?
    private var continuation: UnsafeContinuation<RawMessage, any Error>?

    init(_ method: UInt16, _ request: Payload, _ options: CallOptions, on loop: EventLoop) {
        (self.method, self.request, self.options) = (method, request, options)
        super.init(on: loop)
    }

    func start(
        on channel: ChannelCore, _ continuation: UnsafeContinuation<RawMessage, any Error>
    ) {
        self.continuation = continuation
        if isOver { return resume(throwing: RPCError(.cancelled, "the task was cancelled")) }
        head = CallHead(method, options, on: loop)
        if let end = head?.end { setTimer(at: end) }
        channel.start(self)
    }

    func begin(on connection: ClientConnection) {
        guard let head = head.take(), let request = request.take() else { return }
        self.connection = connection
        connection.prepareToWrite()
        let call = head.call(on: loop, freshID: connection.channel.freshID())
        stream = connection.session.open(call, request, ended: true)
        connection.calls[stream] = self
    }

    override func receive(_ payload: consuming Payload, ended: Bool) {
        guard !isOver else { return }
        guard ended else {
            return stop(RPCError(.protocol, "method \(method) answered with a stream"))
        }
        finish()
        continuation.take()?.resume(returning: RawMessage(payload))
    }

    override func receiveEnd() {
        end(RPCError(.protocol, "method \(method) ended without a reply"))
    }

    override func mayWrite() {}

    override func end(_ error: RPCError) {
        guard !isOver else { return }
        finish()
        resume(throwing: error)
    }

    override func timeOut() {
        let waited = options.deadline.map { " in \($0)" } ?? ""
        stop(RPCError(.deadlineExceeded, "no reply from method \(method)\(waited)"))
    }

    func cancel() {
        stop(RPCError(.cancelled, "the task was cancelled"))
        isOver = true
    }

    private func finish() {
        isOver = true
        clearTimer()
        connection = nil
        request = nil
    }

    private func resume(throwing error: RPCError) { continuation.take()?.resume(throwing: error) }
}

/// A call with more than one message, as the client sees it.
final class ClientStreamCall: CallStream, RawCall, StartableCall, @unchecked Sendable {
    private let method: UInt16
    private let options: CallOptions
    private var head: CallHead?
    private var opening: Waiter<Void>?

    init(_ method: UInt16, _ options: CallOptions, on loop: EventLoop) {
        (self.method, self.options) = (method, options)
        super.init(on: loop)
    }

    func start(
        on channel: ChannelCore, _ opening: Waiter<Void>,
        _ continuation: UnsafeContinuation<Void, any Error>
    ) {
        guard opening.wait(continuation) else { return }
        self.opening = opening
        head = CallHead(method, options, on: loop)
        if let end = head?.end { setTimer(at: end) }
        channel.start(self)
    }

    func begin(on connection: ClientConnection) {
        guard let head = head.take() else { return }
        self.connection = connection
        connection.prepareToWrite()
        let call = head.call(on: loop, freshID: connection.channel.freshID())
        stream = connection.session.open(call, nil, ended: false)
        connection.calls[stream] = self
        opening.take()?.resume(returning: ())
    }

    func finishSending() async throws { try await write(nil) }

    override func streamDidEnd() { finish() }

    func cancel() {
        loop.perform { self.stop(RPCError(.cancelled, "the call was cancelled")) }
    }

    override func end(_ error: RPCError) {
        opening.take()?.resume(throwing: error)
        super.end(error)
    }

    override func timeOut() {
        stop(RPCError(.deadlineExceeded, "method \(method) did not end in its time"))
    }
}
