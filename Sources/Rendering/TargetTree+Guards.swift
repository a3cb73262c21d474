import Messages

import func Glibc.log

/// Evidence against its bounds.
extension TargetTree {
    var guards: Tree? {
        guard !status.guards.isEmpty else { return nil }
        return Tree(
            Painted("guards", .strong),
            status.guards.map { item in
                Tree(
                    evidence(of: item),
                    [counts(of: item), left(of: item)].compactMap { $0 }
                        .map { Tree(Painted($0, .faint)) })
            })
    }

    /// `errors     e-process   ███████·············  e 3.2 of 100`.
    private func evidence(of item: GuardStatus) -> Painted {
        let measure = GuardMeasure(item.kind)
        let isProcess = measure == .evidence
        let figure = { (value: Double) in
            measure.isShare ? Quantity.percent(value) : Quantity.figure(value, digits: 3)
        }
        // Evidence multiplies, so its way to the bound is drawn in logarithms.
        let fraction =
            isProcess
            ? log(max(1, item.statistic)) / log(max(1.01, item.bound))
            : item.statistic / max(item.bound, 1e-9)
        let ink: Ink = item.tripped ? .bad : (fraction > 0.5 ? .warning : .good)
        var line: Painted = "\(Painted(item.name).padded(12)) \(measure.rawValue)  "
        line += Bar.blocks(item.tripped ? 1 : max(0, fraction), width: 16, ink)
        line += "  \(measure.mark)\(figure(item.statistic)) of \(figure(item.bound))"
        if item.tripped { line += Painted("  TRIPPED", .bad) }
        if ["no_data", "inconclusive", "provider_error", "no_reference"].contains(item.assessment) {
            let words = item.assessment.split(separator: "_").joined(separator: " ")
            line += Painted("  " + words, .faint)
        }
        if item.observe { line += Painted("  observe", .faint) }
        return line
    }

    /// `trips after about 380 more requests, 2 min, should all go on so`.
    private func left(of item: GuardStatus) -> String? {
        guard !item.leftFor.isEmpty else { return nil }
        let what = item.leftFor == "trip" ? "trips" : "has its events"
        let requests = Quantity.count(item.requestsLeft, of: "more request")
        let time =
            item.leftMs > 0
            ? ", \(Quantity.duration(milliseconds: Int64(clamping: item.leftMs)))" : ""
        return "\(what) after about \(requests)\(time), should all go on so"
    }

    private func counts(of item: GuardStatus) -> String? {
        if !item.why.isEmpty { return item.why }
        guard item.candidateRequests + item.stableRequests > 0 else { return nil }
        if let words = GuardMeasure(item.kind).counts(of: item) { return words }
        let arm = { (name: String, failures: UInt64, requests: UInt64) in
            let share =
                requests == 0 ? "" : " (\(Quantity.percent(Double(failures) / Double(requests))))"
            return
                "\(name) \(Quantity.count(failures)) of \(Quantity.count(requests)) failed\(share)"
        }
        return arm("candidate", item.candidateFailures, item.candidateRequests) + ", "
            + arm("stable", item.stableFailures, item.stableRequests)
    }
}
