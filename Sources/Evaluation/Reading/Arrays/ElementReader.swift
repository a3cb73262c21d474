/// Elements in memory, in the order of this machine.
struct ElementReader {
    /// Keeps the bytes; `nil`: whoever made this does.
    private let owner: RawBytes?
    private let base: UnsafeRawBufferPointer
    private let kind: ArrayElement.Kind
    private let width: Int
    private let textStarts: [Int]
    private let names: TextColumn

    /// - Parameter bytes: outlive this; as they lie in a file, whatever comes first.
    init(_ bytes: UnsafeMutableRawBufferPointer, _ element: ArrayElement) {
        (base, kind, width) = (UnsafeRawBufferPointer(bytes), element.kind, element.width)
        (textStarts, names, owner) = ([], TextColumn(), nil)
        if element.isBigEndian {
            for start in stride(from: 0, to: bytes.count, by: max(1, width)) {
                bytes[start..<start + width].reverse()
            }
        }
    }

    init(_ loaded: LoadedColumn) {
        let element = loaded.element
        let raw = loaded.bytes.raw
        (base, kind, width) = (raw.bytes, element.kind, element.width)
        owner = raw
        textStarts = loaded.textStarts ?? []
        names = loaded.names?.column ?? TextColumn()
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
        case (.unicode, _), (.bytes, _), (.text, _), (.place, _): nil
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
        case (.unicode, _), (.bytes, _), (.text, _), (.place, _): .nan
        }
    }

    /// As in JSON: whole numbers without a fraction, `true` and `false`; texts may be no UTF-8.
    /// - Returns: `nil` for what is no label.
    func label(_ index: Int, _ scratch: Scratch) -> ByteSpan? {
        switch kind {
        case .unicode, .bytes, .text, .place: return text(index, scratch)
        case .bool:
            scratch.removeAll()
            scratch.append(base[index] == 0 ? "false" : "true")
        case .signed, .unsigned:
            guard let whole = whole(index) else { return nil }
            scratch.removeAll()
            scratch.append(whole)
        case .float:
            let value = number(index)
            guard value.isFinite else { return nil }
            scratch.removeAll()
            if let whole = Int(exactly: value), whole.magnitude < 1 << 53 {
                scratch.append(whole)
            } else {
                scratch.append("\(value)")
            }
        }
        return scratch.span
    }

    /// Of an element that is the place of a name.
    func placeOfName(_ index: Int) -> Int {
        width == 1 ? Int(base[index]) : Int(load(index, as: UInt16.self))
    }

    /// A text in UTF-8, without the zeros behind it.
    /// - Returns: `nil` where a code point is no character.
    func text(_ index: Int, _ scratch: Scratch) -> ByteSpan? {
        switch kind {
        case .unicode: return unicode(index, scratch)
        case .text: return span(textStarts[index]..<textStarts[index + 1])
        case .place:
            scratch.removeAll()
            names.withSpan(placeOfName(index)) { scratch.append($0) }
            return scratch.span
        case .bytes:
            let start = index * width
            var end = start + width
            while end > start, base[end - 1] == 0 { end -= 1 }
            return span(start..<end)
        case .bool, .signed, .unsigned, .float: return nil
        }
    }

    private func span(_ range: Range<Int>) -> ByteSpan {
        UnsafeRawBufferPointer(rebasing: base[range]).assumingMemoryBound(to: UInt8.self)
    }

    private func unicode(_ index: Int, _ scratch: Scratch) -> ByteSpan? {
        let start = index * width
        var count = width / 4
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

extension Scratch {
    fileprivate func append(_ text: String) {
        for byte in text.utf8 { append(byte) }
    }

    fileprivate func append(_ number: Int) {
        if number < 0 { append(UInt8(ascii: "-")) }
        var (rest, divisor) = (number.magnitude, UInt(1))
        while rest / divisor >= 10 { divisor *= 10 }
        while divisor > 0 {
            append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest / divisor))
            rest %= divisor
            divisor /= 10
        }
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
