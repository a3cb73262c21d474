extension MetricCatalogue {
    static let languageModel: [MetricEntry] = [
        plain(
            "cross_entropy", .lower, .mean(.negativeLogLikelihood), shown: true, weights: false,
            .likelihoods(.crossEntropy)),
        plain(
            "perplexity", .lower, .resampled, shown: true, weights: false,
            .likelihoods(.perplexity)),
        plain(
            "bits_per_token", .lower, .ownMean, shown: true, weights: false,
            .likelihoods(.bitsPerToken)),
        plain(
            "bits_per_byte", .lower, .ownMean, shown: true, weights: false,
            .likelihoods(.bitsPerByte)),
        plain(
            "byte_perplexity", .lower, .resampled, weights: false, .likelihoods(.bytePerplexity)),
        plain(
            "word_perplexity", .lower, .resampled, weights: false, .likelihoods(.wordPerplexity)),
        plain(
            "perplexity_of_document_mean", .lower, .resampled, weights: false,
            .likelihoods(.documentPerplexity)),
        plain(
            "token_accuracy", .higher, .resampled, shown: true, weights: false,
            .likelihoods(.tokenAccuracy)),
        plain(
            "exact_match", .higher, .mean(.correct), shown: true, weights: false,
            .likelihoods(.exactMatch)),
    ]

    static let multipleChoice: [MetricEntry] = [
        plain("acc", .higher, .mean(.correct), shown: true, .choices(.accuracy)),
        plain("acc_norm", .higher, .ownMean, shown: true, .choices(.normalizedAccuracy)),
    ]

    static let textGeneration = all(
        exactMatches,
        [
            plain("squad_em", .higher, .ownMean, shown: true, .texts(.squadExactMatch)),
            plain("squad_f1", .higher, .ownMean, shown: true, .texts(.squadF1)),
        ], rouges,
        [
            corpus("chrf", .higher, shown: true, .chrF(wordOrder: 0)),
            corpus("chrf_pp", .higher, .chrF(wordOrder: 2)),
            corpus("wer", .lower, .wordErrorRate), corpus("cer", .lower, .characterErrorRate),
            corpus("mer", .lower, .matchErrorRate), corpus("wil", .lower, .wordInformationLost),
            corpus("wip", .higher, .wordInformationPreserved),
            corpus("ter", .lower, .translationErrorRate),
        ], bleus)

    /// Of all texts together, so not a mean over examples.
    private static func corpus(
        _ name: String, _ direction: EvaluationMetric.Direction, shown: Bool = false,
        _ quantity: TextQuantity
    ) -> MetricEntry {
        plain(name, direction, .resampled, shown: shown, weights: false, .texts(quantity))
    }

    private static let exactMatches: [MetricEntry] = [
        ("", false, false), ("_ignore_case", true, false), ("_ignore_punctuation", false, true),
        ("_ignore_case_punctuation", true, true),
    ].map { suffix, ignoresCase, ignoresPunctuation in
        plain(
            "exact_match" + suffix, .higher, suffix.isEmpty ? .mean(.correct) : .ownMean,
            shown: suffix.isEmpty,
            .texts(
                .exactMatch(ignoresCase: ignoresCase, ignoresPunctuation: ignoresPunctuation)))
    }

    private static let rouges: [MetricEntry] = [false, true].flatMap { stems in
        TextQuantity.ROUGEKind.allCases.map { kind in
            plain(
                kind.rawValue + (stems ? "_stem" : ""), .higher, .ownMean,
                shown: !stems && kind != .rougeLsum, .texts(.rouge(kind, stems: stems)))
        }
    }

    // MARK: BLEU

    /// `bleu` with tokenizer, case, smoothing and effective order: `bleu_char_lc_floor@0.1`.
    private static let bleus: [MetricEntry] = BLEUForm.Tokenizer.allCases.flatMap { tokenizer in
        [false, true].flatMap { isLowercase in
            let form = BLEUForm(tokenizer: tokenizer, isLowercase: isLowercase)
            let suffix =
                (tokenizer.rawValue.isEmpty ? "" : "_" + tokenizer.rawValue)
                + (isLowercase ? "_lc" : "")
            return [false, true].flatMap { isEffective in
                var corpus = form
                corpus.usesEffectiveOrder = isEffective
                var sentence = form
                sentence.usesEffectiveOrder = !isEffective
                return smoothings(
                    "bleu" + suffix, isEffective ? "_effective" : "", .resampled, corpus
                ) { .texts(.bleu($0)) }
                    + smoothings(
                        "sentence_bleu" + suffix, isEffective ? "_all_orders" : "", .ownMean,
                        sentence
                    ) { .texts(.sentenceBLEU($0)) }
            }
        }
    }

    private static func smoothings(
        _ name: String, _ ending: String, _ evidence: MetricEntry.EvidenceRule, _ form: BLEUForm,
        _ make: @escaping @Sendable (BLEUForm) -> MetricQuantity
    ) -> [MetricEntry] {
        let smoothed = { @Sendable (smoothing: BLEUForm.Smoothing) in
            var form = form
            form.smoothing = smoothing
            return make(form)
        }
        let weights = evidence.isMean
        return [
            plain(
                name + ending, .higher, evidence, shown: name + ending == "bleu", weights: weights,
                smoothed(.exponential)),
            plain(
                name + "_unsmoothed" + ending, .higher, evidence, weights: weights, smoothed(.none)),
            MetricEntry(
                name + "_floor" + ending, .higher, evidence,
                parameter: .number(0..<1_000, usual: 0.1), weights: weights
            ) { smoothed(.floor($0.real)) },
            MetricEntry(
                name + "_add_k" + ending, .higher, evidence,
                parameter: .number(0..<1_000, usual: 1), weights: weights
            ) { smoothed(.addK($0.real)) },
        ]
    }
}

extension MetricEntry.EvidenceRule {
    fileprivate var isMean: Bool {
        switch self {
        case .mean, .ownMean: true
        case .resampled, .repeatsOnly: false
        }
    }
}
