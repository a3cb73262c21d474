/// An array that is written, and how.
struct NumPyArray {
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
    var place: Int {
        switch self {
        case .values(let place), .offsets(let place): place
        case .classes: 0
        }
    }

    var isOffsets: Bool { if case .offsets = self { true } else { false } }
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
