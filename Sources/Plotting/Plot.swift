/// A line plot as an SVG, self-contained: what reports put into a page.
public struct Plot: Sendable {
    /// One line with its points in x order.
    public struct Series: Sendable {
        public enum Shape: Sendable { case line, steps, points }
        public var name: String
        public var points: [(x: Double, y: Double)]
        public var shape: Shape
        public var color: String

        public init(
            _ name: String, _ points: [(x: Double, y: Double)], shape: Shape = .line,
            color: String
        ) {
            (self.name, self.points, self.shape, self.color) = (name, points, shape, color)
        }
    }

    /// A named moment, drawn as a vertical line.
    public struct Mark: Sendable {
        public var x: Double
        public var text: String
        public init(x: Double, text: String) { (self.x, self.text) = (x, text) }
    }

    public var title: String
    public var xLabel: String
    public var yLabel: String
    public var series: [Series]
    public var marks: [Mark] = []
    /// Names of x positions 0, 1, 2, …, in place of numbers.
    public var categories: [String] = []
    /// Horizontal lines: thresholds and bounds.
    public var bounds: [(y: Double, text: String)] = []
    public var yRange: ClosedRange<Double>?

    public init(title: String, xLabel: String, yLabel: String, series: [Series]) {
        (self.title, self.xLabel, self.yLabel, self.series) = (title, xLabel, yLabel, series)
    }

    static let width = 760.0, height = 300.0
    static let left = 62.0, right = 16.0, top = 34.0, bottom = 46.0

    /// The drawing. Points that are not finite are left out.
    public func svg() -> String {
        let finite = series.flatMap(\.points).filter { $0.x.isFinite && $0.y.isFinite }
        let xs = Axis(
            covering: finite.map(\.x) + marks.map(\.x), from: Self.left,
            to: Self.width - Self.right)
        let ys = Axis(
            covering: yRange.map { [$0.lowerBound, $0.upperBound] }
                ?? finite.map(\.y) + bounds.map(\.y),
            from: Self.height - Self.bottom, to: Self.top)
        var out = [
            "<svg viewBox=\"0 0 \(number(Self.width)) \(number(Self.height))\" role=\"img\" "
                + "aria-label=\"\(title.escapedForXML)\" font-family=\"sans-serif\" font-size=\"11\">",
            text(title, Self.left, 18, weight: "bold"),
        ]
        out += grid(xs, ys)
        out += bounds.flatMap { bound in
            [
                line(
                    Self.left, ys[bound.y], Self.width - Self.right, ys[bound.y], "#b3261e",
                    dash: "5 3"),
                text(
                    bound.text, Self.width - Self.right, ys[bound.y] - 4, anchor: "end",
                    color: "#b3261e"),
            ]
        }
        out += marks.enumerated().flatMap { index, mark in
            [
                line(
                    xs[mark.x], Self.top, xs[mark.x], Self.height - Self.bottom, "#999", dash: "2 3"
                ),
                text(
                    mark.text, xs[mark.x] + 3, Self.top + 10 + 12 * Double(index % 3), color: "#666"
                ),
            ]
        }
        out += series.map { path($0, xs, ys) }
        out += legend()
        return (out + ["</svg>"]).joined(separator: "\n")
    }

    private func grid(_ xs: Axis, _ ys: Axis) -> [String] {
        var out: [String] = []
        for tick in ys.ticks {
            out.append(line(Self.left, ys[tick], Self.width - Self.right, ys[tick], "#e4e4e4"))
            out.append(text(Axis.label(tick), Self.left - 6, ys[tick] + 4, anchor: "end"))
        }
        let baseline = Self.height - Self.bottom
        let xTicks =
            categories.isEmpty
            ? xs.ticks.map { ($0, Axis.label($0)) }
            : categories.enumerated().map { (Double($0), $1) }
        for (tick, label) in xTicks {
            out.append(line(xs[tick], baseline, xs[tick], baseline + 4, "#888"))
            out.append(text(label, xs[tick], baseline + 16, anchor: "middle"))
        }
        out.append(line(Self.left, baseline, Self.width - Self.right, baseline, "#888"))
        out.append(
            text(
                xLabel, (Self.left + Self.width) / 2, Self.height - 12, anchor: "middle",
                color: "#444"))
        out.append(
            "<text transform=\"translate(14 \(number((Self.top + baseline) / 2))) rotate(-90)\" "
                + "text-anchor=\"middle\" fill=\"#444\">\(yLabel.escapedForXML)</text>")
        return out
    }

    private func path(_ series: Series, _ xs: Axis, _ ys: Axis) -> String {
        let points = series.points.filter { $0.x.isFinite && $0.y.isFinite }
        if series.shape == .points || points.count == 1 {
            return points.map {
                "<circle cx=\"\(number(xs[$0.x]))\" cy=\"\(number(ys[$0.y]))\" r=\"3\" "
                    + "fill=\"\(series.color)\"/>"
            }.joined()
        }
        var moves: [String] = []
        for (index, point) in points.enumerated() {
            let (x, y) = (number(xs[point.x]), number(ys[point.y]))
            if index > 0, series.shape == .steps { moves.append("H\(x)") }
            moves.append("\(index == 0 ? "M" : "L")\(x) \(y)")
        }
        return "<path d=\"\(moves.joined(separator: " "))\" fill=\"none\" "
            + "stroke=\"\(series.color)\" stroke-width=\"1.8\"/>"
    }

    private func legend() -> [String] {
        var x = Self.width - Self.right
        return series.reversed().flatMap { item -> [String] in
            guard !item.name.isEmpty else { return [] }
            let textX = x
            x -= Double(item.name.count) * 6.4 + 26
            return [
                text(item.name, textX, 18, anchor: "end"),
                "<rect x=\"\(number(x + 10))\" y=\"10\" width=\"10\" height=\"10\" fill=\"\(item.color)\"/>",
            ]
        }
    }

    private func line(
        _ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double, _ color: String, dash: String? = nil
    ) -> String {
        "<line x1=\"\(number(x1))\" y1=\"\(number(y1))\" x2=\"\(number(x2))\" y2=\"\(number(y2))\" "
            + "stroke=\"\(color)\"" + (dash.map { " stroke-dasharray=\"\($0)\"" } ?? "") + "/>"
    }

    private func text(
        _ text: String, _ x: Double, _ y: Double, anchor: String = "start", color: String = "#222",
        weight: String? = nil
    ) -> String {
        "<text x=\"\(number(x))\" y=\"\(number(y))\" text-anchor=\"\(anchor)\" fill=\"\(color)\""
            + (weight.map { " font-weight=\"\($0)\"" } ?? "") + ">\(text.escapedForXML)</text>"
    }

    /// Two decimals are finer than any screen.
    private func number(_ value: Double) -> String { Axis.decimal(value, places: 2) }
}

extension String {
    /// With what XML reads as markup written as entities, and U+FFFD for what no XML may hold.
    public var escapedForXML: String {
        var out = ""
        for scalar in unicodeScalars {
            switch scalar {
            case "&": out += "&amp;"
            case "<": out += "&lt;"
            case ">": out += "&gt;"
            case "\"": out += "&quot;"
            case "\n", "\t": out.unicodeScalars.append(scalar)
            case _ where scalar.value < 0x20 || (0x7F..<0xA0).contains(scalar.value):
                out += "\u{FFFD}"
            default: out.unicodeScalars.append(scalar)
            }
        }
        return out
    }
}
