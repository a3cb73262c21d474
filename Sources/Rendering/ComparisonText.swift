import Messages

/// Two versions beside each other, for people.
public enum ComparisonText {
    public static func page(_ comparison: Comparison, width: Int) -> [Painted] {
        let (a, b) = (Name.version(comparison.numberA), Name.version(comparison.numberB))
        var lines: [Painted] = [
            "\(comparison.model)  \(a, .strong) and \(b, .strong)  on \(comparison.suite), "
                + "\(Quantity.count(comparison.exampleCount, of: "example")) of data set "
                + Painted(Name.short(comparison.datasetDigest))
        ]
        if comparison.onlyACorrect + comparison.onlyBCorrect > 0 {
            lines.append(
                "right only in \(a): \(Quantity.count(comparison.onlyACorrect)), only in \(b): "
                    + Painted(Quantity.count(comparison.onlyBCorrect)))
        }
        var table = TextTable(
            "metric", a + ">", b + ">", "difference>", "interval", "test", "p>", "conclusion")
        for metric in comparison.metrics {
            table.add(
                Painted(metric.name), Painted(Quantity.figure(metric.valueA)),
                Painted(Quantity.figure(metric.valueB)), Painted(signed(metric.difference)),
                Painted(interval(metric)), Painted(metric.test),
                Painted(metric.test.isEmpty ? "" : Quantity.figure(metric.p, digits: 3)),
                Painted(metric.conclusion))
        }
        lines += [""] + table.lines(width: width)
        if !comparison.summary.isEmpty {
            lines += [""] + Painted(comparison.summary).wrapped(width)
        }
        return lines
    }

    private static func signed(_ value: Double) -> String {
        (value > 0 ? "+" : "") + Quantity.figure(value, digits: 4)
    }

    private static func interval(_ metric: MetricComparison) -> String {
        guard metric.intervalLow.isFinite, metric.intervalHigh.isFinite else { return "" }
        return "[\(signed(metric.intervalLow)), \(signed(metric.intervalHigh))]"
    }
}
