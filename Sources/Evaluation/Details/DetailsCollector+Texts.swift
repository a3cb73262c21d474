import func Glibc.exp

/// Texts, likelihoods and choices.
extension DetailsCollector {
    func likelihoodPart(
        _ answers: LikelihoodAnswers, _ truth: TextColumn?, _ block: PredictionBlock,
        _ context: BlockContext
    ) -> DetailsPart {
        var (losses, lengths) = (WideHistogram(), WideHistogram())
        for row in drawn.rows(of: block) {
            losses.add(Self.nats(answers, row))
            lengths.add(Double(answers.tokenCounts[row]))
        }
        var list = WorstList()
        for row in 0..<block.count {
            list.add(Self.nats(answers, row), place: block.examples.place(row), row: row)
        }
        var part = DetailsPart()
        part.wide = [.init("nats per token", losses), .init("tokens", lengths)]
        part.worst = worst(list, "nats_per_token", block, context) { row, example in
            (
                truth.map { WorstExample.excerpt($0[example]) } ?? "",
                answers.texts.map { WorstExample.excerpt($0[row]) } ?? ""
            )
        }
        return part
    }

    /// −ln of the probability, by token; a text without tokens has none to lose.
    private static func nats(_ answers: LikelihoodAnswers, _ row: Int) -> Double {
        let tokens = answers.tokenCounts[row]
        return tokens > 0 ? -answers.logProbabilities[row] / Double(tokens) : .nan
    }

    /// The choice of the largest likelihood is the answer; its share of all likelihoods is how sure.
    func choicePart(
        _ answers: ChoiceAnswers, _ gold: [Int32], _ block: PredictionBlock,
        _ context: BlockContext
    ) -> DetailsPart {
        var calibration = CalibrationCounts()
        var margins = WideHistogram()
        for row in drawn.rows(of: block) {
            let likelihoods = answers.logLikelihoods[row]
            let right = Int(gold[block.examples.place(row)])
            margins.add(-Self.lead(over: right, likelihoods))
            guard let top = likelihoods.max(), top.isFinite else { continue }
            let all = likelihoods.reduce(0) { $0 + exp($1 - top) }
            let chosen = likelihoods.firstIndex(of: top).map { $0 - likelihoods.startIndex }
            calibration.add(1 / all, isRight: chosen == right)
        }
        var list = WorstList()
        for row in 0..<block.count {
            let example = block.examples.place(row)
            list.add(
                Self.lead(over: Int(gold[example]), answers.logLikelihoods[row]), place: example,
                row: row)
        }
        var part = DetailsPart()
        part.calibration = calibration
        part.wide = [.init("lead of the right choice, in nats", margins)]
        part.worst = worst(list, "lead_of_a_wrong_choice", block, context) { row, example in
            let likelihoods = answers.logLikelihoods[row]
            let top = likelihoods.indices.max { likelihoods[$0] < likelihoods[$1] }
            return (
                "choice \(gold[example])",
                top.map { "choice \($0 - likelihoods.startIndex)" } ?? ""
            )
        }
        return part
    }

    /// By how many nats the best wrong choice is ahead of the right one; negative where it is behind,
    /// NaN where that cannot be said.
    private static func lead(over right: Int, _ likelihoods: ArraySlice<Double>) -> Double {
        let place = likelihoods.startIndex + right
        guard likelihoods.indices.contains(place) else { return .nan }
        var best = -Double.infinity
        for index in likelihoods.indices where index != place {
            best = max(best, likelihoods[index])
        }
        return best - likelihoods[place]
    }

    func textPart(
        _ answers: TextColumn, _ references: TextListColumn, _ block: PredictionBlock,
        _ context: BlockContext
    ) -> DetailsPart {
        var overlaps = UnitHistogram()
        var (lengths, wanted) = (WideHistogram(), WideHistogram())
        for row in drawn.rows(of: block) {
            let range = references.range(block.examples.place(row))
            lengths.add(Double(WordOverlap.letterCount(answers[row])))
            if let first = range.first {
                wanted.add(Double(WordOverlap.letterCount(references.texts[first])))
            }
        }
        var list = WorstList()
        for row in 0..<block.count {
            let example = block.examples.place(row)
            let words = WordOverlap(answers[row])
            var best = 0.0
            for place in references.range(example) {
                best = max(best, words.f1(against: references.texts[place]))
            }
            overlaps.add(best)
            list.add(1 - best, place: example, row: row)
        }
        var part = DetailsPart()
        part.unit = [.init("words in common with the best reference", overlaps)]
        part.wide = [.init("letters of answers", lengths), .init("letters of references", wanted)]
        part.worst = worst(list, "words_not_in_common", block, context) { row, example in
            let reference = references.range(example).first.map { references.texts[$0] }
            return (
                reference.map { WordOverlap.excerpt($0) } ?? "",
                WordOverlap.excerpt(answers[row])
            )
        }
        return part
    }
}
