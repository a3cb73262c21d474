import CairnCore
import Statistics
import Testing

@testable import Evaluation

/// Live traffic: read as predictions have it, and held against a schema without refusing anything.
@Suite struct LiveTableTests {
    private func columns(
        _ text: String, _ format: TextFormat = .jsonLines, schema: DatasetSchema? = nil
    ) throws -> TableColumns {
        var sketcher = TableSketcher(
            format: format, rowEstimate: 10, schema: schema, use: .live(LiveAnswers()),
            workerCount: 2)
        try Array(text.utf8).withUnsafeBytes { try sketcher.append($0) }
        return try sketcher.finish()
    }

    private func live(_ text: String, like reference: [(String, Distribution.Content)]) throws
        -> [Distribution]
    {
        try columns(text).live(
            like: reference.map { Distribution(name: $0.0, content: $0.1, missingCount: 0) })
    }

    private let numbers = Distribution.Content.numbers(
        QuantileSketch(stream: 0).distribution, mean: nil, deviation: nil, rankError: 0)
    private let names = Distribution.Content.categories(
        Distribution.Categories([], otherCount: 0, undercountMax: 0))

    @Test func scoresOfAllClassesStandForTheClassAndItsScore() throws {
        let found = try live(
            """
            {"id": 1, "scores": {"a": 0.25, "b": 0.75}}
            {"prediction": "a", "scores": {"a": 0.5, "b": 0.5}}
            {"prediction": "c", "score": 0.125, "scores": {"a": 1}}
            {"scores": [0.0625, 0.9375]}
            """, like: [("output", names), ("score", numbers)])
        guard case .categories(let output) = found[0].content,
            case .numbers(let score, _, _, _) = found[1].content
        else {
            Issue.record("other kinds: \(found)")
            return
        }
        #expect(output.counts == ["a": 1, "b": 1, "c": 1])
        #expect(found[0].missingCount == 1)
        #expect(score.values == [0.125, 0.5, 0.75, 0.9375])
    }

    @Test func labelsTextsAndTokensAreUnderstood() throws {
        let found = try live(
            """
            {"prediction": ["x", "y"], "log_probs": [-1, -3]}
            {"prediction": ["x"], "log_prob": -6, "token_count": 4}
            """, like: [("output", names), ("output.count", numbers), ("score", numbers)])
        #expect(found.map(\.name) == ["output", "output.count", "score"])
        guard case .categories(let output) = found[0].content,
            case .numbers(let count, _, _, _) = found[1].content,
            case .numbers(let score, _, _, _) = found[2].content
        else {
            Issue.record("other kinds: \(found)")
            return
        }
        #expect(output.counts == ["x": 2, "y": 1])
        #expect(count.values == [1, 2])
        #expect(score.values == [-2, -1.5])
    }

    @Test func whatBreaksTheSchemaIsCountedByColumn() throws {
        var age = DatasetSchema.Column(name: "age", kind: .integer)
        (age.minimum, age.maximum) = (0, 120)
        let schema = DatasetSchema(columns: [
            age, DatasetSchema.Column(name: "label", kind: .category),
            DatasetSchema.Column(name: "text", kind: .text),
        ])
        let found = try columns(
            """
            {"age": 3, "text": "x"}
            {"age": 130, "text": "x"}
            {"age": "old"}
            not JSON
            {"age": null, "text": "x", "more": 1}
            """, schema: schema)
        #expect(found.absentColumns == ["label"])
        #expect(found.skippedCount == 1 && found.rowCount == 5)
        #expect(found.violations.map(\.column) == ["age", "text"])
        #expect(found.violations.map(\.rowCount) == [3, 1])
        #expect(found.violations.map(\.place.line) == [2, 3])
        #expect(
            found.violations[0].text == "'age' is 130; the schema wants a whole number of 0 to 120")
        #expect(found.violations[1].text == "'text' is not there; the schema wants a text")
    }

    @Test func columnsThatASchemaForbidsAreCountedToo() throws {
        var schema = DatasetSchema(columns: [DatasetSchema.Column(name: "age", kind: .integer)])
        schema.allowsOthers = false
        let found = try columns("age,agee\n1,2\n3,4\n", .csv, schema: schema)
        #expect(found.violations.map(\.column) == ["agee"])
        #expect(found.violations[0].rowCount == 2)
        #expect(found.violations[0].text.contains("did you mean 'age'?"))
        #expect(found.absentColumns == [])
    }
}
