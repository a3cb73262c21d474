import CairnCore
import Framing
import Messages
import Ports
import Testing

@testable import TCPTransport

/// Each in a process of its own, whose memory nobody else uses.
@Suite(.timeLimit(.minutes(10))) struct IdleTests {
    /// Connections from raw sockets, which take no memory of this process to speak of; where the
    /// limit of descriptors is low, fewer connections with more watches on each.
    @Test func tenThousandWatchersCostLittleAndDisturbNobody() async {
        await #expect(processExitsWith: .success) { try await Self.watchTenThousandTimes() }
    }

    static func watchTenThousandTimes() async throws {
        let watcherCount = 10_000
        let connectionCount = min(watcherCount, (raiseDescriptorLimit() - 500) / 2)
        let watchesEach = (watcherCount + connectionCount - 1) / connectionCount
        let service = TestService()
        try await withServer(service) { server, loops in
            let address = server.address
            let before = residentByteCount()
            let peers = try await onThread { try Self.connect(connectionCount, to: address) }
            let connected = residentByteCount()
            let watch = Call(method: TestService.watch.id)
            let message = Payload(try KeyValue(key: "target").encoded())
            let requests = try RawPeer.speech(
                opening: [(Call, Payload?)](repeating: (watch, message), count: watchesEach))
            try await onThread { for peer in peers { try peer.send(requests) } }
            await service.hub.waitForWatchers(connectionCount * watchesEach)
            let watching = residentByteCount()
            let perConnection = (connected - before) / connectionCount
            let perWatcher = (watching - connected) / (connectionCount * watchesEach)
            // docs/reference/wire.md states 1 and 6 KiB for a release build.
            #expect(perConnection <= 2 << 10, "\(connectionCount) connections")
            #expect(perWatcher <= 8 << 10, "\(watchesEach) watches on each")

            try await TCPChannel.with(
                to: address, loops: loops, options: ClientOptions(name: "test")
            ) { channel in
                try await expectEchoes(on: channel)
            }
            service.hub.publish(42)
            try await onThread {
                for peer in peers {
                    let news = try peer.receive()
                    #expect(!news.isEmpty)
                }
            }
        }
    }

    static func connect(_ count: Int, to address: SocketAddress) throws -> [RawPeer] {
        try (0..<count).map { _ in
            let peer = try RawPeer(to: address)
            try peer.greet()
            return peer
        }
    }

    @Test func attachmentsAnnouncedAndNotSentTakeNoMemory() async {
        await #expect(processExitsWith: .success) { try await Self.announceAttachments() }
    }

    static func announceAttachments() async throws {
        let call = Call(method: TestService.sum.id)
        let attachment = SharedBytes([UInt8](repeating: 0, count: 4 << 20))
        let whole = try RawPeer.speech(opening: [(call, Payload([], attachment: attachment))])
        try await withServer(TestService()) { server, loops in
            let address = server.address
            let before = residentByteCount()
            let peers = try await onThread {
                let peers = try connect(200, to: address)
                for peer in peers { try peer.send(Array(whole[..<100])) }
                return peers
            }
            try await TCPChannel.with(
                to: address, loops: loops, options: ClientOptions(name: "test")
            ) { channel in
                try await expectEchoes(on: channel)
            }
            #expect(residentByteCount() - before < 50 << 20, "\(peers.count) × 4 MiB announced")
        }
    }
}
