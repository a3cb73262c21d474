import CairnCore
import CairnTestKit
import Testing

@testable import Statistics

@Suite struct SequentialTests {
    /// Random failures under a relative risk, with the weight moving as in a rollout.
    private func failures(
        _ count: Int, risk: Double, _ random: inout SeededRandom
    ) -> [(weight: Double, isCandidate: Bool)] {
        let steps = [0.05, 0.1, 0.25, 0.5]
        return (0..<count).map { index in
            let weight = steps[index * steps.count / count]
            let chance = weight * risk / (weight * risk + 1 - weight)
            return (weight, random.coin(chance))
        }
    }

    /// Ville: the chance that the evidence ever reaches 1/α is at most α. 400 streams at 5 %: more
    /// than 38 have a chance below 1e-4.
    @Test func equalArmsSeldomLookDifferent() {
        let rejected = (1...400).count { seed in
            var random = SeededRandom(seed: UInt64(seed))
            var process = ArmEProcess()
            for failure in failures(400, risk: 1, &random) {
                process.add(
                    failuresCandidate: failure.isCandidate ? 1 : 0,
                    failuresStable: failure.isCandidate ? 0 : 1, weight: failure.weight)
            }
            return process.rejects(atLevel: 0.05)
        }
        #expect(rejected <= 38, "\(rejected) of 400")
    }

    @Test func aWorseCandidateIsFound() {
        let found = (1...100).count { seed in
            var random = SeededRandom(seed: UInt64(seed))
            var process = ArmEProcess()
            for failure in failures(400, risk: 3, &random) {
                process.add(
                    failuresCandidate: failure.isCandidate ? 1 : 0,
                    failuresStable: failure.isCandidate ? 0 : 1, weight: failure.weight)
            }
            return process.rejects(atLevel: 0.01)
        }
        #expect(found >= 99, "\(found) of 100")
    }

    @Test(arguments: seeds) func aggregatesEqualEventsOneByOne(seed: UInt64) {
        var random = SeededRandom(seed: seed)
        var (single, aggregated) = (ArmEProcess(), ArmEProcess())
        for weight in [500, 1000, 2500, 5000] {
            let weight = BasisPoints(weight) ?? .zero
            let (candidate, stable) = (random.int(in: 0...60), random.int(in: 0...60))
            aggregated.add(failuresCandidate: candidate, failuresStable: stable, weight: weight)
            for index in 0..<candidate + stable {
                single.add(
                    failuresCandidate: index < candidate ? 1 : 0,
                    failuresStable: index < candidate ? 0 : 1, weight: weight)
            }
            #expect(
                Vectors.agree(
                    aggregated.logEvidence, single.logEvidence, relative: 1e-12, absolute: 1e-11),
                "seed \(seed)")
        }
        #expect(single.peakLogEvidence >= aggregated.peakLogEvidence - 1e-9, "seed \(seed)")
    }

    @Test func oneArmAloneTellsNothing() {
        var process = ArmEProcess()
        process.add(failuresCandidate: 7, failuresStable: 3, weight: .zero)
        process.add(failuresCandidate: 7, failuresStable: 3, weight: .all)
        #expect(process == ArmEProcess())
        #expect(process.alwaysValidP == 1)
        #expect(ArmEProcess(grid: []) == nil)
        #expect(ArmEProcess(grid: [2, 0]) == nil)
    }

    /// A guard that broke once stays broken, whatever comes after.
    @Test func thePeakLatches() {
        var process = ArmEProcess()
        process.add(failuresCandidate: 30, failuresStable: 5, weight: 0.1)
        #expect(process.rejects(atLevel: 0.01))
        process.add(failuresCandidate: 0, failuresStable: 5000, weight: 0.1)
        #expect(process.logEvidence < 0)
        #expect(process.rejects(atLevel: 0.01))
    }

    @Test func hugeCountsStayFinite() {
        var process = ArmEProcess()
        process.add(failuresCandidate: 1 << 50, failuresStable: 1 << 50, weight: 0.01)
        #expect(process.logEvidence.isFinite)
        process.add(failuresCandidate: .max, failuresStable: .max, weight: 0.5)
        #expect(!process.logEvidence.isNaN)
    }

    @Test(arguments: seeds) func storedEvidenceGoesOnAsIfNothingHappened(seed: UInt64) throws {
        var random = SeededRandom(seed: seed)
        var process = ArmEProcess()
        var mixture = try #require(MixtureSPRT(variance: 2, mixingVariance: 0.5))
        var beta = try #require(BetaMixtureTest(rate: 0.3))
        for step in 0..<30 {
            if step % 10 == 5 {
                process = try #require(ArmEProcess(numbers: process.numbers))
                mixture = try #require(MixtureSPRT(numbers: mixture.numbers))
                beta = try #require(BetaMixtureTest(numbers: beta.numbers))
            }
            process.add(failuresCandidate: random.int(in: 0...3), failuresStable: 1, weight: 0.2)
            mixture.add(random.normal(), random.normal())
            beta.add(successes: random.int(in: 0...2), failures: random.int(in: 0...2))
            #expect(ArmEProcess(numbers: process.numbers) == process, "seed \(seed)")
            #expect(MixtureSPRT(numbers: mixture.numbers) == mixture, "seed \(seed)")
            #expect(BetaMixtureTest(numbers: beta.numbers) == beta, "seed \(seed)")
        }
        for cut in process.numbers.indices {
            let short = ArmEProcess(numbers: Array(process.numbers.prefix(cut)))
            #expect(short != process, "seed \(seed)")
        }
    }

    @Test func equalMeansSeldomLookDifferent() throws {
        let rejected = try (1...300).count { seed in
            var random = SeededRandom(seed: UInt64(seed))
            var test = try #require(MixtureSPRT(variance: 1, mixingVariance: 0.05))
            for _ in 0..<200 { test.add(random.normal(), random.normal()) }
            return test.rejects(atLevel: 0.05)
        }
        // 300 streams at 5 %: more than 31 have a chance below 1e-4.
        #expect(rejected <= 31, "\(rejected) of 300")
    }

    @Test func fairCoinsSeldomLookUnfair() throws {
        let rejected = try (1...300).count { seed in
            var random = SeededRandom(seed: UInt64(seed))
            var test = try #require(BetaMixtureTest(rate: 0.5))
            for _ in 0..<200 {
                let success = random.coin(0.5)
                test.add(successes: success ? 1 : 0, failures: success ? 0 : 1)
            }
            return test.rejects(atLevel: 0.05)
        }
        #expect(rejected <= 31, "\(rejected) of 300")
    }

    @Test func aMixtureWithNaNIsInvalidForGood() throws {
        var strict = try #require(MixtureSPRT(variance: 1, mixingVariance: 1))
        strict.add(0, 1)
        strict.add(.nan, 1)
        strict.add(0, 1)
        #expect(strict.status == .invalidInput)
        #expect(strict.logEvidence == nil)
        var lenient = try #require(
            MixtureSPRT(variance: 1, mixingVariance: 1, nanPolicy: .omit))
        lenient.add(.nan, 1)
        #expect(lenient.status == .insufficientData)
        lenient.add(0, 1)
        #expect(lenient.pairCount == 1)
        #expect(MixtureSPRT(variance: 0, mixingVariance: 1) == nil)
    }
}
