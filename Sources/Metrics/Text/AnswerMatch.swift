/// White space as Python's `str.split` has it.
///
/// Source: CPython, `unicodetype_db.h`, `_PyUnicode_IsWhitespace`.
enum PythonText {
    static func isSpace(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x09...0x0D, 0x1C...0x20, 0x85, 0xA0, 0x1680, 0x2000...0x200A, 0x2028, 0x2029, 0x202F,
            0x205F, 0x3000:
            true
        default: false
        }
    }

    static func words(_ text: String) -> [String] {
        text.unicodeScalars.split(whereSeparator: isSpace).map(String.init)
    }

    static func stripped(_ text: String) -> [Unicode.Scalar] {
        let scalars = Array(text.unicodeScalars)
        guard let first = scalars.firstIndex(where: { !isSpace($0) }),
            let last = scalars.lastIndex(where: { !isSpace($0) })
        else { return [] }
        return Array(scalars[first...last])
    }

    /// `string.punctuation`.
    static func isPunctuation(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x21...0x2F, 0x3A...0x40, 0x5B...0x60, 0x7B...0x7E: true
        default: false
        }
    }

    static func withoutPunctuation(_ text: String) -> String {
        var kept = String.UnicodeScalarView()
        kept.append(contentsOf: text.unicodeScalars.filter { !isPunctuation($0) })
        return String(kept)
    }

    /// A character of a word, as `\w` has it.
    static func isWord(_ scalar: Unicode.Scalar) -> Bool {
        if scalar == "_" { return true }
        switch scalar.properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
            .decimalNumber, .letterNumber, .otherNumber:
            return true
        default: return false
        }
    }
}

/// Answers that are the reference's, letter for letter.
public enum ExactMatch {
    public struct Options: Sendable, Equatable {
        public var ignoresCase: Bool
        public var ignoresPunctuation: Bool

        public init(ignoresCase: Bool = false, ignoresPunctuation: Bool = false) {
            (self.ignoresCase, self.ignoresPunctuation) = (ignoresCase, ignoresPunctuation)
        }
    }

    /// The part of equal ones. Nothing is trimmed. Source: Hugging Face evaluate, `exact_match`.
    public static func value(
        predictions: [String], references: [String], _ options: Options = Options()
    ) throws(MetricError) -> Double {
        try Inputs.checkCounts([predictions.count, references.count])
        func form(_ text: String) -> [Unicode.Scalar] {
            let cased = options.ignoresCase ? text.lowercased() : text
            return Array(
                (options.ignoresPunctuation ? PythonText.withoutPunctuation(cased) : cased)
                    .unicodeScalars)
        }
        let hits = zip(predictions, references).filter { form($0) == form($1) }
        return Double(hits.count) / Double(predictions.count)
    }
}

/// Answers as SQuAD's script scores them: the best of several references counts.
///
/// Source: SQuAD v1.1's `evaluate-v1.1.py`; of two empty answers F1 is 1, as v2.0's has it.
public struct SQuAD: Sendable, Equatable {
    private var exact = 0
    private var scores: [Double] = []

    public init() {}

    public mutating func add(prediction: String, references: [String]) throws(MetricError) {
        guard !references.isEmpty else {
            throw .insufficientData("there is no reference")
        }
        let answer = Self.words(prediction)
        let known = references.map(Self.words)
        exact += known.contains(answer) ? 1 : 0
        scores.append(known.map { Self.f1(answer, $0) }.max() ?? 0)
    }

    public var exactMatch: Double? {
        scores.isEmpty ? nil : Double(exact) / Double(scores.count)
    }
    public var f1: Double? {
        scores.isEmpty ? nil : scores.exactSum / Double(scores.count)
    }
    /// Of each answer.
    public var each: [Double] { scores }

    /// In lower case, without ASCII punctuation and articles, single spaces between words.
    public static func normalized(_ text: String) -> String {
        let plain = PythonText.withoutPunctuation(text.lowercased())
        var (out, run) = (String.UnicodeScalarView(), String.UnicodeScalarView())
        func flush() {
            if ["a", "an", "the"].contains(String(run)) {
                out.append(" ")
            } else {
                out.append(contentsOf: run)
            }
            run = String.UnicodeScalarView()
        }
        for scalar in plain.unicodeScalars {
            if PythonText.isWord(scalar) {
                run.append(scalar)
            } else {
                flush()
                out.append(scalar)
            }
        }
        flush()
        return PythonText.words(String(out)).joined(separator: " ")
    }

    /// As bytes: strings would compare equal that are spelled with other code points.
    private static func words(_ text: String) -> [[UInt8]] {
        PythonText.words(normalized(text)).map { Array($0.utf8) }
    }

    private static func f1(_ a: [[UInt8]], _ b: [[UInt8]]) -> Double {
        if a.isEmpty || b.isEmpty { return a == b ? 1 : 0 }
        var left = Dictionary(b.map { ($0, 1) }, uniquingKeysWith: +)
        var common = 0
        for word in a where left[word, default: 0] > 0 {
            left[word, default: 0] -= 1
            common += 1
        }
        if common == 0 { return 0 }
        let (precision, recall) = (
            Double(common) / Double(a.count), Double(common) / Double(b.count)
        )
        return 2 * precision * recall / (precision + recall)
    }
}

/// Errors of transcriptions, over a corpus: all errors by all words, or characters, of references.
///
/// Both ends of each text are stripped first. Source of conventions: jiwer 4.0.
public struct ErrorRates: Sendable, Equatable {
    public private(set) var wordErrorCount = 0
    public private(set) var characterErrorCount = 0
    private var wordCount = 0
    private var characterCount = 0

    public init() {}

    public mutating func add(hypothesis: String, reference: String) {
        let (a, b) = (PythonText.stripped(hypothesis), PythonText.stripped(reference))
        let (words, known) = (PythonText.words(hypothesis), PythonText.words(reference))
        wordErrorCount += Self.distance(
            words.map { Array($0.unicodeScalars) }, known.map { Array($0.unicodeScalars) })
        characterErrorCount += Self.distance(a, b)
        wordCount += known.count
        characterCount += b.count
    }

    public func wordErrorRate() throws(MetricError) -> Double {
        guard wordCount > 0 else { throw .insufficientData("no reference has a word") }
        return Double(wordErrorCount) / Double(wordCount)
    }

    public func characterErrorRate() throws(MetricError) -> Double {
        guard characterCount > 0 else { throw .insufficientData("no reference has a character") }
        return Double(characterErrorCount) / Double(characterCount)
    }

    /// Substitutions, insertions and deletions, the least that do it: Levenshtein.
    static func distance<Unit: Equatable>(_ a: [Unit], _ b: [Unit]) -> Int {
        // What both begin and end with costs nothing.
        var (start, ends) = (0, (a.count, b.count))
        while start < min(a.count, b.count) && a[start] == b[start] { start += 1 }
        while ends.0 > start && ends.1 > start && a[ends.0 - 1] == b[ends.1 - 1] {
            ends = (ends.0 - 1, ends.1 - 1)
        }
        let (a, b) = (a[start..<ends.0], b[start..<ends.1])
        if a.isEmpty || b.isEmpty { return a.count + b.count }
        var row = Array(0...b.count)
        for (i, x) in a.enumerated() {
            var diagonal = row[0]
            row[0] = i + 1
            for (j, y) in b.enumerated() {
                let next = min(row[j + 1] + 1, row[j] + 1, diagonal + (x == y ? 0 : 1))
                (diagonal, row[j + 1]) = (row[j + 1], next)
            }
        }
        return row[b.count]
    }
}
