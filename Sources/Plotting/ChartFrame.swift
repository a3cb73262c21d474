/// The axes of a chart, with room for their labels.
struct ChartFrame {
    let width: Double
    let height: Double
    let xs: Axis
    let ys: Axis

    static let left = 46.0, right = 12.0, top = 10.0, bottom = 40.0

    init(
        width: Double, height: Double, x: ClosedRange<Double>, y: ClosedRange<Double>,
        bottom: Double = ChartFrame.bottom, top: Double = ChartFrame.top
    ) {
        (self.width, self.height) = (width, height)
        xs = Axis(x, from: Self.left, to: width - Self.right)
        ys = Axis(y, from: height - bottom, to: top)
    }

    /// Lines at round numbers, their labels, and what the axes are.
    func grid(xLabel: String, yLabel: String, withX: Bool = true) -> [String] {
        var parts: [String] = []
        for tick in ys.ticks {
            parts.append(SVG.line(xs.from, ys[tick], xs.to, ys[tick], "grid"))
            parts.append(SVG.text(Axis.short(tick), xs.from - 6, ys[tick] + 4, "", .end))
        }
        if withX {
            for tick in xs.ticks {
                parts.append(SVG.line(xs[tick], ys.from, xs[tick], ys.from + 4, "axis"))
                parts.append(SVG.text(Axis.short(tick), xs[tick], ys.from + 16, "", .middle))
            }
        }
        parts.append(SVG.line(xs.from, ys.from, xs.to, ys.from, "axis"))
        parts.append(SVG.text(xLabel, (xs.from + xs.to) / 2, height - 6, "", .middle))
        parts.append(SVG.text(yLabel, 12, (ys.from + ys.to) / 2, "", .middle, turned: -90))
        return parts
    }

    func place(_ x: Double, _ y: Double) -> (x: Double, y: Double) { (xs[x], ys[y]) }
}

/// A chart of lines or points over numbers: ROC, precision-recall, predicted over true.
public struct CurveChart: Sendable {
    public struct Series: Sendable {
        public enum Shape: Sendable { case line, points }
        public var points: [(x: Double, y: Double)]
        public var shape: Shape
        /// Which of `ChartStyle`'s series it is drawn as.
        public var style: Int

        public init(_ points: [(x: Double, y: Double)], shape: Shape = .line, style: Int) {
            (self.points, self.shape, self.style) = (points, shape, style)
        }
    }

    public var title: String
    public var xLabel: String
    public var yLabel: String
    public var series: [Series]
    /// `nil`: what the points cover.
    public var xRange: ClosedRange<Double>?
    public var yRange: ClosedRange<Double>?
    /// The line on which both coordinates are the same.
    public var hasDiagonal = false
    /// Whether the area below the first line is shaded.
    public var isShaded = false

    public init(title: String, xLabel: String, yLabel: String, series: [Series]) {
        (self.title, self.xLabel, self.yLabel, self.series) = (title, xLabel, yLabel, series)
    }

    public func svg(width: Double = 420, height: Double = 320) -> String {
        let finite = series.flatMap(\.points).filter { $0.x.isFinite && $0.y.isFinite }
        let frame = ChartFrame(
            width: width, height: height, x: xRange ?? Axis.range(of: finite.map(\.x)),
            y: yRange ?? Axis.range(of: finite.map(\.y)))
        var parts = frame.grid(xLabel: xLabel, yLabel: yLabel)
        if hasDiagonal {
            let low = max(frame.xs.low, frame.ys.low), high = min(frame.xs.high, frame.ys.high)
            if low < high {
                parts.append(
                    SVG.line(frame.xs[low], frame.ys[low], frame.xs[high], frame.ys[high], "guide"))
            }
        }
        if isShaded, let first = series.first, let start = first.points.first,
            let end = first.points.last
        {
            let points = first.points.map { frame.place($0.x, $0.y) }
            let foot = [(frame.xs[end.x], frame.ys.from), (frame.xs[start.x], frame.ys.from)]
            parts.append(
                SVG.path(points + foot, "area \(ChartStyle.series(first.style))", closed: true))
        }
        for line in series {
            let style = ChartStyle.series(line.style)
            switch line.shape {
            case .line:
                parts.append(
                    SVG.path(line.points.map { frame.place($0.x, $0.y) }, "line \(style)"))
            case .points:
                let inside = line.points.filter { $0.x.isFinite && $0.y.isFinite }
                parts.append("<g fill-opacity=\"0.45\">")
                parts += inside.map {
                    SVG.circle(frame.xs[$0.x], frame.ys[$0.y], 2.2, "fill \(style)")
                }
                parts.append("</g>")
            }
        }
        return SVG.drawing(width, height, title: title, parts)
    }
}
