import func Glibc.exp
import func Glibc.log

extension BLEU.Counts {
    public init(_ example: BLEU.Example) {
        matches = SIMD4(truncatingIfNeeded: example.matches)
        for n in 1...BLEU.order { totals[n - 1] = max(0, Int(example.hypothesisLength) - n + 1) }
        hypothesisLength = Int(example.hypothesisLength)
        referenceLength = Int(example.referenceLength)
    }

    /// For sums over the examples of a slice.
    public mutating func add(_ other: BLEU.Counts) {
        matches &+= other.matches
        totals &+= other.totals
        hypothesisLength += other.hypothesisLength
        referenceLength += other.referenceLength
    }

    public var brevityPenalty: Double {
        guard hypothesisLength < referenceLength else { return 1 }
        return hypothesisLength > 0
            ? exp(1 - Double(referenceLength) / Double(hypothesisLength)) : 0
    }

    /// In per cent, smoothed, for 1 to 4 tokens.
    public func precisions(_ options: BLEU.Options) -> [Double] { smoothed(options).precisions }

    /// From 0 to 100.
    public func score(_ options: BLEU.Options) -> Double {
        guard hasMatches else { return 0 }
        let (precisions, order) = smoothed(options)
        let sum = precisions.prefix(order).reduce(0.0) { $0 + ($1 > 0 ? log($1) : -9_999_999_999) }
        return brevityPenalty * exp(sum / Double(order))
    }

    private var hasMatches: Bool { matches != SIMD4() }

    private func smoothed(_ options: BLEU.Options) -> (precisions: [Double], order: Int) {
        var precisions = [Double](repeating: 0, count: BLEU.order)
        guard hasMatches else { return (precisions, BLEU.order) }
        var (divisor, order) = (1.0, BLEU.order)
        for index in precisions.indices {
            var (hits, all) = (Double(matches[index]), Double(totals[index]))
            if case .addK(let k) = options.smoothing, index > 0 {
                hits += k
                all += k
            }
            if all == 0 { break }
            if options.usesEffectiveOrder { order = index + 1 }
            if hits > 0 {
                precisions[index] = 100 * hits / all
                continue
            }
            switch options.smoothing {
            case .exponential:
                divisor *= 2
                precisions[index] = 100 / (divisor * all)
            case .floor(let value): precisions[index] = 100 * value / all
            case .addK, .none: break
            }
        }
        return (precisions, order)
    }
}
