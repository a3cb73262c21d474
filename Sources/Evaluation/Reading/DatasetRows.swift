/// One row of a data set: where it stands, its id and its label where it has them.
struct DatasetRow {
    let line: Int
    let id: String?
    let label: String?
}

/// Reads the labels and the ids of a data set whose bytes arrive in pieces.
struct DatasetRows {
    static let idColumn = "id"

    private enum Reader {
        case csv(CSVReader)
        case jsonLines(LineSplitter)
    }

    private let labelColumn: String
    private var reader: Reader

    init(format: DatasetFormat, labelColumn: String) {
        self.labelColumn = labelColumn
        switch format {
        case .csv: reader = .csv(CSVReader(wanted: [Self.idColumn, labelColumn]))
        case .jsonLines: reader = .jsonLines(LineSplitter())
        }
    }

    /// The names in a CSV file's header, once it was read; JSON Lines has none.
    var columns: [String]? {
        if case .csv(let csv) = reader { csv.columns } else { nil }
    }

    mutating func append(
        _ bytes: UnsafeRawBufferPointer, _ body: (DatasetRow) throws(InputError) -> Void
    ) throws(InputError) {
        switch reader {
        case .csv(var csv):
            try csv.append(bytes) { line, fields throws(InputError) in
                try body(DatasetRow(line: line, id: fields[0], label: fields[1]))
            }
            reader = .csv(csv)
        case .jsonLines(var lines):
            try lines.append(bytes) { line, bytes throws(InputError) in
                try Self.read(bytes, line, labelColumn, body)
            }
            reader = .jsonLines(lines)
        }
    }

    mutating func finish(_ body: (DatasetRow) throws(InputError) -> Void) throws(InputError) {
        switch reader {
        case .csv(var csv):
            try csv.finish { line, fields throws(InputError) in
                try body(DatasetRow(line: line, id: fields[0], label: fields[1]))
            }
            reader = .csv(csv)
        case .jsonLines(var lines):
            try lines.finish { line, bytes throws(InputError) in
                try Self.read(bytes, line, labelColumn, body)
            }
        }
    }

    private static func read(
        _ bytes: UnsafeRawBufferPointer, _ line: Int, _ labelColumn: String,
        _ body: (DatasetRow) throws(InputError) -> Void
    ) throws(InputError) {
        var json = JSONLine(bytes, line: line)
        if json.isBlank { return }
        var (id, label): (String?, String?) = (nil, nil)
        while let name = try json.nextName() {
            if name == labelColumn {
                label = json.take(word: "null") ? nil : try json.label()
            } else if name == idColumn {
                id = try json.label()
            } else {
                try json.skip()
            }
        }
        try body(DatasetRow(line: line, id: id, label: label))
    }
}
