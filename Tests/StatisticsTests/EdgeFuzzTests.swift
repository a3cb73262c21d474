import CairnCore
import Testing

@testable import Statistics

/// Every entry point under data as nobody wants them: a named status, never NaN, never a crash.
@Suite struct EdgeFuzzTests {
    private func expectNoNaN(_ results: [Any], _ seed: UInt64, _ input: [Any]) {
        for result in results {
            let places = placesOfNaN(in: result)
            #expect(places.isEmpty, "seed \(seed): \(places) of \(result) from \(input)")
        }
    }

    private func expectDecided(
        _ status: TestStatus, _ p: TailProbabilities?, _ seed: UInt64, _ input: [Any]
    ) {
        #expect(status.isDecided == (p != nil), "seed \(seed): \(status) from \(input)")
        guard let p else { return }
        let chances = [p.twoSided, p.greater, p.less]
        #expect(
            chances.allSatisfy { (0...1).contains($0) }, "seed \(seed): \(p) from \(input)")
    }

    @Test(arguments: seeds) func testsOfTwoSamples(seed: UInt64) {
        var random = SeededRandom(seed: seed)
        for _ in 0..<120 {
            let (a, b) = (random.oddSample(), random.oddSample())
            let policy = random.coin(0.5) ? NaNPolicy.reject : .omit
            let paired = (Array(a.prefix(b.count)), Array(b.prefix(a.count)))
            let (level, margin) = (random.oddNumber(), random.oddNumber())
            let tests = [
                TTest.welch(a, b, nanPolicy: policy), .pooled(a, b, nanPolicy: policy),
                .paired(paired.0, paired.1, nanPolicy: policy), .paired(a, b, nanPolicy: policy),
            ]
            for test in tests { expectDecided(test.status, test.p, seed, [a, b]) }
            expectNoNaN(tests, seed, [a, b])
            let derived: [Any] = tests.map { test in
                [
                    test.interval()?.low, test.interval()?.high,
                    test.interval(confidence: level)?.low,
                    test.cohensD, test.minimumDetectableEffect(),
                    test.minimumDetectableEffect(alpha: level),
                ]
            }
            expectNoNaN(derived, seed, [a, b, level])
            let nonInferiority = [
                NonInferiorityTest(
                    candidate: a, baseline: b, margin: margin, higherIsBetter: random.coin(0.5),
                    nanPolicy: policy),
                NonInferiorityTest(
                    pairedCandidate: paired.0, baseline: paired.1, margin: margin,
                    nanPolicy: policy),
            ]
            expectNoNaN(nonInferiority, seed, [a, b, margin])
            for test in nonInferiority where test.status != .ok {
                if !test.status.isDecided { #expect(test.verdict() == .inconclusive) }
            }
            let ranks = MannWhitneyTest(a, b, nanPolicy: policy)
            expectDecided(ranks.status, ranks.p, seed, [a, b])
            expectNoNaN(
                [
                    ranks, EffectSize(a, b, nanPolicy: policy),
                    KolmogorovSmirnovTest(a, b, nanPolicy: policy),
                    ShiftInterval(a, b, confidence: level) as Any,
                    ShiftInterval(a, b, confidence: 0.98) as Any,
                ], seed, [a, b, level])
        }
    }

    @Test(arguments: seeds) func resamplingAndJudging(seed: UInt64) {
        var random = SeededRandom(seed: seed)
        for _ in 0..<40 {
            let (a, b) = (random.oddSample(), random.oddSample())
            let level = random.oddNumber()
            for bootstrap in [
                Bootstrap(meanOf: a, resamples: 30, seed: seed),
                Bootstrap(differenceOf: a, b, resamples: 30, seed: seed, nanPolicy: .omit),
                Bootstrap(pairedDifferenceOf: a, b, resamples: 30, seed: seed),
                Bootstrap(meanOf: a, resamples: random.int(in: -1...1), seed: seed),
            ] {
                let bounds = [bootstrap.interval(), bootstrap.interval(confidence: level)]
                expectNoNaN([bootstrap.estimate as Any, bounds], seed, [a, b])
                #expect((bootstrap.status == .ok) == (bounds[0] != nil), "seed \(seed): \(a), \(b)")
            }
            var rule = CanaryRule()
            rule.minimumCount = random.int(in: 0...3)
            rule.nanHandling = random.coin(0.5) ? .remove : .replaceWithZero
            rule.effectMeasure = random.coin(0.5) ? .meanRatio : .a12
            rule.outlierHandling =
                [
                    .keep, .removeSigma(factor: level),
                    .removeInterquartile(factor: 3, reduced: true),
                ][random.int(in: 0...2)]
            if random.coin(0.3) { rule.confidence = level }
            let judgement = CanaryJudgement(candidate: a, baseline: b, rule: rule)
            expectNoNaN([judgement], seed, [a, b, rule])
            #expect(!judgement.reason.isEmpty)
            _ = MeanInequality.classify(candidate: a, baseline: b)
            let fences = [
                OutlierFences.interquartile(a), OutlierFences.interquartile(a, factor: level),
                OutlierFences.sigma(a), OutlierFences.sigma(a, factor: level),
            ]
            if !level.isNaN { expectNoNaN([fences], seed, [a, level]) }
            let vectors = a.map { [$0, 1] }
            expectNoNaN(
                [MaximumMeanDiscrepancy(vectors, b.map { [$0, 2] }, permutations: 5, seed: 1)],
                seed, [a, b])
            if let sample = SortedSample(a) {
                expectNoNaN(
                    [sample.quantile(level) as Any, sample.median as Any], seed, [a, level])
            }
        }
    }

    @Test(arguments: seeds) func testsOfCounts(seed: UInt64) {
        var random = SeededRandom(seed: seed)
        for _ in 0..<100 {
            let counts = (0..<4).map { _ in random.oddCount() }
            let rate = random.oddNumber()
            let table = [[counts[0], counts[1]], [counts[2], counts[3]]]
            let proportions = TwoProportionTest(
                successesA: counts[0], trialsA: counts[1], successesB: counts[2],
                trialsB: counts[3])
            expectDecided(proportions.status, proportions.p, seed, counts)
            let binomial = BinomialTest(
                successes: counts[0], trials: counts[1], probability: rate)
            expectDecided(binomial.status, binomial.p, seed, [counts, rate])
            expectNoNaN(
                [
                    proportions, proportions.newcombe() as Any,
                    proportions.newcombe(confidence: rate) as Any,
                    proportions.standardError as Any,
                    proportions.a?.wilson() as Any, proportions.a?.wilson(confidence: rate) as Any,
                    binomial, ChiSquareTest.contingency(table),
                    ChiSquareTest.contingency(table, yates: true),
                    ChiSquareTest.goodnessOfFit(
                        observed: counts, probabilities: [0.25, 0.25, 0.25, 0.25]),
                    ChiSquareTest.goodnessOfFit(
                        observed: [counts[0], 3], probabilities: [rate, 1 - rate]),
                    McNemarTest(onlyACorrect: counts[0], onlyBCorrect: counts[1]),
                    PopulationStability(referenceCounts: counts, currentCounts: counts.reversed()),
                    PopulationStability(
                        referenceCounts: counts, currentCounts: counts, epsilon: rate),
                    JensenShannon(counts.map(Double.init), (0..<4).map { _ in random.oddNumber() }),
                ], seed, [counts, rate])
            _ = proportions.nonInferiority(margin: rate, alpha: random.oddNumber())
            let pValues = (0..<random.int(in: 0...4)).map { _ in random.oddNumber() }
            expectNoNaN([MultipleTesting(pValues)], seed, pValues)
            // The exact test walks over tables; the largest ones are for the speed test.
            let small = table.map { $0.map { min($0, 100_000) } }
            let fisher = FisherExactTest(small)
            expectDecided(fisher.status, fisher.p, seed, small)
            expectNoNaN([fisher], seed, small)
        }
    }

    @Test(arguments: seeds) func stability(seed: UInt64) {
        var random = SeededRandom(seed: seed)
        for _ in 0..<60 {
            let (a, b) = (random.oddSample(), random.oddSample())
            let policy = random.coin(0.5) ? NaNPolicy.reject : .omit
            let tests = [
                PopulationStability(
                    reference: a, current: b, bins: random.int(in: -1...12), nanPolicy: policy),
                PopulationStability(
                    reference: a, current: b, edges: random.oddSample(), nanPolicy: policy),
            ]
            for test in tests where test.status != .invalidInput {
                expectNoNaN([test], seed, [a, b])
                let level = random.oddNumber()
                expectNoNaN([test.nullThreshold(alpha: level) as Any], seed, [a, b, level])
                _ = (test.isDrift(alpha: level), test.isCalibrated)
            }
        }
    }
}
