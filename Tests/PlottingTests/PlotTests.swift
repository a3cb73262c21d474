import Plotting
import Testing

@Suite struct PlotTests {
    @Test func everySeriesMarkAndBoundIsDrawn() {
        var plot = Plot(
            title: "weights <live>", xLabel: "s", yLabel: "%",
            series: [
                .init(
                    "candidate", [(0, 5), (1, 25), (2, .nan), (3, 100)], shape: .steps,
                    color: "#06c"),
                .init("stable", [(0, 95), (3, 0)], color: "#090"),
            ])
        plot.marks = [.init(x: 1.5, text: "breach")]
        plot.bounds = [(50, "half")]
        let svg = plot.svg()
        #expect(svg.contains("weights &lt;live&gt;"))
        #expect(svg.contains("breach") && svg.contains("half"))
        #expect(svg.components(of: "<path").count == 2)
        #expect(!svg.contains("nan") && !svg.contains("inf"))
    }

    @Test(arguments: [[], [3.0], [0, 0], [1e-9, 2e-9], [-1e12, 1e12]])
    func anyRangeGivesAFiniteDrawing(ys: [Double]) {
        let points = ys.enumerated().map { (x: Double($0), y: $1) }
        let svg = Plot(
            title: "t", xLabel: "x", yLabel: "y", series: [.init("a", points, color: "#000")]
        ).svg()
        #expect(svg.hasPrefix("<svg") && svg.hasSuffix("</svg>"))
        #expect(!svg.contains("nan") && !svg.contains("inf"))
    }
}

extension String {
    fileprivate func components(of part: String) -> [Substring] {
        split(separator: " ").filter { $0.contains(part) }
    }
}
