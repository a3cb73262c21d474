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
    let bytes: RawBytes
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
        bytes: RawBytes, starts: [Int]?, textStarts: [Int]?, names: NameTable?
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
        let size = array.header.element.width
        if let bytes = part.bytes {
            (self.bytes, checksum) = (bytes, nil)
        } else {
            bytes = RawBytes(part.elements.count * size)
            if array.header.isColumnMajor, array.header.width > 1 {
                try array.turned(rows, into: bytes.buffer)
                checksum = nil
            } else {
                let start = array.place.lowerBound + array.header.byteCount
                try array.source.readWhole(
                    at: start + part.elements.lowerBound * size, into: bytes.buffer, array.part)
                checksum = array.checksum == nil ? nil : CRC32(of: bytes.bytes)
            }
        }
        if array.header.element.isBigEndian { swap(array.header.element.wordByteCount) }
    }

    private func swap(_ width: Int) {
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
