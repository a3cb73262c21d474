import Messages
import Rendering

/// A range at a glance: a row for each version, a column for each metric.
struct VersionMatrix {
    private let suite: Report.Suite

    init(_ suite: Report.Suite) { self.suite = suite }

    private static let metricCountMax = 12

    var markup: Markup {
        var names: [String] = []
        for subject in suite.subjects {
            for metric in subject.record.metrics where !names.contains(metric.name) {
                names.append(metric.name)
            }
        }
        let shown = Array(names.prefix(Self.metricCountMax))
        var table = MarkupTable(["version", "verdict", "examples>"] + shown.map { $0 + ">" })
        for subject in suite.subjects {
            let record = subject.record
            table.add(
                [
                    .element("strong", "", Name.version(record.number)),
                    Badge.verdict(record.verdict), Markup(Quantity.count(record.exampleCount)),
                ] + shown.map { cell($0, of: subject) })
        }
        let base = Name.version(suite.subjects[0].record.number)
        var words = "Each compared with \(base): green is better, red is worse, shown by a test."
        if names.count > shown.count { words += " \(names.count - shown.count) metrics are below." }
        return .element(
            "section", "card long", [],
            [.element("h3", "", "Versions"), table.markup, .element("p", "faint", words)])
    }

    private func cell(_ name: String, of subject: Report.Subject) -> Markup {
        guard let metric = subject.record.metrics.first(where: { $0.name == name }) else {
            return .empty
        }
        let value = Quantity.figure(metric.value)
        guard let row = subject.comparison?.metrics.first(where: { $0.name == name }) else {
            return Markup(value)
        }
        let ink = Change.ink(row)
        return .element(
            "span", ink == "faint" ? "" : ink, [],
            [Markup(value), .element("span", "note", Change.signed(row.difference))])
    }
}

/// The comparisons of the versions before the last one, folded away.
struct EarlierComparisons {
    private let suite: Report.Suite

    init(_ suite: Report.Suite) { self.suite = suite }

    var markup: Markup {
        let parts = suite.subjects.dropLast().compactMap { subject -> Markup? in
            guard let comparison = subject.comparison else { return nil }
            let title =
                "\(Name.version(comparison.numberB)) against \(Name.version(comparison.numberA))"
            return .element(
                "details", "", [],
                [
                    .element("summary", "", "\(title): \(comparison.summary)"),
                    ComparisonTable(comparison).markup,
                ])
        }
        return parts.isEmpty
            ? .empty
            : .element(
                "section", "card long", [],
                [.element("h3", "", "The versions between")] + parts)
    }
}
