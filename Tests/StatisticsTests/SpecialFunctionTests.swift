import CairnCore
import CairnTestKit
import Testing

@testable import Statistics

@Suite struct SpecialFunctionTests {
    @Test(arguments: seeds) func tailsOfTheBetaFunctionAreComplements(seed: UInt64) {
        var random = SeededRandom(seed: seed)
        for _ in 0..<50 {
            let (a, b) = (random.unit() * 200 + 1e-3, random.unit() * 200 + 1e-3)
            let x = random.unit()
            let beta = IncompleteBeta(a: a, b: b, x: x)
            let mirrored = IncompleteBeta(a: b, b: a, x: 1 - x)
            #expect(Vectors.agree(beta.lower + beta.upper, 1, relative: 1e-15), "seed \(seed)")
            #expect(Vectors.agree(beta.lower, mirrored.upper, relative: 1e-10), "seed \(seed)")
        }
    }

    @Test(arguments: seeds) func quantilesUndoTails(seed: UInt64) {
        var random = SeededRandom(seed: seed)
        for _ in 0..<20 {
            let q = max(random.unit(), 1e-15)
            let z = NormalDistribution.upperQuantile(q)
            #expect(Vectors.agree(NormalDistribution.sf(z), q, relative: 1e-11), "seed \(seed)")
            let t = StudentTDistribution(degreesOfFreedom: 0.5 + random.unit() * 100)
            #expect(Vectors.agree(t.sf(t.upperQuantile(q)), q, relative: 1e-11), "seed \(seed)")
            let chi2 = ChiSquaredDistribution(degreesOfFreedom: Double(random.int(in: 1...200)))
            let x = chi2.upperQuantile(q)
            #expect(Vectors.agree(chi2.sf(x), q, relative: 1e-11), "seed \(seed), q \(q)")
        }
    }

    @Test func quantilesReachTheEnds() {
        #expect(NormalDistribution.quantile(0) == -.infinity)
        #expect(NormalDistribution.quantile(1) == .infinity)
        #expect(NormalDistribution.upperQuantile(.leastNonzeroMagnitude).isFinite)
        let t = StudentTDistribution(degreesOfFreedom: 3)
        #expect(t.quantile(0) == -.infinity)
        #expect(t.quantile(1) == .infinity)
        #expect(t.quantile(0.5) == 0)
        #expect(StudentTDistribution(degreesOfFreedom: 1).upperQuantile(1e-300).isFinite)
        #expect(ChiSquaredDistribution(degreesOfFreedom: 2).upperQuantile(1) == 0)
    }

    @Test func farTailsDoNotVanish() {
        let cauchy = StudentTDistribution(degreesOfFreedom: 1)
        #expect(Vectors.agree(cauchy.sf(1e200), 1e-200 / .pi, relative: 1e-12, absolute: 0))
        #expect(cauchy.sf(.infinity) == 0)
        #expect(NormalDistribution.sf(37) > 0)
        #expect(ChiSquaredDistribution(degreesOfFreedom: 1).sf(1400) > 0)
    }

    @Test func argumentsOutsideTheDomainAreNaN() {
        #expect(IncompleteBeta(a: 0, b: 1, x: 0.5).lower.isNaN)
        #expect(IncompleteBeta(a: 1, b: 1, x: 1.5).upper.isNaN)
        #expect(IncompleteGamma(a: -1, x: 1).p.isNaN)
        #expect(IncompleteGamma(a: 1, x: .nan).q.isNaN)
        #expect(NormalDistribution.quantile(1.5).isNaN)
        #expect(StudentTDistribution(degreesOfFreedom: -1).quantile(0.3).isNaN)
        #expect(StudentTDistribution(degreesOfFreedom: .nan).sf(1).isNaN)
        #expect(KolmogorovDistribution.sf(.nan).isNaN)
    }

    @Test func theBinomialSumsToOne() throws {
        for (n, p) in [(1, 0.5), (30, 0.01), (500, 0.3), (2000, 0.999)] {
            let model = try #require(BinomialDistribution(trials: n, probability: p))
            let sum = CompensatedSum(of: (0...n).map(model.pmf)).value
            #expect(Vectors.agree(sum, 1, relative: 1e-12), "n \(n), p \(p): \(sum)")
            let k = Int(Double(n) * p)
            let below = CompensatedSum(of: (0...k).map(model.pmf)).value
            #expect(Vectors.agree(model.cdf(k), below, relative: 1e-11), "n \(n), p \(p)")
            #expect(Vectors.agree(model.cdf(k) + model.sf(k), 1, relative: 1e-14))
        }
        #expect(BinomialDistribution(trials: -1, probability: 0.5) == nil)
        #expect(BinomialDistribution(trials: 1, probability: 1.5) == nil)
    }

    /// Of a long sum one term in many says what all say.
    @Test func theLongKolmogorovSumLeavesNothingOut() {
        for n in [100_001, 250_007] {
            for square in [2.2, 4.0, 18.0, 90.0, 300.0] {
                let d = (square / Double(n)).squareRoot()
                let all = KolmogorovDistribution.oneSidedSF(d, n, every: 1)
                let some = KolmogorovDistribution.oneSidedSF(d, n)
                #expect(all > 0)
                #expect(Vectors.agree(some, all, relative: 1e-12), "n \(n), n d² \(square)")
            }
        }
    }

    /// Where the method changes the value must not.
    @Test func theKolmogorovMethodsMeet() {
        for n in [100, 140, 141, 200, 1000, 100_000, 100_001] {
            let size = Double(n)
            for square in [2.2, 4.0, 18.0] {
                let d = (square / size).squareRoot()
                let (below, above) = (
                    KolmogorovDistribution.sf(d * (1 - 1e-9), sampleSize: n),
                    KolmogorovDistribution.sf(d * (1 + 1e-9), sampleSize: n)
                )
                #expect(Vectors.agree(below, above, relative: 5e-5), "n \(n), n d² \(square)")
            }
        }
        let limit = KolmogorovDistribution.sf(1)
        let large = KolmogorovDistribution.sf(1e-3, sampleSize: 1_000_000)
        #expect(Vectors.agree(large, limit, relative: 2e-3))
    }
}
