import CairnCore
import CairnTestKit
import Testing

@testable import Evaluation
@testable import Statistics

/// Differences in metrics that are no means over examples, here the root of the mean squared error.
@Suite struct ResampledErrorsTests {
    private let metric = EvaluationMetric.rmse

    private func measured(_ errors: [Double], _ examples: ExampleSet) throws -> Measurements {
        var source = ListedBlocks(
            .numbers(.float64(errors)), names: [], classesOfScores: [], rowCount: 64)
        let pass = MeasuringPass(
            [metric], task: .regression, examples: examples, workerCount: 1)
        return try #require(Measurements([try pass.run(&source)]))
    }

    private func compared(_ a: [Double], _ b: [Double]) throws -> VersionComparison.Row {
        let examples = ExampleSet(
            count: a.count, truth: .numbers(Array(repeating: 0, count: a.count)))
        let suite = try Measured.suite(task: .regression, gates: [])
        let side = { (number: VersionNumber, errors: [Double]) in
            ComparedVersion(
                number: number, suite: suite, measurements: try measured(errors, examples))
        }
        return try VersionComparison(
            side(VersionNumber(1, 0, 0), a), side(VersionNumber(1, 1, 0), b), alpha: 0.05,
            basis: ResamplingBasis(examples, task: .regression, workerCount: 2)
        ).rows[0]
    }

    @Test func nineExamplesAreTooFew() throws {
        let row = try compared(Array(repeating: 3, count: 9), Array(repeating: 1, count: 9))
        #expect(row.test == nil)
        #expect(
            row.conclusion
                == .untested(
                    "insufficient data: both versions answered 9 of the same examples, a paired "
                        + "bootstrap takes 10"))
    }

    @Test func tenExamplesThatAllSayTheSameAreEnough() throws {
        let row = try compared(
            (0..<10).map { 3 + Double($0) / 10 }, (0..<10).map { 1 + Double($0) / 20 })
        #expect(row.test?.method == .bootstrap)
        #expect(row.conclusion == .bIsBetter)
    }

    /// Two versions whose errors come from the same distribution differ by chance alone.
    @Test func onFewExamplesChanceIsNotTakenForADifference() throws {
        var random = SeededRandom(seed: 20_261_129)
        let rounds = 150
        var found = 0
        for _ in 0..<rounds {
            let draw = { (0..<12).map { _ in Self.normal(&random) } }
            if try compared(draw(), draw()).conclusion != .noDifferenceShown { found += 1 }
        }
        // At a true rate of 0.05 more are seen once in a thousand times.
        #expect(found <= 17, "\(found) of \(rounds) at alpha 0.05")
    }

    private static func normal(_ random: inout SeededRandom) -> Double {
        NormalDistribution.quantile(Double.random(in: 0.0001..<0.9999, using: &random))
    }
}
