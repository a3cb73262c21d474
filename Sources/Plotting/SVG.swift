/// Pieces of a drawing whose colours come from the page's style sheet, by class: see `ChartStyle`.
enum SVG {
    static func line(_ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double, _ classes: String)
        -> String
    {
        "<line class=\"\(classes)\" x1=\"\(number(x1))\" y1=\"\(number(y1))\" "
            + "x2=\"\(number(x2))\" y2=\"\(number(y2))\"/>"
    }

    /// - Parameter title: shown while the pointer rests on it.
    static func rectangle(
        _ x: Double, _ y: Double, _ width: Double, _ height: Double, _ classes: String,
        opacity: Double? = nil, title: String = ""
    ) -> String {
        let head =
            "<rect class=\"\(classes)\" x=\"\(number(x))\" y=\"\(number(y))\" "
            + "width=\"\(number(max(0, width)))\" height=\"\(number(max(0, height)))\""
            + (opacity.map { " fill-opacity=\"\(number($0))\"" } ?? "")
        return title.isEmpty
            ? head + "/>" : head + "><title>\(title.escapedForXML)</title></rect>"
    }

    static func circle(_ x: Double, _ y: Double, _ r: Double, _ classes: String, title: String = "")
        -> String
    {
        let head =
            "<circle class=\"\(classes)\" cx=\"\(number(x))\" cy=\"\(number(y))\" r=\"\(number(r))\""
        return title.isEmpty
            ? head + "/>" : head + "><title>\(title.escapedForXML)</title></circle>"
    }

    enum Anchor: String { case start, middle, end }

    static func text(
        _ text: String, _ x: Double, _ y: Double, _ classes: String, _ anchor: Anchor = .start,
        turned degrees: Double = 0
    ) -> String {
        let place =
            degrees == 0
            ? "x=\"\(number(x))\" y=\"\(number(y))\""
            : "transform=\"translate(\(number(x)) \(number(y))) rotate(\(number(degrees)))\""
        return "<text class=\"\(classes)\" \(place) text-anchor=\"\(anchor.rawValue)\">"
            + "\(text.escapedForXML)</text>"
    }

    /// A line through points; not finite ones are left out.
    static func path(_ points: [(x: Double, y: Double)], _ classes: String, closed: Bool = false)
        -> String
    {
        let finite = points.filter { $0.x.isFinite && $0.y.isFinite }
        guard !finite.isEmpty else { return "" }
        let moves = finite.enumerated().map {
            "\($0 == 0 ? "M" : "L")\(number($1.x)) \(number($1.y))"
        }
        return "<path class=\"\(classes)\" d=\"\(moves.joined(separator: " "))"
            + (closed ? "Z" : "") + "\"/>"
    }

    /// - Parameter title: what it shows, for those who do not see it.
    static func drawing(_ width: Double, _ height: Double, title: String, _ parts: [String])
        -> String
    {
        "<svg class=\"chart\" viewBox=\"0 0 \(number(width)) \(number(height))\" role=\"img\" "
            + "aria-label=\"\(title.escapedForXML)\">\n"
            + parts.filter { !$0.isEmpty }.joined(separator: "\n") + "\n</svg>"
    }

    /// Two decimals are finer than any screen.
    static func number(_ value: Double) -> String { Axis.decimal(value, places: 2) }
}

/// The style sheet of charts: colours by class, for light pages, dark ones and paper.
public enum ChartStyle {
    /// So many lines can be told apart: six colours, then the same dashed.
    public static let seriesCount = 12

    /// The class of a series: colour and dashes.
    public static func series(_ index: Int) -> String {
        let place = index % seriesCount
        return "s\(place % 6 + 1)" + (place < 6 ? "" : " dashed")
    }

    public static let css = """
        :root { --s1: #2f6fde; --s2: #d9730d; --s3: #0f9276; --s4: #a83fa0; --s5: #b3261e;
          --s6: #64748b; --chart-ink: #475467; --chart-strong: #1d2939; --chart-grid: #eaecf0;
          --chart-axis: #98a2b3; --chart-bound: #b3261e }
        @media (prefers-color-scheme: dark) { :root { --s1: #6ea8fe; --s2: #f0a35e; --s3: #4cc9a7;
          --s4: #d78ad0; --s5: #f28b82; --s6: #9aa8bb; --chart-ink: #a9b4c4; --chart-strong: #e6ebf2;
          --chart-grid: #2b3444; --chart-axis: #5d6b80; --chart-bound: #f28b82 } }
        @media print { :root { --s1: #2f6fde; --s2: #d9730d; --s3: #0f9276; --s4: #a83fa0;
          --s5: #b3261e; --s6: #64748b; --chart-ink: #475467; --chart-strong: #1d2939;
          --chart-grid: #eaecf0; --chart-axis: #98a2b3; --chart-bound: #b3261e } }
        svg.chart { width: 100%; height: auto; display: block; font: 11px system-ui, sans-serif }
        .chart text { fill: var(--chart-ink) }
        .chart .strong { fill: var(--chart-strong); font-weight: 600 }
        .chart .small { font-size: 9.5px }
        .chart .grid { stroke: var(--chart-grid); stroke-width: 1 }
        .chart .axis { stroke: var(--chart-axis); stroke-width: 1 }
        .chart .guide { stroke: var(--chart-axis); stroke-width: 1; stroke-dasharray: 4 4 }
        .chart .bound { stroke: var(--chart-bound); stroke-width: 1.2; stroke-dasharray: 5 3 }
        .chart text.bound { fill: var(--chart-bound); stroke: none }
        .chart .line { fill: none; stroke-width: 1.8; stroke-linejoin: round }
        .chart .line.dashed { stroke-dasharray: 5 3 }
        .chart .area { stroke: none; fill-opacity: .18 }
        .chart .ring { fill: none; stroke-width: 2 }
        .chart .line.s1, .chart .ring.s1 { stroke: var(--s1) }
        .chart .line.s2, .chart .ring.s2 { stroke: var(--s2) }
        .chart .line.s3, .chart .ring.s3 { stroke: var(--s3) }
        .chart .line.s4, .chart .ring.s4 { stroke: var(--s4) }
        .chart .line.s5, .chart .ring.s5 { stroke: var(--s5) }
        .chart .line.s6, .chart .ring.s6 { stroke: var(--s6) }
        .chart .fill.s1, .chart .area.s1 { fill: var(--s1) }
        .chart .fill.s2, .chart .area.s2 { fill: var(--s2) }
        .chart .fill.s3, .chart .area.s3 { fill: var(--s3) }
        .chart .fill.s4, .chart .area.s4 { fill: var(--s4) }
        .chart .fill.s5, .chart .area.s5 { fill: var(--s5) }
        .chart .fill.s6, .chart .area.s6 { fill: var(--s6) }
        .swatch { display: inline-block; width: 1.1em; height: 0; border-top: .22em solid;
          vertical-align: middle; margin-right: .4em }
        .swatch.dashed { border-top-style: dashed }
        .swatch.s1 { border-color: var(--s1) } .swatch.s2 { border-color: var(--s2) }
        .swatch.s3 { border-color: var(--s3) } .swatch.s4 { border-color: var(--s4) }
        .swatch.s5 { border-color: var(--s5) } .swatch.s6 { border-color: var(--s6) }
        """
}
