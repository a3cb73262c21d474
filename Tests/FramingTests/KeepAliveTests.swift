import CairnCore
import Testing

@testable import Framing

@Suite struct KeepAliveTests {
    @Test func aHandshakeThatTakesTooLongEndsTheConnection() throws {
        var server = Session(.server, at: .seconds(100))
        try server.tick(at: .seconds(104))
        var code: FramingError.Code?
        do { try server.tick(at: .seconds(105)) } catch { code = error.code }
        #expect(code == .handshakeTooSlow)
    }

    @Test func silenceIsAskedAboutAndAnAnswerCounts() throws {
        var pair = try SessionPair()
        pair.now = .seconds(31)
        try pair.client.tick(at: pair.now)
        let asks = !pair.client.outgoing.isEmpty
        try pair.pump()
        try pair.client.tick(at: .seconds(60))
        let isQuiet = pair.client.outgoing.isEmpty
        #expect(asks && isQuiet)
    }

    @Test func aPeerThatNeverAnswersIsGivenUp() throws {
        var pair = try SessionPair()
        try pair.client.tick(at: .seconds(30))
        try pair.client.tick(at: .seconds(49))
        var code: FramingError.Code?
        do { try pair.client.tick(at: .seconds(50)) } catch { code = error.code }
        #expect(code == .peerSilent)
    }

    @Test func whileWeDoNotReadNobodyIsCalledSilent() throws {
        var limits = FramingLimits()
        limits.unconsumedByteCount = 100
        var pair = try SessionPair(limits: limits)
        let stream = pair.client.open(Call(method: 1), nil, ended: false)
        pair.client.send(Payload([UInt8](repeating: 1, count: 100)), on: stream, ended: false)
        try pair.pump()
        for second in 1...200 { try pair.server.tick(at: .seconds(second)) }
        let phase = pair.server.phase
        #expect(phase == .open)
    }

    @Test func aPeerThatTakesNothingIsGivenUpAndASlowOneIsNot() throws {
        var pair = try SessionPair()
        let stream = pair.client.open(Call(method: 1), nil, ended: false)
        pair.client.send(Payload([UInt8](repeating: 1, count: 1000)), on: stream, ended: false)
        for second in 1...200 {
            _ = try pair.client.take(FrameHeader(.ping).encoded(), at: .seconds(second))
            try pair.client.tick(at: .seconds(second))
            pair.client.didSend(1)
        }
        var code: FramingError.Code?
        for second in 201...300 where code == nil {
            do {
                _ = try pair.client.take(FrameHeader(.ping).encoded(), at: .seconds(second))
                try pair.client.tick(at: .seconds(second))
            } catch {
                code = error.code
            }
        }
        #expect(code == .peerNotTaking)
    }
}
