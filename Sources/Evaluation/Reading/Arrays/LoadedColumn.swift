import Compression

/// The values of a field for the rows of a block, in the order of this machine, row by row.
struct LoadedColumn: Sendable {
    /// The place of the field among those that are wanted.
    let place: Int
    let field: ArrayField
    let element: ArrayElement
    /// Elements in a row where all have as many.
    let width: Int
    /// As errors name the column; `nil`: the file is but this one.
    let part: String?
    let bytes: ColumnBytes
    /// Where each row begins, and the end, in elements; `nil`: rows are equally long.
    let starts: [Int]?
    /// Of texts that lie end to end: where each begins in `bytes`, and the end.
    let textStarts: [Int]?
    /// What elements are that are places of names.
    let names: NameTable?
    /// Of the bytes as they lie in the file; `nil`: nobody asks.
    let checksum: CRC32?

    init(
        place: Int, field: ArrayField, element: ArrayElement, width: Int, part: String,
        bytes: ColumnBytes, starts: [Int]?, textStarts: [Int]?, names: NameTable?
    ) {
        (self.place, self.field, self.element, self.width) = (place, field, element, width)
        (self.part, self.bytes, self.starts, checksum) = (part, bytes, starts, nil)
        (self.textStarts, self.names) = (textStarts, names)
    }

    init(_ column: ArrayColumn, _ part: ColumnFeed.Part, _ rows: Range<Int>) throws(InputError) {
        let array = column.array
        (textStarts, names) = (nil, nil)
        (place, field, starts) = (column.place, column.field, part.starts)
        (element, width, self.part) = (array.header.element, array.header.width, array.part)
        let loaded: ColumnBytes
        var checksum: CRC32?
        if let bytes = part.bytes {
            loaded = .raw(bytes)
        } else if array.header.isColumnMajor, array.header.width > 1 {
            let raw = RawBytes(part.elements.count * element.width)
            try array.turned(rows, into: raw.buffer)
            loaded = .raw(raw)
        } else {
            let start = array.place.lowerBound + array.header.byteCount
            loaded = try ColumnBytes(
                array.source, at: start + part.elements.lowerBound * element.width,
                count: part.elements.count, element, column.field,
                isPlain: !element.isBigEndian, array.part)
            if array.checksum != nil { checksum = loaded.withBytes { CRC32(of: $0) } }
        }
        (self.checksum, bytes) = (checksum, loaded)
        if element.isBigEndian { Self.swap(loaded.raw, element.wordByteCount) }
    }

    private static func swap(_ bytes: RawBytes, _ width: Int) {
        func swap<Word: FixedWidthInteger>(_ type: Word.Type) {
            for word in bytes.buffer.bindMemory(to: type).indices {
                let at = word * MemoryLayout<Word>.size
                let value = bytes.buffer.load(fromByteOffset: at, as: type)
                bytes.buffer.storeBytes(of: value.byteSwapped, toByteOffset: at, as: type)
            }
        }
        switch width {
        case 2: swap(UInt16.self)
        case 4: swap(UInt32.self)
        case 8: swap(UInt64.self)
        default: break
        }
    }

    /// The elements of a row of the block.
    func elements(_ row: Int) -> Range<Int> {
        if let starts { return starts[row]..<starts[row + 1] }
        return row * width..<(row + 1) * width
    }
}
