import CairnCore
import Messages
import Synchronization

/// An `RPCChannel` straight into a service's routes: no socket, the same calls.
///
/// Streams hold at most `window` messages in each direction, so that back-pressure is real here too.
public struct InMemoryChannel: RPCChannel {
    private let routes: RPCRoutes
    private let peerName: String
    private let window: Int
    private let nextCallID = SharedCounter()

    public init(_ routes: RPCRoutes, peerName: String = "in-memory", window: Int = 16) {
        (self.routes, self.peerName, self.window) = (routes, peerName, window)
    }

    private func context(_ options: CallOptions) -> CallContext {
        CallContext(
            callID: options.callID ?? nextCallID.next(),
            deadline: options.deadline.map { ContinuousClock.now + $0 }, peerName: peerName)
    }

    private func handler(_ method: UInt16) throws -> RPCHandler {
        guard let handler = routes.handler(for: method) else {
            throw RPCError(.unimplemented, "\(routes.serviceName) has no method \(method)")
        }
        return handler
    }

    public func unary(_ method: UInt16, _ request: RawMessage, _ options: CallOptions) async throws
        -> RawMessage
    {
        do {
            switch try handler(method) {
            case .unary(let start):
                let work = try request.bytes.withUnsafeBytes { try start($0, request.attachment) }
                return try await work(context(options))
            case .stream: throw RPCError(.protocol, "method \(method) is not unary")
            }
        } catch { throw RPCError.from(error) }
    }

    public func open(_ method: UInt16, _ options: CallOptions) async throws -> any RawCall {
        guard case .stream(let handle) = try handler(method) else {
            throw RPCError(.protocol, "method \(method) is unary")
        }
        let call = InMemoryCall(window: window)
        call.start(handle, context(options))
        return call
    }
}

/// Two bounded queues and the task of the handler between them.
final class InMemoryCall: RawCall {
    private let requests: BoundedQueue<RawMessage>
    private let replies: BoundedQueue<RawMessage>
    private let task = Mutex<Task<Void, Never>?>(nil)

    init(window: Int) {
        requests = BoundedQueue(capacity: window)
        replies = BoundedQueue(capacity: window)
    }

    /// The task is owned by the call: `cancel` ends it, and every user of a channel calls that.
    func start(
        _ handle:
            @escaping @Sendable (any RawSource, any RawSink, CallContext) async throws -> Void,
        _ context: CallContext
    ) {
        let (source, sink) = (QueueEnd(queue: requests), QueueEnd(queue: replies))
        let work = Task {
            do {
                try await handle(source, sink, context)
                sink.queue.finish(throwing: nil)
            } catch {
                sink.queue.finish(throwing: RPCError.from(error))
            }
            source.queue.finish(throwing: RPCError(.cancelled, "the call is over"))
        }
        task.withLock { $0 = work }
    }

    func next() async throws -> RawMessage? { try await replies.next() }
    func send(_ message: RawMessage) async throws { try await requests.send(message) }
    func finishSending() { requests.finish(throwing: nil) }

    func cancel() {
        task.withLock { $0?.cancel() }
        requests.finish(throwing: RPCError(.cancelled, "the call was cancelled"))
        replies.finish(throwing: RPCError(.cancelled, "the call was cancelled"))
    }
}

struct QueueEnd: RawSource, RawSink {
    let queue: BoundedQueue<RawMessage>
    func next() async throws -> RawMessage? { try await queue.next() }
    func send(_ message: RawMessage) async throws { try await queue.send(message) }
}

/// Counts up from 1, from any thread.
public final class SharedCounter: Sendable {
    private let value = Atomic<UInt64>(0)
    public init() {}
    public func next() -> UInt64 { value.add(1, ordering: .relaxed).newValue }
}
