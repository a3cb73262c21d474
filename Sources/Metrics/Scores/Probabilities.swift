import Statistics
import func Glibc.log

/// Losses of predicted probabilities, and how far they mean what they say.
///
/// Source of conventions: scikit-learn 1.9 (`log_loss`, `brier_score_loss`), torchmetrics
/// (`CalibrationError`) with edges k/B in float64.
public enum Probabilities {
    /// Of the type that probabilities are stored in: what log loss clips to.
    public enum Precision: Sendable {
        case float32, float64
        var epsilon: Double { self == .float32 ? 0x1p-23 : 0x1p-52 }
    }

    private static func mean(_ terms: [Double], _ weights: [Double]?) -> Double {
        guard let weights else { return terms.exactSum / Double(terms.count) }
        return zip(terms, weights).map { $0 * $1 }.exactSum / weights.exactSum
    }

    private static func check(
        _ truth: [Int], _ probability: [Double], _ weights: [Double]?
    ) throws(MetricError) -> [Double]? {
        try Inputs.checkCounts([truth.count, probability.count])
        try Inputs.checkProbabilities(probability)
        guard truth.allSatisfy({ $0 == 0 || $0 == 1 }) else {
            throw .invalidInput("a truth is neither 0 nor 1")
        }
        return try Inputs.weights(weights, count: truth.count)
    }

    /// The mean of −log of what the truth was given, in nats.
    public static func logLoss(
        truth: [Int], probability: [Double], weights: [Double]? = nil,
        precision: Precision = .float64
    ) throws(MetricError) -> Double {
        let weights = try check(truth, probability, weights)
        let (low, high) = (precision.epsilon, 1 - precision.epsilon)
        let terms = zip(truth, probability).map { truth, p in
            let p = min(max(p, low), high)
            return -log(truth == 1 ? p : 1 - p)
        }
        return mean(terms, weights)
    }

    /// The mean of (p − y)².
    public static func brier(
        truth: [Int], probability: [Double], weights: [Double]? = nil
    ) throws(MetricError) -> Double {
        let weights = try check(truth, probability, weights)
        return mean(
            zip(truth, probability).map { truth, p in (p - Double(truth)) * (p - Double(truth)) },
            weights)
    }

    // MARK: More than two classes

    /// Rows of probabilities, examples × classes; truth is a column.
    static func check(
        _ truth: [Int], _ rows: [[Double]]
    ) throws(MetricError) {
        try Inputs.checkCounts([truth.count, rows.count])
        let classCount = rows[0].count
        guard classCount > 0, rows.allSatisfy({ $0.count == classCount }) else {
            throw .invalidInput("rows have different lengths, or no class")
        }
        guard truth.allSatisfy({ (0..<classCount).contains($0) }) else {
            throw .invalidInput("a truth is none of the \(classCount) classes")
        }
        for row in rows { try Inputs.checkProbabilities(row) }
    }

    public static func logLoss(
        truth: [Int], rows: [[Double]], precision: Precision = .float64
    ) throws(MetricError) -> Double {
        try check(truth, rows)
        let (low, high) = (precision.epsilon, 1 - precision.epsilon)
        return mean(
            zip(truth, rows).map { -log(min(max($1[$0], low), high)) }, nil)
    }

    /// The mean over examples of the squared distance to the truth, summed over classes.
    public static func brier(truth: [Int], rows: [[Double]]) throws(MetricError) -> Double {
        try check(truth, rows)
        let terms = zip(truth, rows).map { truth, row in
            row.enumerated().map { index, p in
                let difference = p - (index == truth ? 1 : 0)
                return difference * difference
            }.exactSum
        }
        return mean(terms, nil)
    }

    /// How often the truth is among the k largest; among ties the higher class comes first.
    public static func topK(_ k: Int, truth: [Int], rows: [[Double]]) throws(MetricError) -> Double
    {
        try check(truth, rows)
        guard k >= 1 else { throw .invalidInput("k is \(k); expected 1 or more") }
        let hits = zip(truth, rows).filter { truth, row in
            let ahead = row.enumerated().filter { index, p in
                p > row[truth] || (p == row[truth] && index > truth)
            }
            return ahead.count < k
        }
        return Double(hits.count) / Double(truth.count)
    }
}

/// How far confidences differ from how often they are right, by bins of equal width.
public struct Calibration: Sendable, Equatable {
    /// Σ share · |right − confidence|.
    public let expectedError: Double
    public let maximumError: Double
    /// √ Σ share · (right − confidence)².
    public let rootMeanSquareError: Double

