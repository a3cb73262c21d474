import CairnCore

/// How a version's inputs and answers were distributed on its test set, in the cells in which live
/// traffic is counted; pinned to an attempt.
public struct Reference: Equatable, Sendable {
    public enum Cells: Equatable, Sendable {
        /// Up to and with each edge, and what lies above the last one.
        case numbers(edges: [Double])
        /// Each name, and all others.
        case names([String])

        public var count: Int {
            switch self {
            case .numbers(let edges): edges.count + 1
            case .names(let names): names.count + 1
            }
        }
    }

    public struct Column: Equatable, Sendable {
        public var name: String
        public var cells: Cells
        /// Of the test set, one for each cell.
        public var counts: [Int]

        public init(name: String, cells: Cells, counts: [Int]) {
            (self.name, self.cells, self.counts) = (name, cells, counts)
        }
    }

    public enum Limits {
        public static let cells = 64
        public static let nameByteCount = 256
    }

    /// For people: which evaluation on which data set.
    public var source: String
    public var columns: [Column]
    /// Columns that the plan wants and there are none of, with why.
    public var lacking: [String: String]

    public init(source: String, columns: [Column], lacking: [String: String] = [:]) {
        (self.source, self.columns, self.lacking) = (source, columns, lacking)
    }

    /// For every column the same reason.
    public static func absent(_ columns: [String], _ why: String) -> Reference {
        Reference(
            source: "", columns: [],
            lacking: Dictionary(columns.map { ($0, why) }, uniquingKeysWith: { first, _ in first }))
    }
}

extension Reference {
    func write(to line: inout EventLineWriter) {
        line.add("source", ifNotEmpty: source)
        for column in columns {
            line.add("column", quoted: column.name)
            switch column.cells {
            case .numbers(let edges): line.add("edges", Self.text(edges))
            case .names(let names): for name in names { line.add("name", quoted: name) }
            }
            line.add("counts", Self.text(column.counts))
        }
        for (column, why) in lacking.sorted(by: { $0.key < $1.key }) {
            line.add("lacking", quoted: column)
            line.add("why", quoted: why)
        }
    }

    init(_ line: inout EventLineReader) throws(EventTextError) {
        self.init(source: line.textIfThere("source"), columns: [])
        while true {
            let name = line.textIfThere("column")
            if name.isEmpty { break }
            let cells: Cells
            if let edges = try line.valueIfThere("edges", "numbers", Self.numbers(Double.init)) {
                cells = .numbers(edges: edges)
            } else {
                var names: [String] = []
                while true {
                    let name = line.textIfThere("name")
                    if name.isEmpty { break }
                    names.append(name)
                }
                cells = .names(names)
            }
            columns.append(
                Column(
                    name: name, cells: cells,
                    counts: try line.value("counts", "counts", Self.numbers { Int($0) })))
        }
        while true {
            let column = line.textIfThere("lacking")
            if column.isEmpty { break }
            lacking[column] = try line.text("why")
        }
    }

    private static func text(_ numbers: [some CustomStringConvertible]) -> String {
        numbers.map(\.description).joined(separator: "/")
    }

    private static func numbers<Number>(_ read: @escaping (Substring) -> Number?)
        -> (String) -> [Number]?
    {
        { text in
            let parts = text.split(separator: "/", omittingEmptySubsequences: false)
            let numbers = parts.compactMap(read)
            return numbers.count == parts.count ? numbers : nil
        }
    }
}
