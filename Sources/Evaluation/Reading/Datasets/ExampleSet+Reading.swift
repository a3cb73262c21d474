extension ExampleSet {
    /// The results of each example are kept; so many still fit into one record of the store.
    public static let countMax = 50_000_000

    /// Reads a data set: docs/reference/predictions.md says what its columns mean.
    ///
    /// - Parameters:
    ///   - workerCount: threads; 1 or more. The set does not depend on it.
    ///   - cutting: for tests.
    public init(
        reading source: any ByteSource, format: RowFormat, task: EvaluationTask,
        columns: DatasetColumns = DatasetColumns(), workerCount: Int,
        cutting: RowCutting = .usual
    ) throws(InputError) {
        func read<Truth: TruthRows>(_ truth: Truth.Type) throws(InputError) -> ExampleSet {
            let reader = DatasetReader<Truth>(
                task: task, columns: columns, workerCount: max(1, workerCount), cutting: cutting)
            return try reader.read(source, format)
        }
        switch task {
        case .binary, .multiclass: self = try read(ClassTruth.self)
        case .regression: self = try read(NumberTruth.self)
        case .languageModel: self = try read(TextTruth.self)
        case .code, .serving: self = try read(NoTruth.self)
        case .multilabel: self = try read(LabelSetTruth.self)
        case .multipleChoice: self = try read(ChoiceTruth.self)
        case .textGeneration: self = try read(ReferenceTruth.self)
        case .ranking: self = try read(RelevanceTruth.self)
        }
    }
}
