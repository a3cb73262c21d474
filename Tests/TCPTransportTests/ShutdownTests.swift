import CairnCore
import Framing
import Messages
import Ports
import Testing

@testable import TCPTransport

@Suite(.timeLimit(.minutes(10))) struct ShutdownTests {
    @Test func whatRunsIsFinishedAndNothingNewIsTaken() async throws {
        let service = TestService()
        try await withServer(service) { server, loops in
            try await TCPChannel.with(
                to: server.address, loops: loops, options: ClientOptions(name: "test")
            ) { channel in
                async let running = channel.call(TestService.wait, KeyValue(key: "a"))
                await service.started.wait()
                server.shutDown()
                var refusal: RPCError?
                while refusal == nil {  // Until the GOAWAY has come through.
                    refusal = await failure {
                        _ = try await channel.call(TestService.echo, KeyValue(key: "a"))
                    }
                }
                #expect(refusal?.code == .unavailable)
                #expect(refusal?.canRetry == true)
                service.release.open(nil)
                let reply = try await running
                #expect(reply == Done())
            }
        }
    }

    @Test func whatRunsForTooLongIsCancelled() async throws {
        let service = TestService()
        var options = ServerOptions()
        options.drainTime = .milliseconds(50)
        try await withServer(service, options: options) { server, loops in
            try await TCPChannel.with(
                to: server.address, loops: loops, options: ClientOptions(name: "test")
            ) { channel in
                async let outcome = failure {
                    _ = try await channel.call(TestService.wait, KeyValue(key: "a"))
                }
                await service.started.wait()
                server.shutDown()
                #expect(await outcome?.code == .unavailable)
                await service.cancelled.wait()
            }
        }
    }

    @Test func aChannelConnectsAgainAfterItsServiceCameBack() async throws {
        try await EventLoops.with { loops in
            var address = SocketAddress.tcp(host: "127.0.0.1", port: 0)
            var channel: TCPChannel?
            for round in 0..<3 {
                let server = try TCPServer(TestService().routes, on: address, loops: loops)
                address = server.address
                async let life: Void = server.run()
                let used =
                    channel
                    ?? TCPChannel(to: address, loops: loops, options: ClientOptions(name: "test"))
                channel = used
                let request = KeyValue(key: "round", value: "\(round)")
                var reply: KeyValue?
                while reply == nil {
                    // The first call may still meet the connection that has just ended.
                    reply = try? await used.call(TestService.echo, request)
                }
                #expect(reply == request)
                server.shutDown()
                try await life
            }
            await channel?.close()
        }
    }

    @Test func aServerThatNeverRanLetsGoOfItsPort() async throws {
        try await EventLoops.with { loops in
            var address = SocketAddress.tcp(host: "127.0.0.1", port: 0)
            for _ in 0..<2 {
                let server = try TCPServer(TestService().routes, on: address, loops: loops)
                address = server.address
                server.shutDown()
                try await server.run()
            }
        }
    }

    @Test func aPortInUseIsAnErrorThatNamesIt() async throws {
        try await withServer(TestService()) { server, loops in
            let error = #expect(throws: SocketError.self) {
                try TCPServer(TestService().routes, on: server.address, loops: loops)
            }
            #expect(error?.description.contains("\(server.address)") == true)
        }
    }
}
