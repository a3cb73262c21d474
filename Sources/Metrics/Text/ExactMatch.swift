/// Answers that are a reference, letter for letter. Nothing is trimmed.
///
/// Source: Hugging Face evaluate, `exact_match`.
public struct ExactMatch: TextMetric, Equatable {
    public struct Options: Sendable, Equatable {
        public var ignoresCase: Bool
        /// Of ASCII.
        public var ignoresPunctuation: Bool

        public init(ignoresCase: Bool = false, ignoresPunctuation: Bool = false) {
            (self.ignoresCase, self.ignoresPunctuation) = (ignoresCase, ignoresPunctuation)
        }
    }

    private let options: Options
    private let keepsExamples: Bool
    public private(set) var count = 0
    public private(set) var matchCount = 0
    /// Whether each matches, in the order in which they were added, if they are kept.
    public private(set) var examples: [Bool] = []

    public init(_ options: Options = Options(), keepsExamples: Bool = true) {
        (self.options, self.keepsExamples) = (options, keepsExamples)
    }

    public var emptied: ExactMatch { ExactMatch(options, keepsExamples: keepsExamples) }

    public mutating func add(_ pairs: TextPairs, rows: Range<Int>) throws(MetricError) {
        var own = Line()
        var known = Line()
        try pairs.withRows { all throws(MetricError) in
            for row in rows {
                write(all.own[row], to: &own)
                let matches = try all.someReferences(row).contains {
                    write(all.known[$0], to: &known)
                    return own.text.elementsEqual(known.text)
                }
                count += 1
                matchCount += matches ? 1 : 0
                if keepsExamples { examples.append(matches) }
            }
        }
    }

    /// As it is compared.
    private func write(_ text: TextBytes, to line: inout Line) {
        if options.ignoresCase { line.setLowercase(text) } else { line.set(text) }
        if options.ignoresPunctuation { line.removePunctuation() }
    }

    public mutating func merge(_ other: ExactMatch) {
        count += other.count
        matchCount += other.matchCount
        examples += other.examples
    }

    /// The part that matches.
    public var value: Double {
        get throws(MetricError) { Double(matchCount) / Double(try Inputs.some(count)) }
    }
}

extension Inputs {
    /// - Throws: `.insufficientData` for none.
    static func some(_ count: Int) throws(MetricError) -> Int {
        guard count > 0 else { throw .insufficientData("there is no example") }
        return count
    }
}
