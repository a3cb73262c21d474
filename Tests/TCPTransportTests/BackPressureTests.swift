import CairnCore
import Framing
import Messages
import Ports
import Testing

@testable import TCPTransport

@Suite(.timeLimit(.minutes(10))) struct BackPressureTests {
    @Test func aClientThatDoesNotReadStallsNeitherOthersNorMemory() async throws {
        let service = TestService()
        try await withService(service) { channel in
            try await channel.stream(TestService.flood, NamedNumber()) { source in
                try await expectEchoes(on: channel)
                // A window of 2 MiB and one message more, in messages of 100 kB.
                #expect(service.floodCount.count <= 21 + 1)
                for _ in 0..<200 { _ = try await source.next() }
                #expect(service.floodCount.count >= 200)
            }
        }
    }

    @Test func aHandlerThatDoesNotReadStopsItsSenderOnly() async throws {
        let service = TestService()
        try await withService(service) { channel in
            let sent = Counter()
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask {
                    _ = try await channel.upload(TestService.ignore) { out in
                        let bytes = SharedBytes([UInt8](repeating: 1, count: 1 << 20))
                        while true {
                            try await out.send(NamedNumber(), attachment: bytes)
                            sent.add()
                        }
                    }
                }
                await service.started.wait()
                try await expectEchoes(on: channel)
                #expect(sent.count <= 3)
                group.cancelAll()
                _ = await failure { try await group.waitForAll() }
            }
        }
    }

    @Test func repliesThatNobodyReadsPauseTheirClientOnly() async throws {
        var options = ServerOptions()
        options.limits.unsentByteCount = 100_000
        try await withServer(TestService(), options: options) { server, loops in
            // A raw client asks for 30 MB of echoes and reads none of them for now.
            let text = String(repeating: "x", count: 60_000)
            let message = Payload(try KeyValue(key: "k", value: text).encoded())
            let calls = [(Call, Payload?)](
                repeating: (Call(method: TestService.echo.id), message), count: 500)
            let requests = try RawPeer.speech(opening: calls)
            let peer = try RawPeer(to: server.address)
            async let sending: Void = onThread {
                try peer.greet()
                try peer.send(requests)
            }
            try await TCPChannel.with(
                to: server.address, loops: loops, options: ClientOptions(name: "test")
            ) { channel in
                try await expectEchoes(on: channel)
            }
            let expected = 500 * message.charge
            let count = try await onThread {
                var count = 0
                while count < expected { count += try peer.receive().count }
                return count
            }
            try await sending
            #expect(count == expected)
        }
    }
}
