import Statistics

/// What a metric that is no mean over examples can be measured again on.
public struct ResamplingBasis: Sendable {
    let examples: ExampleSet
    let task: EvaluationTask
    let zeroDivision: SuiteOptions.ZeroDivision
    /// The examples drawn depend on it alone.
    let seed: UInt64
    let workerCount: Int

    /// - Parameter examples: of the data set on which both versions were measured.
    public init(
        _ examples: ExampleSet, task: EvaluationTask,
        zeroDivision: SuiteOptions.ZeroDivision = .zero, seed: UInt64 = 0, workerCount: Int
    ) {
        (self.examples, self.task, self.zeroDivision) = (examples, task, zeroDivision)
        (self.seed, self.workerCount) = (seed, workerCount)
    }

    var finish: MeterFinish {
        MeterFinish(
            context: BlockContext(task: task, examples: examples),
            zeroDivision: zeroDivision.outcome, workerCount: 1)
    }
}

/// Standard errors of the differences of two versions in metrics that are no means over examples.
///
/// Tests on them are Student's t with n − 1 degrees of freedom, which the normal distribution would
/// make too sure on few examples.
struct ResampledErrors: Sendable {
    /// Of fewer examples, what is drawn again says nothing of examples that were never seen.
    static let fewestExamples = 10

    let exampleCount: Int
    private let errors: [EvaluationMetric: Double]

    /// - Returns: `nil` where no metric can be measured again on what was kept of both.
    init?(
        _ metrics: [EvaluationMetric], _ a: Measurements, _ b: Measurements,
        _ basis: ResamplingBasis
    ) {
        let wanted = metrics.filter { metric in
            metric.evidence == .resampled && a.mean(of: metric)?.value != nil
                && b.mean(of: metric)?.value != nil
        }
        let (x, y) = (a.repeats[0].examples, b.repeats[0].examples)
        guard x.count == y.count, x.count == basis.examples.count,
            min(a.repeats.count, b.repeats.count) == 1,
            let ofA = Resamplers(wanted, x, basis), let ofB = Resamplers(wanted, y, basis)
        else { return nil }
        let common = Self.common(x, y)
        let count = common?.count ?? x.count
        exampleCount = count
        let found = PairedBootstrap.standardErrors(
            count: count, statisticCount: wanted.count,
            resamples: count < Self.fewestExamples ? 0 : PairedBootstrap.resamples,
            seed: basis.seed, workers: basis.workerCount
        ) { drawn in
            let places = common.map { common in drawn.map { common[Int($0)] } } ?? drawn
            let (left, right) = (ofA.values(places), ofB.values(places))
            return wanted.map { metric in
                guard let x = left[metric], let y = right[metric] else { return nil }
                return y - x
            }
        }
        var errors: [EvaluationMetric: Double] = [:]
        for (metric, error) in zip(wanted, found) {
            guard let error else { continue }
            // Versions that agree on ten examples may differ on the eleventh: the least step of a
            // bounded metric is never nothing, as with Agresti and Min's half an example.
            let least = (metric.quantity.range ?? 0) / Double(count + 2)
            // Draws from n examples scatter as if divided by n, not by n − 1.
            let unbiased = error * (Double(count) / Double(count - 1)).squareRoot()
            errors[metric] = max(unbiased, least)
        }
        self.errors = errors
    }

    subscript(metric: EvaluationMetric) -> Double? { errors[metric] }

    /// Of the difference over its error.
    var distribution: StudentTDistribution {
        StudentTDistribution(degreesOfFreedom: Double(exampleCount - 1))
    }

    /// Why there are no errors; `nil` when examples are enough.
    var shortage: String? {
        exampleCount < Self.fewestExamples
            ? "insufficient data: both versions answered \(exampleCount) of the same examples, a "
                + "paired bootstrap takes \(Self.fewestExamples)"
            : nil
    }

    /// Examples that both answered; `nil`: all.
    private static func common(_ a: ExampleResults, _ b: ExampleResults) -> [Int32]? {
        if a.present == nil, b.present == nil { return nil }
        return (0..<Int32(a.count)).filter { a.isPresent(Int($0)) && b.isPresent(Int($0)) }
    }
}

extension MetricQuantity {
    /// From its least to its greatest value; `nil` where there is none.
    fileprivate var range: Double? {
        switch self {
        case .classes, .labelSets, .choices, .rankings, .trials: 1
        case .numbers, .requests: nil
        case .likelihoods(let quantity): quantity == .tokenAccuracy ? 1 : nil
        case .texts(let quantity):
            switch quantity {
            case .bleu, .sentenceBLEU, .chrF, .translationErrorRate: 100
            case .exactMatch, .squadExactMatch, .squadF1, .rouge, .wordErrorRate,
                .characterErrorRate, .matchErrorRate, .wordInformationLost,
                .wordInformationPreserved:
                1
            }
        }
    }
}
