import CairnCore
import Messages
import Rendering

/// Which bytes the numbers come from.
struct ProvenanceSection {
    private let suite: Report.Suite

    init(_ suite: Report.Suite) { self.suite = suite }

    var markup: Markup {
        let record = suite.last.record
        var facts: [(String, String, Bool)] = [
            ("data set", Hexadecimal.text(of: record.datasetDigest), true),
            ("suite", Hexadecimal.text(of: record.suiteDigest), true),
        ]
        for subject in suite.subjects {
            facts.append(
                (
                    "manifest of \(Name.version(subject.record.number))",
                    Hexadecimal.text(of: subject.record.manifestDigest), true
                ))
            facts.append(
                (
                    "evaluation of \(Name.version(subject.record.number))",
                    Hexadecimal.text(of: subject.record.evaluationId), true
                ))
        }
        facts.append(("started", Quantity.time(unixMilliseconds: record.startedUnixMs), false))
        if record.endedUnixMs > 0 {
            let took = record.endedUnixMs - record.startedUnixMs
            facts.append(
                (
                    "ended",
                    "\(Quantity.time(unixMilliseconds: record.endedUnixMs)), after "
                        + Quantity.duration(milliseconds: took), false
                ))
        }
        if !record.parent.isEmpty { facts.append(("parent", Name.version(record.parent), false)) }
        if !record.stable.isEmpty {
            facts.append(("served when judged", Name.version(record.stable), false))
        }
        if !record.worker.isEmpty { facts.append(("worked on by", record.worker, false)) }
        let items = facts.filter { !$0.1.isEmpty }.flatMap { name, value, isDigest in
            [
                Markup.element("dt", "", name),
                .element(
                    "dd", "", [], [isDigest ? .element("span", "digest", value) : Markup(value)]),
            ]
        }
        return .element(
            "section", "card", [],
            [.element("h3", "", "Where the numbers come from"), .element("dl", "facts", [], items)]
                + skipped(record))
    }

    private func skipped(_ record: EvaluationRecord) -> [Markup] {
        guard record.skippedRowCount > 0 else { return [] }
        return [
            .element(
                "p", "warn-ink",
                "\(Quantity.count(record.skippedRowCount, of: "row")) of the predictions could not be "
                    + "used and were left out:"),
            .element("ul", "plain", [], record.skippedRows.map { .element("li", "", $0) }),
        ]
    }
}
