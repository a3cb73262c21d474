import Statistics

/// Questions whose choices are told apart by their log-likelihoods; the first of equals is chosen.
public struct MultipleChoice: Accumulator, Equatable {
    private var plain = MeanOfExamples()
    /// `nil` once a block had no lengths.
    private var normalized: MeanOfExamples? = MeanOfExamples()

    public init() {}

    /// - Parameters:
    ///   - logLikelihoods: of each question's choices.
    ///   - lengths: of the choices, 1 or more; in bytes, or in characters as lm-eval has it.
    ///   - gold: the place of each right choice.
    ///   - weights: 0 or more; `nil` is one each.
    /// - Throws: `.invalidInput`; then nothing was added.
    public mutating func add(
        logLikelihoods: ListView<Double>, lengths: ListView<Int32>?, gold: ColumnView<Int32>,
        weights: ColumnView<Double>? = nil
    ) throws(MetricError) {
        try Inputs.check(weights, count: gold.count)
        guard gold.count > 0 else { return }
        let hits = try Self.each(logLikelihoods: logLikelihoods, lengths: nil, gold: gold)
        if let lengths {
            let hits = try Self.each(logLikelihoods: logLikelihoods, lengths: lengths, gold: gold)
            for (index, hit) in hits.enumerated() {
                normalized?.add(hit, weight: weights?[index] ?? 1)
            }
        } else {
            normalized = nil
        }
        for (index, hit) in hits.enumerated() { plain.add(hit, weight: weights?[index] ?? 1) }
    }

    public mutating func merge(_ other: MultipleChoice) {
        plain.merge(other.plain)
        if let own = other.normalized { normalized?.merge(own) } else { normalized = nil }
    }

    public var accuracy: Double { get throws(MetricError) { try plain.value } }

    /// Likelihoods divided by lengths.
    public var normalizedAccuracy: Double {
        get throws(MetricError) {
            guard let normalized else {
                throw .insufficientData("the lengths of the choices are not known")
            }
            return try normalized.value
        }
    }

    /// 1 for each question that is answered right, else 0: what paired tests compare.
    ///
    /// - Parameter lengths: what likelihoods are divided by; `nil` is nothing.
    public static func each(
        logLikelihoods: ListView<Double>, lengths: ListView<Int32>?, gold: ColumnView<Int32>
    ) throws(MetricError) -> [Double] {
        try Inputs.checkSame([logLikelihoods.count, lengths?.count ?? gold.count, gold.count])
        var hits: [Double] = []
        for question in 0..<gold.count {
            let choices = logLikelihoods[question]
            let own = lengths?[question]
            let right = Int(gold[question])
            try Inputs.checkNumbers(.float64(choices), "the log-likelihoods")
            guard (0..<choices.count).contains(right) else {
                throw .invalidInput("choice \(right) is none of \(choices.count)")
            }
            if let own {
                try Inputs.checkSame([own.count, choices.count])
                guard own.pointer.allSatisfy({ $0 > 0 }) else {
                    throw .invalidInput("a choice is empty")
                }
            }
            let values = (0..<choices.count).map { choices[$0] / Double(own?[$0] ?? 1) }
            hits.append(values.firstIndex(of: values.max() ?? 0) == right ? 1 : 0)
        }
        return hits
    }
}
