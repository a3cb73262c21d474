import CairnCore
import CairnTestKit
import Testing

@testable import Statistics

@Suite struct CanaryTests {
    private let steady = (0..<20).map { 100 + Double($0 % 7) }

    @Test func tooFewPointsAreNoData() {
        let short = Array(steady.prefix(9))
        let judgement = CanaryJudgement(candidate: short, baseline: steady)
        #expect(judgement.metricClass == .nodata)
        #expect(judgement.reason == "9 candidate and 20 baseline values; needs 10 a side")
        var rule = CanaryRule()
        rule.requiresData = true
        rule.isCritical = true
        let required = CanaryJudgement(candidate: [], baseline: steady, rule: rule)
        #expect(required.metricClass == .nodataFail)
        #expect(required.isCritical)
    }

    @Test func missingErrorsMayMeanThatAllIsWell() {
        var rule = CanaryRule()
        rule.nanHandling = .replaceWithZero
        #expect(CanaryJudgement(candidate: [], baseline: [], rule: rule).metricClass == .pass)
    }

    /// The median does not move when a rare error becomes frequent, so the old rule is blind.
    @Test func rareErrorsAreSeen() {
        let baseline = (0..<60).map { $0 % 20 == 0 ? 0.005 : 0.0 }
        let candidate = (0..<60).map { $0 % 2 == 0 ? 0.005 : 0.0 }
        let judgement = CanaryJudgement(candidate: candidate, baseline: baseline)
        #expect(judgement.metricClass == .high)
        #expect(judgement.shiftRuleClass == .pass)
    }

    @Test func theDirectionDecidesWhatIsBad() {
        var rule = CanaryRule()
        let slower = steady.map { $0 * 1.5 }
        for (direction, metricClass) in [
            (CanaryRule.Direction.increase, CanaryJudgement.Class.high), (.either, .high),
            (.decrease, .pass),
        ] {
            rule.direction = direction
            let judgement = CanaryJudgement(candidate: slower, baseline: steady, rule: rule)
            #expect(judgement.metricClass == metricClass)
        }
    }

    @Test func infinitiesRankAndHaveNoShift() {
        let judgement = CanaryJudgement(
            candidate: steady.map { $0 > 102 ? .infinity : $0 }, baseline: steady)
        #expect(judgement.shift == nil)
        #expect(judgement.meanRatio == nil)
        #expect(judgement.p != nil)
    }

    /// With 3 values a side no shift can be excluded at 98 %.
    @Test func tinySamplesDoNotBoundTheShift() throws {
        let shift = try #require(ShiftInterval([1, 2, 3], [10, 20, 30], confidence: 0.98))
        #expect(shift.low == -.infinity)
        #expect(shift.high == .infinity)
        #expect(shift.estimate == -19)
    }

    @Test(arguments: seeds) func theShiftMovesWithTheData(seed: UInt64) throws {
        var random = SeededRandom(seed: seed)
        let (a, b) = (random.normals(25), random.normals(30))
        let shift = try #require(ShiftInterval(a, b, confidence: 0.95))
        #expect(shift.low <= shift.estimate && shift.estimate <= shift.high, "seed \(seed)")
        let moved = try #require(ShiftInterval(a.map { $0 + 8 }, b, confidence: 0.95))
        #expect(Vectors.agree(moved.estimate, shift.estimate + 8, relative: 1e-12), "seed \(seed)")
    }

    @Test func weightsMustMakeSense() {
        let metrics = [
            CanaryScore.Metric(group: "latency", metricClass: .pass),
            CanaryScore.Metric(group: "errors", metricClass: .high),
        ]
        #expect(CanaryScore(metrics)?.value == 50)
        #expect(CanaryScore(metrics, groupWeights: ["latency": 80])?.value == 80)
        #expect(CanaryScore(metrics, groupWeights: ["latency": 80, "errors": 30]) == nil)
        #expect(CanaryScore(metrics, groupWeights: ["latency": 60, "errors": 30]) == nil)
        #expect(CanaryScore(metrics, groupWeights: ["latency": -1]) == nil)
        #expect(CanaryScore([])?.value == 0)
        #expect(CanaryScore(metrics)?.grade(pass: 75, marginal: 50) == .marginal)
    }
}
