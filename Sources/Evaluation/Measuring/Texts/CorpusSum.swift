import Metrics
import Statistics

/// Counts of one text that add up over a corpus; a metric of the corpus is a function of the sums.
protocol CorpusCounts: Sendable, Equatable {
    init()
    mutating func add(_ other: Self)
    /// As they are kept of each example, in this order.
    static var columnSuffixes: [String] { get }
    var parts: [Int32] { get }
    init(parts: [Int32])
}

/// Counts over the texts of a corpus.
struct CorpusSum<Counts: CorpusCounts>: Accumulator {
    private(set) var exampleCount = 0
    private(set) var counts = Counts()

    mutating func add(_ examples: [Counts]) {
        exampleCount += examples.count
        for example in examples { counts.add(example) }
    }

    mutating func merge(_ other: CorpusSum) {
        exampleCount += other.exampleCount
        counts.add(other.counts)
    }

    /// - Throws: `.insufficientData` without an example.
    func requireExamples() throws(MetricError) {
        guard exampleCount > 0 else { throw .insufficientData("there is no example") }
    }
}

extension CorpusCounts {
    /// The columns of a form of this metric: `bleu_char.matches1`.
    static func columns(of name: String) -> [ExampleColumn] {
        columnSuffixes.map { ExampleColumn(name + "." + $0) }
    }
}

extension WordErrors.Counts: CorpusCounts where Integer == Int {
    init(_ example: WordErrors.Counts<Int32>) {
        self.init()
        (hits, substitutions) = (Int(example.hits), Int(example.substitutions))
        (deletions, insertions) = (Int(example.deletions), Int(example.insertions))
    }

    mutating func add(_ other: Self) {
        hits += other.hits
        substitutions += other.substitutions
        deletions += other.deletions
        insertions += other.insertions
    }

    static var columnSuffixes: [String] { ["hits", "substitutions", "deletions", "insertions"] }
    var parts: [Int32] { [Int32(hits), Int32(substitutions), Int32(deletions), Int32(insertions)] }

    init(parts: [Int32]) {
        self.init()
        (hits, substitutions) = (Int(parts[0]), Int(parts[1]))
        (deletions, insertions) = (Int(parts[2]), Int(parts[3]))
    }
}

extension CharacterErrors.Counts: CorpusCounts where Integer == Int {
    init(_ example: CharacterErrors.Counts<Int32>) {
        self.init()
        errorCount = Int(example.errorCount)
        referenceCount = Int(example.referenceCount)
    }

    mutating func add(_ other: Self) {
        errorCount += other.errorCount
        referenceCount += other.referenceCount
    }

    static var columnSuffixes: [String] { ["errors", "characters"] }
    var parts: [Int32] { [Int32(errorCount), Int32(referenceCount)] }

    init(parts: [Int32]) {
        self.init()
        (errorCount, referenceCount) = (Int(parts[0]), Int(parts[1]))
    }
}

extension TER.Counts: CorpusCounts {
    static var columnSuffixes: [String] { ["edits", "words", "references"] }

    /// Of one text, which has one number of references.
    var parts: [Int32] {
        let own = words.first ?? (key: 1, value: 0)
        return [Int32(editCount), Int32(own.value), Int32(own.key)]
    }

    init(parts: [Int32]) {
        self.init(
            TER.Example(editCount: parts[0], referenceWords: parts[1], referenceCount: parts[2]))
    }
}
