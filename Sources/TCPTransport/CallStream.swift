import Framing
import Ports

/// The messages of a streaming call, in both directions, as either side sees them.
///
/// Its state is touched on the loop's thread only; the async functions may be called anywhere, and
/// do not suspend when they are called on the loop and need not wait.
class CallStream: ActiveCall, RawSource, RawSink, @unchecked Sendable {
    private struct Unsent {
        /// `nil` is the end of our side.
        let payload: Payload?
        let waiter: Waiter<Void>
    }

    private var received = Fifo<Payload>()
    private var isPeerDone = false
    private var failure: RPCError?
    private var reader: Waiter<RawMessage?>?
    private var unsent = Fifo<Unsent>()
    private var isRoomAwaited = false
    private var isDone = false

    // MARK: Reading

    func next() async throws -> RawMessage? {
        if loop.isHere, let outcome = takeNext() { return try outcome.get() }
        let waiter = Waiter<RawMessage?>()
        return try await withTaskCancellationHandler {
            try await withUnsafeThrowingContinuation { continuation in
                loop.perform { self.wait(waiter, continuation) }
            }
        } onCancel: {
            loop.performLater { self.stop(waiter) }
        }
    }

    /// What `next` answers at once; `nil` when it has to wait.
    private func takeNext() -> Result<RawMessage?, RPCError>? {
        if let payload = received.popFirst() {
            consume(payload)
            return .success(RawMessage(payload))
        }
        if let failure { return .failure(failure) }
        return isPeerDone ? .success(nil) : nil
    }

    private func consume(_ payload: Payload) {
        guard let connection, !isOver else { return }
        connection.session.consume(payload, of: stream)
        connection.didConsume()
    }

    private func wait(
        _ waiter: Waiter<RawMessage?>, _ continuation: UnsafeContinuation<RawMessage?, any Error>
    ) {
        precondition(reader == nil, "two tasks read one call")
        guard waiter.wait(continuation) else { return }
        reader = waiter
        wakeReader()
    }

    private func stop(_ waiter: Waiter<RawMessage?>) {
        waiter.resume(throwing: RPCError(.cancelled, "the task that read was cancelled"))
        if reader === waiter { reader = nil }
    }

    private func wakeReader() {
        guard let waiter = reader, let outcome = takeNext() else { return }
        reader = nil
        switch outcome {
        case .success(let message): waiter.resume(returning: message)
        case .failure(let error): waiter.resume(throwing: error)
        }
    }

    override func receive(_ payload: consuming Payload, ended: Bool) {
        received.append(payload)
        if ended { isPeerDone = true }
        wakeReader()
    }

    override func receiveEnd() {
        isPeerDone = true
        wakeReader()
    }

    // MARK: Writing

    func send(_ message: RawMessage) async throws {
        try await write(try Payload(message))
    }

    /// Sends a message, or with `nil` the end of our side, when its turn has come.
    final func write(_ payload: Payload?) async throws {
        if loop.isHere, unsent.isEmpty, let outcome = writeNow(payload) { return try outcome.get() }
        let waiter = Waiter<Void>()
        return try await withTaskCancellationHandler {
            try await withUnsafeThrowingContinuation { continuation in
                loop.perform {
                    guard waiter.wait(continuation) else { return }
                    self.unsent.append(Unsent(payload: payload, waiter: waiter))
                    self.writeUnsent()
                }
            }
        } onCancel: {
            loop.performLater { self.stop(waiter) }
        }
    }

    private func stop(_ waiter: Waiter<Void>) {
        waiter.resume(throwing: RPCError(.cancelled, "the task that sent was cancelled"))
        unsent.removeAll { $0.waiter === waiter }
    }

    /// - Returns: `nil` when it has to wait for credit or room.
    private func writeNow(_ payload: Payload?) -> Result<Void, RPCError>? {
        if let failure { return .failure(failure) }
        guard let connection, !isOver else {
            // Who has nothing more to say need not mind that nobody listens any more.
            if payload == nil { return .success(()) }
            return .failure(RPCError(.refused, "the other side has ended the call"))
        }
        guard !isDone else {
            return .failure(RPCError(.refused, "this side of the call was ended before"))
        }
        guard let payload else {
            isDone = true
            connection.prepareToWrite()
            connection.session.end(stream)
            return .success(())
        }
        guard connection.session.mayWrite(stream) else { return nil }
        connection.prepareToWrite()
        connection.session.send(payload, on: stream, ended: false)
        return .success(())
    }

    private func writeUnsent() {
        while let first = unsent.first {
            guard let outcome = writeNow(first.payload) else { return awaitRoom() }
            _ = unsent.popFirst()
            switch outcome {
            case .success: first.waiter.resume(returning: ())
            case .failure(let error): first.waiter.resume(throwing: error)
            }
        }
    }

    /// Without credit the peer will say when; without room the connection has to be told to.
    private func awaitRoom() {
        guard !isRoomAwaited, let connection, connection.session.hasCredit(stream) else { return }
        isRoomAwaited = true
        connection.wakeWhenRoom(stream)
    }

    override func mayWrite() {
        isRoomAwaited = false
        writeUnsent()
    }

    // MARK: Ending

    override func end(_ error: RPCError) {
        guard !isOver else { return }
        failure = error
        finish()
        wakeReader()
    }

    /// The call ended well. What was received can still be read; what was not sent never will be.
    final func finish() {
        isOver = true
        clearTimer()
        connection = nil
        writeUnsent()
    }
}
