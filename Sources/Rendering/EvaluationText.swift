import CairnCore
import Messages

/// Data sets, suites, evaluations and comparisons, for people.
public enum EvaluationText {
    public static func table(_ datasets: [DatasetRecord]) -> TextTable {
        var table = TextTable("data set", "version>", "size>", "added", "schema", "digest")
        for dataset in datasets {
            table.add(
                Painted(dataset.name, .strong), Painted("\(dataset.version)"),
                Painted(Quantity.bytes(dataset.byteCount)),
                Painted(Quantity.time(unixMilliseconds: dataset.addedUnixMs)),
                Painted(
                    dataset.schema.map { Quantity.count($0.columns.count, of: "column") } ?? ""),
                Painted(Name.short(dataset.digest)))
        }
        return table
    }

    public static func table(_ suites: [SuiteRecord]) -> TextTable {
        var table = TextTable(
            "suite", "model", "task", "predictions", "data set", "gates", "digest")
        for suite in suites {
            guard let spec = suite.spec else { continue }
            table.add(
                Painted(spec.name, .strong), Painted(spec.model),
                Painted(Painted.words(of: spec.task)),
                Painted(spec.runner == nil ? "uploaded" : "runner"),
                Painted(Name.short(spec.datasetDigest)),
                Painted(spec.gates.map(gate).joined(separator: ", ")),
                Painted(Name.short(suite.digest)))
        }
        return table
    }

    static func gate(_ gate: Gate) -> String {
        let bound = Quantity.figure(gate.bound)
        return switch gate.kind {
        case .atLeast: "\(gate.metric) ≥ \(bound)"
        case .atMost: "\(gate.metric) ≤ \(bound)"
        case .nonInferiorToParent: "\(gate.metric) within \(bound) of the parent"
        case .nonInferiorToStable: "\(gate.metric) within \(bound) of what serves"
        }
    }

    static func verdict(_ verdict: Verdict) -> Painted {
        let ink: Ink =
            switch verdict {
            case .pass: .good
            case .fail, .error: .bad
            case .pending, .inconclusive, .cancelled: .warning
            }
        return Painted("\(verdict)", ink)
    }

    public static func table(_ evaluations: [EvaluationRecord]) -> TextTable {
        var table = TextTable("version", "suite", "verdict", "state", "examples>", "metrics")
        for record in evaluations {
            table.add(
                Painted(Name.version(record.number), .strong), Painted(record.suite),
                verdict(record.verdict), Painted(record.state == "done" ? "" : record.state),
                Painted(Quantity.count(record.exampleCount)),
                Painted(
                    record.metrics.prefix(4).map {
                        "\($0.name)=\(Quantity.figure($0.value))"
                    }.joined(separator: "  ")))
        }
        return table
    }

    /// One evaluation: the verdict, why, the numbers beside the parent's, the confusions.
    public static func page(_ record: EvaluationRecord, width: Int, showsSlices: Bool = false)
        -> [Painted]
    {
        var lines: [Painted] = [
            "\("\(record.model)@\(Name.version(record.number))", .strong) on \(record.suite): "
                + verdict(record.verdict)
                + Painted("  \(Quantity.count(record.exampleCount, of: "example"))", .faint)
        ]
        let ofGates = Set(record.gates.map(\.why))
        lines += record.reasons.filter { !ofGates.contains($0) }.map { "  " + Painted($0) }
        lines += record.gates.map { "  \(verdict($0.verdict))  \($0.why)" }
        if !record.metrics.isEmpty { lines += [""] + metrics(record).lines(width: width) }
        if showsSlices, !record.slices.isEmpty {
            lines += [""] + slices(record).lines(width: width)
        }
        if let matrix = confusion(record) { lines += [""] + matrix.lines(width: width) }
        if !record.logTail.isEmpty {
            let all = EvaluationID(bytes: record.evaluationId).map {
                " (`cairn runner log \($0)` has all of them)"
            }
            lines += ["", Painted("the runner's last words\(all ?? ""):", .faint)]
            lines += record.logTail.split(separator: "\n").map { Painted("  " + $0) }
        }
        return lines
    }

    private static func metrics(_ record: EvaluationRecord) -> TextTable {
        let parents = Dictionary(
            record.parentMetrics.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        var table = TextTable(
            "metric", "value>",
            (record.parent.isEmpty ? "parent" : Name.version(record.parent)) + ">",
            "note")
        for metric in record.metrics {
            let parent = parents[metric.name].map { Quantity.figure($0.value) } ?? ""
            table.add(
                Painted(metric.name), Painted(Quantity.figure(metric.value), .strong),
                Painted(parent),
                Painted(metric.problem, .warning))
        }
        return table
    }

    private static let sliceMetricCountMax = 6

    /// The first few metrics of each group of examples, in the order of the record.
    private static func slices(_ record: EvaluationRecord) -> TextTable {
        let names = (record.slices.first?.metrics ?? []).prefix(sliceMetricCountMax).map(\.name)
        var table = TextTable(
            [("SLICE", .left), ("EXAMPLES", .right)] + names.map { ($0.uppercased(), .right) })
        for slice in record.slices {
            let values = names.map { name in
                let metric = slice.metrics.first { $0.name == name }
                return Painted(metric.map { Quantity.figure($0.value) } ?? "")
            }
            table.add(
                [
                    Painted("\(slice.column)=\(slice.value)", .strong),
                    Painted(Quantity.count(slice.exampleCount)),
                ] + values)
        }
        return table
    }

    /// Rows are the truth; left out where there are too many labels to read.
    private static func confusion(_ record: EvaluationRecord) -> TextTable? {
        let count = record.labels.count
        guard (1...12).contains(count), record.confusion.count == count * count else { return nil }
        var table = TextTable(
            [("TRUTH \\ PREDICTED", .left)] + record.labels.map { ($0, .right) })
        for (row, label) in record.labels.enumerated() {
            let cells = (0..<count).map { column in
                let value = record.confusion[row * count + column]
                let ink: Ink = value == 0 ? .faint : (row == column ? .good : .warning)
                return Painted(Quantity.count(value), ink)
            }
            table.add([Painted(label)] + cells)
        }
        return table
    }
}

extension Painted {
    /// `language model` for `.languageModel`.
    static func words(of value: some Any) -> String {
        String(describing: value).snakeCased.split(separator: "_").joined(separator: " ")
    }
}
