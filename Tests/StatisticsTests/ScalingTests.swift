import CairnCore
import CairnTestKit
import Testing

@testable import Statistics

/// A metric in other units is the same metric: no verdict changes when the data are multiplied by
/// 10ᵏ, |k| ≤ 12, and no p-value by more than rounding.
@Suite struct ScalingTests {
    private static let powers = (-12...12).filter { $0 != 0 }

    private func scaled(_ values: [Double], _ power: Int) -> [Double] {
        values.map { power > 0 ? $0 * factor(power) : $0 / factor(-power) }
    }

    private func factor(_ power: Int) -> Double {
        (0..<power.magnitude).reduce(1.0) { value, _ in value * 10 }
    }

    private func unit(_ power: Int) -> Double { scaled([1], power)[0] }

    /// Rounding the scaled data moves a statistic in its last digits, more where the samples are
    /// near each other on a large offset.
    private func expectNear(
        _ a: Double?, _ b: Double?, _ what: String, relative: Double = 1e-9,
        sourceLocation: SourceLocation = #_sourceLocation
    ) {
        #expect((a == nil) == (b == nil), "\(what)", sourceLocation: sourceLocation)
        guard let a, let b else { return }
        #expect(
            Vectors.agree(a, b, relative: relative, absolute: 1e-11), "\(what): \(a), \(b)",
            sourceLocation: sourceLocation)
    }

    /// Pairs of samples: usual ones, with ties, zero-inflated rates, constants, one constant.
    private func pairs(_ random: inout SeededRandom) -> [([Double], [Double])] {
        let rates = { (rate: Double, random: inout SeededRandom) in
            (0..<40).map { _ in Double((0..<200).count { _ in random.coin(rate) }) / 200 }
        }
        return [
            (random.normals(20, mean: 0.8), random.normals(20)),
            (random.normals(12, mean: 10), random.normals(30, mean: 10)),
            (random.normals(25, mean: 3).map { ($0 * 2).rounded() }, random.normals(25, mean: 3)),
            (rates(0.01, &random), rates(0.002, &random)),
            (rates(0.005, &random), rates(0.005, &random)),
            (Array(repeating: 3.7, count: 12), Array(repeating: 3.7, count: 12)),
            (Array(repeating: 3.7, count: 12), Array(repeating: 3.9, count: 12)),
            (Array(repeating: 0.3, count: 12), random.normals(12, mean: 0.3)),
        ]
    }

    @Test(arguments: seeds.prefix(2)) func testsOfMeansAndRanks(seed: UInt64) {
        var random = SeededRandom(seed: seed)
        for (index, (a, b)) in pairs(&random).enumerated() {
            let paired = (Array(a.prefix(b.count)), Array(b.prefix(a.count)))
            let tests = { (a: [Double], b: [Double], paired: ([Double], [Double])) in
                [TTest.welch(a, b), .pooled(a, b), .paired(paired.0, paired.1)]
            }
            let plain = tests(a, b, paired)
            let (ranks, gap, effect) = (
                MannWhitneyTest(a, b), KolmogorovSmirnovTest(a, b), EffectSize(a, b)
            )
            for power in Self.powers {
                let what = "seed \(seed), pair \(index), 10^\(power)"
                let (x, y) = (scaled(a, power), scaled(b, power))
                let others = tests(
                    x, y, (scaled(paired.0, power), scaled(paired.1, power)))
                for (one, other) in zip(plain, others) {
                    #expect(one.status == other.status, "\(what)")
                    expectNear(one.t, other.t, what)
                    expectNear(one.p?.twoSided, other.p?.twoSided, what)
                    expectNear(
                        one.meanDifference.map { $0 * unit(power) }, other.meanDifference, what)
                }
                #expect(MannWhitneyTest(x, y) == ranks, "\(what)")
                #expect(KolmogorovSmirnovTest(x, y) == gap, "\(what)")
                let scaledEffect = EffectSize(x, y)
                #expect(scaledEffect.a12 == effect.a12, "\(what)")
                expectNear(scaledEffect.cohensD, effect.cohensD, what)
                expectNear(scaledEffect.hedgesG, effect.hedgesG, what)
                expectNear(scaledEffect.meanRatio, effect.meanRatio, what)
                expectNear(
                    scaledEffect.hodgesLehmann, effect.hodgesLehmann.map { $0 * unit(power) },
                    what)
            }
        }
    }

    @Test(arguments: seeds.prefix(2)) func verdictsOfNonInferiority(seed: UInt64) {
        var random = SeededRandom(seed: seed)
        for (index, (a, b)) in pairs(&random).enumerated() {
            for margin in [0.0, 0.02, 0.5, -0.1] {
                let plain = NonInferiorityTest(candidate: a, baseline: b, margin: margin)
                for power in Self.powers {
                    let other = NonInferiorityTest(
                        candidate: scaled(a, power), baseline: scaled(b, power),
                        margin: margin * unit(power))
                    let what = "seed \(seed), pair \(index), margin \(margin), 10^\(power)"
                    // A constant difference of exactly the margin is decided by rounding.
                    if index == 6 && margin == -0.1 { continue }
                    #expect(other.verdict() == plain.verdict(), "\(what)")
                    expectNear(other.p, plain.p, what)
                }
            }
        }
    }

    @Test(arguments: seeds.prefix(2)) func theCanaryJudge(seed: UInt64) {
        var random = SeededRandom(seed: seed)
        for (index, (a, b)) in pairs(&random).enumerated() {
            for measure in CanaryRule.EffectMeasure.allCases {
                var rule = CanaryRule()
                rule.effectMeasure = measure
                if measure == .a12 { (rule.allowedIncrease, rule.allowedDecrease) = (0.6, 0.4) }
                rule.outlierHandling =
                    seed % 2 == 0 ? .keep : .removeInterquartile(factor: 3, reduced: true)
                let plain = CanaryJudgement(candidate: a, baseline: b, rule: rule)
                for power in Self.powers {
                    let other = CanaryJudgement(
                        candidate: scaled(a, power), baseline: scaled(b, power), rule: rule)
                    let what = "seed \(seed), pair \(index), \(measure), 10^\(power)"
                    #expect(other.metricClass == plain.metricClass, "\(what)")
                    #expect(other.isCritical == plain.isCritical, "\(what)")
                    expectNear(other.p?.greater, plain.p?.greater, what)
                    expectNear(
                        other.shift?.estimate, plain.shift.map { $0.estimate * unit(power) }, what)
                }
            }
        }
    }

    @Test(arguments: seeds.prefix(2)) func theMixtureTest(seed: UInt64) throws {
        var random = SeededRandom(seed: seed)
        let (x, y) = (random.normals(300), random.normals(300, mean: 0.4))
        let run = { (power: Int) throws in
            let square = self.unit(power) * self.unit(power)
            var test = try #require(MixtureSPRT(variance: square, mixingVariance: 0.1 * square))
            var first: Int?
            for (one, other) in zip(self.scaled(x, power), self.scaled(y, power)) {
                test.add(one, other)
                if first == nil && test.rejects(atLevel: 0.01) { first = test.pairCount }
            }
            return (first, test)
        }
        let (first, plain) = try run(0)
        for power in Self.powers {
            let (other, scaled) = try run(power)
            #expect(other == first, "seed \(seed), 10^\(power)")
            expectNear(scaled.logEvidence, plain.logEvidence, "seed \(seed), 10^\(power)")
            expectNear(
                scaled.interval()?.low, plain.interval().map { $0.low * unit(power) },
                "seed \(seed), 10^\(power)")
        }
    }

    /// Standardised with their reference, the detectors raise the same alarms.
    @Test(arguments: seeds.prefix(2)) func standardisedDetectors(seed: UInt64) throws {
        var random = SeededRandom(seed: seed)
        let reference = random.normals(500, mean: 5)
        let stream = random.normals(600, mean: 5) + random.normals(300, mean: 6.6)
        let alarms = { (power: Int) throws in
            let summary = try self.summary(self.scaled(reference, power))
            let values = self.scaled(stream, power).map { ($0 - summary.0) / summary.1 }
            var detectors: [any DriftDetector] = [
                ADWIN(), PageHinkley(), try #require(KSWindow()),
                try #require(CUSUM(mean: 0, slack: 0.5, threshold: 20)),
            ]
            return detectors.indices.map { index in
                values.indices.filter { detectors[index].add(values[$0]).isDrift }
            }
        }
        let plain = try alarms(0)
        #expect(plain.allSatisfy { !$0.isEmpty })
        for power in Self.powers {
            #expect(try alarms(power) == plain, "seed \(seed), 10^\(power)")
        }
    }

    private func summary(_ values: [Double]) throws -> (Double, Double) {
        var summary = NumberSummary(stream: 0)
        for value in values { summary.add(value) }
        return (try #require(summary.mean), try #require(summary.standardDeviation))
    }

    @Test(arguments: seeds.prefix(2)) func stabilityAndSketches(seed: UInt64) throws {
        var random = SeededRandom(seed: seed)
        let (reference, current) = (random.normals(3000), random.normals(2000, mean: 0.3))
        let plain = PopulationStability(reference: reference, current: current)
        let sketch = { (values: [Double], stream: UInt64) in
            var sketch = QuantileSketch(size: 128, stream: stream)
            sketch.add(contentsOf: values)
            return sketch.distribution
        }
        let gap = sketch(reference, 1).largestGap(to: sketch(current, 2))
        for power in Self.powers {
            let (x, y) = (scaled(reference, power), scaled(current, power))
            let other = PopulationStability(reference: x, current: y)
            #expect(other.isDrift() == plain.isDrift(), "seed \(seed), 10^\(power)")
            // An edge between two values may fall on the other side of one of them by rounding.
            expectNear(
                other.index, plain.index, "seed \(seed), 10^\(power)", relative: 0.02)
            #expect(sketch(x, 1).largestGap(to: sketch(y, 2)) == gap, "seed \(seed), 10^\(power)")
        }
    }
}
