/// Some rows of a block, as a block: how slices and resamples are measured like the whole.
extension PredictionBlock {
    func rows(_ rows: [Int32]) -> PredictionBlock {
        PredictionBlock(
            count: rows.count, examples: .listed(rows.map { Int32(examples.place(Int($0))) }),
            answers: answers.rows(rows, of: count))
    }
}

extension Answers {
    fileprivate func rows(_ rows: [Int32], of count: Int) -> Answers {
        switch self {
        case .classes(let answers):
            .classes(
                ClassAnswers(
                    predicted: answers.predicted.rows(rows),
                    scores: answers.scores?.rows(rows, of: count)))
        case .labelSets(let answers):
            .labelSets(
                LabelSetAnswers(
                    predicted: answers.predicted.rows(rows),
                    scores: answers.scores?.rows(rows, of: count)))
        case .numbers(let values): .numbers(values.rows(rows, of: count))
        case .likelihoods(let answers): .likelihoods(answers.rows(rows))
        case .choices(let answers):
            .choices(
                ChoiceAnswers(
                    logLikelihoods: answers.logLikelihoods.rows(rows),
                    lengths: answers.lengths?.rows(rows)))
        case .texts(let texts): .texts(texts.rows(rows))
        case .rankings(let scores): .rankings(scores.rows(rows))
        case .trials(let drawn, let passed):
            .trials(drawn: drawn.rows(rows), passed: passed.rows(rows))
        case .requests(let answers):
            .requests(
                RequestAnswers(
                    latencies: answers.latencies.rows(rows),
                    tokenCounts: answers.tokenCounts?.rows(rows),
                    failed: answers.failed.rows(rows), starts: answers.starts?.rows(rows)))
        }
    }
}

extension LikelihoodAnswers {
    fileprivate func rows(_ rows: [Int32]) -> LikelihoodAnswers {
        LikelihoodAnswers(
            logProbabilities: logProbabilities.rows(rows), tokenCounts: tokenCounts.rows(rows),
            correctTokenCounts: correctTokenCounts?.rows(rows), texts: texts?.rows(rows))
    }
}

extension Array {
    fileprivate func rows(_ rows: [Int32]) -> [Element] { rows.map { self[Int($0)] } }
}

extension ClassColumn {
    fileprivate func rows(_ rows: [Int32]) -> ClassColumn {
        switch self {
        case .uint8(let values): .uint8(values.rows(rows))
        case .int32(let values): .int32(values.rows(rows))
        }
    }
}

extension ScoreColumn {
    /// - Parameter count: of all rows, which have equally many values.
    fileprivate func rows(_ rows: [Int32], of count: Int) -> ScoreColumn {
        let width = count > 0 ? self.count / count : 1
        switch self {
        case .float32(let values): return .float32(Self.rows(rows, width, values))
        case .float64(let values): return .float64(Self.rows(rows, width, values))
        }
    }

    private static func rows<Value>(_ rows: [Int32], _ width: Int, _ values: [Value]) -> [Value] {
        if width == 1 { return rows.map { values[Int($0)] } }
        var gathered: [Value] = []
        gathered.reserveCapacity(rows.count * width)
        for row in rows {
            gathered.append(contentsOf: values[Int(row) * width..<(Int(row) + 1) * width])
        }
        return gathered
    }
}

extension ListColumn {
    fileprivate func rows(_ rows: [Int32]) -> ListColumn {
        var gathered = ListColumn()
        for row in rows { gathered.append(self[Int(row)]) }
        return gathered
    }
}

extension TextColumn {
    fileprivate func rows(_ rows: [Int32]) -> TextColumn {
        var gathered = TextColumn()
        for row in rows { gathered.append(self[Int(row)]) }
        return gathered
    }
}
