import Statistics

/// Scores and whether each is of a positive, kept as they are stored until their order is asked for.
///
/// Takes 5 or 9 bytes an example, 8 more with weights.
public struct ScoreRanks: Accumulator, Equatable {
    struct Part: Sendable, Equatable {
        var isPositive: [UInt8]
        var scores: Scores
        var weights: [Double]?
    }

    enum Scores: Sendable, Equatable {
        case float32([Float])
        case float64([Double])

        init(_ view: ScoreView) {
            self =
                switch view {
                case .float32(let column): .float32(Array(column.pointer))
                case .float64(let column): .float64(Array(column.pointer))
                }
        }

        subscript(index: Int) -> Double {
            switch self {
            case .float32(let values): Double(values[index])
            case .float64(let values): values[index]
            }
        }
    }

    private(set) var parts: [Part] = []

    public init() {}

    /// - Parameters:
    ///   - truth: 1 is positive, 0 negative.
    ///   - scores: any numbers, infinities too.
    ///   - weights: 0 or more; `nil` is one each.
    /// - Throws: `.invalidInput`; then nothing was added.
    public mutating func add(
        truth: LabelView, scores: ScoreView, weights: ColumnView<Double>? = nil
    ) throws(MetricError) {
        try Inputs.checkSame([truth.count, scores.count])
        try Inputs.check(weights, count: truth.count)
        try Inputs.checkLabels(truth, below: 2, "the truth")
        try Inputs.checkNumbers(scores, "the scores")
        add(
            Part(
                isPositive: (0..<truth.count).map { UInt8(truth[$0]) }, scores: Scores(scores),
                weights: weights.map { Array($0.pointer) }))
    }

    mutating func add(_ part: Part) { if !part.isPositive.isEmpty { parts.append(part) } }

    public mutating func merge(_ other: ScoreRanks) { parts += other.parts }

    public var exampleCount: Int { parts.reduce(0) { $0 + $1.isPositive.count } }

    /// Sorts, and sums up.
    ///
    /// - Parameters:
    ///   - pointCountMax: how many points of the curve are wanted, 0 for none, else 2 or more.
    ///   - workers: threads; the result is the same for any number.
    /// - Throws: `.insufficientData` without an example, or without weight.
    public func ranked(
        pointCountMax: Int = 0, workers: Int = 1
    ) throws(MetricError) -> RankedScores {
        guard exampleCount > 0 else { throw Inputs.noExample }
        var items: [(score: Double, isPositive: Bool, weight: Double)] = []
        for part in parts {
            for index in part.isPositive.indices {
                items.append(
                    (part.scores[index], part.isPositive[index] == 1, part.weights?[index] ?? 1))
            }
        }
        guard items.contains(where: { $0.weight > 0 }) else { throw Inputs.noWeight }
        items.sort { $0.score > $1.score }
        var (points, hit, wrong) = ([RankedScores.Point](), CompensatedSum(), CompensatedSum())
        for (place, item) in items.enumerated() {
            if item.isPositive { hit.add(item.weight) } else { wrong.add(item.weight) }
            if place + 1 == items.count || items[place + 1].score != item.score {
                points.append(
                    RankedScores.Point(
                        score: item.score, truePositives: hit.value, falsePositives: wrong.value))
            }
        }
        return RankedScores(points, pointCountMax: pointCountMax)
    }
}

extension RankedScores {
    /// - Parameter points: all distinct scores, from the highest down.
    init(_ points: [Point], pointCountMax: Int) {
        self.init()
        guard let last = points.last else { return }
        (positives, negatives) = (last.truePositives, last.falsePositives)
        var (pairs, precisions, trapezoids) = (CompensatedSum(), CompensatedSum(), CompensatedSum())
        var (before, precisionBefore) = (Point(score: 0, truePositives: 0, falsePositives: 0), 1.0)
        for point in points {
            let (hits, wrong) = (point.truePositives, point.falsePositives)
            let precision = hits + wrong > 0 ? hits / (hits + wrong) : 1
            let gained = hits - before.truePositives
            pairs.add((wrong - before.falsePositives) * (hits + before.truePositives) / 2)
            if gained > 0 { precisions.add(gained * precision) }
            trapezoids.add(gained * (precision + precisionBefore) / 2)
            if positives > 0, negatives > 0 {
                largestGap = max(largestGap, hits / positives - wrong / negatives)
            }
            let f1 = positives + hits + wrong > 0 ? 2 * hits / (positives + hits + wrong) : 0
            if f1 > best?.value ?? -1 { best = BestF1(value: f1, threshold: point.score) }
            (before, precisionBefore) = (point, precision)
        }
        (orderedPairs, precisionSum) = (pairs.value, precisions.value)
        trapezoidSum = trapezoids.value
        self.points = Self.thinned(points, pointCountMax)
    }

    /// Every so-many-th, and the last.
    private static func thinned(_ points: [Point], _ countMax: Int) -> [Point] {
        guard countMax >= 2, points.count > countMax else { return countMax >= 2 ? points : [] }
        return (1...countMax).map { points[$0 * points.count / countMax - 1] }
    }
}
