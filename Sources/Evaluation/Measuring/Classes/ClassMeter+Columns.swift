import Metrics

extension ClassMeter {
    /// What is kept of each row.
    static func describe(
        _ answers: ClassAnswers, _ truth: ClassColumn, _ context: BlockContext,
        _ columns: inout BlockColumns
    ) {
        columns.set(.correct) { .bits(matches(answers.predicted, truth)) }
        columns.set(.predicted) {
            switch answers.predicted {
            case .uint8(let values): .uint8(values)
            case .int32(let values): .int32(values)
            }
        }
        guard let scores = answers.scores else { return }
        if let positive = context.positive {
            columns.set(.signedScore) { signed(scores, truth, positive) }
            return
        }
        let width = context.scoredClasses.count
        let truth = truth.renumbered(context.columnsOfClasses)
        columns.set(.truthProbability) {
            scores.picked(truth.count) { row in row * width + truth[row] }
        }
        columns.set(.confidence) { scores.largest(width, truth.count) }
        columns.set(.brier) {
            .float64(
                each(scores, truth) { (truth, rows, out) throws(MetricError) in
                    try BrierScore.each(truth: truth, rows: rows, width: width, into: out)
                })
        }
        for column in columns.wanted where column.name.hasPrefix("top_k_accuracy@") {
            guard let k = Int(column.name.dropFirst("top_k_accuracy@".count)) else { continue }
            columns.set(column) {
                let hits = each(scores, truth) { (truth, rows, out) throws(MetricError) in
                    try TopK.each(k, truth: truth, rows: rows, width: width, into: out)
                }
                return .bits(ExampleBits(hits.map { $0 == 1 }))
            }
        }
    }

    /// Values that `Metrics` gives for each row.
    private static func each(
        _ scores: ScoreColumn, _ truth: ClassColumn,
        _ body: (LabelView, ScoreView, UnsafeMutableBufferPointer<Double>) throws(MetricError) ->
            Void
    ) -> [Double] {
        var values = [Double](repeating: .nan, count: truth.count)
        do throws(MetricError) {
            try truth.withView { (truth) throws(MetricError) in
                try scores.withView { (scores) throws(MetricError) in
                    try values.withUnsafeMutableBufferPointer { (out) throws(MetricError) in
                        try body(truth, scores, out)
                    }
                }
            }
        } catch {
            preconditionFailure("the reader let pass: \(error)")
        }
        return values
    }

    private static func matches(_ predicted: ClassColumn, _ truth: ClassColumn) -> ExampleBits {
        guard case .uint8(let a) = predicted, case .uint8(let b) = truth else {
            return ExampleBits((0..<truth.count).map { predicted[$0] == truth[$0] })
        }
        var bytes = [UInt8](repeating: 0, count: (a.count + 7) / 8)
        a.withUnsafeBufferPointer { a in
            b.withUnsafeBufferPointer { b in
                for place in bytes.indices {
                    var byte: UInt8 = 0
                    for bit in 0..<min(8, a.count - 8 * place) {
                        byte |= (a[8 * place + bit] == b[8 * place + bit] ? 1 : 0) << UInt8(bit)
                    }
                    bytes[place] = byte
                }
            }
        }
        return ExampleBits(whole: bytes, count: a.count)
    }

    private static func signed(_ scores: ScoreColumn, _ truth: ClassColumn, _ positive: Int)
        -> ExampleValues
    {
        let isPositive = truth.isClass(positive)
        switch scores {
        case .float32(let values):
            return .float32(values.indices.map { isPositive[$0] == 1 ? values[$0] : -values[$0] })
        case .float64(let values):
            return .float64(values.indices.map { isPositive[$0] == 1 ? values[$0] : -values[$0] })
        }
    }
}

extension ScoreColumn {
    /// One value a row, by its place among all.
    fileprivate func picked(_ count: Int, _ place: (Int) -> Int) -> ExampleValues {
        switch self {
        case .float32(let values):
            values.withUnsafeBufferPointer { values in
                .float32((0..<count).map { values[place($0)] })
            }
        case .float64(let values): .float64((0..<count).map { values[place($0)] })
        }
    }

    fileprivate func largest(_ width: Int, _ count: Int) -> ExampleValues {
        switch self {
        case .float32(let values):
            .float32((0..<count).map { values[$0 * width..<($0 + 1) * width].max() ?? 0 })
        case .float64(let values):
            .float64((0..<count).map { values[$0 * width..<($0 + 1) * width].max() ?? 0 })
        }
    }
}
