import Metrics

extension TextMeter {
    func values(of metrics: [EvaluationMetric], _ finish: MeterFinish) -> [MetricValue] {
        metrics.map { metric in
            guard case .texts(let quantity) = metric.quantity else {
                preconditionFailure("\(metric) is no metric of texts")
            }
            return MetricValue(metric, result(quantity))
        }
    }

    private func result(_ quantity: TextQuantity) -> MetricValue.Result {
        switch quantity {
        case .exactMatch, .squadExactMatch, .squadF1, .sentenceBLEU, .rouge:
            Self.value(means[quantity]) { (mean) throws(MetricError) in try mean.value }
        case .bleu:
            Self.value(quantity.corpus.flatMap { bleus[$0] }) { (sum) throws(MetricError) in
                try sum.requireExamples()
                return try quantity.value(of: sum.counts)
            }
        case .chrF:
            Self.value(quantity.corpus.flatMap { chrFs[$0] }) { (sum) throws(MetricError) in
                try sum.requireExamples()
                return try quantity.value(of: sum.counts)
            }
        case .wordErrorRate, .matchErrorRate, .wordInformationLost, .wordInformationPreserved:
            Self.value(words) { (sum) throws(MetricError) in try quantity.value(of: sum.counts) }
        case .translationErrorRate:
            Self.value(edits) { (sum) throws(MetricError) in
                try sum.requireExamples()
                return try quantity.value(of: sum.counts)
            }
        case .characterErrorRate:
            Self.value(characters) { (sum) throws(MetricError) in
                try quantity.value(of: sum.counts)
            }
        }
    }

    private static func value<Wrapped>(
        _ accumulator: Guarded<Wrapped>?, _ body: (Wrapped) throws(MetricError) -> Double?
    ) -> MetricValue.Result {
        accumulator?.value(orUndefined: "it is no number", body)
            ?? .insufficientData("it was not measured")
    }
}

/// Metrics of a corpus as functions of the sums over its texts.
extension TextQuantity {
    func value(of counts: BLEU.Counts) throws(MetricError) -> Double? {
        guard case .bleu(let form) = self else { return nil }
        return counts.score(form.options)
    }

    func value(of counts: ChrF.Counts) throws(MetricError) -> Double? { counts.score }

    func value(of counts: WordErrors.Counts<Int>) throws(MetricError) -> Double? {
        switch self {
        case .wordErrorRate: try counts.errorRate
        case .matchErrorRate: try counts.matchErrorRate
        case .wordInformationLost: try counts.informationLost
        case .wordInformationPreserved: try counts.informationPreserved
        case .exactMatch, .squadExactMatch, .squadF1, .sentenceBLEU, .rouge, .bleu, .chrF,
            .characterErrorRate, .translationErrorRate:
            nil
        }
    }

    /// In per cent, as sacreBLEU has it.
    func value(of counts: TER.Counts) throws(MetricError) -> Double? { 100 * counts.rate }

    func value(of counts: CharacterErrors.Counts<Int>) throws(MetricError) -> Double? {
        try counts.errorRate
    }
}
