/// Means, and sums of squares and products around them, of truth t, prediction p and error p − t.
///
/// Taken of some thousand values in two passes and merged by Chan's formula. Everything is measured
/// from the first example, so that a constant column has no spread at all, and a small spread on a
/// large offset keeps its digits. Source: Chan, Golub and LeVeque, "Updating formulae and a pairwise
/// algorithm for computing sample variances", 1979.
struct PairMoments: Equatable, Sendable {
    /// A mean, as the distance to a value near it.
    struct Mean: Equatable, Sendable {
        var origin = 0.0
        var offset = 0.0

        var value: Double { origin + offset }

        static func - (a: Mean, b: Mean) -> Double { (a.origin - b.origin) + (a.offset - b.offset) }
    }

    private(set) var weight = 0.0
    private(set) var truth = Mean()
    private(set) var predicted = Mean()
    private(set) var error = Mean()
    private(set) var truthSquares = 0.0
    private(set) var predictedSquares = 0.0
    private(set) var errorSquares = 0.0
    private(set) var products = 0.0

    init() {}

    init(_ truth: ScoreView, _ predicted: ScoreView, _ weights: ColumnView<Double>?) {
        guard truth.count > 0 else { return }
        self.truth.origin = truth[0]
        self.predicted.origin = predicted[0]
        error.origin = predicted[0] - truth[0]
        for index in 0..<truth.count {
            let weight = weights?[index] ?? 1
            self.weight += weight
            self.truth.offset += weight * (truth[index] - self.truth.origin)
            self.predicted.offset += weight * (predicted[index] - self.predicted.origin)
            error.offset += weight * ((predicted[index] - truth[index]) - error.origin)
        }
        guard weight > 0 else { return }
        self.truth.offset /= weight
        self.predicted.offset /= weight
        error.offset /= weight
        for index in 0..<truth.count {
            let weight = weights?[index] ?? 1
            let dt = truth[index] - self.truth.origin - self.truth.offset
            let dp = predicted[index] - self.predicted.origin - self.predicted.offset
            let de = (predicted[index] - truth[index]) - error.origin - error.offset
            truthSquares += weight * dt * dt
            predictedSquares += weight * dp * dp
            errorSquares += weight * de * de
            products += weight * dt * dp
        }
    }

    mutating func merge(_ other: PairMoments) {
        guard other.weight > 0 else { return }
        guard weight > 0 else { return self = other }
        let total = weight + other.weight
        let (dt, dp) = (other.truth - truth, other.predicted - predicted)
        let de = other.error - error
        let (share, common) = (other.weight / total, weight * (other.weight / total))
        truth.offset += dt * share
        predicted.offset += dp * share
        error.offset += de * share
        truthSquares += other.truthSquares + dt * dt * common
        predictedSquares += other.predictedSquares + dp * dp * common
        errorSquares += other.errorSquares + de * de * common
        products += other.products + dt * dp * common
        weight = total
    }
}
