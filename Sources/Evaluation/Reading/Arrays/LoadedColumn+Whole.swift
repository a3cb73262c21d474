import Metrics

/// Columns taken as a whole: much faster than row by row, and only where every row is right.
extension LoadedColumn {
    /// The type that scores are kept in: narrow ones stay narrow, log losses clip by it.
    var isNarrow: Bool { element.kind == .float && element.width <= 4 }

    /// Numbers as they are; `nil` where rows are lists of any length, or no floats.
    var scores: ScoreColumn? {
        guard starts == nil, element.kind == .float else { return nil }
        switch bytes {
        case .floats(let values): return .float32(values)
        case .doubles(let values): return .float64(values)
        case .raw(let raw):
            let reader = ElementReader(self)
            let all = 0..<(raw.buffer.count / element.width)
            return isNarrow
                ? .float32(all.map { Float(reader.number($0)) })
                : .float64(all.map { reader.number($0) })
        }
    }

    /// One number for each row; `nil` where there are texts, or one is not finite.
    func finiteNumbers(_ count: Int) -> [Double]? {
        guard starts == nil, width == 1, !element.isText else { return nil }
        if case .doubles(let values) = bytes {
            return values.allSatisfy(\.isFinite) ? values : nil
        }
        let reader = ElementReader(self)
        var numbers: [Double] = []
        numbers.reserveCapacity(count)
        for index in 0..<count {
            let number = reader.number(index)
            guard number.isFinite else { return nil }
            numbers.append(number)
        }
        return numbers
    }

    /// For each row the place of its label.
    ///
    /// - Parameter place: of a name; `nil` where it has none, or is none.
    /// - Returns: `nil` where some label has no place.
    func labelPlaces(_ count: Int, _ place: (ByteSpan) -> Int32?) -> [Int32]? {
        guard starts == nil, width == 1 else { return nil }
        let reader = ElementReader(self)
        let scratch = Scratch()
        if element.width == 1, element.kind != .text, element.kind != .bytes {
            return narrowPlaces(count) { index in reader.label(index, scratch).flatMap(place) }
        }
        var known = KnownElements(self)
        var places: [Int32] = []
        places.reserveCapacity(count)
        for index in 0..<count {
            if let found = known.place(index) {
                places.append(found)
                continue
            }
            guard let label = reader.label(index, scratch), let found = place(label) else {
                return nil
            }
            known.insert(index, found)
            places.append(found)
        }
        return places
    }

    /// The same of elements of one byte, of which there are 256.
    private func narrowPlaces(_ count: Int, _ place: (Int) -> Int32?) -> [Int32]? {
        var table = [Int32](repeating: -1, count: 256)
        let base = bytes.raw
        var isGood = true
        let places = [Int32](unsafeUninitializedCapacity: count) { places, initialized in
            initialized = count
            table.withUnsafeMutableBufferPointer { table in
                for index in 0..<count {
                    let value = Int(base.bytes[index])
                    if table[value] < 0 {
                        guard let found = place(index) else {
                            isGood = false
                            places.initialize(repeating: 0)
                            return
                        }
                        table[value] = found
                    }
                    places.initializeElement(at: index, to: table[value])
                }
            }
        }
        return isGood ? places : nil
    }

    /// For each row its name; `nil` where one is no text.
    func names(_ count: Int) -> TextColumn? {
        guard starts == nil, width == 1 else { return nil }
        let reader = ElementReader(self)
        let scratch = Scratch()
        var names = TextColumn()
        for index in 0..<count {
            guard let name = reader.label(index, scratch), name.isUTF8 else { return nil }
            names.append(name)
        }
        return names
    }
}

/// Places of elements that were met before, by their bytes.
private struct KnownElements {
    private let owner: RawBytes
    private let base: UnsafeRawBufferPointer
    private let width: Int
    private let element: ArrayElement
    private let textStarts: [Int]
    /// Of small numbers, each at its own place; −1 for those that were not met.
    private var small: [Int32]
    /// Of all others.
    private var others = NameTable()
    private var places: [Int32] = []

    init(_ column: LoadedColumn) {
        (width, element) = (column.element.width, column.element)
        owner = column.bytes.raw
        base = owner.bytes
        textStarts = column.textStarts ?? []
        small = Array(repeating: -1, count: 1 << (8 * min(2, width)))
    }

    @inline(__always)
    private func smallValue(_ index: Int) -> Int? {
        switch (element.kind, width) {
        case (.bool, _), (.unsigned, 1), (.signed, 1), (.place, 1): return Int(base[index])
        case (.unsigned, 2), (.signed, 2), (.place, 2):
            return Int(base.loadUnaligned(fromByteOffset: 2 * index, as: UInt16.self))
        case (.unsigned, 4), (.signed, 4):
            let value = base.loadUnaligned(fromByteOffset: 4 * index, as: UInt32.self)
            return value < 1 << 16 ? Int(value) : nil
        case (.unsigned, 8), (.signed, 8):
            let value = base.loadUnaligned(fromByteOffset: 8 * index, as: UInt64.self)
            return value < 1 << 16 ? Int(value) : nil
        default: return nil
        }
    }

    @inline(__always)
    mutating func place(_ index: Int) -> Int32? {
        if let value = smallValue(index) {
            let place = small[value]
            return place < 0 ? nil : place
        }
        return others.place(of: span(index)).map { places[Int($0)] }
    }

    mutating func insert(_ index: Int, _ place: Int32) {
        if let value = smallValue(index) {
            small[value] = place
        } else {
            _ = others.append(span(index))
            places.append(place)
        }
    }

    private func span(_ index: Int) -> ByteSpan {
        let range =
            element.kind == .text
            ? textStarts[index]..<textStarts[index + 1] : index * width..<(index + 1) * width
        return UnsafeRawBufferPointer(rebasing: base[range]).assumingMemoryBound(to: UInt8.self)
    }
}
