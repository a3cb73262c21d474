import Compression

/// One array of several that are read side by side.
final class ColumnFeed: @unchecked Sendable {
    // Unchecked: every one is used by one thread at a time.

    /// What belongs to a block.
    struct Part: Sendable {
        /// Places of elements: of the rows, or of the lists of all rows.
        let elements: Range<Int>
        /// Where each row begins in them, and the end; `nil`: rows are equally long.
        let starts: [Int]?
        /// What was unpacked already; `nil`: it is read when the block is loaded.
        let bytes: RawBytes?
    }

    private let column: ArrayColumn
    private var feed: ArrayFeed?
    private var offsets: OffsetFeed?
    private var checksum = CRC32()
    private var cuts: [[Int]] = []
    private var hasHeader = false

    init(_ column: ArrayColumn) { self.column = column }

    /// How many of the next rows fit into a block.
    func fittingRowCount(_ count: Int) throws(InputError) -> Int {
        guard case .ragged(let array) = column.layout else { return count }
        if offsets == nil { offsets = try OffsetFeed(array, of: column.array) }
        return try offsets!.fittingRowCount(count)
    }

    /// The next block has so many rows.
    func cut(_ count: Int) throws(InputError) {
        if offsets != nil { cuts.append(offsets!.take(count)) }
    }

    func parts(of blocks: [Range<Int>]) throws(InputError) -> [Part] {
        try readHeader()
        defer { cuts = [] }
        var parts: [Part] = []
        for (index, rows) in blocks.enumerated() {
            let width = column.array.header.width
            var elements = rows.lowerBound * width..<rows.upperBound * width
            var starts: [Int]?
            if offsets != nil {
                let cut = cuts[index]
                elements = cut[0]..<cut[cut.count - 1]
                starts = cut.map { $0 - cut[0] }
            }
            var bytes: RawBytes?
            if column.array.isDeflated {
                let room = RawBytes(elements.count * column.array.header.element.width)
                try feed!.read(into: room.buffer)
                bytes = room
            }
            parts.append(Part(elements: elements, starts: starts, bytes: bytes))
        }
        return parts
    }

    /// The checksum of an array's file begins with its header.
    private func readHeader() throws(InputError) {
        guard !hasHeader else { return }
        hasHeader = true
        let opened = try ArrayFeed(column.array)
        _ = try opened.bytes(column.array.header.byteCount)
        checksum = opened.checksum
        if column.array.isDeflated { feed = opened }
    }

    func add(_ part: CRC32) { checksum.append(part) }

    /// All rows were read.
    func finish() throws(InputError) {
        try offsets?.finish()
        let array = column.array
        // Read column by column, it was checked before.
        if array.header.isColumnMajor, array.header.width > 1 { return }
        try readHeader()
        try array.check(array.isDeflated ? feed!.checksum : checksum)
    }
}

/// Where the lists of rows begin, read some at a time.
struct OffsetFeed {
    private let array: StoredArray
    /// Of the elements that offsets point to.
    private let elementByteCount: Int
    private let elementCount: Int
    private let elements: StoredArray
    private let feed: ArrayFeed
    /// Offsets that were read; the first is where the next row begins.
    private var known: [Int] = []
    private var readCount = 0

    init(_ array: StoredArray, of elements: StoredArray) throws(InputError) {
        (self.array, self.elements) = (array, elements)
        elementByteCount = max(1, elements.header.element.width)
        elementCount = elements.header.rowCount
        feed = try ArrayFeed(array)
        _ = try feed.bytes(array.header.byteCount)
    }

    mutating func fittingRowCount(_ count: Int) throws(InputError) -> Int {
        try read(count + 1 - known.count)
        let longest = TextPieces.rowByteCountMax / elementByteCount
        var fitting = 0
        for row in 0..<count {
            guard known[row + 1] - known[row] <= longest else {
                throw InputError(
                    .row(readCount - known.count + row + 1, part: elements.part),
                    "a list of \(known[row + 1] - known[row]) elements; \(longest) is most")
            }
            if (known[row + 1] - known[0]) * elementByteCount > ArrayReading.blockByteCount,
                fitting > 0
            {
                break
            }
            fitting += 1
        }
        return fitting
    }

    /// The offsets of so many rows, with where the last one ends.
    mutating func take(_ count: Int) -> [Int] {
        let taken = Array(known[...count])
        known.removeFirst(count)
        return taken
    }

    private mutating func read(_ count: Int) throws(InputError) {
        guard count > 0 else { return }
        let room = RawBytes(count * array.header.element.width)
        try feed.read(into: room.buffer)
        let values = ElementReader(room.buffer, array.header.element)
        for index in 0..<count {
            let value = values.whole(index)
            let last = known.last ?? 0
            guard let value, value >= last, value <= elementCount, readCount > 0 || value == 0
            else {
                throw InputError(
                    .row(readCount + 1, part: array.part),
                    "the offset \(value.map(String.init) ?? "beyond all"); expected "
                        + (readCount == 0 ? "0" : "one from \(last) to \(elementCount)"))
            }
            known.append(value)
            readCount += 1
        }
    }

    func finish() throws(InputError) {
        guard known.last ?? 0 == elementCount else {
            throw array.failure(
                "the last offset is \(known.last ?? 0); expected \(elementCount), which is the "
                    + "end of \(elements.part ?? "the array")")
        }
        try array.check(feed.checksum)
    }
}
