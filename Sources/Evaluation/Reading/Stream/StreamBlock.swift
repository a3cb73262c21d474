import CKernels

/// A block of a stream: where it lies, and how its bytes become columns.
struct StreamBlock: Sendable {
    let rows: Range<Int>
    let place: Range<Int>
    /// Of each column.
    let byteCounts: [Int]
    let checksum: UInt32

    func load(_ source: any ByteSource, _ layout: StreamLayout) throws(InputError) -> ArrayBlock {
        var (loaded, offset, found) = ([LoadedColumn](), place.lowerBound, UInt32(0))
        for (column, byteCount) in zip(layout.columns, byteCounts) {
            let bytes = try self.bytes(of: column, source, offset, byteCount)
            offset += byteCount
            found = bytes.withBytes {
                cairn_crc32c(
                    found, $0.baseAddress?.assumingMemoryBound(to: UInt8.self), $0.count)
            }
            guard let place = column.place else { continue }
            loaded.append(try LoadedColumn(column, place, bytes, layout.classes, self))
        }
        guard found == checksum else {
            throw failure("its checksum is not that of its bytes")
        }
        return ArrayBlock(rows: rows, columns: loaded)
    }

    private func bytes(
        of column: StreamLayout.Column, _ source: any ByteSource, _ offset: Int, _ byteCount: Int
    ) throws(InputError) -> ColumnBytes {
        let count = byteCount / column.element.width
        let isPlain = column.width > 0 && count * column.element.width == byteCount
        return try ColumnBytes(
            source, at: offset, count: isPlain ? count : byteCount,
            isPlain ? column.element : ArrayElement(.bytes, 1, ""), column.field,
            isPlain: isPlain, nil)
    }

    func failure(_ text: String, _ column: String? = nil) -> InputError {
        let part = column.map { InputError.Place.part(InputError.printable($0)) } ?? .file
        return InputError(
            part,
            "the block of rows \(rows.lowerBound + 1) to \(rows.upperBound) is damaged: \(text)")
    }
}

extension LoadedColumn {
    /// The bytes of one column of a block, checked: every offset and every class is one.
    fileprivate init(
        _ column: StreamLayout.Column, _ place: Int, _ bytes: ColumnBytes, _ classes: NameTable,
        _ block: StreamBlock
    ) throws(InputError) {
        let needsEnds = column.width == 0 || column.element.kind == .text
        var cutter = EndsCutter(
            needsEnds ? bytes.raw : RawBytes(0), column.name, block)
        var (starts, itemCount) = ([Int]?.none, block.rows.count * column.width)
        if column.width == 0 {
            let own = try cutter.starts(block.rows.count)
            (starts, itemCount) = (own, own[own.count - 1])
        }
        var textStarts: [Int]?
        let restCount: Int
        if column.element.kind == .text {
            let own = try cutter.starts(itemCount)
            (textStarts, restCount) = (own, own[own.count - 1])
        } else {
            let (product, overflows) = itemCount.multipliedReportingOverflow(
                by: column.element.width)
            restCount = overflows ? .max : product
        }
        let found = bytes.byteCount - cutter.offset
        guard found == restCount else {
            throw block.failure("\(found) bytes of values; expected \(restCount)", column.name)
        }
        self.init(
            place: place, field: column.field, element: column.element,
            width: max(1, column.width), part: column.name,
            bytes: needsEnds ? .raw(bytes.raw.dropping(cutter.offset)) : bytes, starts: starts,
            textStarts: textStarts,
            names: column.element.kind == .place ? classes : nil)
        if column.element.kind == .place { try checkPlaces(classes.count, block) }
    }

    private func checkPlaces(_ count: Int, _ block: StreamBlock) throws(InputError) {
        var largest = -1
        let reader = ElementReader(self)
        for index in 0..<(bytes.byteCount / element.width) {
            largest = max(largest, reader.placeOfName(index))
        }
        guard largest < count else {
            throw block.failure("class \(largest) of \(count), from 0", part)
        }
    }
}

/// Takes ends of lists and of texts from the beginning of a column's bytes.
private struct EndsCutter {
    private let bytes: RawBytes
    private let name: String
    private let block: StreamBlock
    private(set) var offset = 0

    init(_ bytes: RawBytes, _ name: String, _ block: StreamBlock) {
        (self.bytes, self.name, self.block) = (bytes, name, block)
    }

    private var restCount: Int { bytes.buffer.count - offset }

    /// Where each of `count` lists begins, and the end: from the ends that lie here, 4 bytes each.
    mutating func starts(_ count: Int) throws(InputError) -> [Int] {
        guard count <= restCount / 4 else {
            throw block.failure("\(restCount) bytes for \(count) ends", name)
        }
        var (starts, last) = ([0], 0)
        starts.reserveCapacity(count + 1)
        for index in 0..<count {
            let end = Int(
                bytes.bytes.loadUnaligned(fromByteOffset: offset + 4 * index, as: UInt32.self))
            guard end >= last else {
                throw block.failure("an end of \(end) behind one of \(last)", name)
            }
            starts.append(end)
            last = end
        }
        offset += 4 * count
        return starts
    }
}
