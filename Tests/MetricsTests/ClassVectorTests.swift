import CairnTestKit
import Metrics
import Testing

@Suite struct ClassVectorTests {
    static func zero(_ test: MetricCase) -> Outcome.ZeroDivision {
        switch test.value["options"]?["zero_division"]?.double {
        case let value? where value.isNaN: .undefined
        case let value?: .value(value)
        case nil: .value(0)
        }
    }

    static let metrics: [(String, @Sendable (Outcome, Outcome.ZeroDivision) -> Double?)] = [
        ("precision", { $0.precision($1) }), ("recall", { $0.recall($1) }),
        ("f1", { $0.fBeta(1, $1) }), ("f0.5", { $0.fBeta(0.5, $1) }),
        ("f2", { $0.fBeta(2, $1) }),
        // scikit-learn's Jaccard knows no undefined one.
        ("jaccard", { $0.jaccard($1 == .undefined ? .value(0) : $1) }),
    ]

    /// In pieces, each with classes up to its own largest only.
    private static func matrix(
        _ truth: [Int32], _ predicted: [Int32], _ weights: [Double]?
    ) throws(MetricError) -> ClassMatrix {
        try checkSame(truth.count, predicted.count, weights?.count ?? truth.count)
        return try inPieces(ClassMatrix(classCount: 0), truth.count) {
            (matrix, range) throws(MetricError) in
            let (truth, predicted) = (Array(truth[range]), Array(predicted[range]))
            let weights = weights.map { Array($0[range]) }
            matrix.grow(to: Int(max(truth.max() ?? 0, predicted.max() ?? 0)) + 1)
            try withViews(truth, predicted, weights) {
                (truth, predicted, weights) throws(MetricError) in
                try matrix.add(truth: .int32(truth), predicted: .int32(predicted), weights: weights)
            }
        }
    }

    /// Classes by number, for labels that are any numbers.
    private static func numbered(_ labels: [Int], _ names: [Int]) -> [Int32] {
        labels.map { Int32(names.firstIndex(of: $0) ?? -1) }
    }

    @Test(arguments: MetricCase.of("classification"))
    func classification(_ test: MetricCase) {
        let (truth, predicted) = (test.input["y"]?.ints ?? [], test.input["pred"]?.ints ?? [])
        let listed = test.value["options"]?["labels"]?.ints
        let names = Set(truth + predicted + (listed ?? [])).sorted()
        test.check { () throws(MetricError) in
            let matrix = try Self.matrix(
                Self.numbered(truth, names), Self.numbered(predicted, names),
                test.input["weight"]?.doubles)
            let labels = listed.map { Self.numbered($0, names).map(Int.init) } ?? matrix.labels
            let (outcomes, zero) = (try matrix.outcomes(labels), Self.zero(test))
            var got: [String: Double?] = [
                "accuracy": try matrix.accuracy,
                "balanced_accuracy": try matrix.balancedAccuracy,
                "mcc": try matrix.matthews, "kappa": try matrix.kappa(),
                "kappa_linear": try matrix.kappa(.linear),
                "kappa_quadratic": try matrix.kappa(.quadratic),
            ]
            got.add("labels", labels.map { Double(names[$0]) })
            for (row, values) in matrix.matrix(labels).enumerated() {
                got.add("confusion.\(row)", values)
            }
            for (name, metric) in Self.metrics {
                got.add("per_class.\(name)", outcomes.map { metric($0, zero) })
                for average in ClassAverage.allCases {
                    got["\(average).\(name)"] = average.value(of: outcomes, zero, metric)
                }
            }
            got.add("per_class.support", outcomes.map(\.support))
            return got
        }
    }

    @Test(arguments: MetricCase.of("classification"))
    func matchCount(_ test: MetricCase) {
        let (truth, predicted) = (
            test.input["y"]?.ints ?? [], test.input["pred"]?.ints ?? []
        )
        let weights = test.input["weight"]?.doubles
        guard test.expect["accuracy"] != nil else { return }
        test.check(only: ["accuracy"]) { () throws(MetricError) in
            let count = try withViews(truth.map(Int32.init), predicted.map(Int32.init), weights) {
                (truth, predicted, weights) throws(MetricError) in
                try inPieces(MatchCount(), truth.count) { (count, range) throws(MetricError) in
                    try count.add(
                        truth: .int32(truth[range]), predicted: .int32(predicted[range]),
                        weights: weights?[range])
                }
            }
            return ["accuracy": try count.accuracy]
        }
    }

    @Test(arguments: MetricCase.of("multilabel"))
    func multilabel(_ test: MetricCase) {
        let truth = test.input["y"]?.array?.map { $0.ints ?? [] } ?? []
        let predicted = test.input["pred"]?.array?.map { $0.ints ?? [] } ?? []
        test.check { () throws(MetricError) in
            let width = truth[0].count
            let matrix = try withViews(
                truth.joined().map(UInt8.init), predicted.joined().map(UInt8.init), nil
            ) { (rights, guesses, _) throws(MetricError) in
                try inPieces(MultilabelMatrix(labelCount: width), truth.count) {
                    (matrix, range) throws(MetricError) in
                    let cells = range.lowerBound * width..<range.upperBound * width
                    try matrix.add(truth: rights[cells], predicted: guesses[cells])
                }
            }
            var got: [String: Double?] = [
                "subset_accuracy": try matrix.subsetAccuracy,
                "hamming_loss": try matrix.hammingLoss,
            ]
            for (label, table) in try matrix.confusion().enumerated() {
                for (row, values) in table.enumerated() {
                    got.add("confusion.\(label).\(row)", values)
                }
            }
            let outcomes = try matrix.outcomes()
            for (name, metric) in Self.metrics {
                for average in ClassAverage.allCases {
                    got["\(average).\(name)"] = average.value(of: outcomes, Self.zero(test), metric)
                }
                got["samples.\(name)"] = try matrix.samples(Self.zero(test), metric)
            }
            return got
        }
    }
}
