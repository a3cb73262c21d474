import CairnCore
import Evaluation
import Messages
import Statistics
import Testing

@testable import Ports

/// Distributions over the wire: the same on the other side, or an error.
@Suite struct DistributionMessageTests {
    private func bundle(_ seed: UInt64, count: Int) -> SketchBundle {
        var random = SeededRandom(seed: seed)
        var (numbers, names) = (NumberSummary(size: 64, stream: seed), CategoryCounter(capacity: 9))
        var (few, vectors) = (NumberSummary(stream: seed), VectorSummary())
        for _ in 0..<count {
            let value = Double(random.next() % 100_000) / 7
            numbers.add(value)
            few.add(Double(random.next() % 3))
            names.add("n\(random.next() % 12)")
            vectors.add([value, -value])
        }
        var bundle = SketchBundle()
        bundle["numbers"] = .numbers(numbers)
        bundle["few"] = .numbers(few)
        bundle["names"] = .categories(names, missingCount: 3)
        bundle["vectors"] = .vectors(vectors)
        return bundle
    }

    @Test(arguments: [0, 1, 2, 60, 5000]) func whatIsSentIsWhatComes(count: Int) throws {
        for distribution in bundle(UInt64(count) + 1, count: count).distributions {
            let bytes = try distribution.message.encoded()
            let read = try Distribution(DistributionSketch(decoding: bytes))
            #expect(read == distribution, "\(distribution.name)")
        }
    }

    @Test func thinnedOnesKeepTheirQuantilesAndSayWhatIsLost() throws {
        let whole = try #require(bundle(3, count: 5000).distributions.first)
        guard case .numbers(let sample, _, _, let error) = whole.content,
            case .numbers(let thin, _, _, let more) = whole.thinned(to: 20).content
        else {
            Issue.record("no numbers")
            return
        }
        #expect(thin.values.count <= 20 && thin.count == sample.count)
        #expect(more == error + 0.05)
        #expect(thin.edges(bins: 10) == sample.edges(bins: 10))
        #expect(try #require(thin.largestGap(to: sample)) <= 0.05)
        let names = try #require(bundle(3, count: 500).distributions.first { $0.name == "names" })
        #expect(names.thinned(to: 2).count == names.count)
    }

    @Test func whatDoesNotFitTogetherIsRefused() throws {
        let all = bundle(5, count: 200).distributions
        let changes: [(String, (inout DistributionSketch) -> Void)] = [
            ("numbers", { $0.kind = "histogram" }), ("numbers", { $0.count += 1 << 60 }),
            ("numbers", { $0.count += 7 }), ("numbers", { $0.value.removeLast() }),
            ("numbers", { $0.value.reverse() }), ("numbers", { $0.value[3] = .nan }),
            ("numbers", { $0.probability[2] = 1.5 }), ("numbers", { $0.probability[2] = .nan }),
            ("numbers", { $0.rankError = .nan }), ("numbers", { $0.rankError = 2 }),
            ("numbers", { $0.value[0] = 1e9 }), ("names", { $0.categoryCount[0] += 1 }),
            ("names", { $0.category[1] = $0.category[0] }), ("names", { $0.otherCount += 1 }),
            ("names", { $0.categoryCount.removeLast() }), ("names", { $0.countError = 1 << 50 }),
            ("names", { $0.count = 0 }), ("vectors", { $0.vectorMean[0] = .infinity }),
            ("vectors", { $0.vectorVariance[0] = -1 }), ("vectors", { $0.vectorVariance = [1] }),
            ("vectors", { $0.count = 0 }),
        ]
        for (index, (name, change)) in changes.enumerated() {
            let distribution = try #require(all.first { $0.name == name })
            var message = distribution.message
            change(&message)
            #expect(throws: InputError.self, "change \(index) of \(name)") {
                try Distribution(message)
            }
        }
    }

    /// Whatever numbers come, there is a distribution that can be compared, or an error.
    @Test func randomNumbersHarmNothing() {
        for seed in UInt64(1)...400 {
            var random = SeededRandom(seed: seed)
            let doubles: [Double] = [0, 0.25, 0.5, 1, -1, .infinity, .nan, 1e308]
            let list = { (random: inout SeededRandom) in
                (0..<Int(random.next() % 4)).map { _ in doubles[Int(random.next() % 8)] }
            }
            let message = DistributionSketch(
                name: "x", kind: ["quantiles", "categories", "vector"][Int(random.next() % 3)],
                count: random.next() % 5, missingCount: random.next() % 3,
                probability: list(&random), value: list(&random), mean: list(&random).first ?? 0,
                standardDeviation: 1, category: ["a", "b"],
                categoryCount: [random.next() % 3, random.next() % 3],
                otherCount: random.next() % 3, vectorMean: list(&random),
                vectorVariance: list(&random), rankError: 0, countError: random.next() % 2)
            guard case .success(let read) = Result(catching: { try Distribution(message) }) else {
                continue
            }
            let found = DriftRule().compare(reference: [read], live: [read])
            #expect(found.allSatisfy { $0.verdict != .drift }, "seed \(seed)")
        }
    }

    @Test func schemasTravelWhole() throws {
        var age = Evaluation.DatasetSchema.Column(name: "age", kind: .integer)
        (age.minimum, age.isNullable) = (0, true)
        var schema = Evaluation.DatasetSchema(columns: [age])
        schema.allowsOthers = false
        #expect(try Evaluation.DatasetSchema(schema.message) == schema)
        var message = schema.message
        message.columns[0].kind = "date"
        #expect(throws: InputError.self) { try Evaluation.DatasetSchema(message) }
        message = schema.message
        (message.columns[0].hasMaximum, message.columns[0].maximum) = (true, -5)
        #expect(throws: InputError.self) { try Evaluation.DatasetSchema(message) }
    }
}
