import Messages

/// Several versions beside each other, each held against the first.
public enum ComparisonsText {
    /// - Parameter comparisons: all with the same first version, on the same suite; two or more.
    public static func page(_ comparisons: [Comparison], width: Int) -> [Painted] {
        guard let first = comparisons.first else { return [] }
        let base = Name.version(first.numberA)
        let others = comparisons.map { Name.version($0.numberB) }.joined(separator: ", ")
        let head: Painted =
            "\(first.model)  \(others, .strong) against \(base, .strong)  "
            + "on \(first.suite), \(Quantity.count(first.exampleCount, of: "example")) of data set "
            + Painted(Name.short(first.datasetDigest))
        var lines = head.wrapped(width)
        let metrics = names(of: comparisons)
        for group in groups(comparisons, metrics, base, width) {
            lines += [""] + table(group, metrics, base).lines(width: width)
        }
        lines += Painted("* a test shows the difference; all others may be chance", .faint)
            .wrapped(width)
        lines.append("")
        for comparison in comparisons where !comparison.summary.isEmpty {
            lines += Painted(comparison.summary).wrapped(width)
            lines += slice(comparison, base, width)
        }
        return lines
    }

    private static func names(of comparisons: [Comparison]) -> [String] {
        comparisons.flatMap(\.metrics).map(\.name).reduce(into: []) {
            if !$0.contains($1) { $0.append($1) }
        }
    }

    private static func row(_ name: String, _ comparison: Comparison) -> MetricComparison? {
        comparison.metrics.first { $0.name == name }
    }

    private static func table(_ group: [Comparison], _ metrics: [String], _ base: String)
        -> TextTable
    {
        var headings: [(title: String, side: TextTable.Side)] = [("METRIC", .left), (base, .right)]
        for comparison in group {
            headings += [(Name.version(comparison.numberB), .right), ("", .left)]
        }
        var table = TextTable(headings)
        for name in metrics {
            let known = group.compactMap { row(name, $0) }.first
            var cells = [Painted(name), Painted(known.map { Quantity.figure($0.valueA) } ?? "")]
            for comparison in group {
                guard let row = row(name, comparison) else {
                    cells += [Painted(), Painted()]
                    continue
                }
                let ink = ComparisonText.ink(row)
                let star = ink == .plain ? " " : "*"
                cells += [
                    Painted(Quantity.figure(row.valueB), .strong),
                    Painted(ComparisonText.signed(row.difference) + star, ink),
                ]
            }
            table.add(cells)
        }
        return table
    }

    /// As many versions in one table as the width holds; one at least.
    private static func groups(
        _ comparisons: [Comparison], _ metrics: [String], _ base: String, _ width: Int
    ) -> [[Comparison]] {
        var groups: [[Comparison]] = []
        for comparison in comparisons {
            let wider = (groups.last ?? []) + [comparison]
            let needed = table(wider, metrics, base).lines(width: .max).map(\.count).max() ?? 0
            if needed <= width, !groups.isEmpty {
                groups[groups.count - 1] = wider
            } else {
                groups.append([comparison])
            }
        }
        return groups
    }

    /// The slice that got worst, where a test shows it.
    private static func slice(_ comparison: Comparison, _ base: String, _ width: Int) -> [Painted] {
        for slice in comparison.slices {
            guard let metric = slice.metrics.first(where: { $0.conclusion == "a is better" }) else {
                continue
            }
            let change = ComparisonText.signed(metric.difference)
            let words: Painted =
                "worse on \(slice.column) \(slice.value, .bad): \(metric.name) \(change), p "
                + Painted(Quantity.figure(metric.p, digits: 3))
            return words.wrapped(max(18, width - 2)).map { "  " + $0 }
        }
        return []
    }
}
