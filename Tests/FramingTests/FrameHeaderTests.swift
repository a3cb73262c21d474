import CairnCore
import Testing

@testable import Framing

@Suite struct FrameHeaderTests {
    @Test func theLayoutOnTheWireIsTheOneInTheReference() {
        var header = FrameHeader(.request, stream: 0x0102_0304)
        header.flags = .end
        header.method = 0x0A0B
        header.deadlineMilliseconds = 30_000
        header.argument = 0x1122_3344_5566_7788
        let bytes = header.encoded(Payload([1, 2, 3], attachment: SharedBytes([9])))
        #expect(
            bytes[..<32] == [
                0x43, 0x6E, 1, 3, 1, 0, 0x0B, 0x0A,  // magic, version, type, flags, method
                4, 3, 2, 1, 3, 0, 0, 0,  // stream, message length
                1, 0, 0, 0, 0x30, 0x75, 0, 0,  // attachment length, deadline
                0x88, 0x77, 0x66, 0x55, 0x44, 0x33, 0x22, 0x11,  // argument
            ])
        // CRC-32C of 01 02 03, computed bit by bit in Python.
        #expect(bytes[32..<36] == [0x1E, 0xF2, 0x30, 0xF1])
        #expect(bytes[40...] == [1, 2, 3, 9])
    }

    @Test(arguments: 0..<50 as Range<UInt64>) func encodeThenDecodeIsTheIdentity(seed: UInt64)
        throws
    {
        var random = SeededRandom(seed: seed)
        var header = FrameHeader(.request, stream: UInt32.random(in: 1 ... .max, using: &random))
        header.flags = Bool.random(using: &random) ? .end : []
        header.method = .random(in: 0 ... .max, using: &random)
        header.messageLength = .random(in: 0...1 << 20, using: &random)
        header.attachmentLength = .random(in: 0...4 << 20, using: &random)
        header.deadlineMilliseconds = .random(in: 0 ... .max, using: &random)
        header.argument = .random(in: 0 ... .max, using: &random)
        header.messageChecksum = .random(in: 0 ... .max, using: &random)
        let bytes = withUnsafeBytes(of: header.words) { Array($0) }
        #expect(bytes.count == FrameHeader.byteCount)
        let decoded = try FrameHeader.decode(bytes.span.bytes, at: 0)
        #expect(decoded == header, "seed \(seed)")
    }

    @Test func everyFlippedBitOfAHeaderIsCaught() {
        let bytes = FrameHeader(.ping).encoded()
        for bit in 0..<bytes.count * 8 {
            var damaged = bytes
            damaged[bit / 8] ^= 1 << UInt8(bit % 8)
            #expect(throws: FramingError.self, "bit \(bit)") {
                try FrameHeader.decode(damaged.span.bytes, at: 0)
            }
        }
    }

    static let malformed: [(FramingError.Code, FrameHeader)] = [
        (.badFlags, header(.request, 1) { $0.flags = .init(rawValue: 4) }),
        (.badFlags, header(.ping, 0) { $0.flags = .end }),
        (.badFlags, header(.message, 1) { $0.flags = .bare }),
        (.badField, header(.request, 0) { _ in }),
        (.badField, header(.ping, 1) { _ in }),
        (.badField, header(.message, 1) { $0.method = 1 }),
        (.badField, header(.message, 1) { $0.deadlineMilliseconds = 1 }),
        (.messageTooLong, header(.request, 1) { $0.messageLength = 1 << 20 + 1 }),
        (.messageTooLong, header(.request, 1) { ($0.flags, $0.messageLength) = (.bare, 1) }),
        (.messageTooLong, header(.cancel, 1) { $0.messageLength = 1 }),
        (.attachmentTooLong, header(.request, 1) { $0.attachmentLength = 4 << 20 + 1 }),
        (.attachmentTooLong, header(.error, 1) { $0.attachmentLength = 1 }),
    ]

    static func header(
        _ type: FrameType, _ stream: UInt32, _ change: (inout FrameHeader) -> Void
    ) -> FrameHeader {
        var header = FrameHeader(type, stream: stream)
        change(&header)
        return header
    }

    @Test(arguments: malformed) func whatNoFrameMayHoldIsRefusedByName(
        code: FramingError.Code, header: FrameHeader
    ) {
        let bytes = withUnsafeBytes(of: header.words) { Array($0) }
        var refusal: FramingError.Code?
        do { _ = try FrameHeader.decode(bytes.span.bytes, at: 0) } catch { refusal = error.code }
        #expect(refusal == code)
    }

    @Test func everyErrorSaysWhatItSaw() {
        for code in FramingError.Code.allCases {
            let text = FramingError(code, observed: 17, expected: 42).description
            #expect(text.contains("17") || text.contains("0x11"), "\(code): \(text)")
        }
    }
}
