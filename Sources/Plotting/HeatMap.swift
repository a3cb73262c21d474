/// A confusion matrix: rows of truth, darker for a larger share of the row.
public struct HeatMap: Sendable {
    public var title: String
    public var labels: [String]
    /// Row by row.
    public var counts: [Double]

    /// - Parameter counts: as many as labels squared; else nothing is drawn.
    public init(title: String, labels: [String], counts: [Double]) {
        (self.title, self.labels) = (title, labels)
        self.counts = counts.count == labels.count * labels.count ? counts : []
    }

    public func svg(width: Double = 520) -> String {
        guard !counts.isEmpty else { return "" }
        let longest = Double(labels.map(\.count).max() ?? 1)
        let left = min(130, 34 + longest * 6)
        let cell = min(56, (width - left - 8) / Double(labels.count))
        let isTurned = longest * 6.5 > cell
        let top = min(110, 26 + (isTurned ? longest * 5 : 12))
        let used = left + cell * Double(labels.count) + 8
        var parts = [
            SVG.text("predicted", left + cell * Double(labels.count) / 2, 11, "", .middle),
            SVG.text("truth", 11, top + cell * Double(labels.count) / 2, "", .middle, turned: -90),
        ]
        for (index, label) in labels.enumerated() {
            let shown = label.count > 16 ? label.prefix(15) + "…" : label
            let middle = cell * (Double(index) + 0.5)
            parts.append(SVG.text(shown, left - 6, top + middle + 4, "", .end))
            parts.append(
                isTurned
                    ? SVG.text(shown, left + middle + 4, top - 6, "", .start, turned: -55)
                    : SVG.text(shown, left + middle, top - 6, "", .middle))
        }
        parts += labels.indices.flatMap { row in cells(of: row, left, top, cell) }
        let drawing = SVG.drawing(
            used, top + cell * Double(labels.count) + 6, title: title, parts)
        // No wider than it needs to be: cells of two classes would fill the page.
        return "<div style=\"max-width:\(SVG.number(used))px\">\(drawing)</div>"
    }

    private func cells(of row: Int, _ left: Double, _ top: Double, _ cell: Double) -> [String] {
        let values = counts[row * labels.count..<(row + 1) * labels.count]
        let total = values.reduce(0, +)
        return values.enumerated().flatMap { column, value -> [String] in
            let share = total > 0 ? value / total : 0
            let (x, y) = (left + cell * Double(column), top + cell * Double(row))
            let name = row == column ? "s3" : "s5"
            let text =
                "\(labels[row]) taken for \(labels[column]): \(Axis.short(value)) "
                + "(\(Axis.label((share * 1_000).rounded() / 10)) %)"
            var parts = [
                SVG.rectangle(
                    x + 0.5, y + 0.5, cell - 1, cell - 1, "fill \(name)",
                    opacity: value == 0 ? 0.04 : 0.12 + 0.78 * share, title: text)
            ]
            if cell >= 22, value > 0 {
                let size = cell >= 34 ? "" : "small "
                parts.append(
                    SVG.text(
                        Axis.short(value), x + cell / 2, y + cell / 2 + 4,
                        size + (share > 0.55 ? "strong over" : "strong"), .middle))
            }
            return parts
        }
    }
}
