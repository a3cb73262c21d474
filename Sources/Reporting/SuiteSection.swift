import CairnCore
import Messages
import Rendering

/// All about one suite, the newest version first in detail.
struct SuiteSection {
    let suite: Report.Suite
    let number: Int
    let report: Report

    init(_ suite: Report.Suite, number: Int, _ report: Report) {
        (self.suite, self.number, self.report) = (suite, number, report)
    }

    var markup: Markup {
        let last = suite.last
        var parts: [Markup] = [
            .element(
                "h2", "", [("id", "suite-\(number)")],
                [Markup("Suite \(suite.name) "), Badge.verdict(last.record.verdict)]),
            summary,
            MetricTiles(suite).markup,
            verdict,
        ]
        if suite.isRange { parts.append(VersionMatrix(suite).markup) }
        parts.append(MetricSection(last, isRange: suite.isRange).markup)
        parts.append(HistorySection(suite).markup)
        parts.append(PlotSection(suite).markup)
        parts.append(ConfusionSection(last.record).markup)
        parts.append(SliceSection(last).markup)
        parts.append(WorstSection(last).markup)
        if suite.isRange { parts.append(EarlierComparisons(suite).markup) }
        parts.append(ProvenanceSection(suite).markup)
        return parts.joined
    }

    private var summary: Markup {
        let record = suite.last.record
        var words = Quantity.count(record.exampleCount, of: "example")
        words += " of data set \(Name.short(record.datasetDigest))"
        if let against = suite.last.comparison?.numberA {
            words += ", compared with \(Name.version(against))"
        }
        return .element(
            "p", "faint", "\(Name.version(record.number)): \(words)")
    }

    private var verdict: Markup {
        let record = suite.last.record
        let ofGates = Set(record.gates.map(\.why))
        let reasons = record.reasons.filter { !ofGates.contains($0) }
        var items = record.gates.map { gate in
            Markup.element(
                "li", "", [], [Badge.verdict(gate.verdict), Markup(" "), Markup(gate.why)])
        }
        items += reasons.map { .element("li", "", $0) }
        items += suite.gaps.map { .element("li", "warn-ink", $0) }
        guard !items.isEmpty || !record.logTail.isEmpty else { return .empty }
        var parts: [Markup] = [.element("h3", "", "Verdict: \(record.verdict)")]
        parts.append(.element("ul", "plain", [], items))
        if !record.logTail.isEmpty {
            parts.append(.element("p", "faint", "The runner's last words:"))
            parts.append(.element("pre", "", record.logTail))
        }
        return .element("section", "card", [], parts)
    }
}

/// The few metrics that matter most, large.
struct MetricTiles {
    private let suite: Report.Suite

    init(_ suite: Report.Suite) { self.suite = suite }

    private static let countMax = 4

    /// Those of gates first, then as the suite lists them.
    private var metrics: [MetricResult] {
        let record = suite.last.record
        let gated = record.gates.compactMap { $0.gate?.metric }
        let sorted =
            record.metrics.filter { gated.contains($0.name) }
            + record.metrics.filter { !gated.contains($0.name) && $0.problem.isEmpty }
        return Array(sorted.prefix(Self.countMax))
    }

    var markup: Markup {
        let tiles = metrics.map { metric in
            var parts: [Markup] = [
                .element("div", "name", metric.name),
                .element("div", "value", Quantity.figure(metric.value)),
            ]
            if let row = suite.last.comparison?.metrics.first(where: { $0.name == metric.name }),
                row.difference.isFinite
            {
                let against = Name.version(suite.last.comparison?.numberA ?? "")
                parts.append(
                    .element(
                        "div", "change \(Change.ink(row))",
                        "\(Change.signed(row.difference)) against \(against)"))
            }
            return Markup.element("div", "tile", [], parts)
        }
        return tiles.isEmpty ? .empty : .element("div", "tiles", [], tiles)
    }
}

/// How differences are written and coloured.
enum Change {
    static func signed(_ value: Double) -> String {
        (value > 0 ? "+" : "") + Quantity.figure(value, digits: 4)
    }

    static func ink(_ row: MetricComparison) -> String {
        switch row.conclusion {
        case "b is better": "good-ink"
        case "a is better": "bad-ink"
        default: "faint"
        }
    }

    static func style(_ row: MetricComparison) -> Int {
        switch row.conclusion {
        case "b is better": 2
        case "a is better": 4
        default: 5
        }
    }

    /// "v1.2.0 is better" for "b is better".
    static func words(_ conclusion: String, a: String, b: String) -> String {
        switch conclusion {
        case "b is better": "\(Name.version(b)) is better"
        case "a is better": "\(Name.version(a)) is better"
        default: conclusion
        }
    }
}
