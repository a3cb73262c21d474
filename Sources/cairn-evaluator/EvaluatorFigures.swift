import Exposition
import Messages

/// The evaluator's status as Prometheus reads it.
enum EvaluatorFigures {
    static func families(_ status: EvaluatorStatus) -> [MetricFamily] {
        [
            .gauge(
                "cairn_evaluator_datasets", "Data sets stored, each version counted.",
                status.datasetCount),
            .gauge("cairn_evaluator_suites", "Suites in force.", status.suiteCount),
            .gauge("cairn_evaluator_evaluations", "Evaluations ordered.", status.evaluationCount),
            .gauge("cairn_evaluator_pending", "Evaluations without a verdict.", status.queuedCount),
            .gauge(
                "cairn_outbox_undelivered_events", "Events that their receiver has not taken yet.",
                status.undeliveredEventCount),
        ]
    }
}
