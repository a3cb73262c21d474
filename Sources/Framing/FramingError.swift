/// Why a stream or a connection ended: what the peer did, and what the wire allows.
public struct FramingError: Error, Hashable, Sendable {
    /// The number travels in `ERROR` and `GOAWAY` frames: never reuse one.
    public enum Code: UInt32, Sendable, CaseIterable {
        case badMagic = 1
        case unsupportedVersion = 2
        case unknownType = 3
        case badFlags = 4
        case badField = 5
        case headerChecksum = 6
        case messageChecksum = 7
        case messageTooLong = 8
        case attachmentTooLong = 9
        case unexpectedFrame = 10
        case unknownStream = 11
        case streamOutOfOrder = 12
        case creditOverflow = 13
        case handshakeTooSlow = 14
        case peerSilent = 15
        case peerNotReading = 16
        case peerNotTaking = 17
        // These end one stream, not the connection.
        case tooManyStreams = 32
        case creditExceeded = 33
        case messageAfterEnd = 34
    }

    public let code: Code
    /// What was seen: a length, a stream, a type, a checksum, as the code says.
    public let observed: UInt64
    /// What was expected, or the most that is allowed.
    public let expected: UInt64

    public init(_ code: Code, observed: some BinaryInteger, expected: some BinaryInteger = Int(0)) {
        self.code = code
        self.observed = UInt64(truncatingIfNeeded: observed)
        self.expected = UInt64(truncatingIfNeeded: expected)
    }
}

extension FramingError: CustomStringConvertible {
    public var description: String {
        switch code {
        case .badMagic:
            "the peer does not speak Cairn: a frame began with \(hex(observed)), "
                + "expected \(hex(expected))"
        case .unsupportedVersion:
            "frame version \(observed) is unknown; this side speaks \(expected)"
        case .unknownType: "frame type \(observed) is unknown"
        case .badFlags: "flags \(hex(observed)) do not fit a frame of type \(expected)"
        case .badField: "a field of a frame of type \(expected) holds \(observed), which it may not"
        case .headerChecksum: "a header's checksum is \(hex(observed)), expected \(hex(expected))"
        case .messageChecksum: "a message's checksum is \(hex(observed)), expected \(hex(expected))"
        case .messageTooLong: "a message of \(observed) bytes; at most \(expected) are allowed here"
        case .attachmentTooLong:
            "an attachment of \(observed) bytes; at most \(expected) are allowed here"
        case .unexpectedFrame: "a frame of type \(observed) may not come from this peer now"
        case .unknownStream: "stream \(observed) was never opened; the last one was \(expected)"
        case .streamOutOfOrder: "stream \(observed) was opened after stream \(expected)"
        case .creditOverflow:
            "credit on a stream rose to \(observed) bytes; at most \(expected) can be granted"
        case .handshakeTooSlow: "no handshake after \(observed) ms; \(expected) ms are allowed"
        case .peerSilent: "no answer to a ping after \(observed) ms; \(expected) ms are allowed"
        case .peerNotReading:
            "\(observed) bytes wait for a peer that does not read; at most \(expected) may"
        case .peerNotTaking:
            "the peer took none of the bytes sent to it in \(observed) ms; \(expected) ms are allowed"
        case .tooManyStreams: "\(observed) streams were open; at most \(expected) may be at a time"
        case .creditExceeded:
            "\(observed) bytes more than were granted arrived on a stream; wait for credit"
        case .messageAfterEnd: "a frame came on stream \(observed) after its end"
        }
    }

    private func hex(_ number: UInt64) -> String { "0x" + String(number, radix: 16) }
}
