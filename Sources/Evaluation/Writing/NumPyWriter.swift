import Compression

/// Writes `.npy` and `.npz` files, one array behind the other: each takes a pass over what is read.
struct NumPyWriter {
    private let survey: FieldSurvey
    private let isArchive: Bool
    private let arrays: [NumPyArray]

    init(_ survey: FieldSurvey, isArchive: Bool) throws(InputError) {
        (self.survey, self.isArchive) = (survey, isArchive)
        arrays = NumPyArray.all(of: survey)
        guard isArchive || arrays.count == 1 else {
            throw InputError(
                "a .npy file is one array, and these are \(arrays.count) ("
                    + "\(InputError.list(arrays.map(\.name)))); write .npz")
        }
    }

    /// - Parameter open: makes a reader that begins at the file's beginning.
    func run(_ open: () throws -> FieldReader, _ write: ([UInt8]) throws -> Void) throws {
        var archive = ZipWriter()
        for array in arrays {
            let head = array.header
            let byteCount = head.count + array.byteCount
            if isArchive { try write(archive.begin(array.name + ".npy", byteCount: byteCount)) }
            func put(_ bytes: [UInt8]) throws {
                if isArchive { archive.add(bytes) }
                try write(bytes)
            }
            try put(head)
            if let bytes = array.ownBytes {
                try put(bytes)
            } else {
                var encoder = array.encoder
                try put(encoder.start)
                var reader = try open()
                while let blocks = try reader.next() {
                    for block in blocks { try put(try encoder.bytes(block)) }
                }
            }
            if isArchive { try write(archive.end()) }
        }
        if isArchive { try write(archive.directory()) }
    }
}

/// An array that is written, and how.
private struct NumPyArray {
    enum Part {
        case values(Int)
        /// Where the lists of a field begin, and the end.
        case offsets(Int)
        case classes([String])
    }

    let name: String
    let part: Part
    private let element: String
    private let elementByteCount: Int
    private let shape: [Int]

    static func all(of survey: FieldSurvey) -> [NumPyArray] {
        var arrays: [NumPyArray] = []
        for place in survey.fields.indices where survey.found[place].isPresent {
            arrays.append(NumPyArray(values: place, survey))
            if survey.isRagged(place) { arrays.append(NumPyArray(offsets: place, survey)) }
        }
        if let names = survey.numberNames {
            let width = names.map { $0.unicodeScalars.count }.max() ?? 0
            arrays.append(
                NumPyArray(
                    "classes", .classes(names), ("<U\(width)", 4 * width), [names.count]))
        }
        return arrays
    }

    private init(
        _ name: String, _ part: Part, _ element: (name: String, byteCount: Int), _ shape: [Int]
    ) {
        (self.name, self.part, self.shape) = (name, part, shape)
        (self.element, elementByteCount) = element
    }

    private init(values place: Int, _ survey: FieldSurvey) {
        let found = survey.found[place]
        let unicode = ("<U\(found.textWidth)", 4 * found.textWidth)
        let element: (String, Int) =
            switch survey.fields[place].kind {
            case .label, .text, .labels, .texts: survey.isWhole(place) ? ("<i8", 8) : unicode
            case .number, .numbers: found.isNarrow ? ("<f4", 4) : ("<f8", 8)
            case .count: ("<i8", 8)
            case .flag: ("|b1", 1)
            }
        var shape = [survey.rowCount]
        if survey.isRagged(place) {
            shape = [found.itemCount]
        } else if survey.fields[place].kind == .numbers {
            shape.append(found.width ?? 0)
        }
        self.init(survey.fields[place].name, .values(place), element, shape)
    }

    private init(offsets place: Int, _ survey: FieldSurvey) {
        self.init(
            survey.fields[place].name + "_" + ArrayTable.offsets, .offsets(place), ("<i8", 8),
            [survey.rowCount + 1])
    }

    var byteCount: Int { shape.reduce(elementByteCount, *) }

    /// Version 1.0: what is said is short.
    var header: [UInt8] {
        var text = Array(
            ("{'descr': '\(element)', 'fortran_order': False, 'shape': "
                + "\(ArrayHeader.text(of: shape)), }").utf8)
        while (10 + text.count + 1) % 64 != 0 { text.append(0x20) }
        text.append(0x0A)
        var bytes = ArrayHeader.magic + [1, 0]
        bytes.append(littleEndian: UInt16(text.count))
        return bytes + text
    }

    /// What needs no pass.
    var ownBytes: [UInt8]? {
        guard case .classes(let names) = part else { return nil }
        return names.flatMap { name in
            NumPyEncoder.unicode(Array(name.utf8), width: elementByteCount / 4)
        }
    }

    var encoder: NumPyEncoder {
        NumPyEncoder(part: part.place, isOffsets: part.isOffsets, element, elementByteCount)
    }
}

extension NumPyArray.Part {
    fileprivate var place: Int {
        switch self {
        case .values(let place), .offsets(let place): place
        case .classes: 0
        }
    }

    fileprivate var isOffsets: Bool { if case .offsets = self { true } else { false } }
}

/// Makes the bytes of one array, block by block.
private struct NumPyEncoder {
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

extension FieldSurvey {
    /// Whether rows are lists that no matrix holds.
    fileprivate func isRagged(_ place: Int) -> Bool {
        switch fields[place].kind {
        case .numbers: found[place].width == nil
        case .labels, .texts: true
        case .label, .text, .number, .count, .flag: false
        }
    }

    fileprivate func isWhole(_ place: Int) -> Bool {
        fields[place].name == "id" && found[place].isWhole
    }
}
