import func Glibc.log1p

/// How far predicted numbers are from true ones.
///
/// Source of conventions: scikit-learn 1.9, scipy 1.17.
public struct Regression: Sendable {
    private let truth: [Double]
    private let prediction: [Double]
    private let weights: [Double]?

    public init(
        truth: [Double], prediction: [Double], weights: [Double]? = nil
    ) throws(MetricError) {
        try Inputs.checkCounts([truth.count, prediction.count])
        try Inputs.checkNumbers(truth, "the truth")
        try Inputs.checkNumbers(prediction, "the prediction")
        self.weights = try Inputs.weights(weights, count: truth.count)
        (self.truth, self.prediction) = (truth, prediction)
    }

    private func mean(_ term: (_ truth: Double, _ prediction: Double) -> Double) -> Double {
        let terms = zip(truth, prediction).map { term($0, $1) }
        guard let weights else { return terms.exactSum / Double(terms.count) }
        return zip(terms, weights).map { $0 * $1 }.exactSum / weights.exactSum
    }

    public var meanSquaredError: Double { mean { ($0 - $1) * ($0 - $1) } }
    public var rootMeanSquaredError: Double { meanSquaredError.squareRoot() }
    public var meanAbsoluteError: Double { mean { ($0 - $1).magnitude } }
    public var maximumError: Double {
        zip(truth, prediction).map { ($0 - $1).magnitude }.max() ?? 0
    }
    /// Prediction less truth.
    public var bias: Double { mean { $1 - $0 } }
    /// Divided by max(|truth|, 2⁻⁵²).
    public var meanAbsolutePercentageError: Double {
        mean { ($0 - $1).magnitude / max($0.magnitude, 0x1p-52) }
    }
    /// 2|t − p| / (|t| + |p|), 0 where both are 0.
    public var symmetricPercentageError: Double {
        mean { truth, prediction in
            let size = truth.magnitude + prediction.magnitude
            return size == 0 ? 0 : 2 * (truth - prediction).magnitude / size
        }
    }
    /// `nil` where a number is −1 or less.
    public var meanSquaredLogError: Double? {
        guard (truth + prediction).allSatisfy({ $0 > -1 }) else { return nil }
        return mean { truth, prediction in
            let difference = log1p(truth) - log1p(prediction)
            return difference * difference
        }
    }

    public func pinball(_ quantile: Double) -> Double {
        mean { truth, prediction in
            let difference = truth - prediction
            return difference >= 0 ? quantile * difference : (quantile - 1) * difference
        }
    }

    /// With weights, the mean of the two values around half of the weight where it falls between.
    public var medianAbsoluteError: Double {
        let errors = zip(truth, prediction).map { ($0 - $1).magnitude }
        guard let weights else { return Quantiles(errors).linear(0.5) ?? 0 }
        return Quantiles.weightedMedian(errors, weights)
    }

    /// 1 − Σ(t − p)² / Σ(t − mean)²; a constant truth gives 1 where it is met, else 0; `nil` for one
    /// example.
    public var rSquared: Double? {
        guard truth.count > 1 else { return nil }
        return explained(by: meanSquaredError)
    }

    /// The same of the errors' variance.
    public var explainedVariance: Double {
        let bias = mean { $0 - $1 }
        return explained(by: mean { ($0 - $1 - bias) * ($0 - $1 - bias) })
    }

    private func explained(by error: Double) -> Double {
        let center = mean { truth, _ in truth }
        let spread = mean { truth, _ in (truth - center) * (truth - center) }
        if spread > 0 { return 1 - error / spread }
        return error == 0 ? 1 : 0
    }

    public var pearson: Double? { Correlation.pearson(truth, prediction) }
    public var spearman: Double? { Correlation.spearman(truth, prediction) }
    public var kendallTauB: Double? { Correlation.kendallTauB(truth, prediction) }

