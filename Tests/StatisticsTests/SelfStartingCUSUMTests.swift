import CairnCore
import CairnTestKit
import Testing

@testable import Statistics

@Suite struct SelfStartingCUSUMTests {
    private func sums(_ runLength: Double, effect: Double = 0) throws -> SelfStartingCUSUM {
        try #require(SelfStartingCUSUM(runLength: runLength, smallestEffect: effect))
    }

    /// Streams in which nothing changes, each with a mean and a spread of its own and windows of
    /// different sizes: the share that alarms within so many windows is that of the run length.
    @Test func theRunLengthIsThatOfTheThresholdWithoutKnowingMeanOrSpread() throws {
        let (streams, windows, runLength) = (2_000, 250, 500.0)
        var alarms = 0
        for stream in 0..<streams {
            var random = SeededRandom(seed: UInt64(stream) &+ 77)
            var sums = try sums(runLength)
            let mean = Double(stream % 7) * 1e3 - 2e3
            let spread = [1e-3, 1, 40][stream % 3]
            let means = random.normals(windows)
            for (index, z) in means.enumerated() {
                let count = [30, 100, 1_000][(stream + index) % 3]
                let value = mean + spread * z / Double(count).squareRoot()
                if sums.add(mean: value, count: count).isDrift {
                    alarms += 1
                    break
                }
            }
        }
        // 1 − e^(−1/2) is 39 %; a first alarm comes a little later, since the sums start at 0.
        let share = Double(alarms) / Double(streams)
        #expect((0.30...0.43).contains(share), "\(share)")
    }

    @Test(arguments: seeds.prefix(10)) func aShiftIsFoundInItsDirection(seed: UInt64) throws {
        for shift in [-2.0, 2.0] {
            var random = SeededRandom(seed: seed)
            var sums = try sums(100_000)
            for z in random.normals(100) { _ = sums.add(mean: 5 + z, count: 30) }
            var found: (DriftSignal, Int)?
            for (index, z) in random.normals(60).enumerated() where found == nil {
                let signal = sums.add(mean: 5 + shift + z, count: 30)
                if signal.isDrift { found = (signal, index) }
            }
            let (signal, after) = try #require(found)
            #expect(signal == (shift > 0 ? .driftUp : .driftDown))
            #expect(after < 30, "seed \(seed): \(after) windows")
        }
    }

    @Test(arguments: seeds.prefix(5)) func theUnitDoesNotMatter(seed: UInt64) throws {
        var random = SeededRandom(seed: seed)
        let values = random.normals(60)
        var plain = try sums(1_000)
        let levels = values.map { plain.sums(byAdding: $0, count: 50) }
        for power in [1e-12, 1e-3, 1e6, 1e12] {
            var scaled = try sums(1_000)
            for (value, want) in zip(values, levels) {
                let got = scaled.sums(byAdding: value * power, count: 50)
                #expect(Vectors.agree(got.rise, want.rise, relative: 1e-6, absolute: 1e-6))
                #expect(Vectors.agree(got.fall, want.fall, relative: 1e-6, absolute: 1e-6))
            }
        }
    }

    /// Large windows show shifts that nobody minds: those below half of what matters never alarm.
    @Test func whatIsTooSmallToMatterIsNotFound() throws {
        var random = SeededRandom(seed: 3)
        var (any, large) = (try sums(100_000), try sums(100_000, effect: 0.1))
        var found = (any: false, large: false)
        for (index, z) in random.normals(400).enumerated() {
            let mean = (index < 200 ? 0 : 0.02) + z / 100
            if any.add(mean: mean, count: 10_000).isDrift { found.any = true }
            if large.add(mean: mean, count: 10_000).isDrift { found.large = true }
        }
        #expect(found.any && !found.large)
    }

    @Test func whatHasNoSpreadRisesWithTheFirstDifference() throws {
        var sums = try sums(1_000)
        for _ in 0..<10 { #expect(sums.add(mean: 1, count: 30) == .none) }
        #expect(sums.level == 0)
        _ = sums.add(mean: 2, count: 30)
        #expect(sums.rise == 3.5 && sums.fall == 0)
        for odd in [Double.nan, .infinity, 1e200] {
            let before = sums
            #expect(sums.add(mean: odd, count: 30) == .none)
            #expect(sums == before)
        }
        #expect(sums.add(mean: 1, count: 0) == .none)
    }

    @Test(arguments: seeds.prefix(5)) func itIsItsNumbers(seed: UInt64) throws {
        var random = SeededRandom(seed: seed)
        var sums = try sums(50)
        for z in random.normals(40) {
            _ = sums.add(mean: z, count: 30)
            #expect(SelfStartingCUSUM(numbers: sums.numbers) == sums)
        }
        #expect(SelfStartingCUSUM(numbers: sums.numbers + [1]) == nil)
        #expect(SelfStartingCUSUM(runLength: 1) == nil)
    }

    /// What ADWIN says of its own cuts is what it cut by.
    @Test(arguments: seeds.prefix(5)) func aWindowIsCutWhereTheGapIsMoreThanAllowed(seed: UInt64)
        throws
    {
        var random = SeededRandom(seed: seed)
        var (window, plain) = (ADWIN(), ADWIN())
        var cuts = 0
        for (index, z) in random.normals(3_000).enumerated() {
            let value = z + (index < 1_500 ? 0 : 2)
            let cut = window.cut(byAdding: value)
            #expect(plain.add(value).isDrift == (cut != nil))
            guard let cut else { continue }
            cuts += 1
            #expect(cut.gap.magnitude > cut.allowed)
            #expect(cut.gap > 0, "the mean has risen")
        }
        #expect(cuts >= 1 && window == plain)
        let tightest = try #require(window.tightestCut)
        #expect(tightest.allowed > 0)
    }
}
