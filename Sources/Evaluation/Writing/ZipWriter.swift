import Compression

/// Writes a zip of stored files, whose sizes are known before their bytes.
///
/// Checksums stand behind the bytes and in the directory, as for what is written to a pipe.
/// Source: PKWARE's APPNOTE 4.3, 4.4.4, 4.5.3.
struct ZipWriter {
    private struct Entry {
        let name: [UInt8]
        let byteCount: Int
        let header: Int
        var checksum = CRC32()
    }

    private var entries: [Entry] = []
    private var offset = 0

    /// Sizes follow, and names are UTF-8.
    private static let flags: UInt16 = 1 << 3 | 1 << 11
    private static let version: UInt16 = 45

    mutating func begin(_ name: String, byteCount: Int) -> [UInt8] {
        let entry = Entry(name: Array(name.utf8), byteCount: byteCount, header: offset)
        entries.append(entry)
        var bytes: [UInt8] = []
        bytes.append(littleEndian: UInt32(0x0403_4B50))
        bytes.append(littleEndian: Self.version)
        bytes.append(littleEndian: Self.flags)
        bytes += Array(repeating: 0, count: 10)
        for _ in 0..<2 { bytes.append(littleEndian: UInt32.max) }
        bytes.append(littleEndian: UInt16(entry.name.count))
        bytes.append(littleEndian: UInt16(20))
        bytes += entry.name
        bytes += Self.wide([byteCount, byteCount])
        offset += bytes.count
        return bytes
    }

    mutating func add(_ bytes: [UInt8]) {
        entries[entries.count - 1].checksum.append(bytes.withUnsafeBytes { CRC32(of: $0) })
        offset += bytes.count
    }

    mutating func end() -> [UInt8] {
        let entry = entries[entries.count - 1]
        var bytes: [UInt8] = []
        bytes.append(littleEndian: UInt32(0x0807_4B50))
        bytes.append(littleEndian: entry.checksum.value)
        for _ in 0..<2 { bytes.append(littleEndian: UInt64(entry.byteCount)) }
        offset += bytes.count
        return bytes
    }

    func directory() -> [UInt8] {
        var bytes: [UInt8] = []
        for entry in entries {
            bytes.append(littleEndian: UInt32(0x0201_4B50))
            for version in [Self.version, Self.version, Self.flags] {
                bytes.append(littleEndian: version)
            }
            bytes += Array(repeating: 0, count: 6)
            bytes.append(littleEndian: entry.checksum.value)
            for _ in 0..<2 { bytes.append(littleEndian: UInt32.max) }
            bytes.append(littleEndian: UInt16(entry.name.count))
            bytes.append(littleEndian: UInt16(28))
            bytes += Array(repeating: 0, count: 10)
            bytes.append(littleEndian: UInt32.max)
            bytes += entry.name
            bytes += Self.wide([entry.byteCount, entry.byteCount, entry.header])
        }
        return bytes + ends(directoryByteCount: bytes.count)
    }

    /// The end of a zip64, and the one that all zips have.
    private func ends(directoryByteCount: Int) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.append(littleEndian: UInt32(0x0606_4B50))
        bytes.append(littleEndian: UInt64(44))
        for _ in 0..<2 { bytes.append(littleEndian: Self.version) }
        bytes += Array(repeating: 0, count: 8)
        for count in [entries.count, entries.count, directoryByteCount, offset] {
            bytes.append(littleEndian: UInt64(count))
        }
        bytes.append(littleEndian: UInt32(0x0706_4B50))
        bytes += Array(repeating: 0, count: 4)
        bytes.append(littleEndian: UInt64(offset + directoryByteCount))
        bytes.append(littleEndian: UInt32(1))
        bytes.append(littleEndian: UInt32(0x0605_4B50))
        bytes += Array(repeating: 0, count: 4)
        for _ in 0..<2 { bytes.append(littleEndian: UInt16(entries.count)) }
        for _ in 0..<2 { bytes.append(littleEndian: UInt32.max) }
        bytes.append(littleEndian: UInt16(0))
        return bytes
    }

    /// The field of a zip64.
    private static func wide(_ numbers: [Int]) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.append(littleEndian: UInt16(1))
        bytes.append(littleEndian: UInt16(8 * numbers.count))
        for number in numbers { bytes.append(littleEndian: UInt64(number)) }
        return bytes
    }
}
