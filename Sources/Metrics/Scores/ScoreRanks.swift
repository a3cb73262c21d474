import CMetrics
import Statistics

/// Scores and whether each is of a positive, kept as they are stored until their order is asked for.
///
/// Takes 5 or 9 bytes an example, 8 more with weights.
public struct ScoreRanks: Accumulator, Equatable {
    struct Part: Sendable, Equatable {
        var truth: HeldColumn<UInt8>
        var scores: HeldScores
        var weights: HeldColumn<Double>?
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
        try Self.check(truth, scores, weights)
        let labels: HeldColumn<UInt8> =
            switch truth {
            case .uint8(let column): HeldColumn(column)
            case .int32(let column):
                HeldColumn(count: column.count) { UInt8(truncatingIfNeeded: column[$0]) }
            }
        add(
            Part(
                truth: labels, scores: HeldScores(scores), weights: weights.map { HeldColumn($0) }))
    }

    private static func check(
        _ truth: LabelView, _ scores: ScoreView, _ weights: ColumnView<Double>?
    ) throws(MetricError) {
        try Inputs.checkSame([truth.count, scores.count])
        try Inputs.check(weights, count: truth.count)
        if !truth.isBinary { try Inputs.checkLabels(truth, below: 2, "the truth") }
        if scores.hasNaN { try Inputs.checkNumbers(scores, "the scores") }
    }

    mutating func add(_ part: Part) { if part.truth.count > 0 { parts.append(part) } }

    public mutating func merge(_ other: ScoreRanks) { parts += other.parts }

    public var exampleCount: Int { parts.reduce(0) { $0 + $1.truth.count } }

    /// Puts into order, and sums up.
    ///
    /// - Parameters:
    ///   - pointCountMax: how many points of the curve are wanted, 0 for none, else 2 or more.
    ///   - workers: threads; the result is the same for any number.
    /// - Throws: `.insufficientData` without an example, or without weight.
    public func ranked(
        pointCountMax: Int = 0, workers: Int = 1
    ) throws(MetricError) -> RankedScores {
        try ranked(.init(pointCountMax: pointCountMax), workers)
    }

    /// The area under the ROC curve alone, which takes half the time; `nil` where one class is
    /// missing.
    public func rocAUC(workers: Int = 1) throws(MetricError) -> Double? {
        try ranked(.init(onlyArea: true), workers).rocAUC
    }

    private func ranked(
        _ wanted: RankedScores.Wanted, _ workers: Int
    ) throws(MetricError) -> RankedScores {
        guard !parts.isEmpty else { throw Inputs.noExample }
        let parts = ofOneType
        if parts.contains(where: { $0.weights != nil }) {
            let hasWeight = parts.contains { part in
                part.weights?.pointer.contains { $0 > 0 } ?? true
            }
            guard hasWeight else { throw Inputs.noWeight }
        }
        let ranked = withExtendedLifetime(parts) {
            ScoreColumns(
                columns: parts.map { part in
                    .init(
                        truth: .uint8(ColumnView(part.truth.pointer)), scores: part.scores.view,
                        weights: part.weights.map { ColumnView($0.pointer) })
                }
            ).ranked(wanted, workers: workers)
        }
        guard let ranked else { preconditionFailure("scores that were checked hold a NaN") }
        return ranked
    }

    /// All scores as doubles, where they are not all floats.
    private var ofOneType: [Part] {
        let isNarrow = parts.map { if case .float32 = $0.scores { true } else { false } }
        guard isNarrow.contains(true), isNarrow.contains(false) else { return parts }
        return parts.map { part in
            guard case .float32(let scores) = part.scores else { return part }
            var part = part
            part.scores = .float64(HeldColumn(count: scores.count) { Double(scores[$0]) })
            return part
        }
    }

    /// Of whole columns in memory, without a copy of them. See `add` and `ranked`.
    public static func ranked(
        truth: LabelView, scores: ScoreView, pointCountMax: Int = 0, workers: Int = 1
    ) throws(MetricError) -> RankedScores {
        try ranked(truth, scores, .init(pointCountMax: pointCountMax), workers)
    }

    /// Of whole columns in memory, without a copy of them. See `add` and `rocAUC`.
    public static func rocAUC(
        truth: LabelView, scores: ScoreView, workers: Int = 1
    ) throws(MetricError) -> Double? {
        try ranked(truth, scores, .init(onlyArea: true), workers).rocAUC
    }

    private static func ranked(
        _ truth: LabelView, _ scores: ScoreView, _ wanted: RankedScores.Wanted, _ workers: Int
    ) throws(MetricError) -> RankedScores {
        try Inputs.checkSame([truth.count, scores.count])
        guard truth.count > 0 else { throw Inputs.noExample }
        let blocks = Blocks(count: truth.count, workers: workers, leastPerWorker: 4)
        guard blocks.map({ truth[$0].isBinary }).allSatisfy(\.self) else {
            try Inputs.checkLabels(truth, below: 2, "the truth")
            preconditionFailure("truths of 0 and 1 were refused")
        }
        let columns = ScoreColumns(columns: [.init(truth: truth, scores: scores)])
        if let ranked = columns.ranked(wanted, workers: workers) { return ranked }
        try Inputs.checkNumbers(scores, "the scores")
        preconditionFailure("scores without a NaN were refused")
    }
}

extension LabelView {
    /// Whether all are 0 or 1.
    var isBinary: Bool {
        switch self {
        case .uint8(let column): column.pointer.reduce(0, |) <= 1
        case .int32(let column): column.pointer.reduce(0, |) & ~1 == 0
        }
    }
}

extension ScoreView {
    var hasNaN: Bool {
        var (least, most, bad) = (UInt64.max, UInt64.min, Int32(0))
        switch self {
        case .float32(let column):
            cairn_extent_f32(column.start, column.count, &least, &most, &bad)
        case .float64(let column):
            cairn_extent_f64(column.start, column.count, &least, &most, &bad)
        }
        return bad != 0
    }
}
