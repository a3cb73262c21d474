import CairnCore
import Statistics

/// Sketches scores and outputs in the pass that measures them: what a version did on the test set,
/// for live traffic to be compared with.
///
/// Predicted classes are all counted; numbers, scores and lengths of large sets are taken from a
/// part of the rows that their places choose.
public struct ReferenceCollector: BlockCollector {
    /// Of larger data sets about so many examples go into the sketches.
    public static let sampleCount = 1 << 20

    private let size: Int
    private var blockCount: UInt64 = 0
    private var names: [String] = []
    /// For each of `names` how often it was predicted.
    private var classCounts: [Int] = []
    private var sketches: [Name: NumberSummary] = [:]
    private var rowCount = 0

    /// - Parameter size: of the quantile sketches.
    public init(size: Int = QuantileSketch.defaultSize) { self.size = size }

    /// What is sketched, by the names that references have.
    enum Name: String, CaseIterable {
        case score, output
        case outputCount = "output.count"
        case outputLength = "output.length"
        case latency, tokens
    }

    public struct Part: Sendable {
        fileprivate var names: [String] = []
        fileprivate var classCounts: [Int] = []
        fileprivate var sketches: [Name: NumberSummary] = [:]
        fileprivate var rowCount = 0
    }

    public func part(of block: PredictionBlock, _ context: BlockContext) -> Part {
        var part = Part()
        part.rowCount = block.count
        let rows = SampledRows(block, of: context.examples.count)
        // Where a block begins is the key of its coins: no two blocks begin with one example.
        var writer = PartWriter(
            size: size, stream: UInt64(block.count > 0 ? block.examples.place(0) : 0), rows: rows)
        switch block.answers {
        case .classes(let classes):
            part.names = context.names
            part.classCounts = Self.counts(classes.predicted, context.names.count)
            if let scores = classes.scores {
                writer.addScores(scores, of: classes.predicted, context)
            }
        case .labelSets(let sets):
            part.names = context.names
            part.classCounts = Array(repeating: 0, count: context.names.count)
            for place in sets.predicted.items { part.classCounts[Int(place)] += 1 }
            writer.add(.outputCount) { Double(sets.predicted[$0].count) }
        case .numbers(let numbers): writer.add(.output) { numbers[$0] }
        case .likelihoods(let answers):
            writer.add(.score) { row in
                let tokens = Double(answers.tokenCounts[row])
                return tokens > 0 ? answers.logProbabilities[row] / tokens : .nan
            }
            if let texts = answers.texts { writer.addLengths(texts) }
        case .choices(let choices):
            writer.add(.output) { row in
                let logs = choices.logLikelihoods[row]
                let best = logs.indices.max { logs[$0] < logs[$1] }
                return best.map { Double($0 - logs.startIndex) } ?? .nan
            }
            writer.add(.score) { choices.logLikelihoods[$0].max() ?? .nan }
        case .texts(let texts): writer.addLengths(texts)
        case .rankings(let rankings):
            writer.addEach(.score) { rankings[$0] }
            writer.add(.outputCount) { Double(rankings[$0].count) }
        case .trials(let drawn, let passed):
            writer.add(.output) { row in
                drawn[row] > 0 ? Double(passed[row]) / Double(drawn[row]) : .nan
            }
        case .requests(let requests):
            writer.add(.latency) { requests.latencies[$0] }
            if let tokens = requests.tokenCounts { writer.add(.tokens) { Double(tokens[$0]) } }
        }
        part.sketches = writer.sketches
        return part
    }

    private static func counts(_ classes: ClassColumn, _ count: Int) -> [Int] {
        var counts = Array(repeating: 0, count: count)
        switch classes {
        case .uint8(let places): for place in places { counts[Int(place)] += 1 }
        case .int32(let places): for place in places { counts[Int(place)] += 1 }
        }
        return counts
    }

    public mutating func take(_ part: Part) {
        rowCount += part.rowCount
        // Names only ever join behind.
        if part.names.count > names.count {
            names = part.names
            classCounts += Array(repeating: 0, count: names.count - classCounts.count)
        }
        for (place, count) in part.classCounts.enumerated() { classCounts[place] += count }
        for name in Name.allCases {
            guard let sketch = part.sketches[name] else { continue }
            // What is merged into has coins of its own; sketches of one size fit.
            var whole = sketches[name] ?? NumberSummary(size: size, stream: .max)
            try! whole.merge(sketch)
            sketches[name] = whole
        }
    }

    /// All that was taken.
    public var bundle: SketchBundle {
        var bundle = SketchBundle()
        bundle.rowCount = rowCount
        if !names.isEmpty {
            var counter = CategoryCounter()
            for (name, count) in zip(names, classCounts) { counter.add(name, count: count) }
            bundle[Name.output.rawValue] = .categories(counter, missingCount: 0)
        }
        for name in Name.allCases {
            if let sketch = sketches[name] { bundle[name.rawValue] = .numbers(sketch) }
        }
        return bundle
    }
}

/// The rows of a block that go into sketches: all, or of large data sets those whose place's hash is
/// small.
struct SampledRows: Sendable {
    let rows: [Int]

    init(_ block: PredictionBlock, of exampleCount: Int) {
        guard exampleCount > ReferenceCollector.sampleCount else {
            rows = Array(0..<block.count)
            return
        }
        let share = Double(ReferenceCollector.sampleCount) / Double(exampleCount)
        let threshold = UInt64(share * 0x1p64)
        rows = (0..<block.count).filter { row in
            var random = SeededRandom(seed: UInt64(block.examples.place(row)))
            return random.next() <= threshold
        }
    }
}

/// Fills the sketches of one block.
private struct PartWriter {
    let size: Int
    let stream: UInt64
    let rows: SampledRows
    private(set) var sketches: [ReferenceCollector.Name: NumberSummary] = [:]

    init(size: Int, stream: UInt64, rows: SampledRows) {
        (self.size, self.stream, self.rows) = (size, stream, rows)
    }

    mutating func add(_ name: ReferenceCollector.Name, _ value: (Int) -> Double) {
        var sketch = NumberSummary(size: size, stream: stream)
        for row in rows.rows { sketch.add(value(row)) }
        sketches[name] = sketch
    }

    mutating func addEach(
        _ name: ReferenceCollector.Name, _ values: (Int) -> ArraySlice<Double>
    ) {
        var sketch = NumberSummary(size: size, stream: stream)
        for row in rows.rows { for value in values(row) { sketch.add(value) } }
        sketches[name] = sketch
    }

    /// In characters (Unicode scalars).
    mutating func addLengths(_ texts: TextColumn) {
        add(.outputLength) { row in Double(texts[row].count { $0 & 0xC0 != 0x80 }) }
    }

    /// Of a binary task the probability of the positive class, else that of the predicted one; NaN
    /// where the predicted class has none.
    mutating func addScores(
        _ scores: ScoreColumn, of predicted: ClassColumn, _ context: BlockContext
    ) {
        if case .binary = context.task { return add(.score) { scores[$0] } }
        let width = context.scoredClasses.count
        var columns = Array(repeating: -1, count: context.names.count)
        for (column, place) in context.scoredClasses.enumerated() { columns[Int(place)] = column }
        add(.score) { row in
            let column = columns[predicted[row]]
            return column >= 0 ? scores[row * width + column] : .nan
        }
    }
}
