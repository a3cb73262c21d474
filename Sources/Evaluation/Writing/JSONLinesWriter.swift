import CairnCore

/// Writes JSON Lines: one object a row.
struct JSONLinesWriter: FieldWriter {
    private let fields: [RowField]

    init(_ survey: FieldSurvey) { fields = survey.fields }

    func head() -> [UInt8] { [] }
    func tail() -> [UInt8] { [] }

    func bytes(_ block: FieldBlock) -> [UInt8] {
        var out: [UInt8] = []
        for row in 0..<block.rowCount {
            out.append(UInt8(ascii: "{"))
            var isFirst = true
            for (field, column) in zip(fields, block.columns) {
                guard let column else { continue }
                out.append(contentsOf: (isFirst ? "" : ", ").utf8)
                isFirst = false
                write(field.name.utf8, &out)
                out.append(contentsOf: ": ".utf8)
                write(column, row, block.numberNames, &out)
            }
            out.append(contentsOf: "}\n".utf8)
        }
        return out
    }

    private func write(
        _ column: FieldColumn, _ row: Int, _ names: [String]?, _ out: inout [UInt8]
    ) {
        switch column {
        case .texts(let texts): write(texts[row], &out)
        case .numbers(let numbers): write(numbers[row], &out)
        case .counts(let counts): out.append(contentsOf: "\(counts[row])".utf8)
        case .flags(let flags): out.append(contentsOf: (flags[row] ? "true" : "false").utf8)
        case .lists(let lists):
            out.append(UInt8(ascii: names == nil ? "[" : "{"))
            for (place, value) in lists[row].enumerated() {
                if place > 0 { out.append(contentsOf: ", ".utf8) }
                if let names {
                    write(names[place].utf8, &out)
                    out.append(contentsOf: ": ".utf8)
                }
                write(value, &out)
            }
            out.append(UInt8(ascii: names == nil ? "]" : "}"))
        case .textLists(let lists):
            out.append(UInt8(ascii: "["))
            let range = lists.range(row)
            for index in range {
                if index > range.lowerBound { out.append(contentsOf: ", ".utf8) }
                write(lists.texts[index], &out)
            }
            out.append(UInt8(ascii: "]"))
        }
    }

    /// JSON has no infinity; Python's `json` writes and reads these words.
    private func write(_ number: Double, _ out: inout [UInt8]) {
        let text =
            number.isNaN
            ? "NaN" : number.isInfinite ? (number < 0 ? "-Infinity" : "Infinity") : "\(number)"
        out.append(contentsOf: text.utf8)
    }

    private func write(_ text: some Sequence<UInt8>, _ out: inout [UInt8]) {
        out.append(UInt8(ascii: "\""))
        for byte in text {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"):
                out.append(UInt8(ascii: "\\"))
                out.append(byte)
            case 0x0A: out.append(contentsOf: "\\n".utf8)
            case 0..<0x20:
                out.append(contentsOf: "\\u00".utf8)
                for digit in [byte >> 4, byte & 15] {
                    out.append(digit < 10 ? 0x30 + digit : 0x57 + digit)
                }
            default: out.append(byte)
            }
        }
        out.append(UInt8(ascii: "\""))
    }
}
