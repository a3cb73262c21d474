import func Glibc.log

/// Sets of labels: each label of each example is a decision of its own.
extension DetailsCollector {
    func labelPart(
        _ answers: LabelSetAnswers, _ truth: ListColumn<Int32>, _ names: [String],
        _ block: PredictionBlock, _ context: BlockContext
    ) -> DetailsPart {
        let width = names.count
        guard let scores = answers.scores, width > 0 else {
            return missedLabelPart(answers, truth, block, context)
        }
        var curves = classesWithCurves.map {
            DetailsPart.LabelledBins(label: names[$0], bins: RankedBins(.coarse))
        }
        var calibration = CalibrationCounts()
        var (ofPresent, ofAbsent) = (UnitHistogram(), UnitHistogram())
        var isPresent = [Bool](repeating: false, count: width)
        let weights = weights(of: block, context)
        for row in drawn.rows(of: block) {
            let example = block.examples.place(row)
            for label in truth[example] { isPresent[Int(label)] = true }
            let weight = weights?[row] ?? 1
            for (index, label) in classesWithCurves.enumerated() {
                curves[index].bins.add(
                    scores[row * width + label], isPositive: isPresent[label], weight: weight)
            }
            for label in 0..<width {
                let score = scores[row * width + label]
                calibration.add(score, isRight: isPresent[label])
                if isPresent[label] { ofPresent.add(score) } else { ofAbsent.add(score) }
            }
            for label in truth[example] { isPresent[Int(label)] = false }
        }
        var part = DetailsPart()
        part.curves = curves
        part.calibration = calibration
        part.unit = [
            .init("score of labels that are there", ofPresent),
            .init("score of labels that are not", ofAbsent),
        ]
        part.worst = worstLabels(answers, scores, truth, names, block, context)
        return part
    }

    /// By the mean log loss of an example's labels.
    private func worstLabels(
        _ answers: LabelSetAnswers, _ scores: ScoreColumn, _ truth: ListColumn<Int32>,
        _ names: [String], _ block: PredictionBlock, _ context: BlockContext
    ) -> [WorstExample] {
        var list = WorstList()
        for row in 0..<block.count {
            let example = block.examples.place(row)
            var (loss, label) = (0.0, 0)
            var present = truth[example]
            while label < names.count {
                let isPresent = present.first.map { Int($0) == label } ?? false
                if isPresent { present = present.dropFirst() }
                let score = scores[row * names.count + label]
                loss -= log(max(isPresent ? score : 1 - score, scores.epsilon))
                label += 1
            }
            list.add(max(0, loss / Double(names.count)), place: example, row: row)
        }
        return worst(list, "log_loss", block, context) { row, example in
            texts(truth[example], answers.predicted[row], context.names)
        }
    }

    /// Without scores, by how many labels were missed or made up.
    private func missedLabelPart(
        _ answers: LabelSetAnswers, _ truth: ListColumn<Int32>, _ block: PredictionBlock,
        _ context: BlockContext
    ) -> DetailsPart {
        var list = WorstList()
        for row in 0..<block.count {
            let example = block.examples.place(row)
            let wrong = Set(truth[example]).symmetricDifference(answers.predicted[row]).count
            if wrong > 0 { list.add(Double(wrong), place: example, row: row) }
        }
        var part = DetailsPart()
        part.worst = worst(list, "wrong_labels", block, context) { row, example in
            texts(truth[example], answers.predicted[row], context.names)
        }
        return part
    }

    private func texts(
        _ truth: ArraySlice<Int32>, _ predicted: ArraySlice<Int32>, _ names: [String]
    ) -> (String, String) {
        let text = { (places: ArraySlice<Int32>) in
            places.map { names[Int($0)] }.joined(separator: ", ")
        }
        return (text(truth), text(predicted))
    }
}
