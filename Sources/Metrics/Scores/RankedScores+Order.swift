import CMetrics
import Statistics

/// Scores of one type and whether each is of a positive, column by column, as they stand in memory.
struct ScoreColumns {
    /// One column: 1 is positive, 0 negative; weights of all columns, or of none.
    struct Column {
        var truth: LabelView
        var scores: ScoreView
        var weights: ColumnView<Double>?
    }

    var columns: [Column]

    private var count: Int { columns.reduce(0) { $0 + $1.truth.count } }

    /// - Returns: `nil` without a score, or for a NaN.
    func ranked(_ wanted: RankedScores.Wanted, workers: Int) -> RankedScores? {
        if columns.contains(where: { $0.weights != nil }) {
            return weighted(pointCountMax: wanted.pointCountMax)
        }
        guard let numbers, let groups else { return nil }
        let order = GroupOrder(
            numbers, groups,
            GroupOrder.Wanted(
                gaps: !wanted.onlyArea, curve: !wanted.onlyArea,
                pointCountMax: wanted.pointCountMax), workers: workers)
        return order.map { RankedScores($0, onlyArea: wanted.onlyArea) }
    }

    /// `nil` where columns are of different types; who holds them sees to that.
    private var numbers: NumberColumns? {
        let narrow = columns.compactMap { column in
            if case .float32(let scores) = column.scores { scores.pointer } else { nil }
        }
        if narrow.count == columns.count { return .float32(narrow) }
        let wide = columns.compactMap { column in
            if case .float64(let scores) = column.scores { scores.pointer } else { nil }
        }
        return wide.count == columns.count ? .float64(wide) : nil
    }

    private var groups: GroupOrder.Groups? {
        let narrow = columns.compactMap { column in
            if case .uint8(let truth) = column.truth { truth.pointer } else { nil }
        }
        if narrow.count == columns.count { return .each(narrow) }
        let wide = columns.compactMap { column in
            if case .int32(let truth) = column.truth { truth.pointer } else { nil }
        }
        return wide.count == columns.count ? .eachWide(wide) : nil
    }

    /// With weights everything is sorted, and summed up score by score.
    private func weighted(pointCountMax: Int) -> RankedScores? {
        guard count > 0 else { return nil }
        var (pairs, isPositive, weights) = ([cairn_pair](), [Bool](), [Double]())
        for column in columns {
            for index in 0..<column.truth.count {
                var (score, integer) = (column.scores[index], UInt64(0))
                if score.isNaN { return nil }
                cairn_integers_f64(&score, 1, &integer)
                pairs.append(cairn_pair(key: integer, other: UInt64(isPositive.count)))
                isPositive.append(column.truth[index] == 1)
                weights.append(column.weights?[index] ?? 1)
            }
        }
        var spare = pairs
        cairn_sort_pairs(&pairs, pairs.count, &spare)
        var (points, hits, wrong) = ([RankedScores.Point](), CompensatedSum(), CompensatedSum())
        // Equal scores come in any order, and are summed up in that of the examples.
        var end = pairs.count
        while end > 0 {
            let key = pairs[end - 1].key
            var start = end - 1
            while start > 0 && pairs[start - 1].key == key { start -= 1 }
            for index in pairs[start..<end].map({ Int($0.other) }).sorted() {
                if isPositive[index] { hits.add(weights[index]) } else { wrong.add(weights[index]) }
            }
            points.append(
                RankedScores.Point(
                    score: cairn_number_f64(key), truePositives: hits.value,
                    falsePositives: wrong.value))
            end = start
        }
        return RankedScores(points, pointCountMax: pointCountMax)
    }
}

extension RankedScores {
    /// What to find beside the ROC area.
    struct Wanted: Sendable {
        var onlyArea = false
        var pointCountMax = 0
    }

    init(_ order: GroupOrder, onlyArea: Bool) {
        self.init()
        (positives, negatives) = (Double(order.ones), Double(order.zeros))
        orderedPairs = Double(order.twicePairs) / 2
        if onlyArea { return }
        (precisionSum, trapezoidSum) = (order.precisions, order.trapezoids)
        if positives > 0, negatives > 0 {
            largestGap = Double(order.gaps.most) / (positives * negatives)
        }
        best = order.bestF1.map { BestF1(value: $0.value, threshold: $0.number) }
        points = order.points.map {
            Point(
                score: $0.number, truePositives: Double($0.ones), falsePositives: Double($0.zeros))
        }
    }

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
        self.points = thinned(points, steps: Double(pointCountMax / 2))
    }

    /// Where the share of positives or negatives passes a step: what `GroupOrder` counts.
    private func thinned(_ points: [Point], steps: Double) -> [Point] {
        guard steps > 0 else { return [] }
        var (kept, before) = ([Point](), (0.0, 0.0))
        for point in points {
            let own = (
                positives > 0 ? (point.truePositives / positives * steps).rounded(.down) : 0,
                negatives > 0 ? (point.falsePositives / negatives * steps).rounded(.down) : 0
            )
            if own != before { kept.append(point) }
            before = own
        }
        return kept
    }
}
