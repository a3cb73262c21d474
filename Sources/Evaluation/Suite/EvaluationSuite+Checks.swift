extension EvaluationSuite {
    /// A suite that could never be judged is refused now and not after the first evaluation.
    func check() throws(SuiteError) {
        guard (1...1_000).contains(repeats) else {
            throw SuiteError("a suite repeats 1 to 1,000 times, this one \(repeats)")
        }
        guard gates.count <= Self.gateCountMax else {
            throw SuiteError(
                "a suite has at most \(Self.gateCountMax) gates, this one \(gates.count)")
        }
        guard Set(listedMetrics).count == listedMetrics.count else {
            throw SuiteError("a metric is listed twice")
        }
        for metric in listedMetrics + gates.map(\.metric) { try check(metric) }
        for gate in gates { try check(gate) }
        try checkSlices()
    }

    private func check(_ metric: EvaluationMetric) throws(SuiteError) {
        guard try EvaluationMetric(named: metric.name, of: task) == metric else {
            throw SuiteError("\(metric) is no metric of a \(task) task")
        }
        guard options.allows(metric) else {
            throw SuiteError(
                "\(metric) has no weighted form, and the suite weighs its examples by "
                    + "'\(options.weightColumn)'. Leave out one of the two")
        }
    }

    private func check(_ gate: SuiteGate) throws(SuiteError) {
        if case .notWorseThanStable = gate.condition, options.stableTarget == nil {
            throw SuiteError(
                "the gate on \(gate.metric) is against what serves; say where: "
                    + "`stable: ENVIRONMENT/TARGET`")
        }
        guard gate.condition.margin != nil, repeats == 1 else { return }
        switch gate.metric.evidence {
        case .mean, .resampled: return
        case .repeatsOnly: break
        }
        let tested = EvaluationMetric.shown(of: task).filter { $0.column != nil }
        throw SuiteError(
            "what one run keeps of each example cannot show that \(gate.metric) is not worse than "
                + "another version's: let the suite repeat at least 2 times, or gate on "
                + tested.map(\.name).joined(separator: " or "))
    }

    private func checkSlices() throws(SuiteError) {
        guard options.slices.count <= SuiteOptions.sliceCountMax else {
            throw SuiteError(
                "a suite slices by at most \(SuiteOptions.sliceCountMax) columns, this one by "
                    + "\(options.slices.count)")
        }
        guard Set(options.slices).count == options.slices.count else {
            throw SuiteError("a slice column is listed twice")
        }
        guard !options.slices.contains("") else {
            throw SuiteError("a slice column has no name")
        }
    }
}
