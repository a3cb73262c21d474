/// Numbers, trials and requests: how far off, how often, how long.
extension DetailsCollector {
    func numberPart(
        _ answers: ScoreColumn, _ truth: [Double], _ block: PredictionBlock,
        _ context: BlockContext
    ) -> DetailsPart {
        var errors = WideHistogram()
        var part = DetailsPart()
        let stride = max(1, (context.examples.count + 999) / DetailCurve.pointCountMax)
        for row in drawn.rows(of: block) {
            let example = block.examples.place(row)
            errors.add(answers[row] - truth[example])
        }
        var list = WorstList()
        for row in 0..<block.count {
            let example = block.examples.place(row)
            list.add((answers[row] - truth[example]).magnitude, place: example, row: row)
            if example % stride == 0 {
                part.scatter.append(.init(x: truth[example], y: answers[row]))
            }
        }
        part.wide = [.init("error", errors)]
        part.worst = worst(list, "absolute_error", block, context) { row, example in
            (short(truth[example]), short(answers[row]))
        }
        return part
    }

    func trialPart(
        _ tries: [Int32], _ passed: [Int32], _ block: PredictionBlock, _ context: BlockContext
    ) -> DetailsPart {
        var shares = UnitHistogram()
        var list = WorstList()
        for row in 0..<block.count where tries[row] > 0 {
            let share = Double(passed[row]) / Double(tries[row])
            shares.add(share)
            list.add(1 - share, place: block.examples.place(row), row: row)
        }
        var part = DetailsPart()
        part.unit = [.init("share of programs that pass", shares)]
        part.worst = worst(list, "failed_share", block, context) { row, _ in
            ("", "\(passed[row]) of \(tries[row]) pass")
        }
        return part
    }

    func requestPart(
        _ answers: RequestAnswers, _ block: PredictionBlock, _ context: BlockContext
    ) -> DetailsPart {
        var latencies = WideHistogram()
        for row in drawn.rows(of: block) { latencies.add(answers.latencies[row]) }
        var list = WorstList()
        for row in 0..<block.count {
            list.add(answers.latencies[row], place: block.examples.place(row), row: row)
        }
        var part = DetailsPart()
        part.wide = [.init("latency", latencies)]
        part.worst = worst(list, "latency", block, context) { row, _ in
            let tokens = answers.tokenCounts.map { "\($0[row]) tokens" }
            return ("", answers.failed[row] ? "failed" : tokens ?? "")
        }
        return part
    }
}
