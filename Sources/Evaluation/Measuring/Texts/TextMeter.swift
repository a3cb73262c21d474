import Metrics
import Statistics

/// Generated texts beside their references.
struct TextMeter: TaskMeter {
    /// Means over texts.
    var means: [TextQuantity: Guarded<MeanOfExamples>] = [:]
    private(set) var bleus: [CorpusKind: Guarded<CorpusSum<BLEU.Counts>>] = [:]
    private(set) var chrFs: [CorpusKind: Guarded<CorpusSum<ChrF.Counts>>] = [:]
    private(set) var words: Guarded<CorpusSum<WordErrors.Counts<Int>>>?
    private(set) var characters: Guarded<CorpusSum<CharacterErrors.Counts<Int>>>?
    private(set) var edits: Guarded<CorpusSum<TER.Counts>>?

    /// Where the values of each text are kept.
    let columns: [TextQuantity: ExampleColumn]

    init(_ metrics: [EvaluationMetric], _ context: BlockContext) {
        var columns: [TextQuantity: ExampleColumn] = [:]
        for metric in metrics {
            guard case .texts(let quantity) = metric.quantity else { continue }
            columns[quantity] = metric.column
            switch quantity.corpus {
            case .bleu: bleus[quantity.corpus!] = Guarded(CorpusSum())
            case .chrF: chrFs[quantity.corpus!] = Guarded(CorpusSum())
            case .words: words = Guarded(CorpusSum())
            case .characters: characters = Guarded(CorpusSum())
            case .ter: edits = Guarded(CorpusSum())
            case nil: means[quantity] = Guarded(MeanOfExamples())
            }
        }
        self.columns = columns
    }

    mutating func add(_ input: MeterInput, _ columns: inout BlockColumns) {
        guard case .texts(let answers) = input.block.answers,
            let references = input.context.references
        else { input.wrongAnswers() }
        let pairs = Pairs(answers, references, input.block.examples)
        for kind in bleus.keys {
            bleus[kind]?.add { (sum) throws(MetricError) in
                guard case .bleu(let tokenizer, let isLowercase) = kind else { return }
                let options = BLEU.Options(tokenizer: tokenizer.metric, isLowercase: isLowercase)
                let counted = try pairs.counted(BLEU(options)).examples.map { BLEU.Counts($0) }
                Self.take(counted, kind, &sum, &columns)
            }
        }
        for kind in chrFs.keys {
            chrFs[kind]?.add { (sum) throws(MetricError) in
                guard case .chrF(let order) = kind else { return }
                let options = ChrF.Options(wordOrder: order)
                let counted = try pairs.counted(ChrF(options)).examples
                Self.take(counted.map { ChrF.Counts($0, options) }, kind, &sum, &columns)
            }
        }
        words?.add { (sum) throws(MetricError) in
            let counted = try pairs.counted(WordErrors()).examples.map {
                WordErrors.Counts<Int>($0)
            }
            Self.take(counted, .words, &sum, &columns)
        }
        characters?.add { (sum) throws(MetricError) in
            let counted = try pairs.counted(CharacterErrors()).examples
            Self.take(
                counted.map { CharacterErrors.Counts<Int>($0) }, .characters, &sum, &columns)
        }
        edits?.add { (sum) throws(MetricError) in
            let counted = try pairs.counted(TER()).examples
            Self.take(counted.map { TER.Counts($0) }, .ter, &sum, &columns)
        }
        addMeans(pairs, input.weights, &columns)
    }

    private static func take<Counts: CorpusCounts>(
        _ counted: [Counts], _ kind: CorpusKind, _ sum: inout CorpusSum<Counts>,
        _ columns: inout BlockColumns
    ) {
        sum.add(counted)
        let wanted = kind.columns
        guard wanted.contains(where: columns.wanted.contains) else { return }
        let parts = counted.map(\.parts)
        for (place, column) in wanted.enumerated() {
            columns.set(column) { .int32(parts.map { $0[place] }) }
        }
    }

    mutating func merge(_ other: TextMeter) {
        means.mergeEach(other.means)
        bleus.mergeEach(other.bleus)
        chrFs.mergeEach(other.chrFs)
        words.merge(other.words)
        characters.merge(other.characters)
        edits.merge(other.edits)
    }

    /// Texts and references as the metrics take them.
    struct Pairs {
        private let pairs: Result<TextPairs, MetricError>

        init(_ answers: TextColumn, _ references: TextLists, _ places: ExamplePlaces) {
            let own: TextPairs.Places =
                switch places {
                case .consecutive(let first): .consecutive(from: first)
                case .listed(let rows): .listed(rows)
                }
            pairs = Result { () throws(MetricError) in
                try TextPairs(
                    hypotheses: Texts(bytes: answers.bytes, ends: answers.ends),
                    references: references, places: own)
            }
        }

        /// The metric, told of all rows; its examples are in their order.
        func counted<Metric: TextMetric>(_ metric: Metric) throws(MetricError) -> Metric {
            var metric = metric
            let pairs = try pairs.get()
            try metric.add(pairs, rows: 0..<pairs.count)
            return metric
        }
    }
}
