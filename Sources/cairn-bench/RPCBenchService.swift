import Messages
import Ports
import Synchronization
import TCPTransport

/// The work that both this server and the gRPC one in `bench/grpc` do.
enum RPCBenchService {
    static let echo = Method<KeyValue, KeyValue>(id: 1, name: "Echo", shape: .unary)
    static let upload = Method<NamedNumber, NamedNumber>(
        id: 2, name: "Upload", shape: .clientStream)
    static let watch = Method<KeyValue, NamedNumber>(id: 3, name: "Watch", shape: .serverStream)
    static let publish = Method<NamedNumber, NamedNumber>(
        id: 4, name: "Publish", shape: .unary)

    /// 84 bytes encoded: a name and a body of 64 bytes.
    static let request = KeyValue(
        key: "chat-7b/v1.2.0-x", value: String(repeating: "0123456789abcdef", count: 4))

    static func routes() -> RPCRoutes {
        let hub = BenchHub()
        var routes = RPCRoutes(serviceName: "cairn-bench")
        routes.unary(echo) { request, _ in KeyValue(key: request.key, value: request.value) }
        routes.clientStream(upload) { source, _ in
            var byteCount = 0
            while let (_, attachment) = try await source.next() {
                byteCount += attachment?.count ?? 0
            }
            return NamedNumber(name: "bytes", value: Double(byteCount))
        }
        routes.serverStream(watch) { _, out, _ in
            var seen = 0
            while true {
                let (version, value) = try await hub.next(after: seen)
                try await out.send(NamedNumber(name: "value", value: value))
                seen = version
            }
        }
        routes.unary(publish) { number, _ in
            NamedNumber(name: "watchers", value: Double(hub.publish(number.value)))
        }
        return routes
    }
}

/// The latest number, and who waits for the next one.
final class BenchHub: Sendable {
    private struct State {
        var version = 0
        var value = 0.0
        var waiting: [Int: UnsafeContinuation<Void, Never>] = [:]
        var nextTicket = 0
    }

    private let state = Mutex(State())

    /// - Throws: `CancellationError` when the task is cancelled.
    func next(after seen: Int) async throws -> (version: Int, value: Double) {
        while true {
            try Task.checkCancellation()
            let (ticket, news) = state.withLock { state in
                state.nextTicket += 1
                let news = state.version > seen ? (state.version, state.value) : nil
                return (state.nextTicket, news)
            }
            if let news { return news }
            await withTaskCancellationHandler {
                await withUnsafeContinuation { wait($0, ticket, seen) }
            } onCancel: {
                state.withLock { $0.waiting.removeValue(forKey: ticket) }?.resume()
            }
        }
    }

    private func wait(_ continuation: UnsafeContinuation<Void, Never>, _ ticket: Int, _ seen: Int) {
        let isCancelled = Task.isCancelled
        let goesOn = state.withLock { state in
            if state.version > seen || isCancelled { return true }
            state.waiting[ticket] = continuation
            return false
        }
        if goesOn { continuation.resume() }
    }

    /// - Returns: how many waited.
    func publish(_ value: Double) -> Int {
        let waiting = state.withLock { state in
            (state.version, state.value) = (state.version + 1, value)
            defer { state.waiting = [:] }
            return state.waiting
        }
        for continuation in waiting.values { continuation.resume() }
        return waiting.count
    }
}

enum RPCBenchServer {
    /// Serves until SIGTERM ends the process.
    static func run(_ options: BenchOptions) async throws {
        raiseDescriptorLimit()
        guard let address = SocketAddress(try options.text("listen")) else {
            throw BenchError("--listen is no address")
        }
        let loops = try EventLoops(count: try options.number("loops", or: 1))
        let server = try TCPServer(RPCBenchService.routes(), on: address, loops: loops)
        print("listening on \(server.address)")
        flushOutput()
        try await server.run()
        await loops.stop()
    }
}
