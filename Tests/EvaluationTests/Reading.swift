import Evaluation

/// What the tests of this folder read data sets and predictions with.
enum Reading {
    static func examples(
        _ text: String, _ task: EvaluationTask, format: DatasetFormat = .csv,
        labelColumn: String = "label"
    ) throws(InputError) -> Examples {
        try examples([Array(text.utf8)], task, format: format, labelColumn: labelColumn)
    }

    static func examples(
        _ pieces: [[UInt8]], _ task: EvaluationTask, format: DatasetFormat = .csv,
        labelColumn: String = "label"
    ) throws(InputError) -> Examples {
        var reader = ExamplesReader(format: format, task: task, labelColumn: labelColumn)
        for piece in pieces {
            try borrow(piece) { raw throws(InputError) in try reader.append(raw) }
        }
        return try reader.finish()
    }

    static func predictions(_ text: String, _ task: EvaluationTask, _ examples: Examples)
        throws(InputError) -> Predictions
    {
        try predictions([Array(text.utf8)], task, examples)
    }

    static func predictions(_ pieces: [[UInt8]], _ task: EvaluationTask, _ examples: Examples)
        throws(InputError) -> Predictions
    {
        var reader = PredictionsReader(task: task, examples: examples)
        for piece in pieces {
            try borrow(piece) { raw throws(InputError) in try reader.append(raw) }
        }
        return try reader.finish()
    }

    private static func borrow(
        _ bytes: [UInt8], _ body: (UnsafeRawBufferPointer) throws(InputError) -> Void
    ) throws(InputError) {
        try bytes.withUnsafeBytes { raw in
            Result { () throws(InputError) in try body(raw) }
        }.get()
    }

    /// The error that `body` ends with, as a person sees it.
    static func error(_ body: () throws(InputError) -> Void) -> String {
        do throws(InputError) {
            try body()
            return "no error"
        } catch {
            return error.description
        }
    }
}
