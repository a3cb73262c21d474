import CMetrics

/// Means, and sums of squares and products around them, of truth t, prediction p and error p − t.
///
/// Taken of a thousand values in two passes and merged by Chan's formula. Everything is measured
/// from the first example, so that a constant column has no spread at all, and a small spread on a
/// large offset keeps its digits. Source: Chan, Golub and LeVeque, "Updating formulae and a pairwise
/// algorithm for computing sample variances", 1979.
struct PairMoments: Equatable, Sendable {
    /// A mean, as the distance to a value near it, and the squares around it.
    struct Side: Equatable, Sendable {
        var origin = 0.0
        var offset = 0.0
        var squares = 0.0

        init() {}

        init(_ moments: cairn_moments) {
            (origin, offset, squares) = (moments.origin, moments.offset, moments.squares)
        }

        var mean: Double { origin + offset }

        func distance(to other: Side) -> Double {
            (other.origin - origin) + (other.offset - offset)
        }

        mutating func merge(_ other: Side, weight: Double, of total: Double) {
            let distance = distance(to: other)
            squares += other.squares + distance * distance * ((total - weight) * (weight / total))
            offset += distance * (weight / total)
        }
    }

    private(set) var weight = 0.0
    private(set) var truth = Side()
    private(set) var predicted = Side()
    private(set) var error = Side()
    private(set) var products = 0.0

    init() {}

    init(_ found: cairn_pair_moments, count: Int) {
        weight = Double(count)
        (truth, predicted) = (Side(found.truth), Side(found.predicted))
        (error, products) = (Side(found.error), found.products)
    }

    init(_ truth: ScoreView, _ predicted: ScoreView, _ weights: ColumnView<Double>) {
        guard truth.count > 0 else { return }
        self.truth.origin = truth[0]
        self.predicted.origin = predicted[0]
        error.origin = predicted[0] - truth[0]
        for index in 0..<truth.count {
            weight += weights[index]
            self.truth.offset += weights[index] * (truth[index] - self.truth.origin)
            self.predicted.offset += weights[index] * (predicted[index] - self.predicted.origin)
            error.offset += weights[index] * ((predicted[index] - truth[index]) - error.origin)
        }
        guard weight > 0 else { return }
        self.truth.offset /= weight
        self.predicted.offset /= weight
        error.offset /= weight
        for index in 0..<truth.count {
            let dt = truth[index] - self.truth.origin - self.truth.offset
            let dp = predicted[index] - self.predicted.origin - self.predicted.offset
            let de = (predicted[index] - truth[index]) - error.origin - error.offset
            self.truth.squares += weights[index] * dt * dt
            self.predicted.squares += weights[index] * dp * dp
            error.squares += weights[index] * de * de
            products += weights[index] * dt * dp
        }
    }

    mutating func merge(_ other: PairMoments) {
        guard other.weight > 0 else { return }
        guard weight > 0 else { return self = other }
        let total = weight + other.weight
        let (dt, dp) = (truth.distance(to: other.truth), predicted.distance(to: other.predicted))
        products += other.products + dt * dp * (weight * (other.weight / total))
        truth.merge(other.truth, weight: other.weight, of: total)
        predicted.merge(other.predicted, weight: other.weight, of: total)
        error.merge(other.error, weight: other.weight, of: total)
        weight = total
    }
}
