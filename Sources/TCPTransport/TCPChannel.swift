import Framing
import Ports

/// A connection to a service, made at the first call and again at the next one after it broke.
///
/// Calls from tasks that run on the channel's loop (`withTaskExecutorPreference(channel.loop)`)
/// cost no change of thread. Bulk transfers deserve a channel of their own, so that small calls do
/// not queue behind large frames.
public final class TCPChannel: RPCChannel {
    public let loop: EventLoop
    private let core: ChannelCore

    /// Connects to nothing yet. Call `close` at the end.
    public init(to address: SocketAddress, loops: EventLoops, options: ClientOptions) {
        loop = loops.next()
        core = ChannelCore(address, options, on: loop)
    }

    /// Runs `body` with a channel that is closed after it.
    public static func with<Result: Sendable>(
        to address: SocketAddress, loops: EventLoops, options: ClientOptions,
        _ body: (TCPChannel) async throws -> Result
    ) async throws -> Result {
        let channel = TCPChannel(to: address, loops: loops, options: options)
        do {
            let result = try await body(channel)
            await channel.close()
            return result
        } catch {
            await channel.close()
            throw error
        }
    }

    nonisolated(nonsending) public func unary(
        _ method: UInt16, _ request: RawMessage, _ options: CallOptions
    ) async throws -> RawMessage {
        let call = ClientUnaryCall(method, try Payload(request), options, on: loop)
        return try await withTaskCancellationHandler {
            try await withUnsafeThrowingContinuation { continuation in
                if loop.isHere {
                    call.start(on: core, continuation)
                } else {
                    loop.perform { [core] in call.start(on: core, continuation) }
                }
            }
        } onCancel: {
            loop.performLater { call.cancel() }
        }
    }

    public func open(_ method: UInt16, _ options: CallOptions) async throws -> any RawCall {
        let call = ClientStreamCall(method, options, on: loop)
        let waiter = Waiter<Void>()
        try await withTaskCancellationHandler {
            try await withUnsafeThrowingContinuation { continuation in
                loop.perform { [core] in call.start(on: core, waiter, continuation) }
            }
        } onCancel: {
            loop.performLater {
                waiter.resume(throwing: RPCError(.cancelled, "the task was cancelled"))
                call.stop(RPCError(.cancelled, "the task was cancelled"))
            }
        }
        return call
    }

    /// Ends all calls and the connection; later calls are refused. Harmless when repeated.
    public func close() async {
        await withCheckedContinuation { continuation in
            loop.perform { [core] in
                core.close()
                continuation.resume()
            }
        }
    }
}
