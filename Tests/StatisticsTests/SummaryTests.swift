import CairnCore
import CairnTestKit
import Testing

@testable import Statistics

@Suite struct SummaryTests {
    /// Names as they occur in life: a few frequent ones, a long tail.
    private func names(_ count: Int, _ random: inout SeededRandom) -> [String] {
        (0..<count).map { _ in "name \(Int(1 / (1e-4 + random.unit())))" }
    }

    @Test func countsAreTooLowByNoMoreThanStated() throws {
        for seed in seeds.prefix(10) {
            var random = SeededRandom(seed: seed)
            let names = names(20_000, &random)
            let truth = names.reduce(into: [:]) { $0[$1, default: 0] += 1 }
            var parts = (0..<5).map { _ in CategoryCounter(capacity: 30) }
            for (index, name) in names.enumerated() { parts[index / 4000].add(name) }
            var whole = parts[0]
            for part in parts.dropFirst() { try whole.merge(part) }
            #expect(whole.count == 20_000)
            #expect(whole.undercountMax <= 20_000 / 31, "seed \(seed)")
            #expect(whole.categories.count <= 30)
            for (name, count) in truth {
                let found = whole.count(of: name)
                #expect(found <= count, "seed \(seed): \(name)")
                #expect(found >= count - whole.undercountMax, "seed \(seed): \(name)")
            }
            let counted = whole.categories.reduce(0) { $0 + $1.count }
            #expect(counted + whole.otherCount == 20_000)
        }
    }

    @Test func withRoomForAllEveryCountIsExactInAnyOrder() throws {
        var random = SeededRandom(seed: 8)
        let names = (0..<5000).map { _ in "n\(random.int(in: 0...900))" }
        var (forward, backward) = (CategoryCounter(), CategoryCounter())
        for name in names { forward.add(name) }
        for name in names.reversed() { backward.add(name) }
        #expect(forward.encoded == backward.encoded)
        #expect(forward.undercountMax == 0)
        #expect(forward.otherCount == 0)
        let truth = names.reduce(into: [:]) { $0[$1, default: 0] += 1 }
        #expect(truth.allSatisfy { forward.count(of: $0.key) == $0.value })
    }

    @Test func longNamesStayApart() throws {
        var counter = CategoryCounter()
        let stem = String(repeating: "ü", count: 200)
        counter.add(stem + "a")
        counter.add(stem + "b", count: 2)
        counter.add("e\u{301}")
        counter.add("\u{e9}")
        #expect(counter.categories.map(\.count) == [2, 1, 1, 1])
        #expect(counter.count(of: stem + "b") == 2)
        #expect(
            counter.categories.allSatisfy {
                $0.name.utf8.count <= CategoryCounter.nameByteCountMax
                    && !$0.name.contains("\u{FFFD}")
            })
        #expect(try CategoryCounter(encoded: counter.encoded) == counter)
    }

    @Test func momentsAreThoseOfTheValues() throws {
        for seed in seeds.prefix(10) {
            var random = SeededRandom(seed: seed)
            let values = random.normals(3000, mean: 1e6)
            var parts = (0..<3).map { NumberSummary(stream: $0) }
            for (index, value) in values.enumerated() { parts[index / 1000].add(value) }
            try parts[0].merge(parts[1])
            try parts[0].merge(parts[2])
            parts[0].add(.nan)
            parts[0].add(.infinity)
            parts[0].addMissing(4)
            let moments = Moments(values, in: Frame(covering: values))
            let frame = Frame(covering: values)
            let mean = frame.length(moments.mean.value)
            #expect(Vectors.agree(parts[0].mean ?? .nan, mean, relative: 1e-14))
            let deviation = frame.length(moments.deviation)
            #expect(
                Vectors.agree(parts[0].standardDeviation ?? .nan, deviation, relative: 1e-9))
            #expect(parts[0].missingCount == 5)
            #expect(parts[0].count == 3001)
        }
    }

    @Test func whatDoesNotFitIntoADoubleIsNotSaid() throws {
        var numbers = NumberSummary(stream: 1)
        #expect(numbers.mean == nil)
        for value in [1e308, -1e308, 1.5e308, -1.5e308] { numbers.add(value) }
        #expect(numbers.standardDeviation == nil)
        #expect(numbers.mean?.isNaN != true)
        #expect(try NumberSummary(encoded: numbers.encoded) == numbers)
    }

    @Test func vectorsOfOneDimensionAreSummed() throws {
        var (a, b) = (VectorSummary(), VectorSummary())
        a.add([.nan, 1])
        a.add([1e300])
        #expect(a.dimension == 0)
        a.add([1, 10])
        a.add([3, 10])
        a.add([1, 2, 3])
        b.add([5, 40])
        try a.merge(b)
        #expect(a.count == 3)
        #expect(a.missingCount == 3)
        #expect(a.mean == [3, 20])
        #expect(a.variance == [4, 300])
        var other = VectorSummary()
        other.add([1])
        #expect(throws: SketchError.self) { try a.merge(other) }
        var empty = VectorSummary()
        try empty.merge(a)
        #expect(empty == a)
    }
}
