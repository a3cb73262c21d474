/// Rows under headings, columns as wide as they need to be.
public struct TextTable: Equatable, Sendable {
    public enum Side: Equatable, Sendable { case left, right }

    private let headings: [(title: String, side: Side)]
    private var rows: [[Painted]] = []

    public init(_ headings: [(title: String, side: Side)]) { self.headings = headings }

    /// Headings that end in `>` stand on the right, over numbers.
    public init(_ headings: String...) {
        self.init(
            headings.map { heading in
                let isRight = heading.hasSuffix(">")
                let title = isRight ? String(heading.dropLast()) : heading
                // Version numbers keep their small v.
                let isNumber = title.first == "v" && title.dropFirst().first?.isNumber == true
                return (isNumber ? title : title.uppercased(), isRight ? .right : .left)
            })
    }

    public mutating func add(_ cells: [Painted]) {
        precondition(cells.count == headings.count, "\(cells.count) cells under \(headings.count)")
        rows.append(cells)
    }

    public mutating func add(_ cells: Painted...) { add(cells) }

    /// Columns that are empty in every row are left out; the last is cut where the line is too long.
    public func lines(width: Int) -> [Painted] {
        let used = headings.indices.filter { column in rows.contains { !$0[column].isEmpty } }
        let widths = used.map { column in
            max(headings[column].title.count, rows.map { $0[column].count }.max() ?? 0)
        }
        let titles = used.map { Painted(headings[$0].title, .faint) }
        return ([titles] + rows.map { row in used.map { row[$0] } }).map { cells in
            var line = Painted()
            for (index, cell) in cells.enumerated() {
                let side = headings[used[index]].side
                let isLast = index == cells.count - 1
                if index > 0 { line += "  " }
                line +=
                    isLast && side == .left
                    ? cell : cell.padded(widths[index], toRight: side == .right)
            }
            return line.trimmed.cut(width)
        }
    }

    public static func == (a: TextTable, b: TextTable) -> Bool {
        a.rows == b.rows && a.headings.elementsEqual(b.headings) { $0 == $1 }
    }
}
