import Metrics

extension MetricCatalogue {
    private static let accuracies: [MetricEntry] = [
        plain("accuracy", .higher, .mean(.correct), shown: true, .classes(.accuracy)),
        plain("balanced_accuracy", .higher, .resampled, shown: true, .classes(.balancedAccuracy)),
    ]

    private static func scores(_ scope: OutcomeScope, _ suffix: String, shown: Bool = false)
        -> [MetricEntry]
    {
        outcomeScores(scope, suffix: suffix, evidence: .resampled, shown: shown) {
            .classes(.score($0, $1))
        }
    }

    private static func averages(shown: Bool) -> [MetricEntry] {
        scores(.micro, "_micro", shown: shown) + scores(.macro, "_macro", shown: shown)
            + scores(.weighted, "_weighted", shown: shown)
    }

    private static let ofLabels = outcomesOfLabels(
        .resampled, { .classes(.score($0, $1)) }, { .classes(.outcome($0, $1)) })

    private static let agreements: [MetricEntry] = [
        plain("mcc", .higher, .resampled, shown: true, .classes(.matthews)),
        plain("cohen_kappa", .higher, .resampled, .classes(.kappa(.none))),
        plain("cohen_kappa_linear", .higher, .resampled, .classes(.kappa(.linear))),
        plain("cohen_kappa_quadratic", .higher, .resampled, .classes(.kappa(.quadratic))),
    ]

    private static let losses: [MetricEntry] = [
        plain("log_loss", .lower, .mean(.logLoss), shown: true, .classes(.logLoss)),
        plain("brier", .lower, .mean(.brier), shown: true, .classes(.brier)),
    ]

    private static let calibration = [
        binned("ece", .expected, shown: [.count(15)]), binned("mce", .maximum),
        binned("rms_calibration", .rootMeanSquare),
    ]

    private static func binned(
        _ name: String, _ quantity: CalibrationQuantity, shown: [MetricEntry.Argument] = []
    ) -> MetricEntry {
        MetricEntry(
            name, .lower, .resampled, parameter: .count(1...10_000, usual: 15), shown: shown
        ) { .classes(.calibration(quantity, binCount: $0.wholeNumber)) }
    }

    private static let counts: [MetricEntry] = OutcomeCount.allCases.map { count in
        plain(count.rawValue, .none, .repeatsOnly, .classes(.outcome(count, .positive)))
    }

    static let binary = all(
        accuracies, scores(.positive, "", shown: true),
        [plain("specificity", .higher, .resampled, .classes(.score(.specificity, .positive)))],
        agreements, losses, curves, calibration, counts, averages(shown: false),
        ofLabels)

    private static let curves = [
        curve("roc_auc", .rocAUC, shown: true),
        curve("average_precision", .averagePrecision, shown: true),
        curve("pr_auc_trapezoid", .trapezoidArea), curve("gini", .gini), curve("ks", .ks),
        curve("best_f1", .bestF1),
        curve("best_f1_threshold", .bestF1Threshold, direction: .none),
    ]

    private static func curve(
        _ name: String, _ quantity: CurveQuantity,
        direction: EvaluationMetric.Direction = .higher, shown: Bool = false
    ) -> MetricEntry {
        plain(name, direction, .resampled, shown: shown, .classes(.curve(quantity)))
    }

    static let multiclass = all(
        accuracies, averages(shown: true), agreements, losses,
        [
            MetricEntry("top_k_accuracy", .higher, .ownMean, parameter: .count(1...65_536)) {
                .classes(.topK($0.wholeNumber))
            }
        ], classCurves { .classes(.classCurve($0)) }, calibration, ofLabels)

    /// For each class its scores against the rest; the scores of all classes are not kept example by
    /// example.
    private static func classCurves(
        _ make: @escaping @Sendable (ClassCurveQuantity) -> MetricQuantity
    ) -> [MetricEntry] {
        let areas: [(String, ClassCurveQuantity)] = [
            ("roc_auc_ovr_macro", .rocAUCOneVersusRest(isWeighted: false)),
            ("roc_auc_ovr_weighted", .rocAUCOneVersusRest(isWeighted: true)),
            ("roc_auc_ovo_macro", .rocAUCOneVersusOne),
            ("average_precision_macro", .averagePrecisionMacro),
        ]
        return areas.map { name, area in
            plain(
                name, .higher, .repeatsOnly, weights: area != .rocAUCOneVersusOne, make(area))
        } + [
            MetricEntry("roc_auc_of", .higher, .repeatsOnly, parameter: .label) {
                make(.rocAUC(of: $0.className))
            },
            MetricEntry("average_precision_of", .higher, .repeatsOnly, parameter: .label) {
                make(.averagePrecision(of: $0.className))
            },
        ]
    }

    private static func labelSetScores(
        _ scope: OutcomeScope, _ suffix: String, _ evidence: MetricEntry.EvidenceRule,
        shown: Bool = false
    ) -> [MetricEntry] {
        outcomeScores(scope, suffix: suffix, evidence: evidence, shown: shown) {
            .labelSets(.score($0, $1))
        }
    }

    static let multilabel = all(
        [
            plain(
                "subset_accuracy", .higher, .mean(.correct), shown: true,
                .labelSets(.subsetAccuracy)),
            plain("hamming_loss", .lower, .ownMean, shown: true, .labelSets(.hammingLoss)),
        ], labelSetScores(.micro, "_micro", .resampled, shown: true),
        labelSetScores(.macro, "_macro", .repeatsOnly, shown: true),
        labelSetScores(.weighted, "_weighted", .repeatsOnly),
        labelSetScores(.samples, "_samples", .ownMean), labelSetCurves,
        outcomesOfLabels(
            .repeatsOnly, { .labelSets(.score($0, $1)) }, { .labelSets(.outcome($0, $1)) }))

    private static let labelSetCurves: [MetricEntry] = [
        plain(
            "roc_auc_macro", .higher, .repeatsOnly,
            .labelSets(.classCurve(.rocAUCOneVersusRest(isWeighted: false)))),
        plain(
            "average_precision_macro", .higher, .repeatsOnly,
            .labelSets(.classCurve(.averagePrecisionMacro))),
        MetricEntry("roc_auc_of", .higher, .repeatsOnly, parameter: .label) {
            .labelSets(.classCurve(.rocAUC(of: $0.className)))
        },
        MetricEntry("average_precision_of", .higher, .repeatsOnly, parameter: .label) {
            .labelSets(.classCurve(.averagePrecision(of: $0.className)))
        },
    ]
}
