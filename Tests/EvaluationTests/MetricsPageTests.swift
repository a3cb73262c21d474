import CairnTestKit
import Testing

@testable import Evaluation

/// docs/reference/metrics.md says of every metric what the catalogue says, and of no other.
@Suite struct MetricsPageTests {
    /// A metric as the page has it.
    struct Row: Hashable, CustomStringConvertible {
        let pattern: String
        let isShown: Bool
        let better: String
        let comparedBy: String

        var description: String {
            "\(pattern)\(isShown ? " (shown)" : ""): \(better), \(comparedBy)"
        }
    }

    private static func page() throws -> [String: Set<Row>] {
        var rows: [String: Set<Row>] = [:]
        var task = ""
        for line in try RepoFiles.text("docs/reference/metrics.md").split(separator: "\n") {
            if line.hasPrefix("## ") {
                task = line.dropFirst(3).lowercased().replacing(" ", with: "_")
            } else if !task.isEmpty, line.hasPrefix("| "), line.contains("`") {
                let cells = line.replacing("\\|", with: "¦").split(separator: "|")
                    .map { $0.trimming(" ") }
                rows[task, default: []].formUnion(Self.rows(cells))
            }
        }
        return rows
    }

    private static func rows(_ cells: [String]) -> [Row] {
        cells[0].split(separator: " ").flatMap { name in
            expanded(String(name.filter { $0 != "`" && $0 != "*" })).map {
                Row(
                    pattern: $0, isShown: name.hasPrefix("**"), better: cells[2],
                    comparedBy: cells[3])
            }
        }
    }

    /// `f1[_micro¦_macro]` is `f1`, `f1_micro` and `f1_macro`.
    private static func expanded(_ name: String) -> [String] {
        guard let open = name.firstIndex(of: "["), let close = name.firstIndex(of: "]") else {
            return [name]
        }
        let head = String(name[..<open])
        let tail = String(name[name.index(after: close)...])
        let choices = name[name.index(after: open)..<close].split(separator: "¦").map(String.init)
        return ([""] + choices).flatMap { expanded(head + $0 + tail) }
    }

    private static func rows(of entry: MetricEntry) -> [Row] {
        let better =
            switch entry.direction {
            case .higher: "higher"
            case .lower: "lower"
            case .none: "–"
            }
        let comparedBy =
            switch entry.evidence {
            case .mean, .ownMean: "paired"
            case .resampled: "bootstrap"
            case .repeatsOnly: "repeats"
            }
        let isShown = !entry.shownParameters.isEmpty
        var rows = [
            Row(
                pattern: entry.pattern, isShown: isShown, better: better, comparedBy: comparedBy)
        ]
        if entry.hasUsualParameter {
            // Both are on the page: with the parameter, and without.
            rows = [
                Row(
                    pattern: entry.name, isShown: isShown, better: better, comparedBy: comparedBy),
                Row(
                    pattern: entry.pattern, isShown: false, better: better,
                    comparedBy: comparedBy),
            ]
        }
        return rows
    }

    @Test(arguments: EvaluationTask.kinds)
    func thePageHasTheCatalogue(_ task: EvaluationTask) throws {
        let page = try Self.page()[task.description] ?? []
        // A row of a family may repeat one in bold: `bleu` and `bleu[_lc]`.
        let shown = Set(page.filter(\.isShown).map(\.pattern))
        let onPage = page.filter { $0.isShown || !shown.contains($0.pattern) }
        let known = Set(MetricCatalogue.entries(of: task).flatMap(Self.rows))
        for row in onPage.subtracting(known).sorted(by: { $0.pattern < $1.pattern }) {
            Issue.record("\(task): the page has \(row), which the catalogue does not say")
        }
        for row in known.subtracting(onPage).sorted(by: { $0.pattern < $1.pattern }) {
            Issue.record("\(task): the page lacks \(row)")
        }
    }

    @Test func thePageHasNoOtherTask() throws {
        #expect(
            Set(try Self.page().keys) == Set(EvaluationTask.kinds.map(\.description)))
    }
}

extension Substring {
    fileprivate func trimming(_ character: Character) -> String {
        var rest = self
        while rest.first == character { rest.removeFirst() }
        while rest.last == character { rest.removeLast() }
        return String(rest)
    }
}
