import CairnCore
import CairnTestKit
import Testing

import func Glibc.exp

@testable import Statistics

@Suite struct StudentMixtureTests {
    private func test(_ differences: [Double], mixing: Double = 0.1) throws -> StudentMixtureTest {
        var test = try #require(StudentMixtureTest(mixingVariance: mixing))
        for difference in differences { test.add(0, difference) }
        return test
    }

    /// The evidence is the likelihood of the t statistic, mixed over effects, against that of none:
    /// here by numeric integration over effect and scale, which the formula did on paper.
    @Test func theFormulaIsTheMixture() throws {
        let differences = [0.3, 1.2, -0.4, 0.9, 0.1, 0.7]
        let rho2 = 0.25
        let logs = try #require(try test(differences, mixing: rho2).logEvidence)
        func integral(_ effect: (Double) -> Double) -> Double {
            // dσ/σ on a logarithmic grid, the effect on a grid of its own.
            var sum = 0.0
            for step in -400...400 {
                let sigma = exp(Double(step) / 60)
                for place in -200...200 {
                    let delta = Double(place) / 25
                    let density = effect(delta)
                    if density == 0 { continue }
                    let likelihood = differences.reduce(1.0) {
                        $0 * NormalDistribution.pdf($1 / sigma - delta) / sigma
                    }
                    sum += likelihood * density
                }
            }
            return sum
        }
        let null = integral { $0 == 0 ? 25 : 0 }
        let mixed = integral { NormalDistribution.pdf($0 / rho2.squareRoot()) / rho2.squareRoot() }
        #expect(Vectors.agree(exp(logs), mixed / null, relative: 1e-6), "\(mixed / null)")
    }

    @Test(arguments: seeds.prefix(5)) func theUnitDoesNotMatter(seed: UInt64) throws {
        var random = SeededRandom(seed: seed)
        let differences = random.normals(50, mean: 0.4)
        let plain = try test(differences)
        for power in [1e-12, 1e-5, 1e7, 1e12, 1e100] {
            let scaled = try test(differences.map { $0 * power })
            #expect(
                Vectors.agree(
                    scaled.logEvidence ?? .nan, plain.logEvidence ?? .nan, relative: 1e-11))
        }
    }

    @Test func whatHasNoSpreadIsNamed() throws {
        #expect(try test([]).status == .insufficientData)
        #expect(try test([3]).status == .insufficientData)
        let equal = try test([0, 0, 0])
        #expect(equal.status == .degenerateEqual)
        #expect(equal.alwaysValidP == 1)
        let different = try test(Array(repeating: 2, count: 40))
        #expect(different.status == .degenerateDifferent)
        #expect(different.rejects(atLevel: 0.01))
        #expect(try test([1, .infinity]).status == .invalidInput)
        #expect(try test([1, .nan, 2]).status == .invalidInput)
        #expect(StudentMixtureTest(mixingVariance: 0) == nil)
    }

    @Test(arguments: seeds.prefix(10)) func theIntervalAndTheEvidenceAgree(seed: UInt64) throws {
        var random = SeededRandom(seed: seed)
        var test = try #require(StudentMixtureTest(mixingVariance: 0.2))
        for _ in 0..<200 {
            test.add(random.normal(), random.normal() + 0.3)
            guard let interval = test.interval(alpha: 0.05), let logs = test.logEvidence else {
                continue
            }
            // 0 is outside exactly when the evidence of this moment reaches 1/α.
            #expect(interval.contains(0) == !evidence(logs, reaches: 0.05), "seed \(seed)")
        }
        #expect(StudentMixtureTest(numbers: test.numbers) == test)
    }

    @Test func equalMeansSeldomLookDifferent() throws {
        var alarms = 0
        for seed in UInt64(1)...300 {
            var random = SeededRandom(seed: seed)
            var test = try #require(StudentMixtureTest(mixingVariance: 0.05))
            for _ in 0..<200 { test.add(random.normal(), random.normal()) }
            if test.rejects(atLevel: 0.05) { alarms += 1 }
        }
        // At 5 % of 300 more than 30 have a chance below 1e-4.
        #expect(alarms <= 30, "\(alarms) of 300")
    }
}
