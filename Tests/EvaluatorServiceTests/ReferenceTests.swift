import CairnCore
import Evaluation
import Messages
import Ports
import Statistics
import Testing

@testable import EvaluatorService

@Suite(.timeLimit(.minutes(10))) struct ReferenceTests {
    private let evaluator = Harness(store: InMemoryEvaluationStore())

    private static let data = Tiny.aged

    private func reference(_ number: String) async throws -> ReferenceDistributions {
        try await evaluator.channel.call(
            EvaluatorMethods.getReference, GetEvaluation(model: "m", number: number))
    }

    @Test func aReferenceComesWithTheResult() async throws {
        let schema = SchemaCallTests.schema()
        _ = try await evaluator.addDataset(Self.data, schema: schema)
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
        #expect(found.schema == schema && found.inputProblem.isEmpty)
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

    /// An evaluation that is under way hides no reference, and one without numbers neither.
    @Test func theNewestThatHasOneIsTaken() async throws {
        try await evaluator.addDataset(Self.data)
        _ = try await evaluator.apply(Tiny.suite(data: Self.data))
        try await evaluator.commit("1.0.0")
        let first = try await evaluator.running {
            try await evaluator.upload(Tiny.predictions(wrong: 1), to: "1.0.0")
        }
        let again = Evaluate(model: "m", number: "1.0.0", suite: "s", again: true)
        let second = try await evaluator.channel.call(EvaluatorMethods.evaluate, again)
        #expect(second.evaluationId != first.evaluationId && second.verdict == .pending)
        #expect(try await reference("1.0.0").evaluationId == first.evaluationId)
        try await evaluator.running { _ = try await evaluator.upload("nonsense", to: "1.0.0") }
        #expect(try await reference("1.0.0").evaluationId == first.evaluationId)
        await #expect(throws: RPCError.self) {
            _ = try await evaluator.channel.call(
                EvaluatorMethods.getReference, GetEvaluation(evaluationId: second.evaluationId))
        }
    }

    /// The evaluation has its verdict; what is missing is said.
    @Test func aTableThatCannotBeSketchedHoldsUpNothing() async throws {
        // The data set's reader takes a quote inside a field, and cutting rows counts it.
        let data = Self.data.replacing("20,0", with: "2\"0,0")
        let evaluator = Harness(store: InMemoryEvaluationStore())
        try await evaluator.addDataset(data)
        _ = try await evaluator.apply(Tiny.suite(data: data))
        try await evaluator.commit("1.0.0")
        let record = try await evaluator.running {
            try await evaluator.upload(Tiny.predictions(wrong: 0), to: "1.0.0")
        }
        #expect(record.verdict == .pass, "\(record.reasons)")
        let found = try await evaluator.channel.call(
            EvaluatorMethods.getReference, GetEvaluation(model: "m", number: "1.0.0"))
        #expect(found.sketches.map(\.name) == ["output"])
        #expect(found.inputProblem.contains("could not be read for sketches"))
        #expect(evaluator.log.lines.contains { $0.contains("has no sketches of inputs") })
    }

    /// A data set in any format has sketches, and the reference says what its answers are.
    @Test func aStreamOfColumnsIsSketchedAsItsRowsAre() async throws {
        let lines = (0..<10).map {
            "{\"id\":\"e\($0)\",\"label\":\"\($0 % 2)\",\"prediction\":\"1\"}\n"
        }.joined()
        var stream: [UInt8] = []
        _ = try PredictionConversion(
            BytesInMemory(Array(lines.utf8)), from: .jsonLines, to: .columns, task: .multiclass,
            workerCount: 1
        ).run { stream += $0 }
        try await evaluator.addDataset(bytes: stream, fileName: "d.cpred")
        var suite = Tiny.suite()
        (suite.datasetDigest, suite.task) = (Digest(of: stream).bytes, .binary)
        suite.positiveLabel = "1"
        _ = try await evaluator.apply(suite)
        try await evaluator.commit("1.0.0")
        try await evaluator.running {
            _ = try await evaluator.upload(Tiny.predictions(wrong: 0), to: "1.0.0")
        }
        let found = try await reference("1.0.0")
        #expect(found.inputProblem == "")
        #expect(found.sketches.map(\.name) == ["input.label", "input.prediction", "output"])
        #expect(found.sketches.map(\.count) == [10, 10, 10])
        #expect((found.task, found.positiveLabel) == ("binary", "1"))
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
