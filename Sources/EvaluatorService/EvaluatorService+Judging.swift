import CairnCore
import Evaluation
import Messages
import Ports
import ServiceKit

/// The numbers of an evaluation with what they say.
struct JudgedMeasurements: Sendable {
    let measured: MeasuredEvaluation
    let parent: BaselineResult
    let judgement: Judgement
    /// What serves on the suite's target, where it was asked and answered.
    let stable: StableVersion?

    var measurements: Measurements { measured.measurements }
}

extension EvaluatorService {
    /// Measures an evaluation and holds it against its gates.
    func judge(_ evaluation: StoredEvaluation) async throws -> JudgedMeasurements {
        let suite = evaluation.suite
        progress.begin(evaluation.job.id, "reading", "bytes", at: clock.now())
        let examples = try await examples(of: suite)
        let measured = try await measure(evaluation, on: examples)
        try await keep(measured.collectors, of: evaluation.job.id)
        try await keepInputs(of: suite.dataset)
        progress.begin(evaluation.job.id, "judging", "examples", at: clock.now())
        let parent = try await ledger.parentResult(of: evaluation)
        let (stable, served) = try await stableResult(for: evaluation)
        let basis = ResamplingBasis(examples, suite, workerCount: settings.metricsWorkerCount)
        let judgement = await Compute.run {
            Judgement(suite, measured.measurements, parent: parent, stable: stable, basis: basis)
        }
        return JudgedMeasurements(
            measured: measured, parent: parent, judgement: judgement, stable: served)
    }

    /// A controller that is away makes the verdict inconclusive, and does not hold it up.
    private func stableResult(for evaluation: StoredEvaluation) async throws
        -> (BaselineResult, StableVersion?)
    {
        guard let target = evaluation.suite.options.stableTarget,
            evaluation.suite.gates.contains(where: \.condition.isAgainstStable)
        else { return (.none, nil) }
        let served: StableVersion?
        do {
            served = try await stable.stable(on: target)
        } catch {
            try Task.checkCancellation()
            return (.unknown("\(error)"), nil)
        }
        return (try await ledger.stableResult(of: served, against: evaluation), served)
    }
}

extension ResamplingBasis {
    init(_ examples: ExampleSet, _ suite: EvaluationSuite, workerCount: Int) {
        self.init(
            examples, task: suite.task, zeroDivision: suite.options.zeroDivision,
            seed: suite.options.seed, workerCount: workerCount)
    }
}
