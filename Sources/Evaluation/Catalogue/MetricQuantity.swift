import Metrics

/// What a metric measures, as the meter of each kind of answers knows it.
enum MetricQuantity: Hashable, Sendable {
    case classes(ClassQuantity)
    case labelSets(LabelSetQuantity)
    case numbers(NumberQuantity)
    case likelihoods(LikelihoodQuantity)
    case choices(ChoiceQuantity)
    case texts(TextQuantity)
    case rankings(RankingQuantity)
    /// pass@k.
    case trials(k: Int)
    case requests(RequestQuantity)
}

/// Of hits, misses and false alarms.
enum OutcomeScore: Hashable, Sendable {
    case precision, recall, specificity, jaccard
    case fBeta(Double)
}

/// Which outcomes a score is of.
enum OutcomeScope: Hashable, Sendable {
    /// Those of a binary task's positive class.
    case positive
    /// Those of one named class.
    case label(String)
    case micro, macro, weighted
    /// The mean over examples, of which each has any number of labels.
    case samples
}

enum OutcomeCount: String, Hashable, Sendable, CaseIterable {
    case truePositives = "true_positives"
    case falsePositives = "false_positives"
    case falseNegatives = "false_negatives"
    case trueNegatives = "true_negatives"
}

/// What follows from the order of a binary task's scores.
enum CurveQuantity: Hashable, Sendable {
    case rocAUC, gini, ks, averagePrecision, trapezoidArea, bestF1, bestF1Threshold
}

/// The same for one class against the rest, or as a mean over classes.
enum ClassCurveQuantity: Hashable, Sendable {
    case rocAUCOneVersusRest(isWeighted: Bool)
    case rocAUCOneVersusOne
    case averagePrecisionMacro
    case rocAUC(of: String)
    case averagePrecision(of: String)
}

enum CalibrationQuantity: Hashable, Sendable {
    case expected, maximum, rootMeanSquare
}

enum ClassQuantity: Hashable, Sendable {
    case accuracy, balancedAccuracy
    case score(OutcomeScore, OutcomeScope)
    case outcome(OutcomeCount, OutcomeScope)
    case matthews
    case kappa(KappaWeights)
    case logLoss, brier
    case curve(CurveQuantity)
    case classCurve(ClassCurveQuantity)
    case calibration(CalibrationQuantity, binCount: Int)
    case topK(Int)
}

enum LabelSetQuantity: Hashable, Sendable {
    case subsetAccuracy, hammingLoss
    case score(OutcomeScore, OutcomeScope)
    case outcome(OutcomeCount, OutcomeScope)
    case classCurve(ClassCurveQuantity)
}

enum NumberQuantity: Hashable, Sendable {
    case mse, rmse, mae, medianAE, maxError, meanError
    case r2, explainedVariance, mape, smape, msle
    case pinball(Double)
    case pearson, spearman, kendallTauB, concordance
}

enum LikelihoodQuantity: Hashable, Sendable {
    case crossEntropy, perplexity, bitsPerToken, bitsPerByte, bytePerplexity, wordPerplexity
    case documentPerplexity, tokenAccuracy, exactMatch
}

enum ChoiceQuantity: Hashable, Sendable {
    case accuracy, normalizedAccuracy
}

enum TextQuantity: Hashable, Sendable {
    case exactMatch(ignoresCase: Bool, ignoresPunctuation: Bool)
    case squadExactMatch, squadF1
    case bleu(BLEUForm)
    case sentenceBLEU(BLEUForm)
    case chrF(wordOrder: Int)
    case rouge(ROUGEKind, stems: Bool)
    case wordErrorRate, characterErrorRate, matchErrorRate
    case wordInformationLost, wordInformationPreserved
    case translationErrorRate

    enum ROUGEKind: String, Hashable, Sendable, CaseIterable {
        case rouge1, rouge2, rougeL, rougeLsum
    }
}

/// How a BLEU cuts texts and smooths what has no match.
struct BLEUForm: Hashable, Sendable {
    enum Tokenizer: String, Hashable, Sendable, CaseIterable {
        case mteval13a = "", characters = "char", chinese = "zh", international = "intl", none =
            "none"
    }

    enum Smoothing: Hashable, Sendable {
        case exponential, none
        case floor(Double)
        case addK(Double)
    }

    var tokenizer = Tokenizer.mteval13a
    var isLowercase = false
    var smoothing = Smoothing.exponential
    /// Orders that a text is too short for are left out.
    var usesEffectiveOrder = false
}

enum RankingQuantity: Hashable, Sendable {
    /// `nil`: all documents.
    case nDCG(Int?)
    case tieAveragedNDCG
    case meanAveragePrecision, reciprocalRank
    case precision(Int), recall(Int), hit(Int)
}

enum RequestQuantity: Hashable, Sendable {
    /// In per cent: 99.9 is the 999th of a thousand.
    case latency(percentile: Double, isNearestRank: Bool)
    case meanLatency, maxLatency
    case errorRate, requestsPerSecond, tokensPerSecond
}
