import Evaluation
import Rendering

/// Live traffic beside its reference, for people.
enum DriftText {
    static func page(_ report: DriftReport, width: Int) -> [Painted] {
        let reference = report.reference
        let name = "\(reference.model)@\(Name.version(reference.number))"
        let dataset = reference.dataset.isEmpty ? "its test set" : reference.dataset
        let head: Painted =
            "\(report.path), \(Quantity.count(report.rowCount, of: "row")), against "
            + "\(name, .strong) on \(reference.suite): "
            + "\(Quantity.count(reference.exampleCount, of: "example")) of \(dataset)"
        var lines = head.wrapped(width)
        if !report.columns.isEmpty { lines += [""] + table(report.columns).lines(width: width) }
        lines += remarks(report).flatMap { $0.wrapped(width) }
        let sentence = report.summary.prefix(1).uppercased() + report.summary.dropFirst() + "."
        let ink: Ink = !report.isQuiet ? .bad : report.saysSomething ? .good : .warning
        lines += [""] + Painted(sentence, ink).wrapped(width)
        return lines + Painted(guarantee(report), .faint).wrapped(width)
    }

    /// The rate is one of calibration, so it is said what it is a rate of.
    private static func guarantee(_ report: DriftReport) -> String {
        let rate = Quantity.percent(report.rule.alpha)
        return
            "When nothing changed, any column is flagged with a chance of at most \(rate). Behind "
            + "each figure is the one up to which chance reaches at these sizes. The test set itself "
            + "cannot drift: it is pinned by its digest "
            + "\(Name.short(report.reference.datasetDigest))."
    }

    private static func table(_ columns: [ColumnDrift]) -> TextTable {
        var table = TextTable(
            "column", "verdict", "reference>", "live>", "psi>", "js>", "ks>", "p>", "change")
        for column in columns {
            let least = column.tests.map(\.p).min()
            table.add(
                Painted(column.name, .strong), verdict(column.verdict),
                Painted(Quantity.count(column.referenceCount)),
                Painted(Quantity.count(column.liveCount)),
                cell(column[.psi]), cell(column[.jensenShannon]),
                cell(column[.kolmogorovSmirnov]),
                Painted(least.map { Quantity.figure($0, digits: 2) } ?? ""),
                Painted(words(column)))
        }
        return table
    }

    private static func words(_ column: ColumnDrift) -> String {
        switch column.verdict {
        case .drift: column.change.isEmpty ? column.why : column.change
        case .noDrift: ""
        case .insufficientData, .notComparable: column.why
        }
    }

    /// "0.312/0.081": what was found, and up to where chance reaches.
    private static func cell(_ test: ColumnDrift.Test?) -> Painted {
        guard let test else { return Painted() }
        let limit = test.limit.map { "/" + Quantity.figure($0, digits: 2) } ?? ""
        return Painted(
            Quantity.figure(test.statistic, digits: 3) + limit, test.isDrift ? .bad : .plain)
    }

    private static func verdict(_ verdict: ColumnDrift.Verdict) -> Painted {
        switch verdict {
        case .drift: Painted("drift", .bad)
        case .noDrift: Painted("no drift", .good)
        case .insufficientData: Painted("insufficient data", .warning)
        case .notComparable: Painted("not comparable", .warning)
        }
    }

    private static func remarks(_ report: DriftReport) -> [Painted] {
        var lines = report.violations.map { violation in
            Painted(
                "schema: \(violation.column) is wrong in "
                    + "\(Quantity.count(violation.rowCount, of: "row")), first in "
                    + "\(violation.place.words): \(violation.text)", .bad)
        }
        if let first = report.firstSkipped {
            lines.append(Painted("the first row that could not be read: \(first)", .bad))
        }
        if !report.absent.isEmpty {
            lines.append(
                Painted("not in the file: \(report.absent.joined(separator: ", "))", .faint))
        }
        if !report.strangers.isEmpty {
            lines.append(
                Painted("only in the file: \(report.strangers.joined(separator: ", "))", .faint))
        }
        if !report.reference.inputProblem.isEmpty {
            lines.append(Painted("inputs: \(report.reference.inputProblem)", .warning))
        }
        return lines.isEmpty ? [] : [""] + lines
    }
}
