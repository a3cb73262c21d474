import CairnCore
import CairnTestKit
import Statistics
import Testing

@testable import Evaluation

/// How often the rule cries wolf, and how often it sees what is there: by simulation, seed by seed.
///
/// Here every effect matters, so that it is the calibration alone that keeps it quiet.
@Suite struct DriftCalibrationTests {
    /// Where values come from: shapes that approximations are bad at.
    enum Source: String, CaseIterable {
        case normal, lognormal, mostlyZero, fewValues, names, manyNames, vectors, rarelyMissing

        func distribution(_ count: Int, _ random: inout SeededRandom, stream: UInt64)
            -> Distribution
        {
            switch self {
            case .normal: numbers(count, &random, stream) { $0.normal() }
            case .lognormal:
                numbers(count, &random, stream) { random in
                    // e^(2z), by squaring what needs no exponential of its own.
                    let z = random.normal()
                    return z >= 0 ? (1 + z) * (1 + z) * (1 + z) : 1 / ((1 - z) * (1 - z))
                }
            case .mostlyZero:
                numbers(count, &random, stream) { $0.unit() < 0.9 ? 0 : $0.normal() }
            case .fewValues:
                numbers(count, &random, stream) { ($0.unit() * $0.unit() * 6).rounded(.down) }
            case .names: names(count, &random) { Int($0.unit() * $0.unit() * 8) }
            case .manyNames: names(count, &random) { Int($0.unit() * $0.unit() * $0.unit() * 300) }
            case .vectors: vectors(count, &random)
            case .rarelyMissing:
                numbers(count, &random, stream) { $0.unit() < 0.01 ? .nan : 1 }
            }
        }

        private func numbers(
            _ count: Int, _ random: inout SeededRandom, _ stream: UInt64,
            _ value: (inout SeededRandom) -> Double
        ) -> Distribution {
            var sketch = NumberSummary(stream: stream)
            for _ in 0..<count { sketch.add(value(&random)) }
            return Distribution(name: rawValue, .numbers(sketch))
        }

        private func names(
            _ count: Int, _ random: inout SeededRandom, _ name: (inout SeededRandom) -> Int
        ) -> Distribution {
            var counter = CategoryCounter()
            for _ in 0..<count { counter.add("n\(name(&random))") }
            return Distribution(name: rawValue, .categories(counter, missingCount: 0))
        }

        private func vectors(_ count: Int, _ random: inout SeededRandom) -> Distribution {
            var summary = VectorSummary()
            for _ in 0..<count { summary.add((0..<16).map { _ in random.normal() }) }
            return Distribution(name: rawValue, .vectors(summary))
        }
    }

    /// Sizes of reference and live.
    private static let sizes = [(100, 100), (60, 1500), (1500, 100), (600, 400)]
    private static let runCount = 200
    private static let alpha = 0.05

    /// More alarms than this have a chance below 1 in 10,000 at the stated rate.
    private func alarmMax(_ runs: Int) throws -> Int {
        let test = { (alarms: Int) in
            BinomialTest(successes: alarms, trials: runs, probability: Self.alpha).p?.greater
        }
        return try #require((0...runs).last { (test($0) ?? 0) >= 1e-4 })
    }

    @Test(arguments: Source.allCases)
    func withoutAChangeAlarmsAreAsRareAsStated(source: Source) throws {
        var rule = DriftRule()
        (rule.alpha, rule.smallestEffect) = (Self.alpha, 0)
        let most = try alarmMax(Self.runCount)
        for (index, (n, m)) in Self.sizes.enumerated() {
            var alarmed: [UInt64] = []
            for run in 0..<UInt64(Self.runCount) {
                let seed = run * 8 + UInt64(index) + 1
                var random = SeededRandom(seed: seed)
                let a = source.distribution(n, &random, stream: 1)
                let b = source.distribution(m, &random, stream: 2)
                let found = rule.compare(reference: [a], live: [b])
                if found[0].verdict == .drift { alarmed.append(seed) }
            }
            #expect(
                alarmed.count <= most,
                "\(source), \(n) and \(m): \(alarmed.count) of \(Self.runCount), seeds \(alarmed)")
        }
    }

    /// With the settings that `cairn drift` has: half a deviation in 300 requests is seen.
    @Test func aShiftThatMattersIsSeen() {
        var missed: [UInt64] = []
        for seed in UInt64(1)...60 {
            var random = SeededRandom(seed: seed)
            var live = NumberSummary(stream: 2)
            for _ in 0..<300 { live.add(random.normal() + 0.5) }
            let found = DriftRule().compare(
                reference: [Source.normal.distribution(1000, &random, stream: 1)],
                live: [Distribution(name: "normal", .numbers(live))])
            if found[0].verdict != .drift { missed.append(seed) }
        }
        // At a power of 95 % more than ten have a chance below 1 in 1,000.
        #expect(missed.count <= 10, "seeds \(missed)")
    }

    /// A class that grows from 10 % to 25 % is seen among 500 answers.
    @Test func otherSharesAreSeen() {
        var missed: [UInt64] = []
        let names = { (count: Int, rare: Double, random: inout SeededRandom) -> Distribution in
            var counter = CategoryCounter()
            for _ in 0..<count { counter.add(random.unit() < rare ? "rare" : "usual") }
            return Distribution(name: "output", .categories(counter, missingCount: 0))
        }
        for seed in UInt64(1)...60 {
            var random = SeededRandom(seed: seed)
            let (a, b) = (names(2000, 0.1, &random), names(500, 0.25, &random))
            let found = DriftRule().compare(reference: [a], live: [b])
            if found[0].verdict != .drift { missed.append(seed) }
        }
        #expect(missed.count <= 10, "seeds \(missed)")
    }

    /// Names beyond those that are listed are among the others, and no new names.
    @Test func unlistedNamesAreNoDrift() throws {
        let all = (0..<50).map { (name: "n\($0)", count: 100) }
        let whole = Distribution.Categories(all, otherCount: 0, undercountMax: 0)
        let listed = Distribution.Categories(
            Array(all.prefix(10)), otherCount: 4000, undercountMax: 0)
        let compare = { (a: Distribution.Categories, b: Distribution.Categories) in
            DriftRule().compare(
                reference: [Distribution(name: "x", content: .categories(a), missingCount: 0)],
                live: [Distribution(name: "x", content: .categories(b), missingCount: 0)])[0]
        }
        #expect(compare(listed, whole).verdict == .noDrift)
        #expect(compare(whole, listed).verdict == .noDrift)
        // Counts that may be too low by as much as they differ.
        let low = Distribution.Categories(
            all.map { ($0.name, $0.count / 2) }, otherCount: 2500, undercountMax: 50)
        #expect(compare(low, whole).verdict == .noDrift, "\(compare(low, whole))")
        let unknown = Distribution.Categories([], otherCount: 5000, undercountMax: 5000)
        #expect(compare(unknown, whole).verdict == .insufficientData)
    }
}

extension SeededRandom {
    fileprivate mutating func unit() -> Double { (Double(next() >> 11) + 0.5) * 0x1p-53 }
    fileprivate mutating func normal() -> Double { NormalDistribution.quantile(unit()) }
}
