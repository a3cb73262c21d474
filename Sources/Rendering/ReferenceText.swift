import Messages

/// What live traffic is compared with, for people.
public enum ReferenceText {
    public static func page(_ reference: ReferenceDistributions, width: Int) -> [Painted] {
        let name = "\(reference.model)@\(Name.version(reference.number))"
        let dataset = reference.dataset.isEmpty ? "a data set" : reference.dataset
        let head: Painted =
            "\(name, .strong) on \(reference.suite), "
            + "\(Quantity.count(reference.exampleCount, of: "example")) of \(dataset) "
            + "(digest \(Name.short(reference.datasetDigest)))"
        var lines = head.wrapped(width) + [""] + table(reference.sketches).lines(width: width)
        if let schema = reference.schema {
            let names = schema.columns.map(\.name).joined(separator: ", ")
            lines += [""] + Painted("schema: \(names)", .faint).wrapped(width)
        }
        if !reference.inputProblem.isEmpty {
            lines += Painted(reference.inputProblem, .warning).wrapped(width)
        }
        return lines
    }

    private static func table(_ sketches: [DistributionSketch]) -> TextTable {
        var table = TextTable("column", "values>", "missing>", "mean>", "sd>", "distribution")
        for sketch in sketches {
            let isNumeric = sketch.kind == "quantiles"
            table.add(
                Painted(sketch.name, .strong), Painted(Quantity.count(sketch.count)),
                Painted(sketch.missingCount == 0 ? "" : Quantity.count(sketch.missingCount)),
                Painted(isNumeric ? Quantity.figure(sketch.mean, digits: 4) : ""),
                Painted(isNumeric ? Quantity.figure(sketch.standardDeviation, digits: 4) : ""),
                Painted(distribution(sketch)))
        }
        return table
    }

    private static func distribution(_ sketch: DistributionSketch) -> String {
        switch sketch.kind {
        case "quantiles": quantiles(sketch)
        case "categories": categories(sketch)
        default: Quantity.count(sketch.vectorMean.count, of: "dimension")
        }
    }

    private static let shownQuantiles = [
        ("5 %", 0.05), ("25 %", 0.25), ("median", 0.5), ("75 %", 0.75), ("95 %", 0.95),
    ]

    private static func quantiles(_ sketch: DistributionSketch) -> String {
        guard let least = sketch.value.first, let most = sketch.value.last else { return "" }
        let figure = { (value: Double) in Quantity.figure(value, digits: 3) }
        let middle = shownQuantiles.compactMap { name, p in
            zip(sketch.probability, sketch.value).first { $0.0 >= p }.map {
                "\(name) \(figure($0.1))"
            }
        }
        let doubt =
            sketch.rankError > 0 ? "; ranks within \(Quantity.percent(sketch.rankError))" : ""
        return "\(figure(least)) to \(figure(most)); \(middle.joined(separator: ", "))\(doubt)"
    }

    private static let shownNameCount = 5

    private static func categories(_ sketch: DistributionSketch) -> String {
        let total = Double(max(1, sketch.count))
        let shown = zip(sketch.category, sketch.categoryCount).prefix(shownNameCount).map {
            "\($0) \(Quantity.percent(Double($1) / total))"
        }
        let more = sketch.category.count - shown.count
        let others =
            sketch.otherCount == 0
            ? ""
            : ", others "
                + Quantity.percent(Double(sketch.otherCount) / total)
        return shown.joined(separator: ", ")
            + (more > 0 ? " and \(Quantity.count(more)) more" : "") + others
    }
}
