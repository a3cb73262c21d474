import Metrics

/// Something that looks at every block of predictions in the pass that measures them: sketches,
/// histograms, the worst examples.
///
/// The bits of what it holds at the end depend on the file alone: blocks are looked at in any order
/// and on any thread, but taken in the file's order.
public protocol BlockCollector: Sendable {
    associatedtype Part: Sendable

    /// What one block says. Several threads call this at once.
    func part(of block: PredictionBlock, _ context: BlockContext) -> Part

    /// Called once for each block, in the file's order, on one thread.
    mutating func take(_ part: Part)
}

/// What blocks mean: the same for all that are looked at together.
public struct BlockContext: Sendable {
    public let task: EvaluationTask
    public let examples: ExampleSet
    /// Of every class in truth and in the blocks up to these, in the reader's order: the data set's
    /// first, then others as the file brings them.
    public let names: [String]
    /// For each column of the scores its place in `names`.
    public let scoredClasses: [Int32]
    /// The references of the data set, as text metrics take them; `nil` for other tasks.
    let references: TextLists?

    public init(
        task: EvaluationTask, examples: ExampleSet, names: [String] = [],
        scoredClasses: [Int32] = []
    ) {
        (self.task, self.examples) = (task, examples)
        (self.names, self.scoredClasses) = (names, scoredClasses)
        references = Self.references(examples)
    }

    /// The same with what was met since.
    init(_ context: BlockContext, names: [String], scoredClasses: [Int32]) {
        (task, examples, references) = (context.task, context.examples, context.references)
        (self.names, self.scoredClasses) = (names, scoredClasses)
    }

    private static func references(_ examples: ExampleSet) -> TextLists? {
        guard case .references(let lists) = examples.truth else { return nil }
        do throws(MetricError) {
            return try TextLists(
                Texts(bytes: lists.texts.bytes, ends: lists.texts.ends), ends: lists.ends)
        } catch {
            preconditionFailure("the data set's reader let pass: \(error)")
        }
    }
}

extension BlockCollector {
    func anyPart(of block: PredictionBlock, _ context: BlockContext) -> any Sendable {
        part(of: block, context)
    }

    /// - Parameter part: what `anyPart` of the same kind of collector gave.
    mutating func takeAny(_ part: any Sendable) {
        guard let part = part as? Part else {
            preconditionFailure("\(Self.self) was given a \(type(of: part))")
        }
        take(part)
    }
}
