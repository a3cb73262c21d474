import CairnCore
import CairnTestKit
import Dispatch
import Testing

@testable import Statistics

@Suite struct QuantileSketchTests {
    /// Streams of the shapes that sketches meet: their order, ties and range are what differs.
    enum Shape: CaseIterable {
        case normal, ascending, descending, ties, heavyTail, offset, zigzag

        func values(_ count: Int, seed: UInt64) -> [Double] {
            var random = SeededRandom(seed: seed)
            return (0..<count).map { index in
                switch self {
                case .normal: random.normal()
                case .ascending: Double(index)
                case .descending: -Double(index)
                case .ties: (random.unit() * 5).rounded()
                case .heavyTail: 1 / (1 - random.unit())
                case .offset: 1e9 + random.normal() * 1e-3
                case .zigzag: Double(index % 2 == 0 ? index : -index)
                }
            }
        }
    }

    /// The largest error of a rank, as a share of all, at every value that the stream has.
    private func largestError(of sketch: QuantileSketch, on values: [Double]) -> Double {
        let (sorted, found) = (values.sorted(), sketch.distribution)
        var (largest, first) = (0, 0)
        for index in sorted.indices
        where index + 1 == sorted.count
            || sorted[index + 1] != sorted[index]
        {
            let count = found.count(atMost: sorted[index])
            // Also just left of the value, where a gap of distributions may be largest.
            let below = found.count(atMost: sorted[index].nextDown)
            largest = max(largest, abs(count - (index + 1)), abs(below - first))
            first = index + 1
        }
        return Double(largest) / Double(values.count)
    }

    @Test(arguments: Shape.allCases) func everyRankIsWithinTheStatedError(shape: Shape) {
        for seed in seeds.prefix(4) {
            let values = shape.values(20_000, seed: seed)
            var sketch = QuantileSketch(size: 128, stream: seed)
            sketch.add(contentsOf: values)
            let bound = sketch.rankError(confidence: 0.99, everywhere: true)
            let error = largestError(of: sketch, on: values)
            #expect(error <= bound, "\(shape), seed \(seed): \(error) above \(bound)")
            #expect(bound < 0.06, "\(shape), seed \(seed): a bound of \(bound) says little")
            #expect(sketch.distribution.count == values.count)
        }
    }

    @Test func mergedBlocksKeepTheStatedError() throws {
        for seed in seeds.prefix(2) {
            let values = Shape.normal.values(100_000, seed: seed)
            var whole = QuantileSketch(size: 128, stream: seed &* 1_000_003)
            for block in 1...100 {
                var part = QuantileSketch(size: 128, stream: seed &* 1_000_003 &+ UInt64(block))
                part.add(contentsOf: values[(block - 1) * 1000..<block * 1000])
                try whole.merge(part)
            }
            let error = largestError(of: whole, on: values)
            let bound = whole.rankError(confidence: 0.99, everywhere: true)
            #expect(error <= bound, "seed \(seed): \(error) above \(bound)")
            #expect(bound < 0.08)
            #expect(whole.encoded.count <= QuantileSketch.encodedByteCountMax(size: 128))
        }
    }

    /// What the default is chosen for: deciles for PSI, and the far quantiles of latencies.
    @Test func theDefaultIsAboutAFifthOfAPercent() {
        let values = Shape.heavyTail.values(200_000, seed: 5)
        var sketch = QuantileSketch(stream: 9)
        sketch.add(contentsOf: values)
        #expect(sketch.rankError() < 0.004)
        #expect(largestError(of: sketch, on: values) < 0.003)
        #expect(sketch.encoded.count < 30_000)
        #expect(sketch.minimum == values.min())
        #expect(sketch.distribution.quantile(1) == values.max())
    }

    @Test func fewValuesAreKeptAsTheyAre() throws {
        let values = Shape.normal.values(1000, seed: 3)
        var sketch = QuantileSketch(stream: 1)
        sketch.add(contentsOf: values)
        #expect(sketch.rankError(everywhere: true) == 0)
        let found = sketch.distribution
        for (index, value) in values.sorted().enumerated() {
            #expect(found.count(atMost: value) == index + 1)
            #expect(found.quantile((Double(index) + 0.5) / 1000) == value)
        }
    }

    /// Blocks of a fixed size, merged in their order: the bits do not depend on the threads.
    @Test func theSameBlocksGiveTheSameBits() throws {
        let values = Shape.normal.values(50_000, seed: 11)
        let encoded = try [1, 2, 3, 7].map { workers in
            let parts = parallelParts(values, workers: workers)
            return try parts.dropFirst().reduce(into: parts[0]) { try $0.merge($1) }.encoded
        }
        #expect(Set(encoded).count == 1)
    }

    private func parallelParts(_ values: [Double], workers: Int) -> [QuantileSketch] {
        let blockCount = 25
        return [QuantileSketch](unsafeUninitializedCapacity: blockCount) { buffer, count in
            nonisolated(unsafe) let slots = buffer.baseAddress!
            DispatchQueue.concurrentPerform(iterations: workers) { worker in
                for block in stride(from: worker, to: blockCount, by: workers) {
                    var part = QuantileSketch(stream: UInt64(block))
                    part.add(contentsOf: values[block * 2000..<(block + 1) * 2000])
                    (slots + block).initialize(to: part)
                }
            }
            count = blockCount
        }
    }

    @Test func oddValuesHaveTheirPlace() {
        var sketch = QuantileSketch(size: 64, stream: 1)
        #expect(sketch.distribution.quantile(0.5) == nil)
        #expect(sketch.distribution.largestGap(to: sketch.distribution) == nil)
        sketch.add(contentsOf: [.nan, .infinity, -0.0, -.infinity, .leastNonzeroMagnitude, .nan])
        #expect(sketch.ignoredCount == 2)
        #expect(sketch.count == 4)
        #expect(sketch.distribution.values == [-.infinity, 0, .leastNonzeroMagnitude, .infinity])
        #expect(sketch.distribution.values[1].sign == .plus)
        #expect(sketch.distribution.quantile(2) == nil)
        #expect(sketch.distribution.quantile(.nan) == nil)
    }

    @Test func sketchesOfAnotherSizeAreRefused() {
        var sketch = QuantileSketch(size: 64, stream: 1)
        sketch.add(3)
        let before = sketch
        #expect(throws: SketchError.self) {
            try sketch.merge(QuantileSketch(size: 128, stream: 2))
        }
        #expect(sketch == before)
    }

    @Test func binsAndGapsAreThoseOfTheValues() throws {
        let (a, b) = (Shape.ties.values(700, seed: 1), Shape.normal.values(600, seed: 2))
        var (first, second) = (QuantileSketch(stream: 1), QuantileSketch(stream: 2))
        first.add(contentsOf: a)
        second.add(contentsOf: b)
        let bins = try #require(Bins(edges: [-1, 0, 0.5, 3]))
        #expect(first.distribution.counts(in: bins) == bins.counts(of: a))
        #expect(second.distribution.counts(in: bins) == bins.counts(of: b))
        let test = KolmogorovSmirnovTest(a, b)
        let gap = try #require(first.distribution.largestGap(to: second.distribution))
        #expect(Vectors.agree(gap, test.statistic ?? .nan, relative: 1e-12))
        #expect(first.distribution.edges(bins: 10).count < 9, "equal edges count once")
    }
}
