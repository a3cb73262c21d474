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
}