    /// Lin's concordance: 2 s_xy / (s_x² + s_y² + (mean x − mean y)²).
    public var concordance: Double? {
        let (x, y) = (Moments(truth), Moments(prediction))
        guard x.variance > 0, y.variance > 0 else { return nil }
        let together =
            zip(truth, prediction).map { ($0 - x.mean) * ($1 - y.mean) }.exactSum
            / Double(truth.count)
        let distance = x.mean - y.mean
        return 2 * together / (x.variance + y.variance + distance * distance)
    }
}

/// The mean, and the variance of all.
struct Moments {
    let mean: Double
    let variance: Double

    init(_ values: [Double]) {
        let mean = values.exactSum / Double(values.count)
        self.mean = mean
        variance = values.map { ($0 - mean) * ($0 - mean) }.exactSum / Double(values.count)
    }
}

/// How two series go together; `nil` where one of them is constant.
public enum Correlation {
    public static func pearson(_ x: [Double], _ y: [Double]) -> Double? {
        guard x.count == y.count, x.count > 1 else { return nil }
        let (a, b) = (Moments(x), Moments(y))
        guard a.variance > 0, b.variance > 0 else { return nil }
        let together =
            zip(x, y).map { ($0 - a.mean) * ($1 - b.mean) }.exactSum / Double(x.count)
        return max(-1, min(1, together / (a.variance.squareRoot() * b.variance.squareRoot())))
    }

    /// Of midranks.
    public static func spearman(_ x: [Double], _ y: [Double]) -> Double? {
        pearson(midranks(x), midranks(y))
    }

    /// Counted from 1; equal values share the mean of their ranks.
    static func midranks(_ values: [Double]) -> [Double] {
        let order = values.indices.sorted { values[$0] < values[$1] }
        var ranks = [Double](repeating: 0, count: values.count)
        var start = 0
        while start < order.count {
            var end = start + 1
            while end < order.count && values[order[end]] == values[order[start]] { end += 1 }
            for place in start..<end { ranks[order[place]] = Double(start + 1 + end) / 2 }
            start = end
        }
        return ranks
    }

    /// Kendall's τ-b. Discordant pairs are counted by a merge sort.
    ///
    /// Source: Knight, "A computer method for calculating Kendall's tau with ungrouped data", 1966.
    public static func kendallTauB(_ x: [Double], _ y: [Double]) -> Double? {
        guard x.count == y.count, x.count > 1 else { return nil }
        let order = x.indices.sorted { (x[$0], y[$0]) < (x[$1], y[$1]) }
        func tied(_ isSame: (Int, Int) -> Bool, in order: [Int]) -> Int {
            var (pairs, run) = (0, 1)
            for place in 1..<order.count {
                if isSame(order[place - 1], order[place]) {
                    pairs += run
                    run += 1
                } else {
                    run = 1
                }
            }
            return pairs
        }
        let all = x.count * (x.count - 1) / 2
        let tiedX = tied({ x[$0] == x[$1] }, in: order)
        let tiedBoth = tied({ x[$0] == x[$1] && y[$0] == y[$1] }, in: order)
        let tiedY = tied({ y[$0] == y[$1] }, in: y.indices.sorted { y[$0] < y[$1] })
        var ordered = order.map { y[$0] }
        let swaps = inversions(&ordered)
        let balance = all - tiedX - tiedY + tiedBoth - 2 * swaps
        let (a, b) = (Double(all - tiedX), Double(all - tiedY))
        return a > 0 && b > 0 ? Double(balance) / (a.squareRoot() * b.squareRoot()) : nil
    }

    /// Pairs in the wrong order; sorts.
    private static func inversions(_ values: inout [Double]) -> Int {
        guard values.count > 1 else { return 0 }
        var (left, right) = (
            Array(values[..<(values.count / 2)]), Array(values[(values.count / 2)...])
        )
        var count = inversions(&left) + inversions(&right)
        var (i, j) = (0, 0)
        for place in values.indices {
            if j == right.count || (i < left.count && left[i] <= right[j]) {
                values[place] = left[i]
                i += 1
            } else {
                values[place] = right[j]
                count += left.count - i
                j += 1
            }
        }
        return count
    }
}
