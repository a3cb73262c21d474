import CairnCore
import CairnTestKit
import Testing

@testable import Statistics

/// What holds of every test on any data.
@Suite struct PValueProperties {
    @Test(arguments: seeds) func everyPIsAChanceAndNothingIsNaN(seed: UInt64) {
        var random = SeededRandom(seed: seed)
        for _ in 0..<20 {
            let a = random.awkwardSample(random.int(in: 0...30))
            let b = random.awkwardSample(random.int(in: 0...30))
            let shorter = min(a.count, b.count)
            let (pairedA, pairedB) = (Array(a.prefix(shorter)), Array(b.prefix(shorter)))
            let tests = [TTest.welch(a, b), TTest.pooled(a, b), TTest.paired(pairedA, pairedB)]
            for test in tests {
                expectChances(test.p, seed)
                let numbers = [
                    test.t, test.degreesOfFreedom, test.meanDifference, test.standardError,
                    test.cohensD, test.interval()?.low, test.interval()?.high,
                ]
                #expect(numbers.allSatisfy { $0?.isNaN != true }, "seed \(seed): \(test)")
                #expect((test.p != nil) == test.status.isDecided, "seed \(seed)")
            }
            let ranks = MannWhitneyTest(a, b)
            expectChances(ranks.exact, seed)
            expectChances(ranks.asymptotic, seed)
            let gap = KolmogorovSmirnovTest(a, b)
            for p in [gap.exactP, gap.asymptoticP, gap.limitP].compactMap({ $0 }) {
                #expect((0...1).contains(p), "seed \(seed)")
            }
        }
    }

    @Test(arguments: seeds) func countsGiveChances(seed: UInt64) {
        var random = SeededRandom(seed: seed)
        for _ in 0..<20 {
            let (n, m) = (random.int(in: 1...300), random.int(in: 1...300))
            let (x, y) = (random.int(in: 0...n), random.int(in: 0...m))
            let proportions = TwoProportionTest(
                successesA: x, trialsA: n, successesB: y, trialsB: m)
            expectChances(proportions.p, seed)
            if let interval = proportions.newcombe() {
                let difference = Double(x) / Double(n) - Double(y) / Double(m)
                #expect(interval.contains(difference), "seed \(seed)")
            }
            expectChances(FisherExactTest([[x, n - x], [y, m - y]]).p, seed)
            expectChances(BinomialTest(successes: x, trials: n, probability: random.unit()).p, seed)
            if let p = McNemarTest(onlyACorrect: x, onlyBCorrect: y).exactP {
                #expect((0...1).contains(p), "seed \(seed)")
            }
        }
    }

    @Test(arguments: seeds) func swappingTheSamplesMirrorsTheTest(seed: UInt64) throws {
        var random = SeededRandom(seed: seed)
        let (a, b) = (random.normals(12), random.normals(17, mean: 0.4))
        let (forth, back) = (TTest.welch(a, b), TTest.welch(b, a))
        #expect(forth.t == back.t.map(-), "seed \(seed)")
        #expect(forth.p?.greater == back.p?.less, "seed \(seed)")
        let (ranks, mirrored) = (MannWhitneyTest(a, b), MannWhitneyTest(b, a))
        #expect(ranks.exact?.greater == mirrored.exact?.less, "seed \(seed)")
        #expect(ranks.u1 == mirrored.u2, "seed \(seed)")
        #expect(KolmogorovSmirnovTest(a, b) == KolmogorovSmirnovTest(b, a), "seed \(seed)")
    }

    /// A power of two changes the unit and nothing else, up to the ends of the range.
    @Test(arguments: seeds) func theUnitDoesNotMatter(seed: UInt64) {
        var random = SeededRandom(seed: seed)
        let (a, b) = (random.normals(9), random.normals(14, mean: 0.5))
        let plain = TTest.welch(a, b)
        for exponent in [-1000, -400, 400, 1020] {
            let scaled = TTest.welch(
                a.map { $0.scaled(by: exponent) }, b.map { $0.scaled(by: exponent) })
            #expect(scaled.t == plain.t, "seed \(seed), 2^\(exponent)")
            #expect(scaled.p == plain.p, "seed \(seed), 2^\(exponent)")
        }
    }

    @Test(arguments: seeds) func withoutADifferenceTheTestsKeepTheirLevel(seed: UInt64) {
        var random = SeededRandom(seed: seed)
        var (welch, ranks) = (0, 0)
        for _ in 0..<200 {
            let (a, b) = (random.normals(10), random.normals(10))
            if let p = TTest.welch(a, b).p, p.twoSided < 0.05 { welch += 1 }
            if let p = MannWhitneyTest(a, b).exact, p.twoSided < 0.05 { ranks += 1 }
        }
        // 200 trials at 5 %: 26 or more have a chance below 1e-4.
        #expect(welch < 26, "seed \(seed): \(welch) of 200")
        #expect(ranks < 26, "seed \(seed): \(ranks) of 200")
    }

    private func expectChances(_ p: TailProbabilities?, _ seed: UInt64) {
        guard let p else { return }
        for value in [p.twoSided, p.greater, p.less] {
            #expect((0...1).contains(value), "seed \(seed): \(p)")
        }
    }
}
