import Metrics

/// Blocks of arrays, column by column.
extension ClassRows {
    private enum Field { static let (label, prediction, score, scores) = (0, 1, 2, 3) }

    static func block(
        _ block: ArrayBlock, field: (Int) -> LoadedColumn?, _ context: AnswerContext, _ form: Form
    ) -> RowBlock? {
        let count = block.rows.count
        var predicted: [Int32]?
        if let column = field(Field.prediction) {
            predicted = column.labelPlaces(count) { context.names.place(of: $0) }
            if predicted == nil { return nil }
        }
        var scores: ScoreColumn?
        if form.width > 0 {
            guard
                let found = context.task.isBinary
                    ? binary(field, context, count) : multiclass(field, context, form)
            else { return nil }
            scores = found.scores
            predicted = predicted ?? found.predicted
        } else if field(Field.score) != nil || field(Field.scores) != nil {
            return nil
        }
        guard let predicted else { return nil }
        var made = RowBlock(
            answers: .classes(
                ClassAnswers(predicted: ClassColumn(narrowing: predicted), scores: scores)))
        if let column = field(Field.label) {
            guard let labels = column.labelPlaces(count, { context.truthNames.place(of: $0) })
            else { return nil }
            made.labels = .classes(labels, unknown: [])
        }
        (made.newNames, made.knownNameCount) = (NameTable(), context.names.count)
        return made
    }

    private static func multiclass(
        _ field: (Int) -> LoadedColumn?, _ context: AnswerContext, _ form: Form
    ) -> (scores: ScoreColumn, predicted: [Int32])? {
        guard field(Field.score) == nil, let column = field(Field.scores),
            column.width == form.width, let scores = column.scores
        else { return nil }
        var found: [Int32]?
        scores.withView { found = ProbabilityRows.tops($0, width: form.width) }
        guard let tops = found else { return nil }
        let scored = scoredClasses(of: form, in: context.names)
        let isInOrder = scored.enumerated().allSatisfy { $0.offset == $0.element }
        return (scores, isInOrder ? tops : tops.map { scored[Int($0)] })
    }

    /// A score alone, of the positive class.
    private static func binary(
        _ field: (Int) -> LoadedColumn?, _ context: AnswerContext, _ count: Int
    ) -> (scores: ScoreColumn, predicted: [Int32])? {
        guard case .binary(let positive) = context.task, field(Field.scores) == nil,
            let column = field(Field.score), column.width == 1, let scores = column.scores,
            let own = context.names.place(of: positive), context.names.count == 2,
            let predicted = scores.decided(positive: own, other: 1 - own)
        else { return nil }
        return (scores, predicted)
    }
}

extension ScoreColumn {
    /// The positive class from a half on; `nil` where one is no probability.
    fileprivate func decided(positive: Int32, other: Int32) -> [Int32]? {
        func decided<Value: BinaryFloatingPoint>(_ values: [Value]) -> [Int32]? {
            var areFine = true
            let classes = values.map { value in
                areFine = areFine && value >= 0 && value <= 1
                return value >= 0.5 ? positive : other
            }
            return areFine ? classes : nil
        }
        switch self {
        case .float32(let values): return decided(values)
        case .float64(let values): return decided(values)
        }
    }
}
