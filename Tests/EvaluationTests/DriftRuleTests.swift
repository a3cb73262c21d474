import CairnCore
import CairnTestKit
import Statistics
import Testing

@testable import Evaluation

@Suite struct DriftRuleTests {
    private func normals(_ count: Int, _ random: inout SeededRandom, shift: Double = 0) -> [Double]
    {
        (0..<count).map { _ in
            let unit = (Double(random.next() >> 11) + 0.5) * 0x1p-53
            return NormalDistribution.quantile(unit) + shift
        }
    }

    private func numbers(_ name: String, _ values: [Double], stream: UInt64 = 1) -> Distribution {
        var sketch = NumberSummary(stream: stream)
        for value in values { sketch.add(value) }
        return Distribution(name: name, .numbers(sketch))
    }

    private func names(_ counts: [(String, Int)], missing: Int = 0) -> Distribution {
        var counter = CategoryCounter()
        for (name, count) in counts { counter.add(name, count: count) }
        return Distribution(name: "kind", .categories(counter, missingCount: missing))
    }

    private func compare(_ a: Distribution, _ b: Distribution) throws -> ColumnDrift {
        try #require(DriftRule().compare(reference: [a], live: [b]).first)
    }

    /// The rate of flags without a change, over all of a table's columns, is at most α.
    @Test func nothingIsFlaggedForNothing() {
        var flagged = 0
        for seed in UInt64(1)...60 {
            var random = SeededRandom(seed: seed)
            let columns = (0..<5).map { "c\($0)" }
            let reference = columns.map { numbers($0, normals(800, &random), stream: seed) }
            let live = columns.map { numbers($0, normals(300, &random), stream: seed + 100) }
            let found = DriftRule().compare(reference: reference, live: live)
            if found.contains(where: { $0.verdict == .drift }) { flagged += 1 }
            #expect(!found.contains { $0.tests.count != 3 })
        }
        // 60 tables at 1 %: five have a chance below 1e-3.
        #expect(flagged < 5, "\(flagged) of 60")
    }

    @Test func aShiftIsFlaggedInWords() throws {
        var random = SeededRandom(seed: 4)
        let reference = numbers("x", normals(2000, &random))
        let moved = try compare(reference, numbers("x", normals(1000, &random, shift: 0.6)))
        #expect(moved.verdict == .drift)
        #expect(!moved.tests.contains { !$0.isDrift }, "\(moved.tests)")
        #expect(moved.why.hasPrefix("PSI 0."))
        let slightly = try compare(reference, numbers("x", normals(200_000, &random, shift: 0.05)))
        #expect(slightly.verdict == .noDrift, "too small an effect: \(slightly.why)")
    }

    /// At 100 values PSI exceeds 0.1 in most quiet pairs: the limit and not the effect must decide.
    @Test func smallSamplesDoNotCryWolf() throws {
        var (over, flagged) = (0, 0)
        for seed in UInt64(1)...50 {
            var random = SeededRandom(seed: seed)
            let found = try compare(
                numbers("x", normals(100, &random)), numbers("x", normals(100, &random)))
            let psi = try #require(found[.psi])
            if psi.statistic >= 0.1 { over += 1 }
            if found.verdict == .drift { flagged += 1 }
        }
        #expect(over > 30, "\(over) of 50")
        #expect(flagged <= 3, "\(flagged) of 50")
    }

    @Test func theUnitDoesNotMatter() throws {
        var random = SeededRandom(seed: 9)
        let (a, b) = (normals(700, &random), normals(400, &random, shift: 0.5))
        let plain = try compare(numbers("x", a), numbers("x", b))
        for factor in [1e-12, 1e-3, 1e12] {
            let other = try compare(
                numbers("x", a.map { $0 * factor }), numbers("x", b.map { $0 * factor }))
            #expect(other.verdict == plain.verdict)
            #expect(other.tests.map(\.isDrift) == plain.tests.map(\.isDrift))
        }
    }

    @Test func newNamesAndOtherSharesAreFlagged() throws {
        let reference = names([("de", 500), ("en", 450), ("fr", 40), ("rare", 2)])
        #expect(
            try compare(reference, names([("de", 260), ("en", 220), ("fr", 20)])).verdict
                == .noDrift)
        let shifted = try compare(reference, names([("de", 100), ("en", 380), ("fr", 20)]))
        #expect(shifted.verdict == .drift)
        #expect(shifted.why.hasPrefix("other shares: χ² p "))
        let fresh = try compare(reference, names([("de", 250), ("en", 200), ("pt", 90)]))
        #expect(fresh.verdict == .drift)
        #expect((fresh[.jensenShannon]?.statistic ?? 0) > 0.2)
        #expect(try compare(names([("a", 90)]), names([("a", 80)])).verdict == .noDrift)
        #expect(try compare(reference, names([("de", 3)])).verdict == .insufficientData)
    }

    @Test func missingValuesAreAChange() throws {
        let reference = names([("a", 500), ("b", 500)], missing: 10)
        let found = try compare(reference, names([("a", 200), ("b", 200)], missing: 100))
        #expect(found.verdict == .drift)
        #expect(found.why.hasPrefix("the share of missing values changed by 0.19"))
    }

    @Test func vectorsAreComparedByTheirMeans() throws {
        var random = SeededRandom(seed: 3)
        let vectors = { (shift: Double, random: inout SeededRandom) -> Distribution in
            var summary = VectorSummary()
            for _ in 0..<400 {
                summary.add(self.normals(8, &random).map { $0 + shift })
            }
            return Distribution(name: "v", .vectors(summary))
        }
        let reference = vectors(0, &random)
        #expect(try compare(reference, vectors(0, &random)).verdict == .noDrift)
        let moved = try compare(reference, vectors(0.4, &random))
        #expect(moved.verdict == .drift)
        #expect(moved.why.contains("deviations apart"))
        var other = VectorSummary()
        other.add([1, 2])
        #expect(
            try compare(reference, Distribution(name: "v", .vectors(other))).why
                == "the reference has 8 dimensions, what came in 2")
    }

    @Test func whatCannotBeComparedIsNamed() throws {
        let reference = numbers("kind", [1, 2, 3])
        #expect(
            try compare(reference, names([("a", 1)])).why
                == "the reference has numbers, what came in are categories")
        let absent = DriftRule().compare(reference: [reference], live: [])
        #expect(absent.map(\.verdict) == [.notComparable])
        #expect(try compare(reference, numbers("kind", [])).verdict == .insufficientData)
    }
}
