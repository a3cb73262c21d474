/// Cuts a text file into pieces of whole rows that can be read side by side.
///
/// Where pieces end depends on the file alone: at the first end of a row behind a multiple of
/// `pieceByteCount`. What is in memory is a batch of them.
struct TextPieces: ~Copyable {
    enum Rows { case lines, csv }

    /// A row that is longer, by about so much, has most likely a quote without its end.
    static let rowByteCountMax = 16 << 20

    private let source: any ByteSource
    private let rows: Rows
    private let pieceByteCount: Int
    private let workerCount: Int
    /// What was read and not yet given out begins at `start`; with room behind for a line feed and for
    /// loads that reach beyond the end.
    private var buffer: UnsafeMutableRawBufferPointer
    private var (start, end) = (0, 0)
    /// Where in the file the buffer's `start` is.
    private(set) var offset = 0
    /// Whether a quote is anywhere in the buffer.
    private var hasQuote = false

    private static let padding = 64

    init(_ source: any ByteSource, rows: Rows, workerCount: Int, pieceByteCount: Int)
        throws(InputError)
    {
        (self.source, self.rows, self.workerCount) = (source, rows, workerCount)
        self.pieceByteCount = pieceByteCount
        buffer = .allocate(byteCount: 0, alignment: 64)
        try skipByteOrderMark()
    }

    deinit { buffer.deallocate() }

    private mutating func skipByteOrderMark() throws(InputError) {
        var mark: (UInt8, UInt8, UInt8) = (0, 0, 0)
        let count = try withUnsafeMutableBytes(of: &mark) { raw in
            Result { () throws(InputError) in try source.read(at: 0, into: raw) }
        }.get()
        if count == 3, mark == (0xEF, 0xBB, 0xBF) { offset = 3 }
    }

    /// The next pieces, about so many; valid until the next call. None at the end of the file.
    mutating func next(about count: Int) throws(InputError) -> [ByteSpan] {
        var wanted = count * pieceByteCount
        while true {
            let isWhole = try fill(wanted)
            let pieces = try cut(isWhole: isWhole, count)
            if !pieces.isEmpty || isWhole { return pieces }
            wanted += pieceByteCount
        }
    }

    /// The next row alone; `nil` at the end of the file.
    mutating func nextRow() throws(InputError) -> ByteSpan? {
        var wanted = min(pieceByteCount, 1 << 16)
        while true {
            let isWhole = try fill(wanted)
            let pieces = try cut(isWhole: isWhole, 1, rowWise: true)
            if !pieces.isEmpty || isWhole { return pieces.first }
            wanted *= 2
        }
    }

    /// Has `wanted` bytes in the buffer, or all there are.
    /// - Returns: whether the file ends in the buffer.
    private mutating func fill(_ wanted: Int) throws(InputError) -> Bool {
        let kept = end - start
        let left = source.byteCount - offset - kept
        let more = max(0, min(left, wanted - kept))
        reserve(kept + more)
        if kept == 0 { hasQuote = false }
        if more > 0 { try read(more, at: offset + kept) }
        return more >= left
    }

    private mutating func reserve(_ count: Int) {
        let kept = UnsafeRawBufferPointer(rebasing: buffer[start..<end])
        if count + Self.padding > buffer.count {
            let larger = UnsafeMutableRawBufferPointer.allocate(
                byteCount: count + Self.padding, alignment: 64)
            larger.copyMemory(from: kept)
            buffer.deallocate()
            buffer = larger
        } else if start > 0, let base = buffer.baseAddress, let from = kept.baseAddress {
            base.copyMemory(from: from, byteCount: kept.count)
        }
        (start, end) = (0, kept.count)
    }

    private mutating func read(_ count: Int, at place: Int) throws(InputError) {
        let (source, step, seeksQuotes) = (source, pieceByteCount, rows == .csv)
        nonisolated(unsafe) let target = UnsafeMutableRawBufferPointer(
            rebasing: buffer[end..<(end + count)])
        let parts = mapInParallel((count + step - 1) / step, workerCount: workerCount) { part in
            let range = (part * step)..<min(count, (part + 1) * step)
            let room = UnsafeMutableRawBufferPointer(rebasing: target[range])
            return Result { () throws(InputError) in
                guard try source.read(at: place + range.lowerBound, into: room) == room.count
                else { throw InputError("the file became shorter while it was read") }
                let text = UnsafeRawBufferPointer(room).assumingMemoryBound(to: UInt8.self)
                return seeksQuotes
                    && CSVScan.find(
                        UInt8(ascii: "\""), text.baseAddress!, from: 0, end: text.count) != nil
            }
        }
        for part in parts where try part.get() { hasQuote = true }
        end += count
    }

    private mutating func cut(isWhole: Bool, _ count: Int, rowWise: Bool = false)
        throws(InputError) -> [ByteSpan]
    {
        if isWhole, end > start, buffer[end - 1] != 0x0A {
            buffer[end] = 0x0A
            end += 1
        }
        guard end > start else { return [] }
        let bytes = UnsafePointer(
            buffer.baseAddress!.assumingMemoryBound(to: UInt8.self))
        // Parsers may look at the bytes behind the last row; they take nothing from them.
        for place in end..<(end + Self.padding - 1) { buffer[place] = 0 }
        var pieces: [ByteSpan] = []
        while start < end, pieces.count < count {
            let target = start + (rowWise ? 1 : pieceByteCount - offset % pieceByteCount)
            let limit = min(end, target + Self.rowByteCountMax)
            let found = rowEnd(bytes, atLeast: target, end: limit)
            guard let stop = found ?? (isWhole && limit == end ? end : nil) else {
                if limit == end { break }
                throw InputError(
                    "a row near byte \(offset + target - start) is longer than "
                        + "\(Self.rowByteCountMax) bytes; is there a '\"' without its end?")
            }
            pieces.append(ByteSpan(start: bytes + start, count: stop - start))
            offset += stop - start
            start = stop
        }
        return pieces
    }

    private func rowEnd(_ bytes: UnsafePointer<UInt8>, atLeast least: Int, end: Int) -> Int? {
        if rows == .csv, hasQuote {
            return CSVScan.rowEnd(bytes, from: start, atLeast: least, end: end)
        }
        return CSVScan.find(0x0A, bytes, from: least - 1, end: end).map { $0 + 1 }
    }
}
