import CairnCore
import CairnTestKit
import Testing

@testable import Statistics

@Suite struct DriftDetectorTests {
    /// A stream with a change of mean in the middle, and now and then a value that cannot be used.
    private func stream(_ count: Int, _ random: inout SeededRandom) -> [Double] {
        (0..<count).map { index in
            if random.coin(0.01) { return .nan }
            return random.normal() + (index < count / 2 ? 0 : 1.5)
        }
    }

    /// Replays from storage at every step, so a restart anywhere changes nothing.
    private func expectReplays<Detector: DriftDetector>(
        _ fresh: Detector, over stream: [Double], _ seed: UInt64
    ) throws {
        var detector = fresh
        var restored = fresh
        var signals: [DriftSignal] = []
        for (index, value) in stream.enumerated() {
            let signal = detector.add(value)
            signals.append(signal)
            restored = try #require(Detector(numbers: restored.numbers), "seed \(seed)")
            #expect(restored.add(value) == signal, "seed \(seed), value \(index)")
            #expect(restored == detector, "seed \(seed), value \(index)")
        }
        var again = fresh
        #expect(stream.map { again.add($0) } == signals, "seed \(seed)")
        #expect(detector.ignoredCount == stream.count(where: \.isNaN), "seed \(seed)")
        #expect(Detector(numbers: detector.numbers + [0]) != detector, "seed \(seed)")
    }

    @Test(arguments: seeds.prefix(8)) func replaysAreDeterministic(seed: UInt64) throws {
        var random = SeededRandom(seed: seed)
        let values = stream(400, &random)
        try expectReplays(ADWIN(), over: values, seed)
        try expectReplays(PageHinkley(), over: values, seed)
        try expectReplays(
            try #require(CUSUM(mean: 0, slack: 0.5, threshold: 5)), over: values, seed)
        try expectReplays(DDM(), over: values.map { $0.isNaN ? .nan : $0 > 1 ? 1 : 0 }, seed)
        try expectReplays(
            try #require(KSWindow(windowSize: 60, recentSize: 20, alpha: 0.01)),
            over: Array(values.prefix(150)), seed)
    }

    /// The window's sums are those of the values it says it holds.
    @Test(arguments: seeds) func theAdaptiveWindowKeepsItsBooks(seed: UInt64) throws {
        var random = SeededRandom(seed: seed)
        let values = (0..<700).map { random.unit() * ($0 < 350 ? 0.2 : 1) }
        let settings = try #require(ADWIN.Settings(delta: 0.01, clock: 4, resetsAfterDrift: false))
        var window = ADWIN(settings)
        for (index, value) in values.enumerated() {
            _ = window.add(value)
            let held = values[(index + 1 - window.width)...index]
            let mean = held.reduce(0, +) / Double(held.count)
            let variance = held.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(held.count)
            #expect(Vectors.agree(window.mean ?? .nan, mean, relative: 1e-9), "seed \(seed)")
            #expect(
                Vectors.agree(window.variance ?? .nan, variance, relative: 1e-6, absolute: 1e-9),
                "seed \(seed), value \(index)")
        }
        #expect(window.width < 500, "seed \(seed): the change was not seen")
    }

    @Test func theAdaptiveWindowIsQuietWhenNothingChanges() {
        let alarms = (1...50).count { seed in
            var random = SeededRandom(seed: UInt64(seed))
            var window = ADWIN()
            return (0..<2000).contains { _ in window.add(random.coin(0.05) ? 1 : 0).isDrift }
        }
        #expect(alarms == 0, "\(alarms) of 50")
    }

    @Test func theAdaptiveWindowStaysSmall() {
        var window = ADWIN()
        for index in 0..<20_000 { _ = window.add(index % 2 == 0 ? 0 : 1) }
        #expect(window.width == 20_000)
        #expect(window.numbers.count < 200, "\(window.numbers.count) numbers")
    }

