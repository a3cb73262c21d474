import CairnCore
import Evaluation
import Testing

/// Known answers from scipy 1.17.1: `ttest_ind`, `ttest_rel`, `binomtest`.
@Suite struct VersionComparisonTests {
    private func compared(
        _ number: VersionNumber, _ measurements: Measurements, dataset: UInt8 = 1
    ) throws -> ComparedVersion {
        ComparedVersion(
            number: number, suite: try Measured.suite(gates: [], dataset: dataset),
            measurements: measurements)
    }

    private func compare(_ a: Measurements, _ b: Measurements) throws -> VersionComparison {
        try VersionComparison(
            compared(VersionNumber(1, 0, 0), a), compared(VersionNumber(1, 1, 0), b), alpha: 0.05)
    }

    private func near(_ got: Double?, _ want: Double) -> Bool {
        got.map { ($0 - want).magnitude <= 1e-9 * max(1, want.magnitude) } ?? false
    }

    @Test func rightAndWrongOnTheSameExamplesIsMcNemars() throws {
        let (a, b) = Measured.pair(common: 80, onlyA: 2, onlyB: 12, wrong: 6)
        let comparison = try compare(a, b)
        let row = comparison.rows[0]
        #expect(row.test?.method == .mcNemar)
        #expect(near(row.test?.p, 0.012939453125))
        #expect(near(row.difference, 0.1))
        #expect(row.conclusion == .bIsBetter)
        #expect(comparison.disagreement == PairedProportions(onlyA: 2, onlyB: 12, count: 100))
    }

    @Test func lossesOnTheSameExamplesAreAPairedT() throws {
        let a = Measured.losses(.logLoss, [0.5, 0.7, 0.1, 1.2, 0.4, 0.9])
        let b = Measured.losses(.logLoss, [0.4, 0.6, 0.2, 0.8, 0.3, 0.7])
        let row = try compare(a, b).rows[0]
        #expect(row.test?.method == .pairedT)
        #expect(near(row.test?.statistic, -2))
        #expect(near(row.test?.p, 0.10193947882985835))
        #expect(near(row.test?.interval?.low, -0.30470545570908764))
        #expect(row.conclusion == .noDifferenceShown)
    }

    @Test func repeatsAreThePooledTWithWelchBeside() throws {
        let a = Measured.repeats(.f1Macro, [0.90, 0.91, 0.89, 0.92, 0.90])
        let b = Measured.repeats(.f1Macro, [0.93, 0.94, 0.92, 0.95, 0.935])
        let rows = try compare(a, b).rows
        #expect(rows.map { $0.test?.method } == [.pooledT, .welchT])
        #expect(near(rows[0].test?.statistic, 4.34086826048684))
        #expect(near(rows[0].test?.p, 0.0024754929650317196))
        #expect(near(rows[1].test?.p, 0.002477740843424817))
        #expect(rows.map(\.conclusion) == [.bIsBetter, .bIsBetter])
    }

    @Test func aMetricWithoutATestSaysWhatItNeeds() throws {
        let one = Measured.repeats(.f1Macro, [0.9])
        #expect(
            try compare(one, one).rows[0].conclusion
                == .untested("a test of it needs a suite that repeats"))
        let a = Measured.losses(.crossEntropy, [1, 2], tokens: 10)
        let b = Measured.losses(.crossEntropy, [1, 2], tokens: 11)
        #expect(
            try compare(a, b).rows[0].conclusion
                == .untested("the versions cut the texts into different numbers of tokens"))
    }

    @Test func numbersFromDifferentDataSetsAreNeverCompared() {
        let measured = Measured.correct([true, false])
        #expect {
            try VersionComparison(
                compared(VersionNumber(1, 0, 0), measured),
                compared(VersionNumber(1, 1, 0), measured, dataset: 2), alpha: 0.05)
        } throws: {
            let text = "\($0)"
            return text.contains("v1.0.0 was evaluated on the data set \(Digest(of: [1]).short)")
                && text.contains("v1.1.0 on \(Digest(of: [2]).short)")
                && text.contains("never compared")
        }
    }
}
