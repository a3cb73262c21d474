import Statistics
import func Glibc.exp
import func Glibc.log

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
        var losses = [Double](repeating: 0, count: targets.count)
        let tops = try losses.withUnsafeMutableBufferPointer { (out) throws(MetricError) in
            try Self.each(logits: logits, width: width, targets: targets, into: out)
        }
        for index in 0..<targets.count where targets[index] != Self.ignored {
            loss.add(losses[index])
            hits.add(tops[index] == Int(targets[index]) ? 1 : 0)
        }
    }

    public mutating func merge(_ other: TokenLogits) {
        loss.merge(other.loss)
        hits.merge(other.hits)
    }

    /// In nats.
    public var crossEntropy: Double { get throws(MetricError) { try loss.value } }
    public var perplexity: Double { get throws(MetricError) { exp(try crossEntropy) } }
    /// How often the first of the largest logits is the target's.
    public var accuracy: Double { get throws(MetricError) { try hits.value } }

    /// Each token's own loss, 0 where it is not counted.
    ///
    /// - Returns: the place of the first largest logit of each row, 0 where it is not counted.
    @discardableResult public static func each(
        logits: ScoreView, width: Int, targets: ColumnView<Int32>,
        into losses: UnsafeMutableBufferPointer<Double>
    ) throws(MetricError) -> [Int] {
        try Inputs.checkSame([targets.count, losses.count])
        try Inputs.checkRows(logits, width: width, count: targets.count)
        var tops = [Int](repeating: 0, count: targets.count)
        for index in 0..<targets.count {
            losses[index] = 0
            if targets[index] == ignored { continue }
            let target = Int(targets[index])
            guard (0..<width).contains(target) else {
                throw .invalidInput("target \(target) is none of \(width) tokens")
            }
            let row = logits.rows(index..<index + 1, width: width)
            try Inputs.checkNumbers(row, "the logits")
            tops[index] = TopK.largest(of: row)
            let most = row[tops[index]]
            guard most.isFinite else {
                throw .invalidInput("the largest logit of a row is \(most); expected a finite one")
            }
            var sum = 0.0
            for place in 0..<width { sum += exp(row[place] - most) }
            losses[index] = most + log(sum) - row[target]
        }
        return tops
    }
}
