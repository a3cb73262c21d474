/// What is wrong with a zip file.
public struct ZipError: Error, Sendable, Equatable, CustomStringConvertible {
    public let description: String

    public init(_ description: String) { self.description = description }
}

/// The directory at the end of a zip file, read from bytes that the caller fetches.
///
/// First the `tail`, then the directory that it names; then, for each entry of interest, the local
/// header in front of its bytes. All places are held against the file's size.
/// Source: PKWARE's APPNOTE 4.3, 4.4, 4.5.3.
public enum ZipDirectory {
    /// With which a file with at least one entry begins.
    public static let magic: [UInt8] = [0x50, 0x4B, 3, 4]

    private static let endByteCount = 22

    /// Where the end record stands: it has a comment of up to 64 KiB behind it, and 76 bytes of zip64 in
    /// front.
    public static func tail(fileByteCount size: Int) -> Range<Int> {
        max(0, size - (65_535 + endByteCount + 76))..<size
    }

    /// Where the directory lies.
    ///
    /// - Parameters:
    ///   - end: the bytes of `tail`.
    ///   - byteCountMax: a longer directory is refused.
    public static func range(
        in end: ArraySlice<UInt8>, fileByteCount: Int, byteCountMax: Int
    ) throws(ZipError) -> Range<Int> {
        let record = stride(from: end.count - endByteCount, through: 0, by: -1).first {
            Little.number(end, $0, 4) == 0x0605_4B50
                && $0 + endByteCount + Little.number(end, $0 + 20, 2) == end.count
        }
        guard let record else { throw ZipError("a zip without its end") }
        var (size, offset) = (
            Little.number(end, record + 12, 4), Little.number(end, record + 16, 4)
        )
        if offset == 0xFFFF_FFFF || size == 0xFFFF_FFFF {
            // The locator stands before the record, and the zip64 record before that.
            let big = record - 76
            guard big >= 0, Little.number(end, record - 20, 4) == 0x0706_4B50,
                Little.number(end, big, 4) == 0x0606_4B50
            else { throw ZipError("a zip64 without its end") }
            (size, offset) = (Little.number(end, big + 40, 8), Little.number(end, big + 48, 8))
        }
        guard offset >= 0, size >= 0, size <= byteCountMax, offset <= fileByteCount - size else {
            throw ZipError("a zip directory of \(size) bytes at \(offset) is not in the file")
        }
        return offset..<offset + size
    }

    /// - Parameters:
    ///   - bytes: those of the directory.
    ///   - end: where it begins; all entries lie before it.
    ///   - countMax: more entries are refused.
    public static func entries(
        _ bytes: ArraySlice<UInt8>, endsBefore end: Int, countMax: Int = .max
    ) throws(ZipError) -> [ZipEntry] {
        var (entries, at) = ([ZipEntry](), 0)
        while at < bytes.count {
            guard entries.count < countMax else {
                throw ZipError("more than \(countMax) files in the zip")
            }
            guard bytes.count - at >= 46, Little.number(bytes, at, 4) == 0x0201_4B50 else {
                throw ZipError("the zip directory is damaged")
            }
            let entryByteCount =
                46 + Little.number(bytes, at + 28, 2) + Little.number(bytes, at + 30, 2)
                + Little.number(bytes, at + 32, 2)
            guard at + entryByteCount <= bytes.count else {
                throw ZipError("the zip directory is cut")
            }
            let first = bytes.startIndex + at
            entries.append(
                try ZipEntry(bytes[first..<first + entryByteCount], endsBefore: end))
            at += entryByteCount
        }
        return entries
    }
}
