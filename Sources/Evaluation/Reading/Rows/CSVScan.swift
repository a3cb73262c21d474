import func Glibc.memchr

/// Where rows of CSV end: the rules by which files are cut, and by which a bad row is left.
///
/// A quote that begins a field, but for spaces, goes on to the next one that is not doubled; line
/// feeds between them end no row. Quotes elsewhere are plain bytes.
enum CSVScan {
    /// The end of the row that begins at `start`, behind its line feed; `nil` when it lies beyond `end`.
    static func rowEnd(_ bytes: UnsafePointer<UInt8>, from start: Int, end: Int) -> Int? {
        var at = start
        while true {
            while at < end, bytes[at] == 0x20 || bytes[at] == 0x09 { at += 1 }
            if at < end, bytes[at] == UInt8(ascii: "\"") {
                guard let closed = quotedEnd(bytes, from: at + 1, end: end) else { return nil }
                at = closed
            }
            while at < end, bytes[at] != UInt8(ascii: ","), bytes[at] != 0x0A { at += 1 }
            guard at < end else { return nil }
            at += 1
            if bytes[at - 1] == 0x0A { return at }
        }
    }

    /// Behind the quote that ends the field whose text begins at `start`.
    static func quotedEnd(_ bytes: UnsafePointer<UInt8>, from start: Int, end: Int) -> Int? {
        var at = start
        while let quote = find(UInt8(ascii: "\""), bytes, from: at, end: end) {
            guard quote + 1 < end, bytes[quote + 1] == UInt8(ascii: "\"") else { return quote + 1 }
            at = quote + 2
        }
        return nil
    }

    /// The first end of a row at `least` or behind it; a row begins at `start`.
    static func rowEnd(
        _ bytes: UnsafePointer<UInt8>, from start: Int, atLeast least: Int, end: Int
    ) -> Int? {
        var row = start
        while true {
            let quote = find(UInt8(ascii: "\""), bytes, from: row, end: end) ?? end
            let from = max(row, least - 1)
            if from < quote, let feed = find(0x0A, bytes, from: from, end: quote) {
                return feed + 1
            }
            if quote == end { return nil }
            // The row with the quote begins behind the last line feed before it.
            var begin = quote
            while begin > row, bytes[begin - 1] != 0x0A { begin -= 1 }
            guard let next = rowEnd(bytes, from: begin, end: end) else { return nil }
            if next >= least { return next }
            row = next
        }
    }

    static func find(_ byte: UInt8, _ bytes: UnsafePointer<UInt8>, from start: Int, end: Int)
        -> Int?
    {
        guard start < end, let found = memchr(bytes + start, CInt(byte), end - start) else {
            return nil
        }
        return UnsafePointer(found.assumingMemoryBound(to: UInt8.self)) - bytes
    }
}
