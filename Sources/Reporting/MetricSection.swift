import Messages
import Plotting
import Rendering

/// Every metric of a version, beside what it is compared with: difference, interval, test, effect.
struct MetricSection {
    private let subject: Report.Subject
    private let isRange: Bool

    init(_ subject: Report.Subject, isRange: Bool) {
        (self.subject, self.isRange) = (subject, isRange)
    }

    var markup: Markup {
        let record = subject.record
        guard !record.metrics.isEmpty else { return .empty }
        if let comparison = subject.comparison {
            return .element(
                "section", "card long", [],
                [
                    .element(
                        "h3", "",
                        "Metrics: \(Name.version(comparison.numberB)) against "
                            + Name.version(comparison.numberA)), paragraph(comparison.summary),
                    ComparisonTable(comparison, others: record.metrics).markup,
                ])
        }
        let parents = Dictionary(
            record.parentMetrics.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        var table = MarkupTable(
            ["metric", "value>"] + (parents.isEmpty ? [] : [Name.version(record.parent) + ">"])
                + ["note"])
        for metric in record.metrics {
            var cells = [Markup(metric.name), Markup(Quantity.figure(metric.value))]
            if !parents.isEmpty {
                cells.append(Markup(parents[metric.name].map { Quantity.figure($0.value) } ?? ""))
            }
            table.add(cells + [.element("span", "faint wrap", metric.problem)])
        }
        return .element(
            "section", "card long", [], [.element("h3", "", "Metrics"), table.markup])
    }

    private func paragraph(_ text: String) -> Markup {
        text.isEmpty ? .empty : .element("p", "faint", text)
    }
}

/// Two versions, metric by metric.
struct ComparisonTable {
    private let comparison: Comparison
    /// Metrics of b that were not compared are shown with their value alone.
    private let others: [MetricResult]

    init(_ comparison: Comparison, others: [MetricResult] = []) {
        (self.comparison, self.others) = (comparison, others)
    }

    var markup: Markup {
        let (a, b) = (Name.version(comparison.numberA), Name.version(comparison.numberB))
        var table = MarkupTable([
            "metric", "\(a)>", "\(b)>", "difference>", "", "interval", "test", "effect",
            "conclusion",
        ])
        for row in comparison.metrics {
            let words = Change.words(
                row.conclusion, a: comparison.numberA, b: comparison.numberB)
            table.add([
                Markup(row.name), Markup(Quantity.figure(row.valueA)),
                .element("strong", "", Quantity.figure(row.valueB)),
                .element("span", Change.ink(row), Change.signed(row.difference)), mark(row),
                Markup(interval(row)), test(row), effect(row),
                .element(
                    "span", "wrap", [], [.element("span", Change.ink(row), words), note(row)]),
            ])
        }
        let compared = Set(comparison.metrics.map(\.name))
        for metric in others where !compared.contains(metric.name) {
            let blank = [Markup](repeating: .empty, count: 5)
            table.add(
                [Markup(metric.name), .empty, Markup(Quantity.figure(metric.value))] + blank
                    + [.element("span", "faint wrap", metric.problem)])
        }
        return table.markup
    }

    /// Each on its own scale: metrics have different units.
    private func mark(_ row: MetricComparison) -> Markup {
        let ends = [row.intervalLow, row.intervalHigh, row.difference].filter(\.isFinite)
        guard row.intervalLow.isFinite, row.intervalHigh.isFinite,
            let reach = ends.map(\.magnitude).max(), reach > 0
        else { return .empty }
        let mark = IntervalMark(
            low: row.intervalLow, middle: row.difference, high: row.intervalHigh,
            reach: reach * 1.15, style: Change.style(row))
        return .element("div", "interval", [], [.made(mark.svg())])
    }

    private func interval(_ row: MetricComparison) -> String {
        guard row.intervalLow.isFinite, row.intervalHigh.isFinite else { return "" }
        return "\(Change.signed(row.intervalLow)) to \(Change.signed(row.intervalHigh))"
    }

    private func test(_ row: MetricComparison) -> Markup {
        guard !row.test.isEmpty else { return .empty }
        return .element(
            "span", "", [],
            [
                Markup("p \(Quantity.figure(row.p, digits: 3))"),
                .element("span", "note", row.test),
            ])
    }

    private func effect(_ row: MetricComparison) -> Markup {
        guard !row.effectName.isEmpty, row.effect.isFinite else { return .empty }
        return .element(
            "span", "", [],
            [
                Markup(Quantity.figure(row.effect, digits: 3)),
                .element("span", "note", row.effectName),
            ])
    }

    /// What could have been seen, where nothing was.
    private func note(_ row: MetricComparison) -> Markup {
        guard Change.ink(row) == "faint", row.minimumDetectable.isFinite else { return .empty }
        return .element(
            "span", "note",
            "could have seen \(Quantity.figure(row.minimumDetectable, digits: 3)) or more")
    }
}
