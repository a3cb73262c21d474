import CMetrics
import Statistics

/// Means, and sums of squares and products around them, of truth t, prediction p and error p − t.
///
/// Taken of a thousand values in two passes and merged by Chan's formula. Everything is measured
/// from the first example, so that a constant column has no spread at all, and a small spread on a
/// large offset keeps its digits. Source: Chan, Golub and LeVeque, "Updating formulae and a pairwise
/// algorithm for computing sample variances", 1979.
struct PairMoments: Equatable, Sendable {
    private(set) var weight = 0.0
    private(set) var truth = ColumnMoments()
    private(set) var predicted = ColumnMoments()
    private(set) var error = ColumnMoments()
    private(set) var products = 0.0

    init() {}

    init(_ found: cairn_pair_moments, count: Int) {
        let weight = Double(count)
        func moments(_ found: cairn_moments) -> ColumnMoments {
            ColumnMoments(
                weight: weight, origin: found.origin, offset: found.offset, squares: found.squares)
        }
        self.weight = weight
        (truth, predicted) = (moments(found.truth), moments(found.predicted))
        (error, products) = (moments(found.error), found.products)
    }

    init(_ truth: ScoreView, _ predicted: ScoreView, _ weights: ColumnView<Double>) {
        let total = weights.pointer.reduce(0, +)
        guard total > 0 else { return }
        let (t0, p0) = (truth[0], predicted[0])
        let e0 = p0 - t0
        var (t, p, e) = (0.0, 0.0, 0.0)
        for index in 0..<truth.count {
            t += weights[index] * (truth[index] - t0)
            p += weights[index] * (predicted[index] - p0)
            e += weights[index] * ((predicted[index] - truth[index]) - e0)
        }
        (t, p, e) = (t / total, p / total, e / total)
        var (tt, pp, ee) = (0.0, 0.0, 0.0)
        for index in 0..<truth.count {
            let (dt, dp) = (truth[index] - t0 - t, predicted[index] - p0 - p)
            let de = (predicted[index] - truth[index]) - e0 - e
            tt += weights[index] * dt * dt
            pp += weights[index] * dp * dp
            ee += weights[index] * de * de
            products += weights[index] * dt * dp
        }
        weight = total
        self.truth = ColumnMoments(weight: total, origin: t0, offset: t, squares: tt)
        self.predicted = ColumnMoments(weight: total, origin: p0, offset: p, squares: pp)
        error = ColumnMoments(weight: total, origin: e0, offset: e, squares: ee)
    }

    mutating func merge(_ other: PairMoments) {
        guard other.weight > 0 else { return }
        let total = weight + other.weight
        let (dt, dp) = (truth.distance(to: other.truth), predicted.distance(to: other.predicted))
        products += other.products + (weight > 0 ? dt * dp * (weight * (other.weight / total)) : 0)
        truth.merge(other.truth)
        predicted.merge(other.predicted)
        error.merge(other.error)
        weight = total
    }
}
