import CMetrics
import Statistics

/// Next-token predictions as logits.
public struct TokenLogits: Accumulator, Equatable {
    private var loss = MeanOfExamples()
    private var hits = MeanOfExamples()

    /// A target that is not counted.
    public static let ignored: Int32 = -100

    public init() {}

    public var countedCount: Int { loss.count }

    /// - Parameters:
    ///   - logits: tokens × `width`, row by row; −∞ is allowed, but not in all of a row.
    ///   - targets: from 0 to `width` − 1, or `ignored`.
    /// - Throws: `.invalidInput`; then nothing was added.
    public mutating func add(
        logits: ScoreView, width: Int, targets: ColumnView<Int32>
    ) throws(MetricError) {
        var isHit: [UInt8] = []
        let losses = try Inputs.values(targets.count) { (out) throws(MetricError) in
            isHit = try Self.each(logits: logits, width: width, targets: targets, into: out)
        }
        let counted = targets.pointer.count { $0 != Self.ignored }
        // Those that are not counted give 0 of both.
        loss.add(losses, count: counted)
        let hitCount = isHit.reduce(0) { $0 + Int($1) }
        hits.add(sum: Double(hitCount), weight: Double(counted), count: counted)
    }

    public mutating func merge(_ other: TokenLogits) {
        loss.merge(other.loss)
        hits.merge(other.hits)
    }

    /// In nats.
    public var crossEntropy: Double { get throws(MetricError) { try loss.value } }
    public var perplexity: Double { get throws(MetricError) { cairn_exp(try crossEntropy) } }
    /// How often the first of the largest logits is the target's.
    public var accuracy: Double { get throws(MetricError) { try hits.value } }

    /// Each token's own loss, 0 where it is not counted.
    ///
    /// - Returns: 1 where the target is the first of the largest logits, else 0.
    @discardableResult public static func each(
        logits: ScoreView, width: Int, targets: ColumnView<Int32>,
        into losses: UnsafeMutableBufferPointer<Double>
    ) throws(MetricError) -> [UInt8] {
        try Inputs.checkSame([targets.count, losses.count])
        try Inputs.checkRows(logits, width: width, count: targets.count)
        guard let out = losses.baseAddress else { return [] }
        var (hits, bad) = ([UInt8](repeating: 0, count: targets.count), Int32(0))
        switch logits {
        case .float32(let rows):
            cairn_logit_losses_f32(
                rows.start, targets.start, targets.count, UInt32(width), out, &hits, &bad)
        case .float64(let rows):
            cairn_logit_losses_f64(
                rows.start, targets.start, targets.count, UInt32(width), out, &hits, &bad)
        }
        if bad != 0 { try refuse(logits, width, targets) }
        return hits
    }

    private static func refuse(
        _ logits: ScoreView, _ width: Int, _ targets: ColumnView<Int32>
    ) throws(MetricError) {
        for index in 0..<targets.count where targets[index] != ignored {
            guard (0..<width).contains(Int(targets[index])) else {
                throw .invalidInput("target \(targets[index]) is none of \(width) tokens")
            }
            let row = logits.rows(index..<index + 1, width: width)
            try Inputs.checkNumbers(row, "the logits")
            let most = (0..<width).map { row[$0] }.max() ?? 0
            guard most.isFinite else {
                throw .invalidInput("the largest logit of a row is \(most); expected a finite one")
            }
        }
        preconditionFailure("a kernel refused logits that are right")
    }
}
