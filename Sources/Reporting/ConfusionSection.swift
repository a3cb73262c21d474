import Messages
import Plotting
import Rendering

/// Which classes are taken for which: a matrix where it can be read, else the commonest mistakes.
struct ConfusionSection {
    private let record: EvaluationRecord

    init(_ record: EvaluationRecord) { self.record = record }

    private static let labelCountMax = 24
    private static let mistakeCountMax = 15

    var markup: Markup {
        let count = record.labels.count
        guard count > 1, record.confusion.count == count * count else { return .empty }
        var parts: [Markup] = [.element("h3", "", "Confusion")]
        if count <= Self.labelCountMax {
            let map = HeatMap(
                title: "Confusion matrix, rows are the truth", labels: record.labels,
                counts: record.confusion.map { Double($0) })
            parts.append(.made(map.svg()))
            parts.append(
                .element(
                    "p", "faint", "Rows are the truth; the darker, the larger its share of the row."
                ))
        }
        if count > 2 { parts.append(mistakes) }
        return .element("section", "card long", [], parts)
    }

    private var mistakes: Markup {
        let count = record.labels.count
        let cells = record.confusion.indices.filter {
            $0 / count != $0 % count && record.confusion[$0] > 0
        }
        let worst = cells.sorted {
            (record.confusion[$1], $0) < (record.confusion[$0], $1)
        }.prefix(Self.mistakeCountMax)
        guard !worst.isEmpty else {
            return .element("p", "faint", "No example was taken for another class.")
        }
        var table = MarkupTable(["truth", "taken for", "examples>", "of that truth>"])
        for cell in worst {
            let row = record.confusion[cell / count * count..<(cell / count + 1) * count]
            let total = Double(row.reduce(0, +))
            table.add([
                Markup(record.labels[cell / count]), Markup(record.labels[cell % count]),
                Markup(Quantity.count(record.confusion[cell])),
                Markup(Quantity.percent(Double(record.confusion[cell]) / total)),
            ])
        }
        return .element("h3", "", "Commonest mistakes") + table.markup
    }
}

/// What the version got most wrong.
struct WorstSection {
    private let subject: Report.Subject

    init(_ subject: Report.Subject) { self.subject = subject }

    /// The rest of the hundred are folded away.
    private static let shownCount = 15

    var markup: Markup {
        let worst = subject.details?.worst.filter { !($0.loss == 0) } ?? []
        guard let first = worst.first else { return .empty }
        var parts: [Markup] = [
            .element("h3", "", "Worst examples"), table(Array(worst.prefix(Self.shownCount))),
        ]
        if worst.count > Self.shownCount {
            parts.append(
                .element(
                    "details", "", [],
                    [
                        .element("summary", "", "\(worst.count - Self.shownCount) more"),
                        table(Array(worst.dropFirst(Self.shownCount))),
                    ]))
        }
        parts.append(
            .element("p", "faint", "Ordered by \(words(first.lossName)), the worst first."))
        return .element("section", "card long", [], parts)
    }

    private func table(_ examples: [WorstExample]) -> Markup {
        let hasIds = examples.contains { !$0.id.isEmpty }
        let name = words(examples.first?.lossName ?? "")
        var table = MarkupTable(
            ["row>"] + (hasIds ? ["id"] : []) + ["truth", "predicted", "\(name)>"])
        for example in examples {
            table.add(
                [Markup(Quantity.count(example.row))]
                    + (hasIds ? [.element("code", "", example.id)] : [])
                    + [
                        .element("div", "text", example.truth),
                        .element("div", "text", example.predicted),
                        Markup(Quantity.figure(example.loss, digits: 4)),
                    ])
        }
        return table.markup
    }

    private func words(_ name: String) -> String {
        name.split(separator: "_").joined(separator: " ")
    }
}
