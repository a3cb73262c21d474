/// One file in a zip, as the directory describes it.
public struct ZipEntry: Sendable, Equatable {
    public enum Method: Sendable, Equatable {
        case stored
        case deflated
        /// By its number in the file.
        case other(Int)
    }

    public let name: String
    public let method: Method
    public let isEncrypted: Bool
    /// Of the bytes as they were before they were packed.
    public let checksum: UInt32
    /// As they lie in the file.
    public let packedByteCount: Int
    public let byteCount: Int
    /// Where its local header begins.
    public let header: Int

    /// Of the part of a local header that every entry has.
    public static let localByteCount = 30

    /// - Parameter record: of the directory, whole.
    init(_ record: ArraySlice<UInt8>, endsBefore end: Int) throws(ZipError) {
        let nameCount = Little.number(record, 28, 2)
        let first = record.startIndex + 46
        let name = String(decoding: record[first..<first + nameCount], as: UTF8.self)
        let extra = record[(first + nameCount)...].prefix(Little.number(record, 30, 2))
        let wide = Self.wide(
            extra, size: Little.number(record, 24, 4), packed: Little.number(record, 20, 4),
            header: Little.number(record, 42, 4))
        switch Little.number(record, 10, 2) {
        case 0: method = .stored
        case 8: method = .deflated
        case let number: method = .other(number)
        }
        guard wide.size >= 0, wide.packed >= 0, wide.header >= 0,
            wide.header <= end - Self.localByteCount, wide.packed <= end - wide.header,
            method != .stored || wide.packed == wide.size
        else { throw ZipError("'\(name)' lies outside of the file") }
        self.name = name
        isEncrypted = Little.number(record, 8, 2) & 1 == 1
        checksum = UInt32(Little.number(record, 16, 4))
        (byteCount, packedByteCount, header) = (wide.size, wide.packed, wide.header)
    }

    /// Sizes and place of an entry, from its zip64 field where the short ones are full.
    private static func wide(
        _ extra: ArraySlice<UInt8>, size: Int, packed: Int, header: Int
    ) -> (size: Int, packed: Int, header: Int) {
        var (size, packed, header, at) = (size, packed, header, 0)
        while extra.count - at >= 4 {
            let count = Little.number(extra, at + 2, 2)
            defer { at += 4 + count }
            guard Little.number(extra, at, 2) == 1, extra.count - at - 4 >= count else { continue }
            var field = at + 4
            func next() -> Int {
                guard field + 8 <= at + 4 + count else { return -1 }
                defer { field += 8 }
                return Little.number(extra, field, 8)
            }
            if size == 0xFFFF_FFFF { size = next() }
            if packed == 0xFFFF_FFFF { packed = next() }
            if header == 0xFFFF_FFFF { header = next() }
        }
        return (size, packed, header)
    }

    /// Its packed bytes, behind the local header, whose extra field may be longer than the directory's.
    ///
    /// - Parameters:
    ///   - local: `localByteCount` bytes from `header` on.
    ///   - end: where the directory begins.
    public func place(local: ArraySlice<UInt8>, endsBefore end: Int) throws(ZipError) -> Range<Int>
    {
        guard local.count >= Self.localByteCount, Little.number(local, 0, 4) == 0x0403_4B50 else {
            throw ZipError("the local header of '\(name)' is damaged")
        }
        let start =
            header + Self.localByteCount + Little.number(local, 26, 2)
            + Little.number(local, 28, 2)
        guard start <= end - packedByteCount else {
            throw ZipError("the local header of '\(name)' is damaged")
        }
        return start..<start + packedByteCount
    }
}
