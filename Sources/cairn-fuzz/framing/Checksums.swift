import CKernels

/// Makes of any bytes a run of frames whose magic, version and checksums are right, and whose
/// lengths stay within the bytes that are there.
func mendChecksums(_ bytes: inout [UInt8]) {
    var start = 0
    while bytes.count - start >= 40 {
        bytes.replaceSubrange(start..<start + 3, with: [0x43, 0x6E, 1])
        let rest = bytes.count - start - 40
        let messageCount = min(bytes.number(at: start + 12), rest)
        let attachmentCount = min(bytes.number(at: start + 16), rest - messageCount)
        bytes.set(messageCount, at: start + 12)
        bytes.set(attachmentCount, at: start + 16)
        bytes.set(bytes.checksum(start + 40..<start + 40 + messageCount), at: start + 32)
        bytes.set(bytes.checksum(start..<start + 36), at: start + 36)
        start += 40 + messageCount + attachmentCount
    }
}

extension [UInt8] {
    fileprivate func number(at offset: Int) -> Int {
        (0..<4).reduce(0) { $0 | Int(self[offset + $1]) << (8 * $1) }
    }

    fileprivate mutating func set(_ number: Int, at offset: Int) {
        for index in 0..<4 { self[offset + index] = UInt8(number >> (8 * index) & 255) }
    }

    fileprivate func checksum(_ range: Range<Int>) -> Int {
        withUnsafeBufferPointer {
            Int(cairn_crc32c(0, $0.baseAddress! + range.lowerBound, range.count))
        }
    }
}
