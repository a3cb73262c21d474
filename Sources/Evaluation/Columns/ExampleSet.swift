/// The truth of a data set, with what an evaluation needs of its other columns, in the file's order.
public struct ExampleSet: Sendable, Equatable {
    public enum Truth: Sendable, Equatable {
        /// Places in `names`, which is in the order of `ClassNames`.
        case classes(ClassColumn, names: [String])
        /// For each example its labels, as places in `names`, ascending.
        case labelSets(ListColumn<Int32>, names: [String])
        case numbers([Double])
        /// What a language model shall find likely; `nil` where there is no label column.
        case texts(TextColumn?)
        /// For each example the place of the right choice, and the choices' lengths in characters
        /// where the data set lists their texts.
        case choices(gold: [Int32], lengths: ListColumn<Int32>?)
        /// What a generated text may be: one or more for each example.
        case references(TextListColumn)
        /// For each query the relevance of its documents; 0 is none.
        case relevance(ListColumn<Double>)
        /// The task's data sets say nothing but how many there are: code, serving.
        case unlabelled
    }

    public let count: Int
    public let truth: Truth
    /// The `id` column, where the data set has one; each id stands once.
    public let ids: TextColumn?
    /// The suite's weight column: not negative, not all zero.
    public let weights: [Double]?
    public let slices: [SliceColumn]

    public init(
        count: Int, truth: Truth, ids: TextColumn? = nil, weights: [Double]? = nil,
        slices: [SliceColumn] = []
    ) {
        (self.count, self.truth, self.ids) = (count, truth, ids)
        (self.weights, self.slices) = (weights, slices)
    }
}

/// A column whose values part the examples into groups that are measured on their own.
public struct SliceColumn: Sendable, Equatable {
    /// As the data set's header has it.
    public let name: String
    /// Each once, in the order of `ClassNames`.
    public let values: [String]
    /// For each example its place in `values`.
    public let places: [Int32]

    /// A column of more values is refused: it names examples, not groups.
    public static let valueCountMax = 1_000

    public init(name: String, values: [String], places: [Int32]) {
        (self.name, self.values, self.places) = (name, values, places)
    }
}
