import CairnCore
import Framing
import Messages
import Ports
import Testing

@testable import TCPTransport

@Suite(.timeLimit(.minutes(10))) struct HostilePeerTests {
    /// Calls go on undisturbed while `attack` runs.
    func undisturbed(
        options: ServerOptions = ServerOptions(),
        by attack: @escaping @Sendable (SocketAddress) throws -> Void
    ) async throws {
        try await withServer(TestService(), options: options) { server, loops in
            try await TCPChannel.with(
                to: server.address, loops: loops, options: ClientOptions(name: "test")
            ) { channel in
                let isOver = Counter()
                let address = server.address
                async let attacking: Void = onThread {
                    defer { isOver.add() }
                    try attack(address)
                }
                var callCount = 0
                while isOver.count == 0 || callCount < 100 {
                    let request = KeyValue(key: "k", value: "\(callCount)")
                    #expect(try await channel.call(TestService.echo, request) == request)
                    callCount += 1
                }
                try await attacking
            }
            let statistics = await server.statistics()
            #expect(statistics.runningCount == 0)
        }
    }

    @Test func randomBytesCloseTheirConnectionOnly() async throws {
        try await undisturbed { address in
            for seed in 0..<100 as Range<UInt64> {
                var random = SeededRandom(seed: seed)
                let peer = try RawPeer(to: address)
                let count = Int.random(in: 40...5000, using: &random)
                try peer.send((0..<count).map { _ in UInt8.random(in: 0...255, using: &random) })
                #expect(try peer.receiveAll().count >= 40, "seed \(seed): a GOAWAY says why")
            }
        }
    }

    @Test func damagedAndCutFramesCloseTheirConnectionOnly() async throws {
        let call = Call(method: TestService.echo.id)
        let message = try KeyValue(key: "a", value: "b").encoded()
        let whole = try RawPeer.speech(opening: [(call, Payload(message))])
        try await undisturbed { address in
            for seed in 0..<100 as Range<UInt64> {
                var random = SeededRandom(seed: seed)
                let peer = try RawPeer(to: address)
                try peer.greet()
                var request = whole
                let index = Int.random(in: 0..<request.count, using: &random)
                if seed % 2 == 0 {
                    request[index] ^= UInt8.random(in: 1...255, using: &random)
                    try peer.send(request)
                    #expect(try peer.receiveAll().count >= 40, "seed \(seed)")
                } else {
                    try peer.send(Array(request[..<index]))  // And the peer is gone.
                }
            }
        }
    }

    @Test func halfOpenConnectionsAreGivenUp() async throws {
        var options = ServerOptions()
        options.limits.handshakeTime = .milliseconds(100)
        let hello = try RawPeer.hello()
        try await undisturbed(options: options) { address in
            let silent = try RawPeer(to: address)
            let half = try RawPeer(to: address)
            try half.send(Array(hello[..<30]))
            #expect(try silent.receiveAll().count >= 40)
            #expect(try half.receiveAll().count >= 40)
        }
    }

    @Test func aPeerThatNoLongerAnswersIsGivenUp() async throws {
        var options = ServerOptions()
        options.limits.keepAliveInterval = .milliseconds(50)
        options.limits.keepAliveTimeout = .milliseconds(50)
        try await undisturbed(options: options) { address in
            let peer = try RawPeer(to: address)
            try peer.greet()
            #expect(try peer.receiveAll().count >= 80)  // A PING, then a GOAWAY.
        }
    }

    @Test func aConnectionTooManyWaitsUntilOneLeaves() async throws {
        var options = ServerOptions()
        options.connectionCountMax = 1
        try await withServer(TestService(), options: options) { server, _ in
            let first = try RawPeer(to: server.address)
            try await onThread { try first.greet() }
            let second = try RawPeer(to: server.address)
            async let greeting: Void = onThread { try second.greet() }
            try await onThread { shutDown(first) }
            try await greeting
        }
    }
}
