import CKernels
import Messages

/// The pieces of a `.cpred` file: each a header of 16 bytes, a message, and perhaps bytes behind it.
///
/// Of the header, bytes 0 to 3 are the kind, 4 to 7 how long the message is, 8 to 11 the CRC-32C of
/// these eight bytes and the message, 12 to 15 zero; the lowest byte first.
enum StreamFrame {
    enum Kind: UInt32 {
        case columns = 1
        case block = 2
        case end = 3
    }

    /// With which a file begins: no text, and not what a program that changes line ends leaves whole.
    static let magic: [UInt8] = [0x89] + Array("CPRED".utf8) + [0x0D, 0x0A]
    static let headerByteCount = 16
    static let messageByteCountMax = WireLimits.messageByteCount
    /// Of the bytes behind the message of a block.
    static let blockByteCountMax = 64 << 20
    static let format: UInt32 = 1

    static func bytes(_ kind: Kind, _ message: some WireMessage) throws(MessageError) -> [UInt8] {
        let message = try message.encoded()
        var head: [UInt8] = []
        head.append(littleEndian: kind.rawValue)
        head.append(littleEndian: UInt32(message.count))
        let checksum = crc32c(message, from: crc32c(head))
        head.append(littleEndian: checksum)
        head.append(littleEndian: UInt32(0))
        return head + message
    }

    static func crc32c(_ bytes: [UInt8], from checksum: UInt32 = 0) -> UInt32 {
        cairn_crc32c(checksum, bytes, bytes.count)
    }
}

extension [UInt8] {
    mutating func append(littleEndian value: some FixedWidthInteger) {
        Swift.withUnsafeBytes(of: value.littleEndian) { append(contentsOf: $0) }
    }
}
