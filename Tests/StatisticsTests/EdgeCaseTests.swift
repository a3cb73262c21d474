import CairnTestKit
import Testing

@testable import Statistics

/// What the tests say of data that are not as they should be.
@Suite struct EdgeCaseTests {
    @Test func invalidComesBeforeInsufficient() {
        #expect(TTest.welch([.nan], [1]).status == .invalidInput)
        #expect(TTest.welch([.infinity], []).status == .invalidInput)
        #expect(TTest.paired([1], [1, .nan]).status == .invalidInput)
        #expect(MannWhitneyTest([.nan], []).status == .invalidInput)
        #expect(KolmogorovSmirnovTest([], [.nan]).status == .invalidInput)
        #expect(ChiSquareTest.contingency([[-1, 0], [0, 0]]).status == .invalidInput)
        #expect(
            TwoProportionTest(successesA: 2, trialsA: 1, successesB: 0, trialsB: 0).status
                == .invalidInput)
        #expect(MultipleTesting([]).status == .insufficientData)
        #expect(MultipleTesting([0.5, .nan]).status == .invalidInput)
    }

    @Test func omitDropsNaNBeforeEverythingElse() {
        #expect(
            TTest.welch([1, .nan, 2], [3, 5], nanPolicy: .omit) == TTest.welch([1, 2], [3, 5]))
        #expect(
            TTest.paired([1, .nan, 2, 4], [2, 3, .nan, 9], nanPolicy: .omit)
                == TTest.paired([1, 4], [2, 9]))
        #expect(TTest.welch([.nan, 1], [3, 5], nanPolicy: .omit).status == .insufficientData)
        #expect(TTest.welch([.infinity, 1], [3, 5], nanPolicy: .omit).status == .invalidInput)
        #expect(
            MannWhitneyTest([.nan, 1], [2], nanPolicy: .omit) == MannWhitneyTest([1], [2]))
        #expect(
            KolmogorovSmirnovTest([.nan, 1], [2], nanPolicy: .omit)
                == KolmogorovSmirnovTest([1], [2]))
    }

    @Test func withoutVariationNothingOrEverythingIsSaid() {
        let same = TTest.paired([0.1, 0.2], [0.1, 0.2])
        #expect(same.status == .degenerateEqual)
        #expect(same.interval() == Interval(low: 0, high: 0))
        let lower = TTest.welch([1, 1], [2, 2])
        #expect(lower.status == .degenerateDifferent)
        #expect(lower.t == -.infinity)
        #expect(lower.p == TailProbabilities(twoSided: 0, greater: 1, less: 0))
        #expect(lower.minimumDetectableEffect() == nil)
        #expect(EffectSize([2, 2], [1, 1]).cohensD == .infinity)
        #expect(EffectSize([1, 1], [1, 1]).cohensD == 0)
    }

    @Test func aTinySpreadBesideAHugeConstantIsSeen() {
        let test = TTest.welch([1e300, 1e300, 1e300], [1, 2, 3])
        #expect(test.status == .ok)
        let wanted = (1.0 / 3).squareRoot()
        #expect(Vectors.agree(test.standardError ?? .nan, wanted, relative: 1e-12))
    }

    @Test func infinitiesRank() {
        let test = MannWhitneyTest([.infinity, 5], [-.infinity, 1])
        #expect(test.u1 == 4)
        #expect(KolmogorovSmirnovTest([.infinity], [-.infinity]).statistic == 1)
        #expect(SortedSample([-.infinity, .infinity])?.median?.isNaN == false)
    }

    @Test func theRightQuestionForAPromotion() {
        let (candidate, baseline) = ([0.90, 0.91, 0.92, 0.90], [0.91, 0.91, 0.92, 0.91])
        let test = NonInferiorityTest(candidate: candidate, baseline: baseline, margin: 0.05)
        #expect(test.verdict() == .pass)
        let few = NonInferiorityTest(candidate: [0.9, 0.7], baseline: [0.91, 0.8], margin: 0.01)
        #expect(few.verdict() == .inconclusive)
        let worse = NonInferiorityTest(
            candidate: candidate.map { $0 - 0.3 }, baseline: baseline, margin: 0.05)
        #expect(worse.verdict() == .fail)
        #expect(
            NonInferiorityTest(candidate: [], baseline: [], margin: 0.1).verdict() == .inconclusive)
        let latency = NonInferiorityTest(
            candidate: [100, 110, 105], baseline: [100, 108, 106], margin: 20,
            higherIsBetter: false)
        #expect(latency.verdict() == .pass)
    }

    @Test func pairingShowsWhatIndependentSamplesHide() {
        let baseline = [0.1, 0.5, 0.9, 0.3, 0.7]
        let candidate = baseline.map { $0 - 0.001 + ($0 > 0.4 ? 0.0001 : 0) }
        let paired = NonInferiorityTest(
            pairedCandidate: candidate, baseline: baseline, margin: 0.01)
        let independent = NonInferiorityTest(
            candidate: candidate, baseline: baseline, margin: 0.01)
        #expect(paired.verdict() == .pass)
        #expect(independent.verdict() == .inconclusive)
    }

    @Test func newcombeBoundsDecideOnRates() {
        let rates = { (a: Int, b: Int, n: Int) in
            TwoProportionTest(successesA: a, trialsA: n, successesB: b, trialsB: n)
        }
        #expect(rates(9900, 9900, 10_000).nonInferiority(margin: 0.01) == .pass)
        #expect(rates(9, 10, 10).nonInferiority(margin: 0.01) == .inconclusive)
        #expect(rates(9000, 9900, 10_000).nonInferiority(margin: 0.01) == .fail)
        #expect(rates(0, 0, 0).nonInferiority(margin: 0.01) == .inconclusive)
    }

    @Test func theDetectableEffectShrinksWithTheSample() throws {
        let small = try #require(MinimumDetectableEffect.of(standardError: 1))
        #expect(Vectors.agree(small, 1.959963984540054 + 0.8416212335729143, relative: 1e-12))
        #expect(MinimumDetectableEffect.of(standardError: 0.5) == small / 2)
        #expect(MinimumDetectableEffect.of(standardError: -1) == nil)
    }

    @Test func theExactBinomialTestAgreesWithItsSum() throws {
        for (k, n, p) in [(3, 10, 0.5), (0, 20, 0.1), (17, 20, 0.8), (5, 10, 0.5), (2, 7, 0.99)] {
            let model = try #require(BinomialDistribution(trials: n, probability: p))
            let limit = model.pmf(k) * (1 + 1e-7)
            let sum = (0...n).map(model.pmf).filter { $0 <= limit }.reduce(0, +)
            let test = BinomialTest(successes: k, trials: n, probability: p)
            #expect(Vectors.agree(test.p?.twoSided ?? .nan, sum, relative: 1e-10), "\(k) of \(n)")
        }
        #expect(
            BinomialTest(successes: 5, trials: 4, probability: 0.5).status == .invalidInput)
        #expect(
            BinomialTest(successes: 0, trials: 0, probability: 0.5).status == .insufficientData)
    }

    @Test func theDifferencesAreNeverListed() throws {
        let (a, b) = ([3.0, 1.5, -2, 8, 1.5], [0.5, 4, -7])
        let listed = a.flatMap { x in b.map { x - $0 } }.sorted()
        let differences = try #require(PairwiseDifferences(a, b))
        for (index, difference) in listed.enumerated() {
            #expect(differences.smallest(index + 1) == difference)
        }
        #expect(PairwiseDifferences([], b) == nil)
        #expect(PairwiseDifferences([.infinity], b) == nil)
    }
}