    @Test func impossibleSettingsAreRefused() {
        #expect(ADWIN.Settings(delta: 0) == nil)
        #expect(ADWIN.Settings(delta: 0.1, clock: 0) == nil)
        #expect(CUSUM(mean: .nan, slack: 1, threshold: 1) == nil)
        #expect(KSWindow(windowSize: 10, recentSize: 10) == nil)
        #expect(ADWIN(numbers: []) == nil)
        #expect(ADWIN(numbers: [0.002, 32, 5, 5, 10, 1, 0, 0, 0, 3, 1, 0, 5, 0]) == nil)
    }

    /// h = 5 with k = ½ has a mean run length of 465 (Siegmund 1985), both directions together.
    @Test func theRunLengthFormulaGivesTheThreshold() throws {
        let h = try #require(CUSUM.threshold(forRunLength: 465, slack: 0.5))
        #expect((h - 5).magnitude < 0.05, "\(h)")
        #expect(CUSUM.threshold(forRunLength: 465, slack: 0) == nil)
        let far = try #require(CUSUM.threshold(forRunLength: 1e12, slack: 0.5))
        #expect(far > 20 && far < 30)
    }

    @Test func theCalibratedThresholdKeepsItsFalseAlarms() throws {
        var random = SeededRandom(seed: 5)
        // Skewed, so that the normal formula would be wrong.
        let reference = (0..<2000).map { _ in random.normal() * random.normal() }
        let h = try #require(
            CUSUM.calibratedThreshold(
                reference: reference, mean: 0, slack: 0.5, length: 300, falseAlarmRate: 0.1,
                streams: 300, seed: 1))
        let alarms = (0..<200).count { _ in
            guard var detector = CUSUM(mean: 0, slack: 0.5, threshold: h) else { return true }
            return (0..<300).contains { _ in
                detector.add(random.normal() * random.normal()).isDrift
            }
        }
        #expect(alarms < 45, "\(alarms) of 200, about 20 expected")
    }

    /// What the cuts of a long reference say of its bins is what counting says.
    @Test(arguments: [1, 3]) func binsOfALongReferenceNeedNoCount(workers: Int) {
        var random = SeededRandom(seed: 3)
        let smooth = (0..<9_000).map { _ in random.unit() }
        let shapes: [[Double]] = [
            smooth, smooth.map { ($0 * 7).rounded() }, smooth.map { ($0 * 300).rounded() },
            smooth.map { $0 < 0.5 ? 0 : $0 }, smooth.map { _ in 4 },
            smooth.map { $0 < 0.2 ? -.infinity : $0 > 0.95 ? .infinity : $0 },
        ]
        for (index, reference) in shapes.enumerated() {
            for bins in [1, 2, 10, 37] {
                let test = PopulationStability(
                    reference: reference, current: smooth, bins: bins, workers: workers)
                let counted = PopulationStability(
                    reference: reference, current: smooth, edges: test.edges)
                #expect(test == counted, "shape \(index), \(bins) bins")
            }
        }
    }

    @Test func stabilityIsJudgedBySampleSize() throws {
        var random = SeededRandom(seed: 3)
        let small = PopulationStability(
            reference: random.normals(100), current: random.normals(100))
        let threshold = try #require(small.nullThreshold(alpha: 0.01))
        #expect(threshold > 0.4)
        #expect(small.isCalibrated)
        #expect(!small.isDrift())
        let moved = PopulationStability(
            reference: random.normals(500), current: random.normals(500, mean: 1))
        #expect(moved.isDrift())
        #expect(PopulationStability(reference: [.nan], current: [1]).status == .invalidInput)
        #expect(PopulationStability(reference: [], current: [1]).status == .insufficientData)
        #expect(
            PopulationStability(reference: [1, 2], current: [1], edges: [2, 1]).status
                == .invalidInput)
    }

    @Test func divergenceIsSymmetricAndBounded() {
        #expect(
            JensenShannon([1, 2, 3], [3, 1, 1]).nats == JensenShannon([3, 1, 1], [1, 2, 3]).nats)
        #expect(JensenShannon([1, 2], [2, 4]).nats == 0)
        #expect(JensenShannon([1e308, 1e308], [1, 1]).nats == 0)
        #expect(JensenShannon([0, 0], [1, 1]).status == .insufficientData)
        #expect(JensenShannon([1, -1], [1, 1]).status == .invalidInput)
    }
}
