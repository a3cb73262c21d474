import Statistics

/// Two versions right or wrong on the same examples: the difference of their accuracies.
///
/// Tango's score test and interval, which stay right where the versions hardly ever differ: with no
/// disagreement at all among n examples the interval is not a point, as the usual normal one is,
/// and 10 examples do not prove what 10,000 would.
/// Source: Tango, Equivalence test and confidence interval for the difference in proportions for
/// the paired-sample design, Statistics in Medicine 17, 1998.
public struct PairedProportions: Sendable, Equatable {
    public let count: Int
    /// Examples that a alone answered rightly.
    public let onlyA: Int
    public let onlyB: Int

    /// - Parameter count: of all examples, at least 1 and at least `onlyA` + `onlyB`.
    public init(onlyA: Int, onlyB: Int, count: Int) {
        precondition(
            onlyA >= 0 && onlyB >= 0 && count >= max(1, onlyA + onlyB),
            "\(onlyA) and \(onlyB) of \(count)")
        (self.onlyA, self.onlyB, self.count) = (onlyA, onlyB, count)
    }

    /// From the results of both on each example, 1 for right and 0 for wrong.
    public init(a: [Double], b: [Double]) {
        self.init(
            onlyA: zip(a, b).count { $0.0 > $0.1 }, onlyB: zip(a, b).count { $0.1 > $0.0 },
            count: a.count)
    }

    /// Accuracy of b minus accuracy of a.
    public var difference: Double { Double(onlyB - onlyA) / Double(count) }

    /// How far the data lie above "the true difference is `difference`": standard normal if it is
    /// true, falling as `difference` rises.
    ///
    /// - Parameter difference: in (−1, 1).
    public func score(against difference: Double) -> Double {
        let (n, b, a, d) = (Double(count), Double(onlyB), Double(onlyA), difference)
        // The likeliest share of "only a" if the difference is d: the larger root of
        // 2n q² + linear q + constant.
        let linear = (2 * n - b + a) * d - b - a
        let constant = -a * d * (1 - d)
        let root = max(0, linear * linear - 8 * n * constant).squareRoot()
        let share = (root - linear) / (4 * n)
        let variance = n * max(0, 2 * share + d * (1 - d))
        let excess = b - a - n * d
        if excess == 0 { return 0 }
        return excess / variance.squareRoot()
    }

    /// The differences that the data do not contradict at this confidence.
    public func interval(confidence: Double) -> Interval {
        let z = NormalDistribution.upperQuantile((1 - confidence) / 2)
        return Interval(low: root(of: z), high: root(of: -z))
    }

    /// The difference whose score is `z`, to within 2⁻⁵⁰.
    private func root(of z: Double) -> Double {
        var (low, high) = (-1.0, 1.0)
        for _ in 0..<52 {
            let middle = (low + high) / 2
            if score(against: middle) > z { low = middle } else { high = middle }
        }
        return (low + high) / 2
    }

    /// The smallest difference that as many examples would show, at the two-sided level `alpha` and
    /// a power of 0.8.
    ///
    /// By the error of Agresti and Min, which adds half an example to each cell and so is not zero
    /// where no disagreement was seen.
    /// Source: Agresti, Min, Simple improved confidence intervals for comparing matched
    /// proportions, Statistics in Medicine 24, 2005.
    public func minimumDetectableEffect(alpha: Double) -> Double? {
        let (n, b, a) = (Double(count) + 2, Double(onlyB) + 0.5, Double(onlyA) + 0.5)
        let error = (a + b - (b - a) * (b - a) / n).squareRoot() / n
        return MinimumDetectableEffect.of(standardError: error, alpha: alpha)
    }
}
