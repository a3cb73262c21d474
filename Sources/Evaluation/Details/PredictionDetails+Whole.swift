extension PredictionDetails {
    /// Of predictions that were read as a whole.
    ///
    /// - Parameter predictions: of these examples, read for this task.
    public static func of(
        _ predictions: Predictions, _ examples: Examples, _ task: EvaluationTask
    ) -> PredictionDetails {
        let set = ExampleSet(examples, predictions)
        var collector = DetailsCollector(task, set)
        let context: BlockContext
        let answers: Answers
        switch predictions {
        case .classes(let classes):
            context = BlockContext(
                task: task, examples: set, names: classes.names,
                scoredClasses: classes.scoredClasses)
            answers = .classes(
                ClassAnswers(
                    predicted: .int32(classes.predicted),
                    scores: classes.scores.map { .float64($0) }
                ))
        case .numbers(let numbers):
            context = BlockContext(task: task, examples: set)
            answers = .numbers(.float64(numbers))
        case .likelihoods(let texts):
            context = BlockContext(task: task, examples: set)
            answers = .likelihoods(
                LikelihoodAnswers(
                    logProbabilities: texts.logProbabilities,
                    tokenCounts: texts.tokenCounts.map { Int32(clamping: $0) },
                    correctTokenCounts: texts.correctTokenCounts?.map { Int32(clamping: $0) },
                    texts: texts.texts.map(TextColumn.init)))
        }
        let block = PredictionBlock(
            count: examples.count, examples: .consecutive(from: 0), answers: answers)
        collector.take(collector.part(of: block, context))
        return collector.details
    }
}

extension ExampleSet {
    /// - Parameter predictions: name the classes in their order, which may be more than the data set's.
    fileprivate init(_ examples: Examples, _ predictions: Predictions) {
        var truth: Truth
        switch (examples.truth, predictions) {
        case (.classes, .classes(let classes)):
            truth = .classes(.int32(classes.truth), names: classes.names)
        case (.classes(let places, let names), _): truth = .classes(.int32(places), names: names)
        case (.numbers(let numbers), _): truth = .numbers(numbers)
        case (.texts(let texts), _): truth = .texts(texts.map(TextColumn.init))
        }
        self.init(count: examples.count, truth: truth, ids: examples.ids.map(TextColumn.init))
    }
}

extension TextColumn {
    fileprivate init(_ texts: [String]) {
        self.init()
        for text in texts { append(text.utf8) }
    }
}
