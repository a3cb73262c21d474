/// Writes CSV with a header: RFC 4180.
struct CSVWriter: FieldWriter {
    private let survey: FieldSurvey

    init(_ survey: FieldSurvey) { self.survey = survey }

    func head() -> [UInt8] {
        var names: [String] = []
        for (field, found) in zip(survey.fields, survey.found) where found.isPresent {
            if field.kind == .numbers, let numberNames = survey.numberNames {
                names += numberNames.map { field.name + "." + $0 }
            } else {
                names.append(field.name)
            }
        }
        var out: [UInt8] = []
        for (place, name) in names.enumerated() {
            if place > 0 { out.append(UInt8(ascii: ",")) }
            write(Array(name.utf8)[...], &out)
        }
        return out + [0x0A]
    }

    func tail() -> [UInt8] { [] }

    func bytes(_ block: FieldBlock) throws(InputError) -> [UInt8] {
        var out: [UInt8] = []
        for row in 0..<block.rowCount {
            var isFirst = true
            for (field, column) in zip(survey.fields, block.columns) {
                guard let column else { continue }
                if !isFirst { out.append(UInt8(ascii: ",")) }
                isFirst = false
                let isNamed = field.kind == .numbers && block.numberNames != nil
                guard write(column, row, isNamed, &out) else {
                    throw InputError(
                        block.rows.place(row, row: row),
                        "'\(field.name)' has an item that is empty or has a '|', which stands between "
                            + "items in CSV; write .jsonl or .cpred")
                }
            }
            out.append(0x0A)
        }
        return out
    }

    /// - Returns: `false` where CSV has no way to say it.
    private func write(_ column: FieldColumn, _ row: Int, _ isNamed: Bool, _ out: inout [UInt8])
        -> Bool
    {
        switch column {
        case .texts(let texts): write(texts[row], &out)
        case .numbers(let numbers): write(numbers[row], &out)
        case .counts(let counts): out.append(contentsOf: "\(counts[row])".utf8)
        case .flags(let flags): out.append(contentsOf: (flags[row] ? "true" : "false").utf8)
        case .lists(let lists):
            for (place, value) in lists[row].enumerated() {
                if place > 0 { out.append(UInt8(ascii: isNamed ? "," : "|")) }
                write(value, &out)
            }
        case .textLists(let lists):
            var joined: [UInt8] = []
            let range = lists.range(row)
            for index in range {
                let text = lists.texts[index]
                if text.isEmpty || text.contains(UInt8(ascii: "|")) { return false }
                if index > range.lowerBound { joined.append(UInt8(ascii: "|")) }
                joined += text
            }
            write(joined[...], &out)
        }
        return true
    }

    private func write(_ number: Double, _ out: inout [UInt8]) {
        out.append(contentsOf: "\(number)".utf8)
    }

    private func write(_ text: ArraySlice<UInt8>, _ out: inout [UInt8]) {
        let isPlain =
            !text.isEmpty && text.first != 0x20 && text.last != 0x20
            && !text.contains { byte in
                byte < 0x20 || byte == UInt8(ascii: ",") || byte == UInt8(ascii: "\"")
            }
        if isPlain {
            out.append(contentsOf: text)
            return
        }
        out.append(UInt8(ascii: "\""))
        for byte in text {
            if byte == UInt8(ascii: "\"") { out.append(byte) }
            out.append(byte)
        }
        out.append(UInt8(ascii: "\""))
    }
}
