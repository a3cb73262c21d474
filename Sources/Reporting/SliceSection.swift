import Evaluation
import Messages
import Rendering

/// Groups of examples, those that got worse first, else those with the lowest first metric.
struct SliceSection {
    private let subject: Report.Subject

    init(_ subject: Report.Subject) { self.subject = subject }

    private static let shownCount = 20
    private static let metricCountMax = 4

    var markup: Markup {
        if let slices = subject.comparison?.slices, !slices.isEmpty { return compared(slices) }
        let slices =
            subject.details.map { $0.slices.isEmpty ? subject.record.slices : $0.slices }
            ?? subject.record.slices
        return slices.isEmpty ? .empty : measured(slices)
    }

    // MARK: Against another version

    private func compared(_ slices: [SliceComparison]) -> Markup {
        let (a, b) = (subject.comparison?.numberA ?? "", subject.comparison?.numberB ?? "")
        var rows: [[Markup]] = []
        for slice in slices {
            for (index, row) in slice.metrics.prefix(Self.metricCountMax).enumerated() {
                rows.append([
                    index == 0 ? name(slice.column, slice.value) : .empty,
                    Markup(index == 0 ? Quantity.count(slice.exampleCount) : ""),
                    Markup(row.name), Markup(Quantity.figure(row.valueA)),
                    Markup(Quantity.figure(row.valueB)),
                    .element("span", Change.ink(row), Change.signed(row.difference)),
                    Markup(row.test.isEmpty ? "" : Quantity.figure(row.p, digits: 3)),
                    .element(
                        "span", "\(Change.ink(row)) wrap",
                        Change.words(row.conclusion, a: a, b: b)),
                ])
            }
        }
        return section(
            "Slices, those that got worse first",
            [
                "slice", "examples>", "metric", "\(Name.version(a))>", "\(Name.version(b))>",
                "difference>", "p>", "conclusion",
            ], rows)
    }

    // MARK: On its own

    private func measured(_ slices: [SliceResult]) -> Markup {
        var names: [String] = []
        for slice in slices {
            for metric in slice.metrics where !names.contains(metric.name) && metric.value.isFinite
            {
                names.append(metric.name)
            }
        }
        let shown = Array(names.prefix(Self.metricCountMax))
        guard let first = shown.first else { return .empty }
        let value = { (slice: SliceResult, name: String) in
            slice.metrics.first { $0.name == name }?.value ?? .nan
        }
        let isLoss = EvaluationMetric.direction(of: first) == .lower
        let sorted = slices.sorted { x, y in
            let (x, y) = (value(x, first), value(y, first))
            if x.isNaN || y.isNaN { return !x.isNaN }
            return isLoss ? x > y : x < y
        }
        let rows = sorted.map { slice -> [Markup] in
            [name(slice.column, slice.value), Markup(Quantity.count(slice.exampleCount))]
                + shown.map { metric in
                    let number = value(slice, metric)
                    let isShare = metric == first && number >= 0 && number <= 1 && !isLoss
                    return (isShare ? meter(number) : .empty) + Markup(Quantity.figure(number))
                }
        }
        return section(
            "Slices, the worst \(first) first", ["slice", "examples>"] + shown.map { $0 + ">" },
            rows)
    }

    private func name(_ column: String, _ value: String) -> Markup {
        .element("span", "", [], [.element("span", "faint", "\(column) "), Markup(value)])
    }

    private func meter(_ share: Double) -> Markup {
        .element(
            "span", "meter", [],
            [.element("i", "", [("style", "width:\(Int((share * 100).rounded()))%")], [])])
    }

    private func section(_ title: String, _ headings: [String], _ rows: [[Markup]]) -> Markup {
        let table = { (rows: ArraySlice<[Markup]>) in
            var table = MarkupTable(headings)
            for row in rows { table.add(row) }
            return table.markup
        }
        var parts = [Markup.element("h3", "", title), table(rows.prefix(Self.shownCount))]
        if rows.count > Self.shownCount {
            parts.append(
                .element(
                    "details", "", [],
                    [
                        .element("summary", "", "\(rows.count - Self.shownCount) more rows"),
                        table(rows.dropFirst(Self.shownCount)),
                    ]))
        }
        return .element("section", "card long", [], parts)
    }
}
