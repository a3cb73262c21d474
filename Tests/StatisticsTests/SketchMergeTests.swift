import CairnCore
import Testing

@testable import Statistics

/// However parts are merged: what is exact is the same, what is not stays within its stated error.
@Suite struct SketchMergeTests {
    /// Values of one part, and its sketches.
    private struct Part {
        var values: [Double] = []
        var names: [String] = []
        var bundle = SketchBundle()

        init(_ count: Int, _ random: inout SeededRandom, stream: UInt64) {
            var numbers = NumberSummary(size: 64, stream: stream)
            var counter = CategoryCounter(capacity: 10)
            var vectors = VectorSummary()
            for _ in 0..<count {
                let value = Double(random.int(in: -500...500)) / 8
                values.append(value)
                numbers.add(value)
                let name = "n\(random.int(in: 0...random.int(in: 0...24)))"
                names.append(name)
                counter.add(name)
                vectors.add([value, value * value])
            }
            numbers.addMissing(count / 7)
            bundle.rowCount = count
            bundle["numbers"] = .numbers(numbers)
            bundle["names"] = .categories(counter, missingCount: count / 9)
            bundle["vectors"] = .vectors(vectors)
            // A name that not all parts have.
            if stream % 2 == 0 { bundle["sometimes"] = .numbers(numbers) }
        }
    }

    private func merged(_ a: SketchBundle, _ b: SketchBundle) throws -> SketchBundle {
        var whole = a
        try whole.merge(b)
        return whole
    }

    @Test(arguments: [5, 40, 700, 6000]) func theGroupingDoesNotMatter(count: Int) throws {
        for seed in seeds.prefix(12) {
            var random = SeededRandom(seed: seed)
            let parts = (1...3).map { stream in
                Part(count * stream, &random, stream: UInt64(stream))
            }
            let (a, b, c) = (parts[0].bundle, parts[1].bundle, parts[2].bundle)
            let groupings = [
                try merged(try merged(a, b), c), try merged(a, try merged(b, c)),
                try merged(try merged(c, a), b),
            ]
            let values = parts.flatMap(\.values).sorted()
            let names = parts.flatMap(\.names)
            for (index, whole) in groupings.enumerated() {
                let place: Comment = "seed \(seed), grouping \(index)"
                #expect(whole.rowCount == count * 6, place)
                #expect(Set(whole.names) == Set(groupings[0].names), place)
                try expect(whole, like: groupings[0], values, place)
                expect(whole, names, place)
                // Bytes of what was merged are bytes like any others.
                #expect(try SketchBundle(encoded: whole.encoded) == whole, place)
            }
        }
    }

    private func expect(
        _ whole: SketchBundle, like first: SketchBundle, _ values: [Double], _ place: Comment
    ) throws {
        guard case .numbers(let found) = whole["numbers"],
            case .numbers(let other) = first["numbers"],
            case .vectors(let vectors) = whole["vectors"]
        else {
            Issue.record("other kinds")
            return
        }
        #expect(found.count == values.count && found.missingCount == other.missingCount, place)
        let sample = found.quantiles.distribution
        #expect(sample.minimum == values.first && sample.maximum == values.last, place)
        let mean = values.reduce(0, +) / Double(values.count)
        #expect(((found.mean ?? .nan) - mean).magnitude < 1e-9, place)
        #expect((vectors.mean[0] - mean).magnitude < 1e-9, place)
        let upTo = Dictionary(
            zip(values, 1...values.count).map { ($0, $1) }, uniquingKeysWith: { $1 })
        let allowed = found.quantiles.rankError(confidence: 0.999_999, everywhere: true)
        for index in stride(from: 0, to: values.count, by: max(1, values.count / 50)) {
            let value = values[index]
            let exact = Double(upTo[value] ?? 0) / Double(values.count)
            let seen = Double(sample.count(atMost: value)) / Double(values.count)
            #expect((seen - exact).magnitude <= allowed + 1e-12, place)
        }
    }

    private func expect(_ whole: SketchBundle, _ names: [String], _ place: Comment) {
        guard case .categories(let counter, let missing) = whole["names"] else {
            Issue.record("no names")
            return
        }
        #expect(counter.count == names.count, place)
        #expect(missing > 0 || names.count < 54, place)
        #expect(counter.undercountMax <= names.count / 11, place)
        var counts: [String: Int] = [:]
        for name in names { counts[name, default: 0] += 1 }
        for (name, exact) in counts {
            #expect(counter.count(of: name) <= exact, place)
            #expect(counter.count(of: name) >= exact - counter.undercountMax, place)
        }
    }
}
