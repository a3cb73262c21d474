import CairnCore
import Testing

@testable import Statistics

/// Detectors and sequential tests under streams as nobody wants them, and from stored numbers that
/// nobody stored.
@Suite struct EdgeStreamFuzzTests {
    /// Feeds odd values between usual ones: the state never holds NaN, and can be stored.
    private func exercise<Detector: DriftDetector>(
        _ detector: Detector, seed: UInt64
    ) {
        var (detector, random) = (detector, SeededRandom(seed: seed))
        for _ in 0..<300 {
            _ = detector.add(random.coin(0.3) ? random.oddNumber() : random.unit())
            let places = placesOfNaN(in: detector)
            #expect(places.isEmpty, "seed \(seed): \(places) of \(Detector.self)")
            let stored = detector.numbers
            #expect(Detector(numbers: stored)?.numbers == stored, "seed \(seed): \(stored)")
            if !places.isEmpty { return }
        }
    }

    @Test(arguments: seeds.prefix(12)) func detectorsStayWhole(seed: UInt64) throws {
        exercise(ADWIN(), seed: seed)
        exercise(PageHinkley(), seed: seed)
        exercise(DDM(), seed: seed)
        exercise(
            try #require(CUSUM(mean: 0.5, slack: 0.5, threshold: 5)), seed: seed)
        exercise(
            try #require(KSWindow(windowSize: 20, recentSize: 5)), seed: seed)
    }

    @Test(arguments: seeds) func impossibleSettingsAreRefusedOrWork(seed: UInt64) {
        var random = SeededRandom(seed: seed)
        for _ in 0..<20 {
            let numbers = (0..<3).map { _ in random.oddNumber() }
            if let cusum = CUSUM(mean: numbers[0], slack: numbers[1], threshold: numbers[2]) {
                exercise(cusum, seed: seed)
                #expect(!cusum.level.isNaN)
            }
            if let length = CUSUM.threshold(forRunLength: numbers[0], slack: numbers[1]) {
                #expect(!length.isNaN, "seed \(seed): \(numbers)")
            }
            if let h = CUSUM.calibratedThreshold(
                reference: random.oddSample(), mean: numbers[0], slack: numbers[1], length: 5,
                falseAlarmRate: numbers[2], streams: 5, seed: seed)
            {
                #expect(!h.isNaN, "seed \(seed): \(numbers)")
            }
            if let test = MixtureSPRT(variance: numbers[0].magnitude, mixingVariance: numbers[1]) {
                exercise(test, seed: seed)
            }
            if let test = StudentMixtureTest(mixingVariance: numbers[0].magnitude) {
                exercise(test, seed: seed)
            }
            if let test = BetaMixtureTest(rate: random.unit(), a: numbers[1], b: numbers[2]) {
                exercise(test, seed: seed)
            }
            if let test = ArmEProcess(grid: numbers) { exercise(test, seed: seed) }
            if var plan = GroupSequentialTest(alpha: random.unit(), spending: .pocock) {
                let looks = [random.oddNumber(), 0.1, random.oddNumber(), random.oddNumber()]
                for look in looks { _ = plan.look(at: look) }
                #expect(placesOfNaN(in: plan).isEmpty, "seed \(seed): \(looks)")
                #expect(!plan.spent(at: looks[0]).isNaN || looks[0].isNaN)
            }
        }
    }

    private func exercise(_ test: MixtureSPRT, seed: UInt64) {
        var (test, random) = (test, SeededRandom(seed: seed))
        let settings = "\(test.variance), \(test.mixingVariance)"
        for _ in 0..<30 {
            test.add(random.coin(0.1) ? random.oddNumber() : 0, random.normal())
            let read: [Double?] = [
                test.logEvidence, test.alwaysValidP, test.meanDifference, test.interval()?.low,
                test.interval()?.high, test.interval(alpha: random.oddNumber())?.low,
            ]
            #expect(read.allSatisfy { $0?.isNaN != true }, "seed \(seed), \(settings): \(read)")
            #expect((test.status == .ok) == (test.logEvidence != nil))
            _ = test.rejects(atLevel: random.oddNumber())
        }
        expectRestores(test, seed)
    }

    private func exercise(_ test: StudentMixtureTest, seed: UInt64) {
        var (test, random) = (test, SeededRandom(seed: seed))
        for _ in 0..<30 {
            test.add(random.coin(0.05) ? random.oddNumber() : 0, random.coin(0.5) ? 1e139 : -3)
            let read: [Double?] = [
                test.logEvidence, test.alwaysValidP, test.meanDifference, test.interval()?.low,
                test.interval()?.high, test.interval(alpha: random.oddNumber())?.low,
            ]
            #expect(read.allSatisfy { $0?.isNaN != true }, "seed \(seed), \(test): \(read)")
            #expect(test.status.isDecided == (test.logEvidence != nil))
        }
        expectRestores(test, seed)
    }

    private func exercise(_ test: BetaMixtureTest, seed: UInt64) {
        var (test, random) = (test, SeededRandom(seed: seed))
        for _ in 0..<30 {
            let many = random.coin(0.1) ? 1_000_000_000_000 : 3
            test.add(successes: random.int(in: 0...many), failures: random.int(in: 0...many))
            #expect(!test.logEvidence.isNaN, "seed \(seed): \(test)")
            #expect((0...1).contains(test.alwaysValidP), "seed \(seed): \(test)")
        }
        expectRestores(test, seed)
    }

    private func exercise(_ test: ArmEProcess, seed: UInt64) {
        var (test, random) = (test, SeededRandom(seed: seed))
        for _ in 0..<30 {
            let many = random.coin(0.1) ? 1_000_000_000_000 : 3
            test.add(
                failuresCandidate: random.int(in: 0...many),
                failuresStable: random.int(in: 0...many),
                weight: [0, 1, 1e-300, random.unit(), 1 - 0x1p-53][random.int(in: 0...4)])
            #expect(!test.logEvidence.isNaN, "seed \(seed): \(test)")
            #expect((0...1).contains(test.alwaysValidP), "seed \(seed): \(test)")
        }
        expectRestores(test, seed)
    }

    private func expectRestores<Test: StoredAsNumbers>(_ test: Test, _ seed: UInt64) {
        let restored = Test(numbers: test.numbers)
        #expect(restored?.numbers == test.numbers, "seed \(seed): \(test)")
    }

    @Test func evidenceOfAllSizesIsCombined() {
        for seed in seeds {
            var random = SeededRandom(seed: seed)
            let logs = (0..<random.int(in: 0...5)).map { _ in random.oddNumber() }
                .filter { !$0.isNaN && $0 != -.infinity }
            _ = EvidenceCombination.holm(logs, alpha: random.oddNumber())
            #expect(!EvidenceCombination.dependent(logs).isNaN, "seed \(seed): \(logs)")
            #expect(!EvidenceCombination.independent(logs).isNaN, "seed \(seed): \(logs)")
        }
    }

    /// What was stored may be damaged: nothing, or a state that works.
    @Test(arguments: seeds) func storedNumbersAreChecked(seed: UInt64) throws {
        var random = SeededRandom(seed: seed)
        var whole: (ADWIN, PageHinkley, DDM, CUSUM, KSWindow) = (
            ADWIN(), PageHinkley(), DDM(), try #require(CUSUM(mean: 0, slack: 1, threshold: 4)),
            try #require(KSWindow(windowSize: 12, recentSize: 3))
        )
        for _ in 0..<60 {
            let value = random.normal()
            _ = (whole.0.add(value), whole.1.add(value), whole.2.add(value))
            _ = (whole.3.add(value), whole.4.add(value))
        }
        for _ in 0..<30 {
            damage(ADWIN.self, whole.0.numbers, &random)
            damage(PageHinkley.self, whole.1.numbers, &random)
            damage(DDM.self, whole.2.numbers, &random)
            damage(CUSUM.self, whole.3.numbers, &random)
            damage(KSWindow.self, whole.4.numbers, &random)
        }
    }

    private func damage<Detector: DriftDetector>(
        _ kind: Detector.Type, _ numbers: [Double], _ random: inout SeededRandom
    ) {
        var numbers = numbers
        for _ in 0..<random.int(in: 1...3) where !numbers.isEmpty {
            let index = random.int(in: 0...numbers.count - 1)
            switch random.int(in: 0...3) {
            case 0: numbers.remove(at: index)
            case 1: numbers.insert(random.oddNumber(), at: index)
            default: numbers[index] = random.oddNumber()
            }
        }
        guard var detector = Detector(numbers: numbers) else { return }
        for value in [0.5, 1, 0, 2, -1, 0.25, 1e9, 0.5] { _ = detector.add(value) }
    }
}
