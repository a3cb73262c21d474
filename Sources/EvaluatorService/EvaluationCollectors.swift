import Evaluation

/// What looks at the blocks of the first repeat beside the metrics, in the same pass: all of it stands
/// here.
struct EvaluationCollectors: Sendable {
    /// What reports draw.
    private(set) var details: DetailsCollector
    /// Scores and outputs, for live traffic to be compared with.
    private(set) var reference = ReferenceCollector()

    init(_ task: EvaluationTask, _ examples: ExampleSet) {
        details = DetailsCollector(task, examples)
    }

    /// In one order, in which they also come back.
    var all: [any BlockCollector] {
        get { [details, reference] }
        set {
            guard let details = newValue.first as? DetailsCollector,
                let reference = newValue.last as? ReferenceCollector
            else { preconditionFailure("collectors came back in another order") }
            (self.details, self.reference) = (details, reference)
        }
    }
}
