import CairnCore
import CairnTestKit
import Dispatch
import Testing

@testable import Statistics

@Suite struct ResamplingTests {
    /// Shares the work among so many workers, each taking every n-th part.
    private static func workers(_ count: Int) -> (Int, @Sendable (Int) -> Void) -> Void {
        { parts, work in
            DispatchQueue.concurrentPerform(iterations: count) { worker in
                for part in stride(from: worker, to: parts, by: count) { work(part) }
            }
        }
    }

    @Test(arguments: seeds) func theBoundsDoNotDependOnTheWorkers(seed: UInt64) throws {
        var random = SeededRandom(seed: seed)
        let (a, b) = (random.normals(30), random.normals(25, mean: 0.5))
        let bootstrap = Bootstrap(differenceOf: a, b, resamples: 300, seed: seed)
        let alone = try #require(bootstrap.interval())
        for count in [1, 2, 8] {
            #expect(
                bootstrap.interval(parallel: Self.workers(count)) == alone,
                "seed \(seed), \(count) workers")
        }
        let backwards = bootstrap.interval { parts, work in
            for part in (0..<parts).reversed() { work(part) }
        }
        #expect(backwards == alone, "seed \(seed)")
        let other = Bootstrap(differenceOf: a, b, resamples: 300, seed: seed + 1000)
        #expect(other.interval() != alone, "seed \(seed)")
    }

    @Test func theIntervalCoversTheMean() throws {
        let covered = try (1...100).count { seed in
            var random = SeededRandom(seed: UInt64(seed))
            let bootstrap = Bootstrap(
                meanOf: random.normals(40, mean: 3), resamples: 400, seed: 9)
            return try #require(bootstrap.interval()).contains(3)
        }
        #expect((85...100).contains(covered), "\(covered) of 100")
    }

    @Test func theOffsetCostsNoDigits() throws {
        let a = [1.0, 4, 2, 8, 5, 7]
        let plain = try #require(Bootstrap(differenceOf: a, [0, 1, 2], seed: 4).interval())
        let shifted = try #require(
            Bootstrap(differenceOf: a.map { $0 + 1e15 }, [1e15, 1e15 + 1, 1e15 + 2], seed: 4)
                .interval())
        #expect(Vectors.agree(plain.low, shifted.low, relative: 1e-12))
        #expect(Vectors.agree(plain.high, shifted.high, relative: 1e-12))
    }

    @Test func badSamplesAreRefused() {
        #expect(Bootstrap(meanOf: [1], seed: 1).status == .insufficientData)
        #expect(Bootstrap(meanOf: [1, .nan], seed: 1).status == .invalidInput)
        #expect(Bootstrap(meanOf: [1, .nan, 2], seed: 1, nanPolicy: .omit).status == .ok)
        #expect(Bootstrap(meanOf: [1, .infinity], seed: 1).interval() == nil)
        #expect(Bootstrap(pairedDifferenceOf: [1, 2], [1], seed: 1).status == .invalidInput)
        #expect(Bootstrap(meanOf: [1, 2], resamples: 0, seed: 1).status == .invalidInput)
        #expect(Bootstrap(differenceOf: [1, 2], [], seed: 1).status == .insufficientData)
    }

    @Test func permutationsKeepTheirLevel() {
        let small = (1...100).count { seed in
            var random = SeededRandom(seed: UInt64(seed))
            let values = random.normals(20)
            let test = PermutationTest(count: 20, permutations: 99, seed: UInt64(seed)) { order in
                let sum = order.prefix(10).reduce(0) { $0 + values[$1] }
                return (2 * sum - values.reduce(0, +)).magnitude
            }
            return test.p <= 0.05
        }
        // 100 trials at 5 %: more than 14 have a chance below 1e-3.
        #expect(small <= 14, "\(small) of 100")
    }

    @Test func kernelMeansFindAChangeOfShape() {
        var random = SeededRandom(seed: 11)
        let a = (0..<30).map { _ in [random.normal(), random.normal()] }
        let b = (0..<30).map { _ in [random.normal() * 4, random.normal() * 4] }
        let changed = MaximumMeanDiscrepancy(a, b, permutations: 99, seed: 1)
        #expect(changed.p == 0.01)
        let same = MaximumMeanDiscrepancy(a, a, permutations: 99, seed: 1)
        #expect((same.p ?? 0) > 0.5)
        #expect(MaximumMeanDiscrepancy([[1]], [[1], [2]], seed: 1).status == .insufficientData)
        #expect(
            MaximumMeanDiscrepancy([[1], [1]], [[1], [1]], seed: 1).status == .degenerateEqual)
        #expect(
            MaximumMeanDiscrepancy([[1], [1, 2]], [[1], [1]], seed: 1).status == .invalidInput)
    }
}
