import CairnCore
import Testing

@testable import Framing

@Suite struct RuleBreakingTests {
    static func request(_ stream: UInt32) -> FrameHeader { FrameHeader(.request, stream: stream) }

    @Test func nothingPassesBeforeTheHandshake() throws {
        for type in FrameType.allCases where type != .hello && type != .goAway {
            var server = Session(.server, at: .zero)
            let stream: UInt32 = type.mayStand(onStream: 0) ? 0 : 1
            let code = server.refusal(of: FrameHeader(type, stream: stream).encoded())
            #expect(code == .unexpectedFrame, "\(type)")
            let phase = server.phase
            #expect(phase == .closed)
        }
    }

    @Test func framesFromTheWrongSideAreRefused() throws {
        var pair = try SessionPair()
        let toServer = pair.server.refusal(of: FrameHeader(.error, stream: 1).encoded())
        #expect(toServer == .unexpectedFrame)
        let toClient = pair.client.refusal(of: Self.request(1).encoded())
        #expect(toClient == .unexpectedFrame)
    }

    @Test func aLongGreetingIsRefusedByItsHeaderAlone() throws {
        var server = Session(.server, at: .zero)
        var hello = FrameHeader(.hello)
        (hello.messageLength, hello.argument) = (1 << 20, 1 << 20 | 1 << 32)
        let code = server.refusal(of: hello.encoded())
        #expect(code == .messageTooLong)
    }

    @Test func aGreetingWithoutAWindowIsRefused() throws {
        var server = Session(.server, at: .zero)
        let code = server.refusal(of: FrameHeader(.hello).encoded())
        #expect(code == .creditOverflow)
    }

    @Test func streamsMustRiseAndExist() throws {
        for (expected, frames) in [
            (FramingError.Code.streamOutOfOrder, [Self.request(5), Self.request(5)]),
            (.streamOutOfOrder, [Self.request(5), Self.request(4)]),
            (.unknownStream, [FrameHeader(.cancel, stream: 1)]),
            (.unknownStream, [Self.request(5), FrameHeader(.message, stream: 6)]),
        ] {
            var pair = try SessionPair()
            let code = pair.server.refusal(of: frames.flatMap { $0.encoded() })
            #expect(code == expected)
        }
    }

    @Test func aMessageAfterTheEndBreaksItsStream() throws {
        var pair = try SessionPair()
        let stream = pair.client.open(Call(method: 1), Payload([]), ended: true)
        pair.client.streams[stream]!.weEnded = false
        pair.client.send(Payload([1]), on: stream, ended: false)
        try pair.pump()
        let error = FramingError(.messageAfterEnd, observed: stream)
        #expect(pair.serverEvents.last == .broken(stream, error))
        let phase = pair.server.phase
        #expect(phase == .open)
    }

    @Test func aDamagedMessageEndsTheConnectionAndThePeerLearnsWhy() throws {
        var pair = try SessionPair()
        _ = pair.client.open(Call(method: 1), Payload([1, 2, 3]), ended: true)
        var bytes = pair.client.drain()
        bytes[41] ^= 4
        let code = pair.server.refusal(of: bytes)
        #expect(code == .messageChecksum)
        let events = try pair.client.take(pair.server.drain())
        guard case .goingAway(_, let reason) = events.last else {
            Issue.record("\(events)")
            return
        }
        #expect(reason.contains("checksum"))
    }

    @Test func aPeerThatOnlyAsksForPongsIsCutOff() throws {
        var limits = FramingLimits()
        limits.unsentByteCount = 1000
        var pair = try SessionPair(limits: limits)
        let pings = [UInt8](repeatElement(FrameHeader(.ping).encoded(), count: 4096).joined())
        var code: FramingError.Code?
        for _ in 0..<100 where code == nil { code = pair.client.refusal(of: pings) }
        #expect(code == .peerNotReading)
    }
}
