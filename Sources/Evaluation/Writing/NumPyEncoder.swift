/// Makes the bytes of one array, block by block.
struct NumPyEncoder {
    private let place: Int
    private let isOffsets: Bool
    private let element: String
    private let elementByteCount: Int
    /// Items of lists before the present block.
    private var itemCount = 0

    init(part: Int, isOffsets: Bool, _ element: String, _ elementByteCount: Int) {
        (place, self.isOffsets) = (part, isOffsets)
        (self.element, self.elementByteCount) = (element, elementByteCount)
    }

    /// The first offset.
    var start: [UInt8] { isOffsets ? Array(repeating: 0, count: 8) : [] }

    mutating func bytes(_ block: FieldBlock) throws(InputError) -> [UInt8] {
        var out: [UInt8] = []
        guard let column = block.columns[place] else { return out }
        switch column {
        case .texts(let texts): try write(texts, block, &out)
        case .numbers(let numbers): write(numbers, &out)
        case .counts(let counts): for count in counts { out.append(littleEndian: Int64(count)) }
        case .flags(let flags): out = flags.map { $0 ? 1 : 0 }
        case .lists(let lists):
            if isOffsets { write(ends: lists.ends, &out) } else { write(lists.items, &out) }
        case .textLists(let lists):
            if isOffsets {
                write(ends: lists.ends, &out)
            } else {
                try write(lists.texts, block, &out)
            }
        }
        return out
    }

    private mutating func write(ends: [Int], _ out: inout [UInt8]) {
        for end in ends { out.append(littleEndian: Int64(itemCount + end)) }
        itemCount += ends.last ?? 0
    }

    private func write(_ numbers: [Double], _ out: inout [UInt8]) {
        if elementByteCount == 4 {
            for number in numbers { out.append(littleEndian: Float(number).bitPattern) }
        } else {
            for number in numbers { out.append(littleEndian: number.bitPattern) }
        }
    }

    private func write(_ texts: TextColumn, _ block: FieldBlock, _ out: inout [UInt8])
        throws(InputError)
    {
        for index in 0..<texts.count {
            let text = texts[index]
            if element == "<i8" {
                out.append(littleEndian: Int64(texts.string(index)) ?? 0)
                continue
            }
            guard text.last != 0 else {
                throw InputError(
                    block.rows.place(index, row: index),
                    "a text that ends with a NUL, which NumPy takes for its padding; write .cpred")
            }
            out += Self.unicode(Array(text), width: elementByteCount / 4)
        }
    }

    static func unicode(_ text: [UInt8], width: Int) -> [UInt8] {
        var out: [UInt8] = []
        out.reserveCapacity(4 * width)
        for scalar in String(decoding: text, as: UTF8.self).unicodeScalars {
            out.append(littleEndian: scalar.value)
        }
        return out + Array(repeating: 0, count: 4 * width - out.count)
    }
}
