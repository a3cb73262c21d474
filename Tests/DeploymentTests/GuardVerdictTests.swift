import CairnCore
import Testing

@testable import Deployment

/// A verdict is decided by what is stored of it, and by nothing else.
@Suite struct GuardVerdictTests {
    /// The verdict that bad traffic leads to under one guard.
    private static func verdict(_ kind: Plan.Guard.Kind) throws -> GuardVerdict {
        var plan = Scene.plan()
        plan.guards = [.init(name: "it", kind: kind)]
        var scene = try Scene.rollingOut(plan)
        for round in 0..<40 where scene.target.attempt?.evidence.verdicts.isEmpty == true {
            scene.sequence += 1
            let epoch = scene.target.route.epoch
            func count(_ arm: Arm, _ failures: Int, _ score: Double, _ slow: Int)
                -> Event.Outcomes
                .Count
            {
                var count = Event.Outcomes.Count(
                    epoch: epoch, arm: arm, requests: 100, failures: failures,
                    scores: ScoreSum(count: 40, sum: 40 * score + Double(round % 3)))
                _ = count.latencies.add(100 - slow, in: 200)
                _ = count.latencies.add(slow, in: 300)
                return count
            }
            try scene.send(
                .outcomes(
                    .init(
                        reporter: "r", incarnation: 1, sequence: scene.sequence,
                        counts: [count(.stable, 1, 0.9, 4), count(.candidate, 20, 0.5, 30)],
                        pairs: [.init(epoch: epoch, wins: 1, losses: 9)])))
        }
        return try #require(scene.target.attempt?.evidence.verdicts["it"])
    }

    static let kinds: [Plan.Guard.Kind] = [
        .failureRate(bound: 0.1, requestsMin: 50), .armEProcess(alpha: 0.01),
        .slowEProcess(alpha: 0.01), .scoreMeans(alpha: 0.01, effect: 0.5),
        .pairedMixture(alpha: 0.01),
    ]

    @Test(arguments: kinds) func aVerdictComesOutAgainFromItsInputs(kind: Plan.Guard.Kind) throws {
        let verdict = try Self.verdict(kind)
        #expect(verdict.isConfirmed)
        #expect(verdict.kind == kind.word)
        #expect(verdict.statistic >= verdict.bound)
        #expect(!verdict.inputs.lines.isEmpty)
        #expect(try #require(verdict.detectable) > 0)
    }

    @Test(arguments: kinds) func changedInputsAreNotConfirmed(kind: Plan.Guard.Kind) throws {
        var verdict = try Self.verdict(kind)
        switch verdict.inputs {
        case .rate(let counts):
            verdict.inputs = .rate(Counts(requests: counts.requests, failures: 0))
        case .arms(let all):
            verdict.inputs = .arms(
                all.map { .init(weight: $0.weight, candidate: 0, reference: $0.reference) })
        case .means(let numbers): verdict.inputs = .means(Array(numbers.dropLast()))
        case .pairs(let wins, let losses): verdict.inputs = .pairs(wins: losses, losses: wins + 1)
        case .bits, .windows, .cells: Issue.record("no guard has the inputs of a watch")
        case .measured(_, let limit, let isLeast):
            verdict.inputs = .measured([limit], limit: limit, isLeast: isLeast)
        }
        #expect(!verdict.isConfirmed)
    }

    /// Two guards at alpha 0.01: the first needs 1/0.005, the one behind it then 1/0.01.
    @Test func holmSharesAlphaStepByStep() throws {
        var plan = Scene.plan()
        plan.guards = [
            .init(name: "a", kind: .armEProcess(alpha: 0.01)),
            .init(name: "b", kind: .pairedMixture(alpha: 0.01)),
        ]
        var evidence = Evidence(plan: plan)
        let before = evidence.bounds(of: plan)
        #expect(abs(before["a"]! - 5.298317366548036) < 1e-12)
        #expect(before["a"] == before["b"])
        evidence.add(.init(epoch: 1, wins: 0, losses: 40))
        let after = evidence.bounds(of: plan)
        #expect(abs(after["b"]! - 5.298317366548036) < 1e-12)
        #expect(abs(after["a"]! - 4.605170185988092) < 1e-12)
        plan.rules = 1
        #expect(evidence.bounds(of: plan) == before)
    }
}
