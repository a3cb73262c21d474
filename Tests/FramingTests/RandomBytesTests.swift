import CairnCore
import Testing

@testable import Framing

@Suite struct RandomBytesTests {
    /// What `docs/reference/wire.md` states for a session whose messages are consumed at once.
    static let mostHeld = 2 * FramingLimits.largestMessage + FramingLimits.largestAttachment + 128

    @Test(arguments: 0..<200 as Range<UInt64>) func noiseEndsInANamedError(seed: UInt64) throws {
        var random = SeededRandom(seed: seed)
        var server = Session(.server, at: .zero)
        let code = server.refusal(of: random.bytes(Int.random(in: 40...4000, using: &random)))
        #expect(code == .badMagic, "seed \(seed)")
        let held = server.reader.heldByteCount
        #expect(held <= 39, "seed \(seed)")
    }

    /// Well-formed headers with fields at random: past the checksum, into the rules.
    @Test(arguments: 0..<300 as Range<UInt64>) func wellFormedNonsenseIsSurvived(seed: UInt64)
        throws
    {
        var random = SeededRandom(seed: seed)
        var pair = try SessionPair()
        for frame in 0..<60 {
            let isToServer = Bool.random(using: &random)
            let bytes = Self.frame(&random)
            let pieces = Int.random(in: 1...3, using: &random)
            for piece in 0..<pieces {
                let part = bytes[bytes.count * piece / pieces..<bytes.count * (piece + 1) / pieces]
                if isToServer {
                    guard (try? pair.server.take(Array(part))) != nil else { return }
                } else {
                    guard (try? pair.client.take(Array(part))) != nil else { return }
                }
                let held = max(
                    pair.server.reader.heldByteCount, pair.client.reader.heldByteCount)
                #expect(held <= Self.mostHeld, "seed \(seed), frame \(frame)")
            }
            if frame % 7 == 0 && pair.client.mayOpen {
                _ = pair.client.open(Call(method: 1), nil, ended: false)
            }
        }
    }

    static func frame(_ random: inout SeededRandom) -> [UInt8] {
        var header = FrameHeader(FrameType.allCases.randomElement(using: &random)!)
        if header.type.mayStand(onStream: 1) {
            header.stream = UInt32.random(in: 0...12, using: &random)
        }
        if Bool.random(using: &random) {
            header.flags = FrameFlags(rawValue: UInt16.random(in: 0...3, using: &random))
        }
        header.argument = UInt64.random(in: 0...10_000, using: &random)
        let isBare = header.flags.contains(.bare)
        let hasMessage = header.type.mayCarryMessage && !isBare
        let message = random.bytes(hasMessage ? Int.random(in: 0...30, using: &random) : 0)
        var attachment: SharedBytes?
        if header.type.mayCarryAttachment && !isBare && Int.random(in: 0..<4, using: &random) == 0 {
            if Bool.random(using: &random) {
                header.attachmentLength = UInt32.random(in: 0...4 << 20, using: &random)
            } else {
                attachment = SharedBytes(random.bytes(Int.random(in: 1...500, using: &random)))
            }
        }
        return header.encoded(Payload(message, attachment: attachment))
    }
}
