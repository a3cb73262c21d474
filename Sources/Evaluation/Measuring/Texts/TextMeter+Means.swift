import Metrics

extension TextMeter {
    /// Each text is scored once for all metrics that the same counts serve.
    mutating func addMeans(
        _ pairs: Pairs, _ weights: [Double]?, _ columns: inout BlockColumns
    ) {
        guard !means.isEmpty else { return }
        let scored = TextScores(pairs, wanted: Array(means.keys))
        for (quantity, result) in scored.values {
            means[quantity]?.add { (mean) throws(MetricError) in
                for (row, value) in try result.get().enumerated() {
                    mean.add(value, weight: weights?[row] ?? 1)
                }
            }
            // A metric that failed has no values to keep.
            guard case .success(let values) = result, let column = self.columns[quantity] else {
                continue
            }
            columns.set(column) { quantity.isRightOrWrong ? .bits(values) : .float64(values) }
        }
    }
}

/// The scores of the texts of a block, one by one.
struct TextScores {
    typealias Scores = Result<[Double], MetricError>
    private(set) var values: [(quantity: TextQuantity, scores: Scores)] = []

    init(_ pairs: TextMeter.Pairs, wanted: [TextQuantity]) {
        for quantity in wanted {
            switch quantity {
            case .exactMatch(let ignoresCase, let ignoresPunctuation):
                let options = ExactMatch.Options(
                    ignoresCase: ignoresCase, ignoresPunctuation: ignoresPunctuation)
                add(quantity) { () throws(MetricError) in
                    try pairs.counted(ExactMatch(options)).examples.map { $0 ? 1 : 0 }
                }
            case .squadExactMatch, .squadF1, .sentenceBLEU, .rouge, .bleu, .chrF, .wordErrorRate,
                .characterErrorRate, .matchErrorRate, .wordInformationLost,
                .wordInformationPreserved, .translationErrorRate:
                continue
            }
        }
        addSQuAD(pairs, wanted)
        addROUGE(pairs, wanted)
        addBLEU(pairs, wanted)
    }

    private mutating func add(
        _ quantity: TextQuantity, _ body: () throws(MetricError) -> [Double]
    ) {
        values.append((quantity, Result { () throws(MetricError) in try body() }))
    }

    private mutating func addSQuAD(_ pairs: TextMeter.Pairs, _ wanted: [TextQuantity]) {
        guard wanted.contains(.squadExactMatch) || wanted.contains(.squadF1) else { return }
        let counted = Result { () throws(MetricError) in try pairs.counted(SQuAD()).examples }
        if wanted.contains(.squadExactMatch) {
            add(.squadExactMatch) { () throws(MetricError) in
                try counted.get().map { $0.isExact ? 1 : 0 }
            }
        }
        if wanted.contains(.squadF1) {
            add(.squadF1) { () throws(MetricError) in try counted.get().map(\.f1) }
        }
    }

    private mutating func addROUGE(_ pairs: TextMeter.Pairs, _ wanted: [TextQuantity]) {
        for stems in [false, true] {
            let kinds = TextQuantity.ROUGEKind.allCases.filter {
                wanted.contains(.rouge($0, stems: stems))
            }
            if kinds.isEmpty { continue }
            let counted = Result { () throws(MetricError) in
                try pairs.counted(ROUGE(kinds.map(\.metric), stems: stems))
            }
            for kind in kinds {
                add(.rouge(kind, stems: stems)) { () throws(MetricError) in
                    try counted.get().examples(kind.metric).map(\.f)
                }
            }
        }
    }

    private mutating func addBLEU(_ pairs: TextMeter.Pairs, _ wanted: [TextQuantity]) {
        var counted: [CorpusKind: Result<[BLEU.Counts], MetricError>] = [:]
        for case .sentenceBLEU(let form) in wanted {
            let kind = CorpusKind.bleu(form.tokenizer, isLowercase: form.isLowercase)
            let counts =
                counted[kind]
                ?? Result { () throws(MetricError) in
                    try pairs.counted(BLEU(form.options)).examples.map { BLEU.Counts($0) }
                }
            counted[kind] = counts
            add(.sentenceBLEU(form)) { () throws(MetricError) in
                try counts.get().map { $0.score(form.options) }
            }
        }
    }
}

extension TextQuantity {
    /// Whether each text has 0 or 1.
    fileprivate var isRightOrWrong: Bool {
        switch self {
        case .exactMatch, .squadExactMatch: true
        case .squadF1, .sentenceBLEU, .rouge, .bleu, .chrF, .wordErrorRate, .characterErrorRate,
            .matchErrorRate, .wordInformationLost, .wordInformationPreserved,
            .translationErrorRate:
            false
        }
    }
}

extension TextQuantity.ROUGEKind {
    fileprivate var metric: ROUGE.Kind {
        switch self {
        case .rouge1: .n(1)
        case .rouge2: .n(2)
        case .rougeL: .longest
        case .rougeLsum: .longestOfLines
        }
    }
}
