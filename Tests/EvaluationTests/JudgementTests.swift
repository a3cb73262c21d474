import CairnCore
import Evaluation
import Testing

@Suite struct JudgementTests {
    private func judge(
        _ gates: [SuiteGate], _ candidate: Measurements, parent: BaselineResult = .none,
        task: EvaluationTask = .multiclass, repeats: Int = 1
    ) throws -> Judgement {
        let suite = try Measured.suite(task: task, gates: gates, repeats: repeats)
        return Judgement(suite, candidate, parent: parent)
    }

    @Test func thresholdsPassAndFailWithTheirNumbers() throws {
        let candidate = Measured.pair(common: 912, onlyA: 0, onlyB: 0, wrong: 88).a
        let good = try judge([SuiteGate(.accuracy, .atLeast(0.9))], candidate)
        #expect(good.verdict == .pass)
        #expect(good.reasons == ["accuracy 0.912 is at least 0.9"])
        let bad = try judge(
            [SuiteGate(.accuracy, .atMost(1)), SuiteGate(.accuracy, .atLeast(0.91203))], candidate)
        #expect(bad.verdict == .fail)
        #expect(bad.reasons.first == "accuracy 0.912 is not at least 0.91203")
        #expect(bad.gates.map(\.verdict) == [.pass, .fail])
    }

    @Test func aMetricWithoutAValueIsInconclusive() throws {
        let candidate = Measurements([
            Measurement(
                metrics: [MetricValue(.logLoss, .problem("insufficient data: no scores"))],
                examples: ExampleResults(count: 3, columns: [:]))
        ])!
        let judged = try judge([SuiteGate(.logLoss, .atMost(1))], candidate)
        #expect(judged.verdict == .inconclusive)
        #expect(judged.reasons == ["log_loss has no value: insufficient data: no scores"])
    }

    @Test func notWorseThanTheParentNeedsItsBoundAndNotOnlyTheLackOfADifference() throws {
        let gate = try SuiteGate(.accuracy, .notWorseThanParent(by: 0.01))
        let few = Measured.pair(common: 40, onlyA: 1, onlyB: 1, wrong: 8)
        let undecided = try judge([gate], few.b, parent: .measured("v1.0.0", few.a))
        #expect(undecided.verdict == .inconclusive)
        #expect(undecided.reasons[0].contains("was not shown"), "\(undecided.reasons)")
        #expect(undecided.reasons[0].contains("it can see differences from 0."))
        let many = Measured.pair(common: 4_000, onlyA: 10, onlyB: 12, wrong: 978)
        let passed = try judge([gate], many.b, parent: .measured("v1.0.0", many.a))
        #expect(passed.verdict == .pass)
        let worse = Measured.pair(common: 4_000, onlyA: 300, onlyB: 12, wrong: 688)
        let failed = try judge([gate], worse.b, parent: .measured("v1.0.0", worse.a))
        #expect(failed.verdict == .fail)
        #expect(failed.reasons[0].contains("worse by more than 0.01"))
        #expect(failed.reasons[1].hasPrefix("against v1.0.0: 12 of 5000 examples newly right, 300"))
    }

    @Test func lossesAreTestedInTheDirectionThatIsBetter() throws {
        let parent = Measured.losses(.logLoss, (0..<200).map { 1 + Double($0 % 7) / 10 })
        let better = Measured.losses(.logLoss, (0..<200).map { 0.9 + Double($0 % 7) / 10 })
        let worse = Measured.losses(.logLoss, (0..<200).map { 1.1 + Double($0 % 5) / 10 })
        let gate = try SuiteGate(.logLoss, .notWorseThanParent(by: 0.02))
        #expect(try judge([gate], better, parent: .measured("v1", parent)).verdict == .pass)
        #expect(try judge([gate], worse, parent: .measured("v1", parent)).verdict == .inconclusive)
        let muchWorse = Measured.losses(.logLoss, (0..<200).map { 1.5 + Double($0 % 5) / 10 })
        #expect(try judge([gate], muchWorse, parent: .measured("v1", parent)).verdict == .fail)
        #expect(try judge([gate], parent, parent: .measured("v1", parent)).verdict == .pass)
    }

    @Test func repeatsAreTestedByWelch() throws {
        let gate = try SuiteGate(.f1Macro, .notWorseThanParent(by: 0.01))
        let parent = Measured.repeats(.f1Macro, [0.90, 0.91, 0.89, 0.92, 0.90])
        let same = Measured.repeats(.f1Macro, [0.91, 0.90, 0.90, 0.92, 0.91])
        let better = Measured.repeats(.f1Macro, [0.95, 0.94, 0.95, 0.96, 0.95])
        let verdict = { (candidate: Measurements) in
            try judge([gate], candidate, parent: .measured("v1", parent), repeats: 5).verdict
        }
        #expect(try verdict(same) == .pass)
        #expect(try verdict(better) == .pass)
        #expect(try verdict(Measured.repeats(.f1Macro, [0.7, 0.71, 0.72, 0.7, 0.69])) == .fail)
        #expect(
            try verdict(Measured.repeats(.f1Macro, [0.8, 0.99, 0.85, 0.9, 0.95])) == .inconclusive)
    }

    @Test func withoutAParentNothingCanBeWorse() throws {
        let gate = try SuiteGate(.accuracy, .notWorseThanParent(by: 0.01))
        let candidate = Measured.correct([true, false])
        #expect(try judge([gate], candidate).verdict == .pass)
        let missing = try judge(
            [gate], candidate, parent: .missing("v1.0.0", why: "its predictions were not uploaded"))
        #expect(missing.verdict == .inconclusive)
        #expect(missing.reasons[0].contains("v1.0.0: its predictions were not uploaded"))
    }

    @Test func aSuiteWithoutGatesSaysSo() throws {
        let judged = try judge([], Measured.correct([true]))
        #expect(judged.verdict == .pass)
        #expect(judged.reasons == ["the suite has no gates, so nothing was demanded"])
    }

    /// The level holds: when the truth lies exactly on the margin, few samples pass.
    @Test func nonInferiorityOnTheMarginPassesAboutAsOftenAsAlphaSays() throws {
        let gate = try SuiteGate(.accuracy, .notWorseThanParent(by: 0.05))
        var passes = 0
        for seed in UInt64(0)..<400 {
            var random = SeededRandom(seed: seed)
            let draws = (0..<300).map { _ in Double.random(in: 0..<1, using: &random) }
            // Only the parent is right in 10 %, only the candidate in 5 %.
            let parent = Measured.correct(draws.map { $0 < 0.8 })
            let candidate = Measured.correct(draws.map { $0 < 0.7 || ($0 >= 0.8 && $0 < 0.85) })
            let judged = try judge([gate], candidate, parent: .measured("v1", parent))
            if judged.verdict == .pass { passes += 1 }
        }
        #expect((6...36).contains(passes), "\(passes) of 400 passed; about 20 are expected")
    }
}
