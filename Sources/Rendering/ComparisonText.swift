import Messages

/// Two versions beside each other, for people.
public enum ComparisonText {
    /// From this width on a metric is one row; below, it has a second one for interval and test.
    private static let wideWidth = 132
    private static let sliceCountMax = 10

    public static func page(_ comparison: Comparison, width: Int) -> [Painted] {
        let (a, b) = (Name.version(comparison.numberA), Name.version(comparison.numberB))
        let head: Painted =
            "\(comparison.model)  \(a, .strong) and \(b, .strong)  on \(comparison.suite), "
            + "\(Quantity.count(comparison.exampleCount, of: "example")) of data set "
            + Painted(Name.short(comparison.datasetDigest))
        var lines = head.wrapped(width)
        if comparison.onlyACorrect + comparison.onlyBCorrect > 0 {
            lines.append(
                "right only in \(a): \(Quantity.count(comparison.onlyACorrect)), only in \(b): "
                    + Painted(Quantity.count(comparison.onlyBCorrect)))
        }
        lines += [""] + metrics(comparison, a, b, width)
        lines += slices(comparison, a, b, width)
        if !comparison.summary.isEmpty {
            lines += [""] + Painted(comparison.summary).wrapped(width)
        }
        return lines
    }

    private static func metrics(_ comparison: Comparison, _ a: String, _ b: String, _ width: Int)
        -> [Painted]
    {
        if width >= wideWidth { return wide(comparison, a, b).lines(width: width) }
        var table = TextTable("metric", a + ">", b + ">", "difference>", "p>", "conclusion")
        for metric in comparison.metrics {
            table.add(
                Painted(metric.name), Painted(Quantity.figure(metric.valueA)),
                Painted(Quantity.figure(metric.valueB)),
                Painted(signed(metric.difference), ink(metric)), Painted(p(metric)),
                Painted(conclusion(metric, a, b), ink(metric)))
        }
        let rows = table.lines(width: width)
        // Below each row what has no room in it.
        return Array(rows.prefix(1))
            + zip(rows.dropFirst(), comparison.metrics).flatMap { row, metric in
                let more = [
                    metric.test, interval(metric).isEmpty ? "" : "interval \(interval(metric))",
                    effect(metric), unseen(metric),
                ].filter { !$0.isEmpty }
                return [row]
                    + (more.isEmpty
                        ? []
                        : Painted(more.joined(separator: ", "), .faint).wrapped(max(20, width - 2))
                            .map { "  " + $0 })
            }
    }

    private static func wide(_ comparison: Comparison, _ a: String, _ b: String) -> TextTable {
        var table = TextTable(
            "metric", a + ">", b + ">", "difference>", "interval", "test", "p>", "effect",
            "conclusion")
        for metric in comparison.metrics {
            let more = unseen(metric)
            table.add(
                Painted(metric.name), Painted(Quantity.figure(metric.valueA)),
                Painted(Quantity.figure(metric.valueB)),
                Painted(signed(metric.difference), ink(metric)), Painted(interval(metric)),
                Painted(metric.test), Painted(p(metric)), Painted(effect(metric)),
                Painted(conclusion(metric, a, b), ink(metric))
                    + Painted(more.isEmpty ? "" : "; \(more)", .faint))
        }
        return table
    }

    // MARK: Slices

    /// For each slice the metric that got worst, or its first; the evaluator has them in order.
    private static func slices(_ comparison: Comparison, _ a: String, _ b: String, _ width: Int)
        -> [Painted]
    {
        guard !comparison.slices.isEmpty else { return [] }
        let isWide = width >= wideWidth
        var table = TextTable(
            "slice", "examples>", "metric", a + ">", b + ">", "difference>", "p>", "conclusion")
        for slice in comparison.slices.prefix(sliceCountMax) {
            let worse = slice.metrics.filter { $0.conclusion == "a is better" }
            guard let metric = worse.min(by: { $0.p < $1.p }) ?? slice.metrics.first else {
                continue
            }
            table.add(
                Painted("\(slice.column) ", .faint) + Painted(slice.value),
                Painted(Quantity.count(slice.exampleCount)), Painted(metric.name),
                Painted(Quantity.figure(metric.valueA)), Painted(Quantity.figure(metric.valueB)),
                Painted(signed(metric.difference), ink(metric)), Painted(p(metric)),
                // Without colours too a shown difference stands out.
                isWide
                    ? Painted(conclusion(metric, a, b), ink(metric))
                    : Painted(ink(metric) == .bad ? "worse" : ink(metric) == .good ? "better" : ""))
        }
        let more = comparison.slices.count - sliceCountMax
        return ["", Painted("slices, those that got worse first:", .faint)]
            + table.lines(width: width)
            + (more > 0
                ? [
                    Painted(
                        "\(Quantity.count(more, of: "slice")) more; --json has all of them", .faint)
                ] : [])
    }

    // MARK: Words

    static func signed(_ value: Double) -> String {
        (value > 0 ? "+" : "") + Quantity.figure(value, digits: 4)
    }

    /// Of the second version.
    static func ink(_ metric: MetricComparison) -> Ink {
        switch metric.conclusion {
        case "b is better": .good
        case "a is better": .bad
        default: .plain
        }
    }

    static func conclusion(_ metric: MetricComparison, _ a: String, _ b: String) -> String {
        switch metric.conclusion {
        case "b is better": "\(b) is better"
        case "a is better": "\(a) is better"
        default: metric.conclusion
        }
    }

    private static func p(_ metric: MetricComparison) -> String {
        metric.test.isEmpty ? "" : Quantity.figure(metric.p, digits: 3)
    }

    private static func interval(_ metric: MetricComparison) -> String {
        guard metric.intervalLow.isFinite, metric.intervalHigh.isFinite else { return "" }
        return "[\(signed(metric.intervalLow)), \(signed(metric.intervalHigh))]"
    }

    private static func effect(_ metric: MetricComparison) -> String {
        metric.effectName.isEmpty || !metric.effect.isFinite
            ? "" : "\(metric.effectName) \(Quantity.figure(metric.effect, digits: 3))"
    }

    /// Nothing shown is not nothing there.
    private static func unseen(_ metric: MetricComparison) -> String {
        guard ink(metric) == .plain, metric.minimumDetectable.isFinite, !metric.test.isEmpty else {
            return ""
        }
        return "could have seen \(Quantity.figure(metric.minimumDetectable, digits: 3))"
    }
}
