import Messages
import Plotting
import Rendering

/// Curves, calibration and distributions: of the last version, and beside it of what it is compared
/// with, where the report has that one's details.
struct PlotSection {
    private let details: EvaluationDetails?
    private let number: String
    private let other: (number: String, details: EvaluationDetails)?

    init(_ suite: Report.Suite) {
        details = suite.last.details
        number = suite.last.record.number
        let first = suite.subjects[0]
        other =
            suite.isRange ? first.details.map { (first.record.number, $0) } : nil
    }

    var markup: Markup {
        guard let details else { return .empty }
        let cards =
            ["roc", "precision_recall", "predicted_over_truth"].compactMap(curveCard)
            + [calibrationCard].compactMap(\.self) + histogramCards
        guard !cards.isEmpty else { return .empty }
        var parts: [Markup] = [.element("h2", "", "Curves and distributions")]
        if details.drawnExampleCount > 0 {
            parts.append(
                .element(
                    "p", "faint",
                    "Drawn from \(Quantity.count(details.drawnExampleCount)) of the "
                        + "\(Quantity.count(details.record?.exampleCount ?? 0)) examples, evenly: "
                        + "rates are off by at most 0.1 points (one standard error)."))
        }
        return .element("section", "", [], parts + [.element("div", "grid", [], cards)])
    }

    // MARK: Curves

    private func curveCard(_ name: String) -> Markup? {
        let own = details?.curves.filter { $0.name == name } ?? []
        guard !own.isEmpty else { return nil }
        let isBinary = own.count == 1 && own[0].label.isEmpty
        var series: [CurveChart.Series] = []
        var legend: [(Int, String)] = []
        let shape: CurveChart.Series.Shape = name == "predicted_over_truth" ? .points : .line
        for (index, curve) in own.prefix(ChartStyle.seriesCount).enumerated() {
            series.append(.init(Array(zip(curve.x, curve.y)), shape: shape, style: index))
            legend.append((index, (isBinary ? Name.version(number) : curve.label) + area(curve)))
        }
        if isBinary, let other, let theirs = other.details.curves.first(where: { $0.name == name })
        {
            series.append(.init(Array(zip(theirs.x, theirs.y)), shape: shape, style: 5))
            legend.append((5, Name.version(other.number) + area(theirs)))
        }
        var chart: CurveChart
        switch name {
        case "roc":
            chart = CurveChart(
                title: "ROC curve", xLabel: "false positive rate", yLabel: "true positive rate",
                series: series)
            (chart.xRange, chart.yRange, chart.hasDiagonal) = (0...1, 0...1, true)
        case "precision_recall":
            chart = CurveChart(
                title: "Precision-recall curve", xLabel: "recall", yLabel: "precision",
                series: series)
            (chart.xRange, chart.yRange) = (0...1, 0...1)
        default:
            chart = CurveChart(
                title: "Predicted over true", xLabel: "true value", yLabel: "predicted value",
                series: series)
            chart.hasDiagonal = true
        }
        chart.isShaded = isBinary && shape == .line
        return card(
            chart.title, chart.svg(), isBinary && other == nil && area(own[0]).isEmpty ? [] : legend
        )
    }

    /// Of the ROC curve as it is drawn.
    private func area(_ curve: CurveDetail) -> String {
        guard curve.name == "roc" else { return "" }
        var area = 0.0
        for index in curve.x.indices.dropFirst() {
            area +=
                (curve.x[index] - curve.x[index - 1]) * (curve.y[index] + curve.y[index - 1]) / 2
        }
        return ", area \(Quantity.figure(area, digits: 4))"
    }

    // MARK: Calibration

    private var calibrationCard: Markup? {
        guard let details, details.calibration.contains(where: { $0.count > 0 }) else { return nil }
        var series = [(bins: bins(details), style: 0)]
        var legend: [(Int, String)] = [(0, Name.version(number))]
        if let other, other.details.calibration.contains(where: { $0.count > 0 }) {
            series.append((bins(other.details), 5))
            legend.append((5, Name.version(other.number)))
        }
        let chart = CalibrationChart(title: "Calibration", series: series)
        return card("Calibration", chart.svg(), series.count > 1 ? legend : [])
    }

    private func bins(_ details: EvaluationDetails) -> [CalibrationChart.Bin] {
        details.calibration.map {
            .init(
                low: $0.low, high: $0.high, count: Double($0.count), confidence: $0.meanConfidence,
                accuracy: $0.accuracy)
        }
    }

    // MARK: Distributions

    /// Distributions of one thing for two groups stand over each other.
    private var histogramCards: [Markup] {
        let all = details?.scoreHistograms ?? []
        let unit = all.filter { $0.low == 0 && $0.high == 1 }
        let pairs = unit.count == 2 ? [unit] : unit.map { [$0] }
        let groups = pairs + all.filter { !($0.low == 0 && $0.high == 1) }.map { [$0] }
        return groups.map { group in
            let chart = HistogramChart(
                title: group.map(\.name).joined(separator: ", "),
                xLabel: group.count > 1 ? "score" : "",
                distributions: group.enumerated().map { index, histogram in
                    .init(
                        low: histogram.low, high: histogram.high,
                        counts: histogram.counts.map { Double($0) }, style: index)
                })
            let title = group.count > 1 ? "Scores" : group[0].name
            let legend = group.enumerated().map { index, histogram in
                (
                    index,
                    "\(histogram.name): "
                        + Quantity.count(histogram.counts.reduce(0, +), of: "example")
                )
            }
            return card(title.prefix(1).uppercased() + title.dropFirst(), chart.svg(), legend)
        }
    }

    private func card(_ title: String, _ svg: String, _ legend: [(Int, String)]) -> Markup {
        let items = legend.map { style, text in
            Markup.element(
                "li", "", [],
                [.element("span", "swatch \(ChartStyle.series(style))", ""), Markup(text)])
        }
        return .element(
            "div", "card", [],
            [.element("h3", "", title), .made(svg)]
                + (items.isEmpty ? [] : [.element("ul", "legend", [], items)]))
    }
}
