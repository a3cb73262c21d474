import CairnCore
import Evaluation
import Messages
import Ports
import Statistics
import Testing

@testable import EvaluatorService

@Suite(.timeLimit(.minutes(1))) struct ReferenceTests {
    private let evaluator = Harness(store: InMemoryEvaluationStore())

    private static let data =
        "id,age,label\n" + (0..<10).map { "e\($0),\(20 + $0),\($0 % 2)\n" }.joined()

    private func reference(_ number: String) async throws -> ReferenceDistributions {
        try await evaluator.channel.call(
            EvaluatorMethods.getReference, GetEvaluation(model: "m", number: number))
    }

    private func add(_ schema: Messages.DatasetSchema?, _ text: String, name: String = "d")
        async throws -> DatasetRecord
    {
        let bytes = Array(text.utf8)
        return try await evaluator.channel.upload(EvaluatorMethods.addDataset) { parts in
            let middle = bytes.count / 2
            try await parts.send(
                AddDataset(
                    name: name, digest: Digest(of: bytes).bytes, fileName: "d.csv", schema: schema),
                attachment: SharedBytes(Array(bytes[..<middle])))
            try await parts.send(AddDataset(), attachment: SharedBytes(Array(bytes[middle...])))
        }
    }

    private func schema(maximum: Double = 120) -> Messages.DatasetSchema {
        Messages.DatasetSchema(columns: [
            ColumnSchema(
                name: "age", kind: "integer", hasMinimum: true, hasMaximum: true, maximum: maximum),
            ColumnSchema(name: "label", kind: "category", allowed: ["0", "1"]),
        ])
    }

    @Test func aReferenceComesWithTheResult() async throws {
        _ = try await add(schema(), Self.data)
        _ = try await evaluator.apply(Tiny.suite(data: Self.data))
        try await evaluator.commit("1.0.0")
        await #expect {
            _ = try await reference("1.0.0")
        } throws: {
            "\($0)".contains("is waiting; its reference comes with its result")
        }
        try await evaluator.running {
            _ = try await evaluator.upload(Tiny.predictions(wrong: 1), to: "1.0.0")
        }
        let found = try await reference("1.0.0")
        #expect(found.sketches.map(\.name) == ["input.age", "input.label", "output"])
        #expect(found.exampleCount == 10 && found.dataset == "d@1" && found.suite == "s")
        #expect(found.schema == schema() && found.inputProblem.isEmpty)
        let age = try Distribution(found.sketches[0])
        guard case .numbers(let ages, _, _, 0) = age.content else {
            Issue.record("\(age)")
            return
        }
        #expect(ages.values == (20..<30).map(Double.init))
        #expect(found.sketches[2].category == ["1", "0"])
        #expect(found.sketches[2].categoryCount == [6, 4])
    }

    /// The first evaluation reads the columns, the next ones do not.
    @Test func inputsAreSketchedOncePerDigest() async throws {
        let files = InMemoryEvaluationFiles()
        let evaluator = Harness(store: InMemoryEvaluationStore(), files: files)
        try await evaluator.addDataset(Self.data)
        _ = try await evaluator.apply(Tiny.suite(data: Self.data))
        try await evaluator.commit("1.0.0")
        try await evaluator.commit("1.1.0")
        let kept = { @Sendable () async throws -> [UInt8]? in
            try await evaluator.service.ledger.with { store, _ in
                try store.inputs(of: Digest(of: Array(Self.data.utf8)))
            }
        }
        #expect(try await kept() == nil)
        try await evaluator.running {
            _ = try await evaluator.upload(Tiny.predictions(wrong: 0), to: "1.0.0")
        }
        let first = try await kept()
        #expect(first != nil)
        // With other bytes in the store's place nothing would be made anew.
        try await evaluator.service.keepInputs(of: Digest(of: Array(Self.data.utf8)))
        #expect(try await kept() == first)
        try await evaluator.running {
            _ = try await evaluator.upload(Tiny.predictions(wrong: 5), to: "1.1.0")
        }
        #expect(try await kept() == first)
    }

    @Test func withoutNumbersThereIsNone() async throws {
        try await evaluator.addDataset(Self.data)
        _ = try await evaluator.apply(Tiny.suite(data: Self.data))
        try await evaluator.commit("1.0.0")
        try await evaluator.running { _ = try await evaluator.upload("nonsense", to: "1.0.0") }
        await #expect {
            _ = try await reference("1.0.0")
        } throws: {
            ($0 as? RPCError)?.code == .notFound && "\($0)".contains("ended without numbers")
        }
    }

    @Test func rowsThatBreakTheSchemaRefuseTheDataSet() async throws {
        let bad = "id,age,label\ne1,30,1\ne2,130,0\n"
        await #expect {
            _ = try await add(schema(), bad)
        } throws: {
            "\($0)".contains(
                "d.csv, line 3: 'age' is 130; the schema wants a whole number of 0 to 120. "
                    + "Nothing was stored")
        }
        let list = try await evaluator.channel.call(EvaluatorMethods.listDatasets, ListDatasets())
        #expect(list.datasets.isEmpty)
        // Bytes that are there already are read again.
        _ = try await add(nil, bad)
        await #expect(throws: RPCError.self) { _ = try await add(schema(), bad) }
        #expect(try await add(schema(maximum: 150), bad).schema == schema(maximum: 150))
        await #expect {
            _ = try await add(Messages.DatasetSchema(), bad)
        } throws: {
            "\($0)".contains("a schema without columns says nothing")
        }
    }

    @Test func anotherSchemaOfTheSameBytesIsRefused() async throws {
        let first = try await add(schema(), Self.data)
        #expect(first.schema == schema() && first.previousDigest.isEmpty)
        #expect(try await add(nil, Self.data).schema == schema(), "the one that is pinned stays")
        #expect(try await add(schema(), Self.data, name: "other").schema == schema())
        await #expect {
            _ = try await add(schema(maximum: 150), Self.data)
        } throws: {
            ($0 as? RPCError)?.code == .conflict && "\($0)".contains("the column 'age' differs")
        }
        let next = try await add(nil, Self.data + "e10,40,1\n")
        #expect(next.version == 2 && next.schema == nil && next.previousDigest == first.digest)
    }

    @Test func aDataSetThatWasChangedOnDiskIsNamedWithBothDigests() async throws {
        let files = InMemoryEvaluationFiles()
        let evaluator = Harness(store: InMemoryEvaluationStore(), files: files)
        try await evaluator.addDataset(Self.data)
        _ = try await evaluator.apply(Tiny.suite(data: Self.data))
        try await evaluator.commit("1.0.0")
        let (pinned, other) = (Digest(of: Array(Self.data.utf8)), Array("id,label\n".utf8))
        let staged = files.newFile()
        try await staged.append(SharedBytes(other))
        try await staged.commit(as: .dataset(pinned))
        let record = try await evaluator.running {
            try await evaluator.upload(Tiny.predictions(wrong: 0), to: "1.0.0")
        }
        let why = record.reasons.joined()
        #expect(record.verdict == .error)
        #expect(why.contains(pinned.hex) && why.contains(Digest(of: other).hex), "\(why)")
    }

    private func numbers(_ name: String, scale: Double) throws -> Distribution {
        let values = (0..<500).map { Double($0) * scale }
        let sample = try #require(
            WeightedSample(
                values: values, cumulativeCounts: Array(1...500), minimum: 0,
                maximum: values.last))
        return Distribution(
            name: name, content: .numbers(sample, mean: 1, deviation: 1, rankError: 0),
            missingCount: 0)
    }

    @Test func whatHasNoRoomInAMessageIsThinnedAndSaid() throws {
        let sketches = try (0..<900).map { try numbers("input.column\($0)", scale: Double($0 + 1)) }
        let few = try ReferenceDistributions().fitting(Array(sketches.prefix(20)))
        #expect(few.sketches.allSatisfy { $0.rankError == 0 } && few.inputProblem.isEmpty)
        let many = try ReferenceDistributions().fitting(sketches)
        #expect(try many.encoded().count < WireLimits.messageByteCount)
        #expect(many.sketches.count == 900 && many.sketches[0].rankError > 0)
        let vectors = (0..<20).map { column in
            Distribution(
                name: "v\(column)",
                content: .vector(
                    mean: Array(repeating: 1, count: 8000),
                    variance: Array(repeating: 1, count: 8000), count: 100), missingCount: 0)
        }
        let cut = try ReferenceDistributions().fitting(vectors)
        #expect((1..<20).contains(cut.sketches.count))
        #expect(cut.inputProblem.contains("of 20 columns have no room in a message"))
        #expect(try cut.encoded().count < WireLimits.messageByteCount)
    }
}
