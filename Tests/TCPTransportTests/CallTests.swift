import CairnCore
import CairnTestKit
import Framing
import Messages
import Ports
import Testing

@testable import TCPTransport

@Suite(.timeLimit(.minutes(10))) struct CallTests {
    @Test func aUnaryCallReturnsItsReply() async throws {
        try await withService(TestService()) { channel in
            let reply = try await channel.call(TestService.echo, KeyValue(key: "a", value: "b"))
            #expect(reply == KeyValue(key: "a", value: "b"))
        }
    }

    @Test func theHandlerKnowsItsPeer() async throws {
        try await withService(TestService(), client: ClientOptions(name: "trainer")) { channel in
            let reply = try await channel.call(TestService.echo, KeyValue(key: "peer"))
            #expect(reply.value == "trainer")
        }
    }

    @Test func aServerStreamArrivesInOrderAndEnds() async throws {
        try await withService(TestService()) { channel in
            let request = NamedNumber(name: "n", value: 1000)
            let numbers = try await channel.stream(TestService.count, request) { source in
                var numbers: [Double] = []
                while let (number, _) = try await source.next() { numbers.append(number.value) }
                return numbers
            }
            #expect(numbers == (0..<1000).map(Double.init))
        }
    }

    @Test func endingACallThatTheServiceHasEndedIsFine() async throws {
        try await withService(TestService()) { channel in
            let call = try await channel.open(TestService.count.id, .standard)
            try await call.send(RawMessage(try NamedNumber(value: 0).encoded()))
            let last = try await call.next()
            #expect(last?.bytes == nil)
            try await call.finishSending()
            let error = await failure { try await call.send(RawMessage([])) }
            #expect(error?.code == .refused)
        }
    }

    @Test func aClientStreamIsSummedUp() async throws {
        try await withService(TestService()) { channel in
            let reply = try await channel.upload(TestService.sum) { out in
                for number in 1...100 {
                    let attachment = SharedBytes([UInt8](repeating: 1, count: number * 1000))
                    try await out.send(NamedNumber(value: 1), attachment: attachment)
                }
            }
            #expect(reply.value == 100 + 5_050_000)
        }
    }

    @Test func bothSidesOfAConversationInterleave() async throws {
        try await withService(TestService()) { channel in
            try await channel.converse(TestService.chat) { out, source in
                for number in 0..<100 {
                    let bytes = SharedBytes((0..<number * 1000).map { UInt8($0 & 255) })
                    try await out.send(KeyValue(key: "\(number)"), attachment: bytes)
                    let (reply, attachment) = try #require(try await source.next())
                    #expect(reply.key == "\(number)")
                    #expect(attachment?.bytes ?? [] == bytes.bytes)
                }
            }
        }
    }

    @Test(arguments: [1, 2]) func manyCallsShareAConnection(loopCount: Int) async throws {
        try await withService(TestService(), loopCount: loopCount) { channel in
            try await withThrowingTaskGroup(of: (Int, KeyValue).self) { group in
                for number in 0..<3000 {
                    group.addTask {
                        let request = KeyValue(key: "k", value: "\(number)")
                        return (number, try await channel.call(TestService.echo, request))
                    }
                }
                for try await (number, reply) in group { #expect(reply.value == "\(number)") }
            }
        }
    }

    @Test func callsOnTheLoopNeedNoOtherThread() async throws {
        try await withService(TestService()) { channel in
            try await withTaskExecutorPreference(channel.loop) {
                for number in 0..<100 {
                    let reply = try await channel.call(
                        TestService.echo, KeyValue(key: "k", value: "\(number)"))
                    #expect(reply.value == "\(number)")
                    #expect(channel.loop.isHere)
                }
            }
        }
    }

    @Test func unixDomainSocketsServeAsWell() async throws {
        let folder = try ScratchFolder()
        let path = folder.path + "/service.sock"
        try await EventLoops.with { loops in
            for _ in 0..<2 {  // The second finds nothing left behind.
                let server = try TCPServer(
                    TestService().routes, on: .unix(path: path), loops: loops)
                async let life: Void = server.run()
                try await TCPChannel.with(
                    to: .unix(path: path), loops: loops, options: ClientOptions(name: "test")
                ) { channel in
                    _ = try await channel.call(TestService.echo, KeyValue(key: "a"))
                }
                server.shutDown()
                try await life
            }
        }
    }

    @Test func aHostNameIsLookedUp() async throws {
        try await withServer(TestService()) { server, loops in
            guard case .tcp(_, let port) = server.address else { return }
            let address = SocketAddress.tcp(host: "localhost", port: port)
            try await TCPChannel.with(
                to: address, loops: loops, options: ClientOptions(name: "test")
            ) { channel in
                _ = try await channel.call(TestService.echo, KeyValue(key: "a"))
            }
        }
    }
}
