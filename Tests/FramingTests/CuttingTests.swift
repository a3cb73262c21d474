import CairnCore
import Testing

@testable import Framing

@Suite struct CuttingTests {
    /// A client's whole side of a connection: greeting, calls of every kind, a cancel, a ping.
    static func speech(_ random: inout SeededRandom) throws -> [UInt8] {
        var pair = try SessionPair(greeted: false)
        pair.client.greet(Payload(random.bytes(20)))
        var bytes = pair.client.drain()
        _ = try pair.server.take(bytes)
        pair.server.accept(Payload([]))
        _ = try pair.client.take(pair.server.drain())
        for number in 1...12 as ClosedRange<UInt16> {
            let call = Call(method: number, id: random.next(), deadlineMilliseconds: 5)
            let payload = number % 4 == 0 ? nil : Payload.random(&random, largest: 80)
            let stream = pair.client.open(call, payload, ended: number % 3 == 0)
            guard number % 3 != 0 else { continue }
            pair.client.send(Payload.random(&random, largest: 60), on: stream, ended: false)
            if number % 2 == 0 { pair.client.end(stream) } else { pair.client.cancel(stream) }
        }
        try pair.client.tick(at: .seconds(40))
        bytes += pair.client.drain()
        return bytes
    }

    /// The events of a server that gets the bytes in these pieces.
    static func events(of pieces: [ArraySlice<UInt8>]) throws -> [SessionEvent] {
        var server = Session(.server, at: .zero)
        var events: [SessionEvent] = []
        for piece in pieces {
            var offset = 0
            let bytes = Array(piece)
            while let event = try server.nextEvent(
                in: bytes.span.bytes, from: &offset, at: .zero)
            {
                events.append(event)
                if case .greeted = event { server.accept(Payload([])) }
            }
            let isTaken = offset == bytes.count
            #expect(isTaken)
        }
        return events
    }

    @Test(arguments: 0..<4 as Range<UInt64>) func aCutAnywhereChangesNothing(seed: UInt64) throws {
        var random = SeededRandom(seed: seed)
        let bytes = try Self.speech(&random)
        let whole = try Self.events(of: [bytes[...]])
        #expect(whole.count >= 12 + 1)
        for cut in 0...bytes.count {
            let events = try Self.events(of: [bytes[..<cut], bytes[cut...]])
            #expect(events == whole, "seed \(seed), cut at \(cut)")
        }
    }

    @Test(arguments: 0..<10 as Range<UInt64>) func byteByByteIsTheSameToo(seed: UInt64) throws {
        var random = SeededRandom(seed: seed)
        let bytes = try Self.speech(&random)
        let single = bytes.indices.map { bytes[$0...$0] }
        #expect(try Self.events(of: single) == Self.events(of: [bytes[...]]), "seed \(seed)")
    }

    @Test(arguments: 0..<30 as Range<UInt64>)
    func aDamagedByteIsAnErrorOrHitsAnAttachment(seed: UInt64) throws {
        var random = SeededRandom(seed: seed)
        let bytes = try Self.speech(&random)
        let whole = try Self.events(of: [bytes[...]])
        for _ in 0..<40 {
            var damaged = bytes
            let index = Int.random(in: 0..<bytes.count, using: &random)
            damaged[index] ^= UInt8.random(in: 1...255, using: &random)
            // An error is the expected end; what gets through may differ in attachments alone.
            guard let events = try? Self.events(of: [damaged[...]]) else { continue }
            #expect(
                events.map(\.withoutAttachment) == whole.map(\.withoutAttachment),
                "seed \(seed), byte \(index)")
        }
    }
}

extension SessionEvent {
    /// The event as the checksums cover it.
    var withoutAttachment: SessionEvent {
        switch self {
        case .opened(let stream, let call, let payload, let ended):
            .opened(stream, call, payload.map { Payload($0.message) }, ended: ended)
        case .message(let stream, let payload, let ended):
            .message(stream, Payload(payload.message), ended: ended)
        default: self
        }
    }
}