    /// - Parameters:
    ///   - confidence: from 0 to 1; an edge belongs to the bin above, 1 to the last.
    ///   - isRight: whether what had this confidence is so.
    public init(confidence: [Double], isRight: [Bool], binCount: Int) throws(MetricError) {
        try Inputs.checkCounts([confidence.count, isRight.count])
        try Inputs.checkProbabilities(confidence)
        guard binCount >= 1 else { throw .invalidInput("\(binCount) bins") }
        var bins = [(confidence: CompensatedSum, right: Int, count: Int)](
            repeating: (CompensatedSum(), 0, 0), count: binCount)
        for (value, right) in zip(confidence, isRight) {
            var bin = min(binCount - 1, Int(value * Double(binCount)))
            // The product may round to the other side of an edge.
            while bin > 0 && Double(bin) / Double(binCount) > value { bin -= 1 }
            while bin + 1 < binCount && Double(bin + 1) / Double(binCount) <= value { bin += 1 }
            bins[bin].confidence.add(value)
            bins[bin].right += right ? 1 : 0
            bins[bin].count += 1
        }
        var (sum, squares, most) = (CompensatedSum(), CompensatedSum(), 0.0)
        for bin in bins where bin.count > 0 {
            let count = Double(bin.count)
            let gap = abs(Double(bin.right) / count - bin.confidence.value / count)
            let share = count / Double(confidence.count)
            sum.add(share * gap)
            squares.add(share * gap * gap)
            most = max(most, gap)
        }
        (expectedError, maximumError) = (sum.value, most)
        rootMeanSquareError = squares.value.squareRoot()
    }

    /// Of the largest probability of each row, and whether it is the truth's; the first of equals.
    public init(truth: [Int], rows: [[Double]], binCount: Int) throws(MetricError) {
        try Probabilities.check(truth, rows)
        let tops = rows.map { row in row.firstIndex(of: row.max() ?? 0) ?? 0 }
        try self.init(
            confidence: zip(rows, tops).map { $0[$1] },
            isRight: zip(truth, tops).map { $0 == $1 }, binCount: binCount)
    }
}

/// ROC areas of more than two classes.
public enum MulticlassAUC {
    /// Each class against all others: the mean, or weighted by how often each is true.
    public static func oneVersusRest(
        truth: [Int], rows: [[Double]], isWeighted: Bool = false
    ) throws(MetricError) -> Double? {
        try average(truth, rows, isWeighted) { curve in curve.rocAUC }
    }

    public static func averagePrecision(truth: [Int], rows: [[Double]]) throws(MetricError)
        -> Double?
    {
        try average(truth, rows, false) { curve in curve.averagePrecision }
    }

    private static func average(
        _ truth: [Int], _ rows: [[Double]], _ isWeighted: Bool, _ metric: (ScoreCurve) -> Double?
    ) throws(MetricError) -> Double? {
        try Probabilities.check(truth, rows)
        var (sum, weights) = (CompensatedSum(), CompensatedSum())
        for label in rows[0].indices {
            let isTrue = truth.map { $0 == label ? 1 : 0 }
            let curve = try ScoreCurve(truth: isTrue, score: rows.map { $0[label] })
            guard let value = metric(curve) else { return nil }
            let weight = isWeighted ? Double(isTrue.reduce(0, +)) : 1
            sum.add(value * weight)
            weights.add(weight)
        }
        return weights.value > 0 ? sum.value / weights.value : nil
    }

    /// The mean over all pairs of classes, both ways round.
    ///
    /// Source: Hand and Till, "A simple generalisation of the area under the ROC curve", 2001.
    public static func oneVersusOne(truth: [Int], rows: [[Double]]) throws(MetricError) -> Double? {
        try Probabilities.check(truth, rows)
        var (sum, count) = (CompensatedSum(), 0)
        for a in rows[0].indices {
            for b in rows[0].indices where a != b {
                let own = truth.indices.filter { truth[$0] == a || truth[$0] == b }
                guard !own.isEmpty else { return nil }
                let curve = try ScoreCurve(
                    truth: own.map { truth[$0] == a ? 1 : 0 }, score: own.map { rows[$0][a] })
                guard let value = curve.rocAUC else { return nil }
                sum.add(value)
                count += 1
            }
        }
        return count > 0 ? sum.value / Double(count) : nil
    }
}
