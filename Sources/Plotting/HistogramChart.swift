/// Distributions over the same numbers, one over the other, each as its share.
public struct HistogramChart: Sendable {
    public struct Distribution: Sendable {
        public var low: Double
        public var high: Double
        public var counts: [Double]
        public var style: Int

        public init(low: Double, high: Double, counts: [Double], style: Int) {
            (self.low, self.high, self.counts, self.style) = (low, high, counts, style)
        }

        var isUsable: Bool { low.isFinite && high.isFinite && low <= high && !counts.isEmpty }
    }

    public var title: String
    public var xLabel: String
    public var distributions: [Distribution]

    public init(title: String, xLabel: String, distributions: [Distribution]) {
        (self.title, self.xLabel) = (title, xLabel)
        self.distributions = distributions.filter(\.isUsable)
    }

    public func svg(width: Double = 420, height: Double = 260) -> String {
        let edges = distributions.flatMap { [$0.low, $0.high] }
        let shares = distributions.map { distribution in
            let total = distribution.counts.reduce(0, +)
            return distribution.counts.map { total > 0 ? $0 / total * 100 : 0 }
        }
        let highest = shares.joined().max() ?? 1
        let frame = ChartFrame(
            width: width, height: height, x: Axis.range(of: edges),
            y: 0...(highest > 0 ? highest * 1.05 : 1))
        var parts = frame.grid(xLabel: xLabel, yLabel: "% of examples")
        for (distribution, shares) in zip(distributions, shares) {
            let points = outline(distribution, shares, frame)
            let style = ChartStyle.series(distribution.style)
            parts.append(SVG.path(points, "area \(style)", closed: true))
            parts.append(SVG.path(points, "line \(style)"))
        }
        return SVG.drawing(width, height, title: title, parts)
    }

    /// Up, along the top of each bin, and down again.
    private func outline(_ distribution: Distribution, _ shares: [Double], _ frame: ChartFrame)
        -> [(x: Double, y: Double)]
    {
        if distribution.low == distribution.high {
            let x = frame.xs[distribution.low]
            return [
                (x - 2, frame.ys[0]), (x - 2, frame.ys[100]), (x + 2, frame.ys[100]),
                (x + 2, frame.ys[0]),
            ]
        }
        let step = (distribution.high - distribution.low) / Double(shares.count)
        let x = { (bin: Int) in frame.xs[distribution.low + step * Double(bin)] }
        return [(x(0), frame.ys[0])]
            + shares.enumerated().flatMap { bin, share in
                [(x(bin), frame.ys[share]), (x(bin + 1), frame.ys[share])]
            } + [(x(shares.count), frame.ys[0])]
    }
}

/// How often answers were right against how sure they were, with how many there were below.
public struct CalibrationChart: Sendable {
    public struct Bin: Sendable {
        public var confidence: Double
        public var accuracy: Double
        public var count: Double
        public var low: Double
        public var high: Double

        public init(low: Double, high: Double, count: Double, confidence: Double, accuracy: Double)
        {
            (self.low, self.high, self.count) = (low, high, count)
            (self.confidence, self.accuracy) = (confidence, accuracy)
        }
    }

    public var title: String
    /// Each with the style it is drawn as.
    public var series: [(bins: [Bin], style: Int)]

    public init(title: String, series: [(bins: [Bin], style: Int)]) {
        (self.title, self.series) = (title, series)
    }

    public func svg(width: Double = 420, height: Double = 320) -> String {
        let foot = 46.0
        let frame = ChartFrame(
            width: width, height: height, x: 0...1, y: 0...1, bottom: ChartFrame.bottom + foot)
        var parts = frame.grid(xLabel: "confidence", yLabel: "share that was right", withX: false)
        parts.append(SVG.line(frame.xs[0], frame.ys[0], frame.xs[1], frame.ys[1], "guide"))
        let base = height - ChartFrame.bottom
        for tick in frame.xs.ticks {
            parts.append(SVG.text(Axis.short(tick), frame.xs[tick], base + 16, "", .middle))
        }
        parts.append(SVG.line(frame.xs.from, base, frame.xs.to, base, "axis"))
        for (index, (bins, style)) in series.enumerated() {
            let kept = bins.filter { $0.count > 0 }
            let name = ChartStyle.series(style)
            parts.append(
                SVG.path(kept.map { frame.place($0.confidence, $0.accuracy) }, "line \(name)"))
            parts += kept.map {
                SVG.circle(
                    frame.xs[$0.confidence], frame.ys[$0.accuracy], 3.2, "fill \(name)",
                    title: "\(Axis.short($0.count)) with confidence \(Axis.label($0.confidence)): "
                        + "\(Axis.label($0.accuracy)) right")
            }
            parts += bars(kept, index, name, frame, base: base, height: foot - 14)
        }
        return SVG.drawing(width, height, title: title, parts)
    }

    /// Bars of several series stand beside each other in their bin.
    private func bars(
        _ bins: [Bin], _ index: Int, _ name: String, _ frame: ChartFrame, base: Double,
        height: Double
    ) -> [String] {
        let most = bins.map(\.count).max() ?? 1
        return bins.map { bin in
            let room = (frame.xs[bin.high] - frame.xs[bin.low]) / Double(max(1, series.count))
            let tall = bin.count / most * height
            return SVG.rectangle(
                frame.xs[bin.low] + room * Double(index) + 0.5, base - tall, room - 1, tall,
                "fill \(name)", opacity: 0.6, title: "\(Axis.short(bin.count)) examples")
        }
    }
}
