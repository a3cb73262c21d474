/// Cuts the bytes of a table, which arrive in pieces, into records: lines of JSON, rows of CSV.
struct RecordCutter {
    /// A longer one has most likely a quote without its end.
    static let recordByteCountMax = 16 << 20

    private let format: TextFormat
    private var rest: [UInt8] = []
    /// Of `rest`, so many bytes were looked at, and this is whether a quote is open there.
    private var (seen, isQuoted) = (0, false)
    /// In which the next record begins, from 1, and how many line feeds it has had.
    private var (line, breaks) = (1, 0)
    private var isAtStart = true

    init(format: TextFormat) { self.format = format }

    /// Gives every record that is whole now: its bytes without the line's end, and its line.
    mutating func append(
        _ bytes: UnsafeRawBufferPointer, _ body: (ArraySlice<UInt8>, Int) throws(InputError) -> Void
    ) throws(InputError) {
        rest.append(contentsOf: bytes)
        if isAtStart {
            if rest.count < Self.mark.count && Self.mark.starts(with: rest) { return }
            skipMark()
        }
        var start = 0
        while let end = nextEnd() {
            try give(rest[start..<end], body)
            start = end + 1
        }
        rest.removeFirst(start)
        seen -= start
        guard rest.count <= Self.recordByteCountMax else {
            throw InputError(
                line: line,
                "a row of more than \(Self.recordByteCountMax >> 20) MiB; is there a "
                    + "quote without its end?")
        }
    }

    /// Gives what stands behind the last line feed.
    mutating func finish(
        _ body: (ArraySlice<UInt8>, Int) throws(InputError) -> Void
    ) throws(InputError) {
        if isAtStart { skipMark() }
        guard !isQuoted else {
            throw InputError(line: line, "a quote that begins in this row does not end")
        }
        try give(rest[...], body)
        rest = []
    }

    private static let mark: [UInt8] = [0xEF, 0xBB, 0xBF]

    private mutating func skipMark() {
        if rest.starts(with: Self.mark) { rest.removeFirst(Self.mark.count) }
        isAtStart = false
    }

    /// The next line feed outside quotes; looks at every byte once.
    private mutating func nextEnd() -> Int? {
        let (from, isCSV) = (seen, format == .csv)
        var (breaks, isQuoted) = (breaks, isQuoted)
        let found = rest.withUnsafeBufferPointer { bytes -> Int? in
            for index in from..<bytes.count {
                let byte = bytes[index]
                // Nearly all bytes are above both.
                if byte > UInt8(ascii: "\"") { continue }
                if byte == 0x0A {
                    breaks += 1
                    if !isQuoted { return index }
                } else if isCSV && byte == UInt8(ascii: "\"") {
                    isQuoted.toggle()
                }
            }
            return nil
        }
        (self.breaks, self.isQuoted) = (breaks, isQuoted)
        seen = found.map { $0 + 1 } ?? rest.count
        return found
    }

    private mutating func give(
        _ record: ArraySlice<UInt8>, _ body: (ArraySlice<UInt8>, Int) throws(InputError) -> Void
    ) throws(InputError) {
        let present = line
        (line, breaks) = (line + breaks, 0)
        let record = record.last == 0x0D ? record.dropLast() : record
        let isBlank = record.allSatisfy { $0 == 0x20 || $0 == 0x09 }
        if !isBlank { try body(record, present) }
    }
}
