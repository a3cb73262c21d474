import Compression

/// An array that is a field of rows.
struct ArrayColumn: Sendable {
    enum Layout: Sendable {
        /// As many elements for each row.
        case rows
        /// Of each row those from one offset to the next.
        case ragged(offsets: StoredArray)
    }

    let array: StoredArray
    /// The place of the field among those that are wanted.
    let place: Int
    let field: ArrayField
    let layout: Layout
    let rowCount: Int

    init(
        _ array: StoredArray, _ place: Int, _ field: ArrayField, offsets: StoredArray?
    ) throws(InputError) {
        let header = array.header
        guard field.takes(header, isRagged: offsets != nil) else {
            throw array.failure(
                "\(header.shapeText) of '\(header.element.name)'\(offsets == nil ? "" : ", with offsets,"); "
                    + "expected \(field.wanted)")
        }
        (self.place, self.field) = (place, field)
        if let offsets {
            let (kind, shape) = (offsets.header.element.kind, offsets.header.shape)
            guard kind == .signed || kind == .unsigned, shape.count == 1, shape[0] >= 1 else {
                throw offsets.failure(
                    "\(offsets.header.shapeText) of '\(offsets.header.element.name)'; expected whole "
                        + "numbers, one more than there are rows: where each row begins, and the end"
                )
            }
            layout = .ragged(offsets: offsets)
            rowCount = shape[0] - 1
        } else {
            layout = .rows
            rowCount = header.rowCount
        }
        self.array = header.isColumnMajor && header.width > 1 ? try array.turnable() : array
    }

    /// Of each row; 0 where rows differ.
    var rowByteCount: Int { if case .rows = layout { array.header.rowByteCount } else { 0 } }
}

extension StoredArray {
    /// Of an array that is unpacked whole.
    private static let wholeByteCountMax = 1 << 30

    /// An array whose columns can be read at any place: its checksum is looked at before, as its bytes
    /// are not read in their order.
    func turnable() throws(InputError) -> StoredArray {
        let feed = try ArrayFeed(self)
        let byteCount = header.byteCount + header.dataByteCount
        if isDeflated {
            guard byteCount <= Self.wholeByteCountMax else {
                throw failure(
                    "\(byteCount) bytes, deflated and column by column (fortran_order); save it with "
                        + "np.ascontiguousarray, or with np.savez instead of np.savez_compressed")
            }
            let bytes = try feed.bytes(byteCount)
            try check(feed.checksum)
            return StoredArray(self, inflated: bytes)
        }
        guard checksum != nil else { return self }
        let room = RawBytes(1 << 20)
        for start in stride(from: 0, to: byteCount, by: room.buffer.count) {
            let count = min(room.buffer.count, byteCount - start)
            try feed.read(into: .init(rebasing: room.buffer[..<count]))
        }
        try check(feed.checksum)
        return self
    }

    func check(_ found: CRC32) throws(InputError) {
        guard let checksum, checksum != found.value else { return }
        throw failure("it is damaged: its checksum is not the one that the zip has for it")
    }

    /// Reads columns of some rows and puts them row by row.
    func turned(_ rows: Range<Int>, into out: UnsafeMutableRawBufferPointer) throws(InputError) {
        let (width, size) = (header.width, header.element.width)
        let column = RawBytes(rows.count * size)
        for place in 0..<width {
            let start = self.place.lowerBound + header.byteCount
            let offset = start + (place * header.rowCount + rows.lowerBound) * size
            try source.readWhole(at: offset, into: column.buffer, part)
            guard let from = column.buffer.baseAddress, let to = out.baseAddress else { return }
            for row in 0..<rows.count {
                (to + (row * width + place) * size).copyMemory(
                    from: from + row * size, byteCount: size)
            }
        }
    }
}
