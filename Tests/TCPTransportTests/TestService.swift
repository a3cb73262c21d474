import CairnCore
import Framing
import Messages
import Ports
import Synchronization
import Testing

@testable import TCPTransport

/// A service with one method of each shape, and some that misbehave.
struct TestService: Sendable {
    static let echo = Method<KeyValue, KeyValue>(id: 1, name: "Echo", shape: .unary)
    static let wait = Method<KeyValue, Done>(id: 2, name: "Wait", shape: .unary)
    static let fail = Method<KeyValue, Done>(id: 3, name: "Fail", shape: .unary)
    static let count = Method<NamedNumber, NamedNumber>(
        id: 4, name: "Count", shape: .serverStream)
    static let sum = Method<NamedNumber, NamedNumber>(id: 5, name: "Sum", shape: .clientStream)
    static let chat = Method<KeyValue, KeyValue>(id: 6, name: "Chat", shape: .bidirectional)
    static let ignore = Method<NamedNumber, Done>(id: 7, name: "Ignore", shape: .clientStream)
    static let watch = Method<KeyValue, NamedNumber>(id: 8, name: "Watch", shape: .serverStream)
    static let flood = Method<NamedNumber, Done>(id: 9, name: "Flood", shape: .serverStream)

    /// Opens when a call that waits has started.
    let started = Latch()
    /// What calls that wait, wait for.
    let release = Latch()
    /// Opens when a handler that waited was cancelled.
    let cancelled = Latch()
    let hub = Hub()
    let floodCount = Counter()

    var routes: RPCRoutes {
        var routes = RPCRoutes(serviceName: "test-service")
        addUnary(&routes)
        addStreams(&routes)
        return routes
    }

    private func addUnary(_ routes: inout RPCRoutes) {
        routes.unary(Self.echo) { request, context in
            if request.key == "peer" { return KeyValue(key: "peer", value: context.peerName) }
            return request
        }
        routes.unary(Self.wait) { _, _ in
            started.open(nil)
            try await waitForRelease()
            return Done()
        }
        routes.unary(Self.fail) { request, _ in
            switch request.key {
            case "bug": throw Bug()
            case "nul": throw RPCError(.conflict, "a\0b")
            default: throw RPCError(.conflict, request.value, facts: ["key": request.key])
            }
        }
    }

    private func addStreams(_ routes: inout RPCRoutes) {
        routes.serverStream(Self.count) { request, out, _ in
            for number in 0..<Int(request.value) {
                try await out.send(NamedNumber(name: request.name, value: Double(number)))
            }
        }
        routes.clientStream(Self.sum) { source, _ in
            var sum = 0.0
            while let (number, attachment) = try await source.next() {
                sum += number.value + Double(attachment?.count ?? 0)
            }
            return NamedNumber(name: "sum", value: sum)
        }
        routes.bidirectional(Self.chat) { source, out, _ in
            while let (message, attachment) = try await source.next() {
                try await out.send(message, attachment: attachment)
            }
        }
        routes.clientStream(Self.ignore) { _, _ in
            started.open(nil)
            try await waitForRelease()
            return Done()
        }
        routes.serverStream(Self.watch) { _, out, _ in
            var seen = 0
            while true {
                let (version, value) = try await hub.next(after: seen)
                try await out.send(NamedNumber(name: "value", value: value))
                seen = version
            }
        }
        routes.serverStream(Self.flood) { _, out, _ in
            let bytes = SharedBytes([UInt8](repeating: 7, count: 100_000))
            while true {
                try await out.send(Done(), attachment: bytes)
                floodCount.add()
            }
        }
    }

    /// Waits in a way that cancelling the task ends.
    private func waitForRelease() async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            let (stream, continuation) = AsyncStream<Void>.makeStream()
            group.addTask {
                for await _ in stream {}
                if Task.isCancelled { cancelled.open(nil) }
                try Task.checkCancellation()
            }
            group.addTask {
                await release.wait()
                continuation.finish()
            }
            defer { if Task.isCancelled { release.open(nil) } }
            try await group.next()
            try await group.next()
        }
    }
}

struct Bug: Error {}

/// Counts, from any thread.
final class Counter: Sendable {
    private let value = Atomic<Int>(0)
    func add() { value.add(1, ordering: .relaxed) }
    var count: Int { value.load(ordering: .relaxed) }
}

/// Runs `body` against a server of its own; `body` may shut it down itself.
func withServer<Result: Sendable>(
    _ service: TestService, options: ServerOptions = ServerOptions(), loopCount: Int = 1,
    _ body: (TCPServer, EventLoops) async throws -> Result
) async throws -> Result {
    try await EventLoops.with(count: loopCount) { loops in
        let server = try TCPServer(
            service.routes, on: .tcp(host: "127.0.0.1", port: 0), loops: loops, options: options)
        return try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await server.run() }
            do {
                let result = try await body(server, loops)
                server.shutDown()
                try await group.waitForAll()
                return result
            } catch {
                server.shutDown()
                try await group.waitForAll()
                throw error
            }
        }
    }
}

/// Runs `body` with a server and a channel to it.
func withService<Result: Sendable>(
    _ service: TestService, options: ServerOptions = ServerOptions(), loopCount: Int = 1,
    client: ClientOptions = ClientOptions(name: "test"),
    _ body: (TCPChannel) async throws -> Result
) async throws -> Result {
    try await withServer(service, options: options, loopCount: loopCount) { server, loops in
        try await TCPChannel.with(to: server.address, loops: loops, options: client) {
            try await body($0)
        }
    }
}

/// Two hundred small calls, one after the other: the service answers as ever.
func expectEchoes(on channel: TCPChannel) async throws {
    for number in 0..<200 {
        let request = KeyValue(key: "k", value: "\(number)")
        let reply = try await channel.call(TestService.echo, request)
        #expect(reply == request)
    }
}
