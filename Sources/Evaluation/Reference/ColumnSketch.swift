import Statistics

/// All that is kept of one column: each value under what it is, so that a column can be compared as
/// numbers, names, texts or vectors, whichever the other side has.
struct ColumnSketch: Equatable, Sendable {
    private var numbers: NumberSummary
    /// Whole numbers, by their digits: classes may be numbers.
    private var wholes = CategoryCounter()
    private var words = CategoryCounter()
    /// Of texts, in characters (Unicode scalars).
    private var lengths: NumberSummary
    private var vectors = VectorSummary()
    private(set) var missingCount = 0
    private var otherCount = 0

    /// - Parameter stream: of the sketches; another one for each part of the data.
    init(stream: UInt64) {
        numbers = NumberSummary(stream: stream)
        lengths = NumberSummary(stream: stream)
    }

    /// What columns can be compared as.
    enum Kind: Equatable { case numbers, categories, lengths, vectors }

    mutating func add(_ value: InputValue) {
        switch value {
        case .missing: missingCount += 1
        case .number(let number):
            numbers.add(number)
            if let whole = Int64(exactly: number) { wholes.add(String(whole)) }
        case .text(let text):
            words.add(bytes: text)
            lengths.add(Double(text.count { $0 & 0xC0 != 0x80 }))
        case .vector(let vector): vectors.add(vector)
        case .names(let names): for name in names { words.add(bytes: name) }
        case .other: otherCount += 1
        }
    }

    mutating func addMissing(_ count: Int) { missingCount += count }

    mutating func merge(_ other: ColumnSketch) throws(SketchError) {
        try numbers.merge(other.numbers)
        try wholes.merge(other.wholes)
        try words.merge(other.words)
        try lengths.merge(other.lengths)
        if vectors.dimension == 0 || other.vectors.dimension == 0
            || vectors.dimension == other.vectors.dimension
        {
            try vectors.merge(other.vectors)
        } else {
            // Two lengths of vectors: the later one's do not belong to the column.
            vectors.addMissing(other.vectors.count + other.vectors.missingCount)
        }
        missingCount += other.missingCount
        otherCount += other.otherCount
    }

    /// Values, missing ones too.
    var count: Int {
        numbers.count + words.count + vectors.count + vectors.missingCount + missingCount
            + otherCount
    }

    /// What most of the column's values are. Texts count as names where they repeat: at most 1,000
    /// of them, and half of the values or fewer.
    var kind: Kind? {
        let counts = [numbers.count, words.count, vectors.count]
        guard let most = counts.max(), most > 0 else { return nil }
        if most == numbers.count { return .numbers }
        if most == vectors.count { return .vectors }
        let names = words.categories.count
        return words.undercountMax == 0 && names * 2 <= max(words.count, 2) ? .categories : .lengths
    }

    /// The column as one kind; values that are no such thing are missing.
    func entry(as kind: Kind) -> SketchBundle.Entry {
        switch kind {
        case .numbers:
            var sketch = numbers
            sketch.addMissing(count - numbers.count)
            return .numbers(sketch)
        case .lengths:
            var sketch = lengths
            sketch.addMissing(count - lengths.count)
            return .numbers(sketch)
        case .vectors:
            var sketch = vectors
            sketch.addMissing(count - vectors.count - vectors.missingCount)
            return .vectors(sketch)
        case .categories:
            var sketch = words
            do {
                try sketch.merge(wholes)
            } catch {
                preconditionFailure("both count up to the same number of names: \(error)")
            }
            return .categories(sketch, missingCount: count - sketch.count)
        }
    }
}
