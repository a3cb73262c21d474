import CairnCore
import Messages
import Testing

@Suite struct RoundTripTests {
    static let table = RouteTable(
        target: "prod/chat", model: "chat", epoch: 7, fencingToken: 3, attempt: 2,
        stable: Arm(number: "1.0.0", manifestDigest: Array(0..<32), weightBp: 9_500),
        candidate: Arm(number: "1.1.0", manifestDigest: Array(1..<33), weightBp: 500),
        keepDigests: [Array(0..<32), Array(1..<33)], changedUnixMs: -5)

    @Test func nestedMessagesComeBackAsTheyWere() throws {
        #expect(try RouteTable(decoding: Self.table.encoded()) == Self.table)
    }

    @Test func absentMessagesStayAbsent() throws {
        let empty = RouteTable(target: "a/b")
        let back = try RouteTable(decoding: empty.encoded())
        #expect(back == empty)
        #expect(back.candidate == nil)
    }

    @Test func parallelArraysComeBackAsTheyWere() throws {
        let points = MetricPoints(
            key: "loss", step: [1, 2, -3], timeUnixMs: [0, .max, .min],
            value: [0.1, -.infinity, .greatestFiniteMagnitude])
        #expect(try MetricPoints(decoding: points.encoded()) == points)
    }

    @Test func aNulInATextIsRefusedBeforeItIsSent() {
        #expect(throws: MessageError.self) { try ResolveVersion(reference: "a\0b").encoded() }
    }

    @Test func textThatIsNotUTF8IsRefused() {
        // Field 1, length 2: a lone continuation byte.
        #expect(throws: MessageError.self) {
            try ResolveVersion(decoding: [0x0A, 0x02, 0x80, 0x41])
        }
    }

    @Test func anEnumThatIsNotSetIsRefusedByName() {
        #expect {
            try ParticipantMessage(decoding: [])
        } throws: { "\($0)".contains("ParticipantMessage.role") }
    }

    @Test func unknownFieldsAreIgnored() throws {
        // Field 200, a varint, as a later version might send it.
        let bytes = try Self.table.encoded() + [0xC0, 0x0C, 0x2A]
        #expect(try RouteTable(decoding: bytes) == Self.table)
    }

    @Test func aMessageOfManyEmptyPartsEndsAtTheMemoryLimit() {
        // Half a million empty PlanSteps in one PlanSpec: 1 MiB on the wire, 50 MB unpacked.
        let hostile =
            [UInt8](repeating: 0, count: 0)
            + (0..<500_000).flatMap { _ in [0x0A, 0x00] as [UInt8] }
        #expect(throws: MessageError.self) { try PlanSpec(decoding: hostile) }
    }

    @Test(arguments: [1, 7, 4242]) func mutatedBytesNeverCrash(seed: UInt64) throws {
        var random = SeededRandom(seed: seed)
        let good = try Self.table.encoded()
        for _ in 0..<2_000 {
            var bytes = Array(good.prefix(Int.random(in: 0...good.count, using: &random)))
            for _ in 0..<Int.random(in: 0...4, using: &random) where !bytes.isEmpty {
                bytes[Int.random(in: bytes.indices, using: &random)] = .random(
                    in: 0...255, using: &random)
            }
            do {
                let table = try RouteTable(decoding: bytes)
                #expect(try RouteTable(decoding: table.encoded()) == table, "seed \(seed)")
            } catch {
                #expect(!error.description.isEmpty)
            }
        }
    }
}
