import CairnCore
import CairnTestKit
import Statistics
import Testing

@testable import Evaluation

@Suite struct TableSketcherTests {
    private func columns(
        _ text: String, _ format: TextFormat, pieces: Int = 7, rows: Int = 100,
        schema: DatasetSchema? = nil, workers: Int = 2
    ) throws -> TableColumns {
        var sketcher = TableSketcher(
            format: format, rowEstimate: rows, schema: schema, workerCount: workers)
        let bytes = Array(text.utf8)
        for start in stride(from: 0, to: bytes.count, by: pieces) {
            try Array(bytes[start..<min(bytes.count, start + pieces)]).withUnsafeBytes {
                try sketcher.append($0)
            }
        }
        return try sketcher.finish()
    }

    @Test(arguments: [1, 2, 7, 1000]) func everyColumnIsWhatItsValuesAre(pieces: Int) throws {
        let csv = """
            \u{FEFF}id,age,language,text,embedding\r
            e1,31,de,"Guten ""Tag"", Welt","[1, 2.5]"\r
            e2,,en,"two
            lines","[3, 4.5]"
            e3,27,de,é,
            e4,30,en,x,
            """
        let columns = try columns(csv, .csv, pieces: pieces)
        #expect(columns.rowCount == 4)
        #expect(columns.skippedCount == 0)
        let reference = columns.reference
        #expect(
            reference.names == [
                "input.age", "input.language", "input.text.length", "input.embedding",
            ])
        guard case .numbers(let age) = reference["input.age"],
            case .categories(let language, let missing) = reference["input.language"],
            case .numbers(let length) = reference["input.text.length"],
            case .vectors(let embedding) = reference["input.embedding"]
        else {
            Issue.record("other kinds: \(reference)")
            return
        }
        #expect(age.quantiles.distribution.values == [27, 30, 31])
        #expect(age.missingCount == 1)
        #expect(language.count(of: "de") == 2)
        #expect(missing == 0)
        #expect(length.quantiles.distribution.values == [1, 9, 17])
        #expect(embedding.mean == [2, 3.5])
        #expect(embedding.missingCount == 2)
    }

    @Test func linesOfJSONMayLackNames() throws {
        let lines = """
            {"a": 1, "b": "x"}

            {"b": "x", "c": [1, 2]}
            {"a": 3.5, "b": true, "a": 9}
            not JSON
            {"a": {"x": 1}, "b": null}
            """
        let columns = try columns(lines, .jsonLines)
        #expect(columns.rowCount == 5)
        #expect(columns.skippedCount == 1)
        #expect(columns.takenCount == 4)
        guard case .numbers(let a) = columns["a"]?.entry(as: .numbers) else {
            Issue.record("a has no numbers")
            return
        }
        #expect(a.quantiles.distribution.values == [1, 3.5])
        #expect(a.missingCount == 2)
        #expect(columns["c"]?.count == 4)
        guard case .categories(let b, let missing) = columns["b"]?.entry(as: .categories) else {
            Issue.record("b has no names")
            return
        }
        #expect(b.count(of: "x") == 2)
        #expect(b.count(of: "true") == 1)
        #expect(missing == 1)
    }

    @Test func textsThatRepeatAreNames() throws {
        let few = (0..<40).map { "{\"t\": \"kind \($0 % 3)\"}" }.joined(separator: "\n")
        #expect(try columns(few, .jsonLines).reference.names == ["input.t"])
        let many = (0..<40).map { "{\"t\": \"text \($0)\"}" }.joined(separator: "\n")
        #expect(try columns(many, .jsonLines).reference.names == ["input.t.length"])
    }

    /// The bits depend on the bytes: not on threads, not on how they came.
    @Test func threadsAndPiecesChangeNothing() throws {
        var random = SeededRandom(seed: 3)
        let lines = (0..<9000).map { row in
            "{\"x\": \(Double(random.next() >> 40)), \"k\": \"\(random.next() % 5)\"}"
        }.joined(separator: "\n")
        let encoded = try [(1, 1000), (2, 777), (3, 100_000), (7, 4096)].map { workers, pieces in
            try columns(lines, .jsonLines, pieces: pieces, rows: 9000, workers: workers)
                .reference.encoded
        }
        #expect(Set(encoded).count == 1)
    }

    @Test func longTablesAreSampled() throws {
        let lines = (0..<20_000).map { "{\"x\": \($0)}" }.joined(separator: "\n")
        // As if there were fifty times as many rows.
        let columns = try columns(
            lines, .jsonLines, pieces: 1 << 16, rows: TableSketcher.sampleCount * 10)
        #expect(columns.rowCount == 20_000)
        #expect((1800...2200).contains(columns.takenCount), "\(columns.takenCount)")
        guard case .numbers(let x) = columns.reference["input.x"] else {
            Issue.record("x has no numbers")
            return
        }
        let median = try #require(x.quantiles.distribution.quantile(0.5))
        #expect((9000...11_000).contains(median))
    }

    private var schema: DatasetSchema {
        var age = DatasetSchema.Column(name: "age", kind: .integer)
        (age.minimum, age.maximum) = (0, 120)
        var language = DatasetSchema.Column(name: "language", kind: .category)
        language.allowed = ["de", "en"]
        var text = DatasetSchema.Column(name: "text", kind: .text)
        (text.isNullable, text.maximum) = (true, 5)
        var vector = DatasetSchema.Column(name: "v", kind: .vector)
        (vector.dimension, vector.isNullable) = (2, true)
        return DatasetSchema(columns: [age, language, text, vector])
    }

    @Test func aSchemaIsHeldAgainstEveryRow() throws {
        let good = #"{"age": 3, "language": "de", "text": null, "v": [1, 2], "more": {}}"#
        let fine = try columns(good + "\n" + good, .jsonLines, schema: schema)
        #expect(fine.rowCount == 2)
        let bad: [(String, String)] = [
            (
                #"{"age": 130, "language": "de"}"#,
                "'age' is 130; the schema wants a whole number of 0 to 120"
            ),
            (
                #"{"age": 3.5, "language": "de"}"#,
                "'age' is 3.5; the schema wants a whole number of 0 to 120"
            ),
            (
                #"{"age": 3, "language": "fr"}"#,
                "'language' is 'fr'; the schema wants one of 'de', 'en'"
            ),
            (#"{"age": 3}"#, "'language' is not there; the schema wants one of 'de', 'en'"),
            (
                #"{"age": null, "language": "de"}"#,
                "'age' is missing; the schema wants a whole number of 0 to 120"
            ),
            (
                #"{"age": 3, "language": "de", "text": "too long"}"#,
                "'text' is 'too long'; the schema wants a text of at most 5 characters or nothing"
            ),
            (
                #"{"age": 3, "language": "de", "v": [1]}"#,
                "'v' is a list of 1 numbers; the schema wants a list of 2 numbers or nothing"
            ),
            ("nonsense", "not JSON: expected a value at byte 0"),
        ]
        for (line, text) in bad {
            #expect(throws: InputError(line: 3, text)) {
                _ = try columns(
                    good + "\n" + good + "\n" + line, .jsonLines, schema: schema)
            }
        }
        var strict = schema
        strict.allowsOthers = false
        #expect(throws: InputError.self) { try columns(good, .jsonLines, schema: strict) }
    }

    @Test func theHeaderIsHeldAgainstTheSchema() {
        #expect(
            throws: InputError(
                line: 1,
                "the schema wants a column 'language', which is not there; did you mean 'langage'?")
        ) { try columns("age,langage\n1,de\n", .csv, schema: schema) }
        #expect(throws: InputError(line: 3, "1 fields where the header has 2")) {
            try columns("age,language\n1,de\n2\n", .csv, schema: schema)
        }
    }

    @Test func aSchemaMustMakeSense() {
        #expect(schema.problem == nil)
        #expect(DatasetSchema(columns: []).problem != nil)
        var bad = schema
        bad.columns[0].minimum = 200
        #expect(bad.problem == "the column 'age': its minimum 200.0 is above its maximum 120.0")
        bad = schema
        bad.columns.append(bad.columns[0])
        #expect(bad.problem == "the column 'age' stands twice")
    }

    /// Whatever bytes come, there is a table or an error.
    @Test func garbageIsNoTable() {
        for seed in UInt64(1)...60 {
            var random = SeededRandom(seed: seed)
            let alphabet = Array("\",{}[]:\n\r\\ab1.e-é\u{0}".utf8)
            let bytes = (0..<400).map { _ in alphabet[Int(random.next() % UInt64(alphabet.count))] }
            for format in TextFormat.allCases {
                var sketcher = TableSketcher(format: format, rowEstimate: 10, workerCount: 1)
                do {
                    try bytes.withUnsafeBytes { try sketcher.append($0) }
                    _ = try sketcher.finish().reference.encoded
                } catch {
                    #expect(error is InputError, "seed \(seed)")
                }
            }
        }
    }
}
