/// How often each class was right, there, and predicted: all that accuracy, precision, recall and F1
/// need. Whole numbers, so that any order of merging gives the same.
struct ClassCounts: Sendable, Equatable {
    /// A full matrix is kept up to so many classes.
    static let matrixSizeMax = 256

    private(set) var hits: [UInt64]
    private(set) var truths: [UInt64]
    private(set) var predictions: [UInt64]
    /// Rows of truth, row by row; empty beyond `matrixSizeMax` classes.
    private(set) var matrix: [UInt64]

    init(classCount: Int) {
        hits = Array(repeating: 0, count: classCount)
        (truths, predictions) = (hits, hits)
        matrix = Array(
            repeating: 0, count: classCount <= Self.matrixSizeMax ? classCount * classCount : 0)
    }

    mutating func add(truth: Int, predicted: Int) {
        truths[truth] += 1
        predictions[predicted] += 1
        if truth == predicted { hits[truth] += 1 }
        if !matrix.isEmpty { matrix[truth * hits.count + predicted] += 1 }
    }

    mutating func merge(_ other: ClassCounts) {
        for index in hits.indices {
            hits[index] += other.hits[index]
            truths[index] += other.truths[index]
            predictions[index] += other.predictions[index]
        }
        for index in matrix.indices { matrix[index] += other.matrix[index] }
    }
}

extension ClassCounts {
    /// A ratio that is 0 where it has no denominator, as scikit-learn's `zero_division` is.
    private static func ratio(_ top: Double, _ bottom: Double) -> Double {
        bottom == 0 ? 0 : top / bottom
    }

    private var total: UInt64 { truths.reduce(0, +) }

    var accuracy: Double { Self.ratio(Double(hits.reduce(0, +)), Double(total)) }

    /// The mean recall of the classes that occur in truth.
    var balancedAccuracy: Double {
        let present = truths.indices.filter { truths[$0] > 0 }
        return Self.ratio(
            present.reduce(0.0) { $0 + scores(of: $1).recall }, Double(present.count))
    }

    struct Scores: Sendable, Equatable {
        var precision = 0.0
        var recall = 0.0
        var f1 = 0.0
    }

    /// F1 = 2TP/(2TP+FN+FP).
    func scores(of index: Int) -> Scores {
        let hits = Double(hits[index])
        let (truths, predictions) = (Double(truths[index]), Double(predictions[index]))
        return Scores(
            precision: Self.ratio(hits, predictions), recall: Self.ratio(hits, truths),
            f1: Self.ratio(2 * hits, truths + predictions))
    }

    /// Over all decisions; each example is one, so all three are the accuracy.
    var micro: Scores { Scores(precision: accuracy, recall: accuracy, f1: accuracy) }

    /// The mean over the classes of truth and prediction.
    var macro: Scores { mean { truths[$0] + predictions[$0] > 0 ? 1 : 0 } }

    /// The mean over the classes, each as often as it occurs in truth.
    var weighted: Scores { mean { Double(truths[$0]) } }

    private func mean(_ weight: (Int) -> Double) -> Scores {
        var (sum, weights) = (Scores(), 0.0)
        for index in hits.indices {
            let (scores, weight) = (scores(of: index), weight(index))
            sum.precision += weight * scores.precision
            sum.recall += weight * scores.recall
            sum.f1 += weight * scores.f1
            weights += weight
        }
        return Scores(
            precision: Self.ratio(sum.precision, weights), recall: Self.ratio(sum.recall, weights),
            f1: Self.ratio(sum.f1, weights))
    }
}
