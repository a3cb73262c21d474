import CairnCore
import Messages

/// A metric over a model's life: on suites, version by version, and in runs, step by step.
public struct HistoryText: Sendable {
    /// Results on one suite and data set, in the order of version numbers.
    public struct Measured: Equatable, Sendable {
        public var suite: String
        public var datasetDigest: [UInt8]
        public var points: [Point]

        public struct Point: Equatable, Sendable {
            public var number: String
            public var value: Double
            public var verdict: Verdict
            public var timeUnixMs: Int64

            public init(number: String, value: Double, verdict: Verdict, timeUnixMs: Int64) {
                (self.number, self.value) = (number, value)
                (self.verdict, self.timeUnixMs) = (verdict, timeUnixMs)
            }
        }

        public init(suite: String, datasetDigest: [UInt8], points: [Point]) {
            (self.suite, self.datasetDigest, self.points) = (suite, datasetDigest, points)
        }
    }

    private let metric: String
    private let letters: Sparkline.Letters
    private let width: Int

    /// Of a longer series so many rows are shown, evenly drawn.
    private static let rowCountMax = 20

    public init(metric: String, letters: Sparkline.Letters, width: Int) {
        (self.metric, self.letters, self.width) = (metric, letters, width)
    }

    /// What an evaluator measured.
    public func lines(_ measured: Measured) -> [Painted] {
        let points = measured.points
        guard let first = points.first, let last = points.last else { return [] }
        let ends =
            "\(Name.version(first.number)) \(Quantity.figure(first.value)) to "
            + "\(Name.version(last.number)) \(Quantity.figure(last.value))"
        var lines = [
            "\(metric, .strong) on suite \(measured.suite, .strong)"
                + Painted(
                    "  evaluations on data set \(Name.short(measured.datasetDigest))", .faint)
        ]
        lines += spark(points.map(\.value), ends, of: "version")
        var table = TextTable("  version", "value>", "change>", "verdict", "evaluated")
        for index in drawn(points.count) {
            let point = points[index]
            let change = index == 0 ? "" : signed(point.value - points[index - 1].value)
            table.add(
                Painted("  " + Name.version(point.number), .strong),
                Painted(Quantity.figure(point.value)), Painted(change),
                EvaluationText.verdict(point.verdict),
                Painted(Quantity.time(unixMilliseconds: point.timeUnixMs)))
        }
        return lines + table.lines(width: width) + left(points.count)
    }

    /// What a run logged.
    public func lines(_ series: MetricSeries) -> [Painted] {
        guard let points = series.points, let first = points.value.first,
            let last = points.value.last
        else { return [] }
        let step = { (index: Int) in points.step.indices.contains(index) ? points.step[index] : 0 }
        let time = { (index: Int) in
            points.timeUnixMs.indices.contains(index) ? points.timeUnixMs[index] : 0
        }
        let ends =
            "step \(Quantity.count(step(0))) \(Quantity.figure(first)) to step "
            + "\(Quantity.count(step(points.value.count - 1))) \(Quantity.figure(last))"
        var lines = [
            "\(metric, .strong) in run \(Name.short(series.runId), .strong)"
                + Painted("  logged while it ran", .faint)
        ]
        lines += spark(points.value, ends, of: "point")
        var table = TextTable("  step", "value>", "logged")
        for index in drawn(points.value.count) {
            table.add(
                Painted("  " + Quantity.count(step(index))),
                Painted(Quantity.figure(points.value[index])),
                Painted(Quantity.time(unixMilliseconds: time(index))))
        }
        return lines + table.lines(width: width) + left(points.value.count)
    }

    private func spark(_ values: [Double], _ ends: String, of thing: String) -> [Painted] {
        let spark = Sparkline(values, width: min(60, max(8, width - 4)), letters)
        let finite = values.filter(\.isFinite)
        var facts = "\(ends), \(Quantity.count(values.count, of: thing))"
        if let low = finite.min(), let high = finite.max(), values.count > 2 {
            facts += ", lowest \(Quantity.figure(low)), highest \(Quantity.figure(high))"
        }
        if spark.valuesPerLetter > 1 {
            facts += "; each letter is the mean of up to \(spark.valuesPerLetter)"
        }
        return ["  \(spark.text, .good)"]
            + Painted(facts).wrapped(max(20, width - 2)).map { "  " + $0 }
    }

    /// Places of all values, or of some that are evenly drawn, the first and the last among them.
    private func drawn(_ count: Int) -> [Int] {
        guard count > Self.rowCountMax else { return Array(0..<count) }
        return (0..<Self.rowCountMax).map { $0 * (count - 1) / (Self.rowCountMax - 1) }
    }

    private func left(_ count: Int) -> [Painted] {
        let more = count - Self.rowCountMax
        return more > 0
            ? [Painted("  \(Quantity.count(more)) more between them; --json has all", .faint)] : []
    }

    private func signed(_ value: Double) -> String {
        (value > 0 ? "+" : "") + Quantity.figure(value, digits: 3)
    }
}
