import CKernels

extension RawSpan {
    /// Eight little-endian bytes; traps beyond the end.
    func word(at offset: Int) -> UInt64 {
        UInt64(littleEndian: unsafeLoadUnaligned(fromByteOffset: offset, as: UInt64.self))
    }

    /// A copy of the bytes in `range`.
    func array(_ range: Range<Int>) -> [UInt8] {
        range.isEmpty ? [] : extracting(range).withUnsafeBytes { Array($0) }
    }
}

/// CRC-32C of the bytes in `range`, going on from `checksum`.
/// Source: RFC 3720, appendix B.4 (Castagnoli's polynomial).
func crc32c(_ bytes: RawSpan, _ range: Range<Int>, from checksum: UInt32 = 0) -> UInt32 {
    if range.isEmpty { return checksum }
    return bytes.extracting(range).withUnsafeBytes {
        cairn_crc32c(
            checksum, $0.baseAddress!.assumingMemoryBound(to: UInt8.self), $0.count)
    }
}
