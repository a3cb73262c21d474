import Messages
import Plotting
import Rendering

/// Each metric over the versions that were measured on the same data set.
struct HistorySection {
    private let suite: Report.Suite

    init(_ suite: Report.Suite) { self.suite = suite }

    private static let chartCountMax = 8
    /// Of more versions the newest are drawn.
    private static let versionCountMax = 60

    var markup: Markup {
        let history = Array(suite.history.suffix(Self.versionCountMax))
        guard history.count > 1 else { return .empty }
        let record = suite.last.record
        let gated = record.gates.compactMap { $0.gate?.metric }
        let names =
            record.metrics.map(\.name).filter(gated.contains)
            + record.metrics.map(\.name).filter { !gated.contains($0) }
        let charts = names.compactMap { chart($0, history) }.prefix(Self.chartCountMax)
        guard !charts.isEmpty else { return .empty }
        let more = suite.history.count - history.count
        return .element(
            "section", "", [],
            [
                .element("h2", "", "Over versions"),
                .element(
                    "p", "faint",
                    "Measured on the same data set"
                        + (more > 0 ? "; \(more) older versions are left out" : "")
                        + ". The ringed ones are this report's."),
                .element("div", "grid", [], Array(charts)),
            ])
    }

    private func chart(_ name: String, _ history: [EvaluationRecord]) -> Markup? {
        let values = history.map { record in
            record.metrics.first { $0.name == name }?.value ?? .nan
        }
        guard values.filter(\.isFinite).count > 1 else { return nil }
        var chart = HistoryChart(
            title: "\(name) over versions", names: history.map { Name.version($0.number) },
            values: values)
        chart.bounds = suite.last.record.gates.compactMap { result in
            guard let gate = result.gate, gate.metric == name else { return nil }
            return switch gate.kind {
            case .atLeast: (gate.bound, "gate: at least \(Quantity.figure(gate.bound))")
            case .atMost: (gate.bound, "gate: at most \(Quantity.figure(gate.bound))")
            case .nonInferiorToParent, .nonInferiorToStable: nil
            }
        }
        let subjects = Set(suite.subjects.map(\.record.number))
        chart.marked = Set(history.indices.filter { subjects.contains(history[$0].number) })
        return .element(
            "div", "card", [], [.element("h3", "", name), .made(chart.svg())])
    }
}
