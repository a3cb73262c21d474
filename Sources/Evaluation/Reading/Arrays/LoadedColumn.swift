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
    /// Of the bytes as they lie in the file; `nil`: nobody asks.
    let checksum: CRC32?

    init(_ column: ArrayColumn, _ part: ColumnFeed.Part, _ rows: Range<Int>) throws(InputError) {
        let array = column.array
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

/// Elements in memory, in the order of this machine.
struct ElementReader {
    private let base: UnsafeRawBufferPointer
    private let kind: ArrayElement.Kind
    private let width: Int

    /// - Parameter bytes: outlive this; as they lie in a file, whatever comes first.
    init(_ bytes: UnsafeMutableRawBufferPointer, _ element: ArrayElement) {
        (base, kind, width) = (UnsafeRawBufferPointer(bytes), element.kind, element.width)
        if element.isBigEndian {
            for start in stride(from: 0, to: bytes.count, by: max(1, width)) {
                bytes[start..<start + width].reverse()
            }
        }
    }

    init(_ loaded: LoadedColumn) {
        let element = loaded.element
        (base, kind, width) = (loaded.bytes.bytes, element.kind, element.width)
    }

    private func load<Value: BitwiseCopyable>(_ index: Int, as type: Value.Type) -> Value {
        base.loadUnaligned(fromByteOffset: index * width, as: type)
    }

    /// `nil` for one that is too large, and for what is no whole number.
    func whole(_ index: Int) -> Int? {
        switch (kind, width) {
        case (.bool, _): base[index] == 0 ? 0 : 1
        case (.signed, 1): Int(load(index, as: Int8.self))
        case (.signed, 2): Int(load(index, as: Int16.self))
        case (.signed, 4): Int(load(index, as: Int32.self))
        case (.signed, _): load(index, as: Int.self)
        case (.unsigned, 1): Int(base[index])
        case (.unsigned, 2): Int(load(index, as: UInt16.self))
        case (.unsigned, 4): Int(load(index, as: UInt32.self))
        case (.unsigned, _): Int(exactly: load(index, as: UInt64.self))
        case (.float, _): Int(exactly: number(index))
        case (.unicode, _), (.bytes, _): nil
        }
    }

    /// NaN for texts.
    func number(_ index: Int) -> Double {
        switch (kind, width) {
        case (.float, 8): load(index, as: Double.self)
        case (.float, 4): Double(load(index, as: Float.self))
        case (.float, _): Double(half: load(index, as: UInt16.self))
        case (.unsigned, 8): Double(load(index, as: UInt64.self))
        case (.bool, _), (.signed, _), (.unsigned, _): Double(whole(index) ?? 0)
        case (.unicode, _), (.bytes, _): .nan
        }
    }

    /// A text in UTF-8, without the zeros behind it.
    /// - Returns: `nil` where a code point is no character.
    func text(_ index: Int, _ scratch: Scratch) -> ByteSpan? {
        var count = width
        let start = index * width
        if kind == .bytes {
            while count > 0, base[start + count - 1] == 0 { count -= 1 }
            guard count > 0 else { return ByteSpan(start: nil, count: 0) }
            return ByteSpan(
                start: base.baseAddress!.assumingMemoryBound(to: UInt8.self) + start, count: count)
        }
        count /= 4
        func point(_ place: Int) -> UInt32 {
            base.loadUnaligned(fromByteOffset: start + 4 * place, as: UInt32.self)
        }
        while count > 0, point(count - 1) == 0 { count -= 1 }
        scratch.removeAll()
        for place in 0..<count {
            let point = point(place)
            if point < 0x80 {
                scratch.append(UInt8(truncatingIfNeeded: point))
            } else {
                guard let scalar = Unicode.Scalar(point) else { return nil }
                for byte in UTF8.encode(scalar)! { scratch.append(byte) }
            }
        }
        return scratch.span
    }
}

extension Double {
    /// IEEE 754's binary16.
    init(half bits: UInt16) {
        let (exponent, fraction) = (Int(bits >> 10 & 0x1F), Double(bits & 0x3FF))
        let magnitude: Double
        switch exponent {
        case 0: magnitude = fraction * 0x1p-24
        case 31: magnitude = fraction == 0 ? .infinity : .nan
        default:
            magnitude = Double(
                sign: .plus, exponent: exponent - 15, significand: 1 + fraction * 0x1p-10)
        }
        self = bits >> 15 == 1 ? -magnitude : magnitude
    }
}
