import Metrics

extension BLEU.Counts: CorpusCounts {
    static var columnSuffixes: [String] {
        ["matches1", "matches2", "matches3", "matches4", "hypothesis", "reference"]
    }

    /// Of one text.
    var parts: [Int32] {
        (0..<4).map { Int32(matches[$0]) } + [Int32(hypothesisLength), Int32(referenceLength)]
    }

    init(parts: [Int32]) {
        var example = BLEU.Example()
        for order in 0..<4 { example.matches[order] = parts[order] }
        (example.hypothesisLength, example.referenceLength) = (parts[4], parts[5])
        self.init(example)
    }
}

extension ChrF.Counts: CorpusCounts {
    static var columnSuffixes: [String] {
        ["hypothesis", "reference", "hypothesis_words", "reference_words"]
            + (1...8).map { "matches\($0)" }
    }

    /// Of one text: its characters and words say how many n-grams there are.
    var parts: [Int32] {
        [hypothesis[0], reference[0], hypothesis[6], reference[6]].map { Int32($0) }
            + (0..<8).map { Int32(matches[$0]) }
    }

    init(parts: [Int32]) {
        var example = ChrF.Example()
        (example.hypothesisCharacters, example.referenceCharacters) = (parts[0], parts[1])
        (example.hypothesisWords, example.referenceWords) = (parts[2], parts[3])
        for order in 0..<8 { example.matches[order] = parts[4 + order] }
        // Without words there are none of either order, as chrF has it.
        self.init(example, ChrF.Options(wordOrder: 2))
    }
}

/// The counts that a corpus metric is a function of, and what of.
enum CorpusKind: Hashable, Sendable, Comparable {
    case bleu(BLEUForm.Tokenizer, isLowercase: Bool)
    case chrF(wordOrder: Int)
    case words
    case characters
    case ter

    /// Of its columns.
    var name: String {
        switch self {
        case .bleu(let tokenizer, let isLowercase):
            "bleu_\(tokenizer.rawValue)\(isLowercase ? "_lc" : "")"
        case .chrF(let order): "chrf_\(order)"
        case .words: "words"
        case .characters: "characters"
        case .ter: "ter"
        }
    }

    static func < (a: CorpusKind, b: CorpusKind) -> Bool { a.name < b.name }

    var columns: [ExampleColumn] {
        switch self {
        case .bleu: BLEU.Counts.columns(of: name)
        case .chrF: ChrF.Counts.columns(of: name)
        case .words: WordErrors.Counts<Int>.columns(of: name)
        case .characters: CharacterErrors.Counts<Int>.columns(of: name)
        case .ter: TER.Counts.columns(of: name)
        }
    }
}

extension TextQuantity {
    /// `nil` for means over texts.
    var corpus: CorpusKind? {
        switch self {
        case .bleu(let form): .bleu(form.tokenizer, isLowercase: form.isLowercase)
        case .chrF(let order): .chrF(wordOrder: order)
        case .wordErrorRate, .matchErrorRate, .wordInformationLost, .wordInformationPreserved:
            .words
        case .characterErrorRate: .characters
        case .translationErrorRate: .ter
        case .exactMatch, .squadExactMatch, .squadF1, .sentenceBLEU, .rouge: nil
        }
    }
}

extension BLEUForm {
    var options: BLEU.Options {
        BLEU.Options(
            tokenizer: tokenizer.metric, isLowercase: isLowercase, smoothing: smoothing.metric,
            usesEffectiveOrder: usesEffectiveOrder)
    }
}

extension BLEUForm.Tokenizer {
    var metric: BLEUTokenizer {
        switch self {
        case .mteval13a: .mteval13a
        case .characters: .characters
        case .chinese: .chinese
        case .international: .international
        case .none: .none
        }
    }
}

extension BLEUForm.Smoothing {
    fileprivate var metric: BLEU.Smoothing {
        switch self {
        case .exponential: .exponential
        case .none: .none
        case .floor(let value): .floor(value)
        case .addK(let value): .addK(value)
        }
    }
}
