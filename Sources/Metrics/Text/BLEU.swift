import func Glibc.exp
import func Glibc.log

/// BLEU: n-grams of up to four tokens that references have too.
///
/// Source: Papineni et al., 2002; conventions of sacreBLEU 2.6.
public struct BLEU: Sendable, Equatable {
    public enum Smoothing: Sendable, Equatable {
        /// The k-th n-gram order without a match counts 1 / 2ᵏ matches.
        case exponential
        case floor(Double)
        case addK(Double)
        case none
    }

    public struct Options: Sendable, Equatable {
        public var tokenizer: BLEUTokenizer
        public var isLowercase: Bool
        public var smoothing: Smoothing
        /// Orders that a text is too short for are left out: for single sentences.
        public var usesEffectiveOrder: Bool

        public init(
            tokenizer: BLEUTokenizer = .mteval13a, isLowercase: Bool = false,
            smoothing: Smoothing = .exponential, usesEffectiveOrder: Bool = false
        ) {
            (self.tokenizer, self.isLowercase) = (tokenizer, isLowercase)
            (self.smoothing, self.usesEffectiveOrder) = (smoothing, usesEffectiveOrder)
        }
    }

    static let order = 4

    private let options: Options
    public private(set) var matches = [Int](repeating: 0, count: order)
    public private(set) var totals = [Int](repeating: 0, count: order)
    public private(set) var hypothesisLength = 0
    public private(set) var referenceLength = 0

    public init(_ options: Options = Options()) { self.options = options }

    /// - Parameter references: of this text, one or more.
    public mutating func add(hypothesis: String, references: [String]) throws(MetricError) {
        guard !references.isEmpty else { throw .insufficientData("there is no reference") }
        let tokens = tokens(of: hypothesis)
        let known = references.map { self.tokens(of: $0) }
        for n in 1...Self.order {
            let own = NGrams.counts(of: tokens, n)
            var most: [[[UInt8]]: Int] = [:]
            for reference in known {
                most.merge(NGrams.counts(of: reference, n)) { max($0, $1) }
            }
            matches[n - 1] += own.reduce(0) { $0 + min($1.value, most[$1.key] ?? 0) }
            totals[n - 1] += max(0, tokens.count - n + 1)
        }
        hypothesisLength += tokens.count
        // The reference nearest in length; of two as near, the shorter.
        referenceLength +=
            known.map(\.count).min {
                (abs($0 - tokens.count), $0) < (abs($1 - tokens.count), $1)
            } ?? 0
    }

    public mutating func merge(_ other: BLEU) {
        for index in matches.indices {
            matches[index] += other.matches[index]
            totals[index] += other.totals[index]
        }
        hypothesisLength += other.hypothesisLength
        referenceLength += other.referenceLength
    }

    /// As bytes: strings would compare equal that are spelled with other code points.
    private func tokens(of text: String) -> [[UInt8]] {
        let stripped = text.trimmingEnd()
        return options.tokenizer.tokens(
            of: options.isLowercase ? stripped.lowercased() : stripped
        ).map { Array($0.utf8) }
    }

    public var brevityPenalty: Double {
        guard hypothesisLength < referenceLength else { return 1 }
        return hypothesisLength > 0
            ? exp(1 - Double(referenceLength) / Double(hypothesisLength)) : 0
    }

    /// In per cent, smoothed, for 1 to 4 tokens.
    public var precisions: [Double] { smoothed.precisions }

    /// From 0 to 100.
    public var score: Double {
        let (precisions, order) = smoothed
        guard matches.contains(where: { $0 > 0 }) else { return 0 }
        let sum = precisions.prefix(order).reduce(0.0) { $0 + ($1 > 0 ? log($1) : -9_999_999_999) }
        return brevityPenalty * exp(sum / Double(order))
    }

    private var smoothed: (precisions: [Double], order: Int) {
        var precisions = [Double](repeating: 0, count: Self.order)
        guard matches.contains(where: { $0 > 0 }) else { return (precisions, Self.order) }
        var (divisor, order) = (1.0, Self.order)
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

/// Runs of n items.
enum NGrams {
    static func counts<Item: Hashable>(of items: [Item], _ n: Int) -> [[Item]: Int] {
        guard items.count >= n else { return [:] }
        var counts: [[Item]: Int] = [:]
        for start in 0...items.count - n {
            counts[Array(items[start..<start + n]), default: 0] += 1
        }
        return counts
    }
}

extension String {
    /// Without white space at its end.
    func trimmingEnd() -> String {
        var view = unicodeScalars
        while let last = view.last, PythonText.isSpace(last) { view.removeLast() }
        return String(view)
    }
}
