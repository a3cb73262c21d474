import CairnCore
import Testing

@testable import Framing

@Suite struct CreditTests {
    static func pair(window: Int) throws -> SessionPair {
        var limits = FramingLimits()
        limits.windowByteCount = window
        return try SessionPair(limits: limits)
    }

    @Test func oneMessageMayOverdrawAndTheNextWaits() throws {
        var pair = try Self.pair(window: 100)
        let stream = pair.client.open(Call(method: 1), nil, ended: false)
        let before = pair.client.mayWrite(stream)
        pair.client.send(Payload([UInt8](repeating: 1, count: 1000)), on: stream, ended: false)
        let after = pair.client.mayWrite(stream)
        #expect(before && !after)
    }

    @Test func consumingGrantsAnewAndWakesTheWriter() throws {
        var pair = try Self.pair(window: 100)
        let stream = pair.client.open(Call(method: 1), nil, ended: false)
        let payload = Payload([UInt8](repeating: 1, count: 160))
        pair.client.send(payload, on: stream, ended: false)
        try pair.pump()
        #expect(pair.clientEvents.isEmpty)
        pair.server.consume(payload, of: stream)
        try pair.pump()
        #expect(pair.clientEvents == [.credited(stream)])
        let mayWrite = pair.client.mayWrite(stream)
        #expect(mayWrite)
    }

    @Test func whatIsSentWithoutCreditEndsTheStreamOnly() throws {
        var pair = try Self.pair(window: 100)
        let stream = pair.client.open(Call(method: 1), nil, ended: false)
        for _ in 0..<3 {
            pair.client.streams[stream]!.sendCredit = 1000  // A client that cheats.
            pair.client.send(Payload([UInt8](repeating: 0, count: 60)), on: stream, ended: false)
        }
        let other = pair.client.open(Call(method: 2), Payload([]), ended: true)
        try pair.pump()
        guard case .broken(stream, let error) = pair.serverEvents[2] else {
            Issue.record("\(pair.serverEvents)")
            return
        }
        #expect(error.code == .creditExceeded)
        #expect(pair.serverEvents.last == .opened(other, Call(method: 2), Payload([]), ended: true))
        guard case .broken(stream, let seen) = pair.clientEvents.last else {
            Issue.record("\(pair.clientEvents)")
            return
        }
        #expect(seen.code == .creditExceeded)
    }

    @Test func creditBeyondTheLargestWindowEndsTheConnection() throws {
        for argument in [UInt64.max, UInt64(FramingLimits.largestWindow)] {
            var pair = try SessionPair()
            let stream = pair.client.open(Call(method: 1), nil, ended: false)
            try pair.pump()
            var credit = FrameHeader(.credit, stream: stream)
            credit.argument = argument
            let code = pair.server.refusal(of: credit.encoded())
            #expect(code == .creditOverflow, "argument \(argument)")
        }
    }

    @Test func emptyMessagesAreNotFree() throws {
        var pair = try Self.pair(window: 400)
        let stream = pair.client.open(Call(method: 1), nil, ended: false)
        var sent = 0
        while pair.client.mayWrite(stream) {
            pair.client.send(Payload([]), on: stream, ended: false)
            sent += 1
        }
        #expect(sent == 10)
    }

    @Test func readingPausesWhileTooMuchWaitsToBeConsumed() throws {
        var limits = FramingLimits()
        limits.unconsumedByteCount = 1000
        var pair = try SessionPair(limits: limits)
        let stream = pair.client.open(Call(method: 1), nil, ended: false)
        let payload = Payload([UInt8](repeating: 1, count: 1000))
        pair.client.send(payload, on: stream, ended: false)
        try pair.pump()
        let paused = !pair.server.wantsBytes
        pair.server.consume(payload, of: stream)
        let resumed = pair.server.wantsBytes
        #expect(paused && resumed)
    }

    @Test func closingAStreamForgetsWhatItHeld() throws {
        var pair = try SessionPair()
        let stream = pair.client.open(Call(method: 1), Payload([1, 2, 3]), ended: false)
        try pair.pump()
        let held = pair.server.unconsumed
        pair.client.cancel(stream)
        try pair.pump()
        let after = pair.server.unconsumed
        #expect(held == 43 && after == 0)
    }
}
