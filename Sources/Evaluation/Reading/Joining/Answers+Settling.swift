extension Answers {
    /// The same with classes by their places among all names, in the narrowest type.
    ///
    /// - Parameters:
    ///   - isBad: whether the row that was kept as so many is left out; its names count for nothing.
    ///   - context: learns the names that good rows bring.
    /// - Returns: also the rows whose names are refused.
    func settled(
        _ block: RowBlock, isBad: (Int) -> Bool, _ context: inout AnswerContext
    ) -> (Answers, refused: [(index: Int, text: String)]) {
        if case .labelSets(let answers) = self {
            return answers.settled(block, isBad: isBad, &context)
        }
        guard case .classes(var answers) = self, case .int32(var predicted) = answers.predicted
        else { return (self, []) }
        var refused: [(index: Int, text: String)] = []
        // Of the places from the first new one on; those before it are right already.
        let base = Int(block.knownNameCount)
        var places = [Int32](repeating: -1, count: block.newNames.count)
        for index in predicted.indices {
            let place = Int(predicted[index])
            guard place < 0 || place >= base, !isBad(index) else { continue }
            if place < 0 {
                predicted[index] = context.place(ofOtherThanPositive: place)
                continue
            }
            if places[place - base] < 0 {
                let name = block.newNames[place - base]
                guard let known = context.place(accepting: name) else {
                    refused.append((index, context.refusal(of: name)))
                    continue
                }
                places[place - base] = known
            }
            predicted[index] = places[place - base]
        }
        answers.predicted = ClassColumn(narrowing: predicted)
        return (.classes(answers), refused)
    }

    /// Only these rows.
    func keeping(_ rows: [Int]) -> Answers {
        switch self {
        case .classes(let answers):
            .classes(
                ClassAnswers(
                    predicted: answers.predicted.keeping(rows),
                    scores: answers.scores.map { $0.keeping(rows, of: answers.predicted.count) }))
        case .labelSets(let answers):
            .labelSets(
                LabelSetAnswers(
                    predicted: answers.predicted.keeping(rows),
                    scores: answers.scores.map { $0.keeping(rows, of: answers.predicted.count) }))
        case .numbers(let numbers): .numbers(numbers.keeping(rows, of: numbers.count))
        case .likelihoods(let answers):
            .likelihoods(
                LikelihoodAnswers(
                    logProbabilities: rows.map { answers.logProbabilities[$0] },
                    tokenCounts: rows.map { answers.tokenCounts[$0] },
                    correctTokenCounts: answers.correctTokenCounts.map { counts in
                        rows.map { counts[$0] }
                    },
                    texts: answers.texts.map { $0.keeping(rows) }))
        case .choices(let answers):
            .choices(
                ChoiceAnswers(
                    logLikelihoods: answers.logLikelihoods.keeping(rows),
                    lengths: answers.lengths.map { $0.keeping(rows) }))
        case .texts(let texts): .texts(texts.keeping(rows))
        case .rankings(let scores): .rankings(scores.keeping(rows))
        case .trials(let drawn, let passed):
            .trials(drawn: rows.map { drawn[$0] }, passed: rows.map { passed[$0] })
        case .requests(let answers):
            .requests(
                RequestAnswers(
                    latencies: rows.map { answers.latencies[$0] },
                    tokenCounts: answers.tokenCounts.map { counts in rows.map { counts[$0] } },
                    failed: rows.map { answers.failed[$0] },
                    starts: answers.starts.map { starts in rows.map { starts[$0] } }))
        }
    }

    var count: Int {
        switch self {
        case .classes(let answers): answers.predicted.count
        case .labelSets(let answers): answers.predicted.count
        case .numbers(let numbers): numbers.count
        case .likelihoods(let answers): answers.logProbabilities.count
        case .choices(let answers): answers.logLikelihoods.count
        case .texts(let texts): texts.count
        case .rankings(let scores): scores.count
        case .trials(let drawn, _): drawn.count
        case .requests(let answers): answers.latencies.count
        }
    }
}
