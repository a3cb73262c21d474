import Simulation
import Statistics
import Testing

/// The acceptance of the sequential tests in small; `cairn-bench null-rollouts` has it in full.
@Suite struct SequentialTrialTests {
    private static let plan = RolloutTrial.plan(requestsPerStep: 20_000)

    /// At most 1 %: of 400, more than 12 alarms have a chance below 1e-3.
    @Test func nothingIsRolledBackForNothing() throws {
        let means = { (test: MeansTrial.Test) in
            MeansTrial(test: test, effect: 0, mixingVariance: 0.05, pairs: 250, alpha: 0.01)
        }
        let planned = try #require(
            PlannedTrial(spending: .pocock, looks: 5, effect: 0, pairs: 200, alpha: 0.01))
        let coins = CoinsTrial(contract: 0.5, rate: 0.5, trials: 300, alpha: 0.01)
        let guards = [0.01, 0.003, 0.05].map { RolloutTrial.Guard(rate: $0, risk: 1) }
        let trials: [any SequentialTrial] = [
            RolloutTrial(steps: Self.plan, guards: [guards[0]], alpha: 0.01),
            RolloutTrial(
                steps: RolloutTrial.plan(requestsPerStep: 2000), guards: guards, alpha: 0.01),
            means(.knownVariance), means(.student), planned, coins,
        ]
        for (index, trial) in trials.enumerated() {
            let summary = TrialSummary(of: trial, count: 400, seed: 11)
            #expect(summary.alarmCount <= 12, "trial \(index): \(summary.alarmCount) of 400")
        }
    }

    /// The goals of a rollout's guard: 1 % errors to 5, 10 and 2 %.
    @Test func aWorseCandidateIsRolledBackInTime() throws {
        let at5 = [RolloutTrial.Step(weight: 0.05, requests: 100_000)]
        for (steps, risk, limit) in [(at5, 5.0, 3000), (at5, 10, 1000), (Self.plan, 2, 25_000)] {
            let trial = RolloutTrial(
                steps: steps, guards: [.init(rate: 0.01, risk: risk)], alpha: 0.01)
            let summary = TrialSummary(of: trial, count: 200, seed: 5)
            #expect(summary.worse.count == 200, "risk \(risk): \(summary.worse.count) of 200")
            let median = try #require(summary.medianTime)
            #expect(median <= limit, "risk \(risk): \(median) requests")
        }
    }

    @Test func theBoundIsClopperAndPearsons() throws {
        // SciPy 1.17.1: binomtest(74, 10_000).proportion_ci(0.998, "exact").high
        let bound = try #require(
            Proportion(successes: 74, trials: 10_000)?.exactUpperBound(confidence: 0.999))
        #expect((bound - 0.010447191896712286).magnitude < 1e-9)
        let none = try #require(
            Proportion(successes: 0, trials: 400)?.exactUpperBound(confidence: 0.999))
        #expect((none - 0.017121126999969098).magnitude < 1e-9)
        #expect(Proportion(successes: 4, trials: 4)?.exactUpperBound(confidence: 0.9) == 1)
    }
}
