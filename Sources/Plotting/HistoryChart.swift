/// A metric over versions, in their order.
public struct HistoryChart: Sendable {
    public var title: String
    public var names: [String]
    /// One for each name; not finite where a version has no value.
    public var values: [Double]
    /// Horizontal lines: gates.
    public var bounds: [(y: Double, text: String)] = []
    /// The places of names that are the page's subject.
    public var marked: Set<Int> = []

    public init(title: String, names: [String], values: [Double]) {
        (self.title, self.names, self.values) = (title, names, values)
    }

    public func svg(width: Double = 420, height: Double = 220) -> String {
        let shown = values.filter(\.isFinite) + bounds.map(\.y)
        var range = Axis.range(of: shown)
        let margin = (range.upperBound - range.lowerBound) * 0.08
        range = (range.lowerBound - margin)...(range.upperBound + margin)
        let isTurned = names.count > 6
        let frame = ChartFrame(
            width: width, height: height, x: -0.5...max(0.5, Double(names.count) - 0.5), y: range,
            bottom: isTurned ? 54 : 30)
        var parts = frame.grid(xLabel: "", yLabel: "", withX: false)
        let every = max(1, (names.count + 23) / 24)
        for (index, name) in names.enumerated() where index % every == 0 || marked.contains(index) {
            let x = frame.xs[Double(index)]
            let style = marked.contains(index) ? "strong" : ""
            parts.append(
                isTurned
                    ? SVG.text(name, x + 3, frame.ys.from + 12, style, .end, turned: -45)
                    : SVG.text(name, x, frame.ys.from + 16, style, .middle))
        }
        for bound in bounds {
            parts.append(
                SVG.line(frame.xs.from, frame.ys[bound.y], frame.xs.to, frame.ys[bound.y], "bound"))
            parts.append(
                SVG.text(bound.text, frame.xs.to, frame.ys[bound.y] - 4, "bound small", .end))
        }
        let points = values.enumerated().map { frame.place(Double($0), $1) }
        parts.append(SVG.path(points, "line s1"))
        for (index, value) in values.enumerated() where value.isFinite {
            let (x, y) = points[index]
            let text = "\(names[index]): \(Axis.figure(value))"
            parts.append(SVG.circle(x, y, 3, "fill s1", title: text))
            if marked.contains(index) { parts.append(SVG.circle(x, y, 6, "ring s2", title: text)) }
        }
        return SVG.drawing(width, height, title: title, parts)
    }
}

/// A difference with its interval, on a scale that several share, as one row of a table draws it.
public struct IntervalMark: Sendable {
    public var low: Double
    public var middle: Double
    public var high: Double
    /// The largest distance from 0 that is drawn.
    public var reach: Double
    /// Of `ChartStyle`.
    public var style: Int

    public init(low: Double, middle: Double, high: Double, reach: Double, style: Int) {
        (self.low, self.middle, self.high) = (low, middle, high)
        (self.reach, self.style) = (reach, style)
    }

    public func svg(width: Double = 130, height: Double = 18) -> String {
        guard reach > 0, reach.isFinite, middle.isFinite else { return "" }
        let axis = Axis(-reach...reach, from: 4, to: width - 4)
        let place = { (value: Double) in axis[max(-reach, min(reach, value))] }
        let name = ChartStyle.series(style)
        var parts = [SVG.line(axis[0], 1, axis[0], height - 1, "axis")]
        if low.isFinite, high.isFinite {
            parts.append(
                SVG.path([(place(low), height / 2), (place(high), height / 2)], "line \(name)"))
        }
        parts.append(SVG.circle(place(middle), height / 2, 3.4, "fill \(name)"))
        return SVG.drawing(width, height, title: "", parts)
    }
}
