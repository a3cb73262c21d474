import CairnCore
import Testing

@testable import Framing

@Suite struct SessionTests {
    @Test func theHandshakeComesFirstAndOpensBothSides() throws {
        var pair = try SessionPair(greeted: false)
        pair.client.greet(Payload([1, 2]))
        try pair.pump()
        #expect(pair.serverEvents == [.greeted(Payload([1, 2]))])
        let mayOpenBefore = pair.client.mayOpen
        #expect(!mayOpenBefore)
        pair.server.accept(Payload([3]))
        try pair.pump()
        #expect(pair.clientEvents == [.welcomed(Payload([3]))])
        let mayOpenAfter = pair.client.mayOpen
        #expect(mayOpenAfter)
    }

    @Test func aRefusedClientLearnsWhy() throws {
        var pair = try SessionPair(greeted: false)
        pair.client.greet(Payload([1]))
        try pair.pump()
        pair.server.refuse(Payload([7]))
        try pair.pump()
        #expect(pair.clientEvents == [.refused(Payload([7]))])
        let phases = (pair.client.phase, pair.server.phase)
        #expect(phases == (.closed, .closed))
    }

    @Test func aUnaryCallIsOneFrameEachWay() throws {
        var pair = try SessionPair()
        let call = Call(method: 7, id: 99, deadlineMilliseconds: 1_000)
        let stream = pair.client.open(call, Payload([1]), ended: true)
        try pair.pump()
        #expect(pair.serverEvents == [.opened(stream, call, Payload([1]), ended: true)])
        pair.server.send(Payload([2]), on: stream, ended: true)
        try pair.pump()
        #expect(pair.clientEvents == [.message(stream, Payload([2]), ended: true)])
        let open = (pair.client.streamCount, pair.server.streamCount)
        #expect(open == (0, 0))
    }

    @Test func aStreamMayOpenAndEndWithoutAMessage() throws {
        var pair = try SessionPair()
        let stream = pair.client.open(Call(method: 1), nil, ended: false)
        pair.client.end(stream)
        try pair.pump()
        #expect(
            pair.serverEvents == [
                .opened(stream, Call(method: 1), nil, ended: false), .ended(stream),
            ])
        pair.server.end(stream)
        try pair.pump()
        #expect(pair.clientEvents == [.ended(stream)])
    }

    @Test func theServersErrorClosesTheStreamOnBothSides() throws {
        var pair = try SessionPair()
        let stream = pair.client.open(Call(method: 1), Payload([]), ended: false)
        try pair.pump()
        pair.server.fail(stream, Payload([5]))
        pair.client.send(Payload([6]), on: stream, ended: false)  // On its way when it ended.
        try pair.pump()
        #expect(pair.clientEvents == [.failed(stream, Payload([5]))])
        #expect(pair.serverEvents.count == 1)
        let open = (pair.client.streamCount, pair.server.streamCount)
        #expect(open == (0, 0))
    }

    @Test func cancelReachesTheServerOnce() throws {
        var pair = try SessionPair()
        let stream = pair.client.open(Call(method: 1), Payload([]), ended: true)
        pair.client.cancel(stream)
        pair.client.cancel(stream)
        try pair.pump()
        #expect(pair.serverEvents.last == .cancelled(stream))
        pair.server.send(Payload([1]), on: stream, ended: true)
        try pair.pump()
        #expect(pair.clientEvents.isEmpty && pair.serverEvents.count == 2)
    }

    @Test func aStreamTooManyIsRefusedAndTheOthersGoOn() throws {
        var limits = FramingLimits()
        limits.streamCount = 2
        var pair = try SessionPair(limits: limits)
        pair.client.peerStreamCount = 3  // A client that does not keep to what was granted.
        let streams = (0..<3).map { _ in
            pair.client.open(Call(method: 1), Payload([]), ended: true)
        }
        try pair.pump()
        let error = FramingError(.tooManyStreams, observed: streams[2])
        #expect(pair.clientEvents == [.broken(streams[2], error)])
        pair.server.send(Payload([]), on: streams[0], ended: true)
        try pair.pump()
        #expect(pair.clientEvents.last == .message(streams[0], Payload([]), ended: true))
    }

    @Test func drainingServesWhatIsOpenAndNothingNew() throws {
        var pair = try SessionPair()
        let first = pair.client.open(Call(method: 1), Payload([]), ended: true)
        try pair.pump()
        let second = pair.client.open(Call(method: 1), Payload([]), ended: true)
        pair.server.goAway(reason: "upgrade")
        try pair.pump()
        #expect(pair.clientEvents == [.goingAway(untouched: [second], reason: "upgrade")])
        #expect(pair.serverEvents.count == 1)
        let mayOpen = pair.client.mayOpen
        #expect(!mayOpen)
        pair.server.send(Payload([1]), on: first, ended: true)
        try pair.pump()
        #expect(pair.clientEvents.last == .message(first, Payload([1]), ended: true))
        let open = (pair.client.streamCount, pair.server.streamCount)
        #expect(open == (0, 0))
    }

    @Test func streamNumbersWrapAroundPastTheOnesInUse() throws {
        var pair = try SessionPair()
        let old = pair.client.open(Call(method: 1), nil, ended: false)
        try pair.pump()
        pair.client.lastStream = .max - 1
        pair.server.lastStream = .max - 1
        let next = (0..<2).map { _ in pair.client.open(Call(method: 1), nil, ended: false) }
        try pair.pump()
        #expect(old == 1)
        #expect(next == [.max, 2])
        #expect(pair.serverEvents.count == 3)
    }
}
