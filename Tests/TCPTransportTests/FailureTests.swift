import CairnCore
import Framing
import Messages
import Ports
import Synchronization
import Testing

@testable import TCPTransport

/// The error that `body` throws.
func failure(of body: () async throws -> Void) async -> RPCError? {
    do {
        try await body()
        return nil
    } catch {
        return error as? RPCError
    }
}

@Suite(.timeLimit(.minutes(10))) struct FailureTests {
    @Test func anErrorKeepsCodeTextAndFacts() async throws {
        try await withService(TestService()) { channel in
            let error = await failure {
                _ = try await channel.call(TestService.fail, KeyValue(key: "k", value: "no"))
            }
            #expect(error == RPCError(.conflict, "no", facts: ["key": "k"]))
        }
    }

    @Test func aBugInAHandlerIsReportedAndNotTold() async throws {
        let reported = Mutex<[UInt16]>([])
        var options = ServerOptions()
        options.report = { _, method in reported.withLock { $0.append(method) } }
        try await withService(TestService(), options: options) { channel in
            let error = await failure {
                _ = try await channel.call(TestService.fail, KeyValue(key: "bug"))
            }
            #expect(error?.code == .internal)
            #expect(error?.text.contains("Bug") == false)
        }
        #expect(reported.withLock { $0 } == [TestService.fail.id])
    }

    @Test func anErrorWhoseTextCannotTravelKeepsItsCode() async throws {
        try await withService(TestService()) { channel in
            let error = await failure {
                _ = try await channel.call(TestService.fail, KeyValue(key: "nul"))
            }
            #expect(error?.code == .conflict)
        }
    }

    @Test func anUnknownMethodIsRefusedByName() async throws {
        try await withService(TestService()) { channel in
            let unknown = Method<KeyValue, KeyValue>(id: 999, name: "Unknown", shape: .unary)
            let error = await failure { _ = try await channel.call(unknown, KeyValue(key: "a")) }
            #expect(error?.code == .unimplemented)
            let other = await failure {
                _ = try await channel.open(TestService.echo.id, .standard).next()
            }
            #expect(other?.code == .protocol)
        }
    }

    @Test func theDeadlineEndsTheCallOnBothSides() async throws {
        let service = TestService()
        try await withService(service) { channel in
            _ = try await channel.call(TestService.echo, KeyValue(key: "connected"))
            let error = await failure {
                let options = CallOptions(deadline: .milliseconds(30))
                _ = try await channel.call(TestService.wait, KeyValue(key: "a"), options)
            }
            #expect(error?.code == .deadlineExceeded)
            await service.cancelled.wait()
        }
    }

    @Test func cancellingTheTaskCancelsTheHandler() async throws {
        let service = TestService()
        try await withService(service) { channel in
            let error = await failure {
                try await withThrowingTaskGroup(of: Void.self) { group in
                    group.addTask {
                        _ = try await channel.call(TestService.wait, KeyValue(key: "a"))
                    }
                    await service.started.wait()
                    group.cancelAll()
                    try await group.waitForAll()
                }
            }
            #expect(error?.code == .cancelled)
            await service.cancelled.wait()
            _ = try await channel.call(TestService.echo, KeyValue(key: "still here"))
        }
    }

    @Test func aCallThatIsCancelledBeforeItStartsDoesNotStart() async throws {
        try await withService(TestService()) { channel in
            let task = Task {
                withUnsafeCurrentTask { $0?.cancel() }
                _ = try await channel.call(TestService.wait, KeyValue(key: "a"))
            }
            let error = await failure { try await task.value }
            #expect(error?.code == .cancelled)
        }
    }

    @Test func aConnectionThatBreaksCancelsItsHandlers() async throws {
        let service = TestService()
        try await withServer(service) { server, loops in
            let channel = TCPChannel(
                to: server.address, loops: loops, options: ClientOptions(name: "test"))
            async let outcome = failure {
                _ = try await channel.call(TestService.wait, KeyValue(key: "a"))
            }
            await service.started.wait()
            await channel.close()
            #expect(await outcome?.code == .cancelled)
            await service.cancelled.wait()
            let late = await failure {
                _ = try await channel.call(TestService.echo, KeyValue(key: "a"))
            }
            #expect(late?.code == .refused)
        }
    }

    @Test func nobodyListeningIsUnavailable() async throws {
        let free = try await withServer(TestService()) { server, _ in server.address }
        try await EventLoops.with { loops in
            let channel = TCPChannel(to: free, loops: loops, options: ClientOptions(name: "test"))
            let error = await failure {
                _ = try await channel.call(TestService.echo, KeyValue(key: "a"))
            }
            #expect(error?.code == .unavailable)
            #expect(error?.canRetry == true)
            await channel.close()
        }
    }

    @Test func whoMayNotConnectLearnsWhy() async throws {
        var options = ServerOptions()
        options.admit = { hello in
            guard hello.token == [1, 2, 3] else {
                throw RPCError(.unauthenticated, "the token is not known here")
            }
        }
        try await withServer(TestService(), options: options) { server, loops in
            var client = ClientOptions(name: "test")
            for (token, expected) in [([1, 2], ErrorCode.unauthenticated), ([1, 2, 3], nil)] {
                client.token = token.map(UInt8.init)
                try await TCPChannel.with(to: server.address, loops: loops, options: client) {
                    let channel = $0
                    let error = await failure {
                        _ = try await channel.call(TestService.echo, KeyValue(key: "a"))
                    }
                    #expect(error?.code == expected)
                }
            }
        }
    }

    @Test func aMessageTooLongIsRefusedBeforeItIsSent() async throws {
        try await withService(TestService()) { channel in
            let error = await failure {
                let long = RawMessage([UInt8](repeating: 0, count: 1 << 20 + 1))
                _ = try await channel.unary(TestService.echo.id, long, .standard)
            }
            #expect(error?.code == .invalidArgument)
        }
    }
}
