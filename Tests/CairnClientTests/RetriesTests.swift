import CairnCore
import Messages
import Ports
import ServiceKit
import ServingTestKit
import Synchronization
import TCPTransport
import Testing

@testable import CairnClient

@Suite(.timeLimit(.minutes(10))) struct RetriesTests {
    let clock = ManualClock()
    let ingest = MemoryIngest()

    var retries: Retries {
        Retries(policy: RetryPolicy(first: .seconds(1), most: .seconds(4)), clock: clock) { 1 }
    }

    var channel: RetryingChannel {
        RetryingChannel(
            ingest.channel, service: "ingest", address: "127.0.0.1:7401", retries: retries)
    }

    @Test func whatIsHarmlessIsRepeatedWithTheSameCallID() async throws {
        let ids = Mutex<[UInt64]>([])
        var routes = RPCRoutes(serviceName: "cairn-ingest")
        routes.unary(IngestMethods.listModels) { _, context in
            let count = ids.withLock { ids in
                ids.append(context.callID)
                return ids.count
            }
            if count < 3 { throw RPCError(.unavailable, "starting") }
            return ModelList(models: ["m"])
        }
        let channel = RetryingChannel(
            InMemoryChannel(routes), service: "ingest", address: "a", retries: retries)
        let reply = try await clock.pushing(by: .seconds(1)) {
            try await channel.call(IngestMethods.listModels, ListModels())
        }
        #expect(reply.models == ["m"])
        #expect(ids.withLock { Set($0).count == 1 && $0.count == 3 })
    }

    @Test func whatIsNotHarmlessIsNotRepeatedOnceItMayHaveBeenSeen() async throws {
        let count = Mutex(0)
        var routes = RPCRoutes(serviceName: "cairn-deployment-controller")
        routes.unary(ControllerMethods.promote) { _, _ in
            count.withLock { $0 += 1 }
            throw RPCError(.unavailable, "the connection was cut")
        }
        let channel = RetryingChannel(
            InMemoryChannel(routes), service: "controller", address: "a", retries: retries)
        await #expect(throws: RPCError.self) {
            try await channel.call(ControllerMethods.promote, Verb(target: "prod/chat"))
        }
        #expect(count.withLock { $0 } == 1)
    }

    @Test func aVerbIsRepeatedUnderOneRequestID() async throws {
        let ids = Mutex<[[UInt8]]>([])
        var routes = RPCRoutes(serviceName: "cairn-deployment-controller")
        routes.unary(ControllerMethods.rollback) { request, _ in
            let count = ids.withLock { ids in
                ids.append(request.expectation?.requestId ?? [])
                return ids.count
            }
            if count == 1 { throw RPCError(.unavailable, "the answer was lost") }
            return VerbReply(text: "rolling back", changed: true)
        }
        let controller = ControllerClient(InMemoryChannel(routes), retries: retries)
        let reply = try await clock.pushing {
            try await controller.rollback(
                try TargetName("prod/chat"), Expectation(actor: "ada", reason: "it is bad"))
        }
        #expect(reply.changed)
        #expect(ids.withLock { $0.count == 2 && Set($0).count == 1 && $0[0].count == 16 })
    }

    @Test func errorsThatStayAreThrownAtOnce() async throws {
        await #expect(throws: RPCError(.notFound, "no version m@1.0.0")) {
            try await channel.call(
                IngestMethods.resolveVersion, ResolveVersion(reference: "m@1.0.0"))
        }
    }

    @Test func theTimeIsOverWithTheLastErrorAndNotALaterOne() async throws {
        var routes = RPCRoutes(serviceName: "cairn-ingest")
        routes.unary(IngestMethods.listModels) { _, _ in throw RPCError(.unavailable, "no disk") }
        let channel = RetryingChannel(
            InMemoryChannel(routes), service: "ingest", address: "a", retries: retries)
        let start = clock.now()
        let error = await #expect(throws: RPCError.self) {
            try await clock.pushing(by: .milliseconds(100)) {
                _ = try await channel.call(
                    IngestMethods.listModels, ListModels(), CallOptions(deadline: .seconds(20)))
            }
        }
        #expect(error?.text == "no disk")
        #expect(clock.now() - start <= .seconds(20))
    }

    @Test func aServiceThatIsAwayIsNamedWithWhatToDo() async throws {
        try await EventLoops.with { loops in
            // A port that nobody listens on: taken, and given back.
            let server = try TCPServer(
                RPCRoutes(serviceName: "x"), on: .tcp(host: "127.0.0.1", port: 0), loops: loops)
            server.shutDown()
            let address = server.address
            let error = await #expect(throws: RPCError.self) {
                try await TCPChannel.with(
                    to: address, loops: loops, options: ClientOptions(name: "test")
                ) { channel in
                    let channel = RetryingChannel(
                        channel, service: "ingest", address: address.description)
                    _ = try await channel.call(
                        IngestMethods.listModels, ListModels(),
                        CallOptions(deadline: .milliseconds(200)))
                }
            }
            #expect(error?.code == .unavailable && error?.canRetry == true)
            #expect(
                error?.text == "ingest at \(address) does not answer: connection refused; "
                    + "start it with `cairn up`")
        }
    }
}
