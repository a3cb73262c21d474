import CairnCore
import CairnTestKit
import Testing

@testable import Evaluation

/// What is told from bytes is what values would have told.
@Suite struct QuickCheckTests {
    private static let schemas: [DatasetSchema] = DatasetSchema.Kind.allCases.flatMap { kind in
        [false, true].map { isStrict in
            var column = DatasetSchema.Column(name: "x", kind: kind)
            column.isNullable = !isStrict
            if isStrict {
                switch kind {
                case .number, .integer, .text, .vector: (column.minimum, column.maximum) = (1, 5)
                case .category: column.allowed = ["de", "en", "é", "7", "inf", "true", "a\"b"]
                case .boolean: break
                }
                if kind == .vector { column.dimension = 2 }
            }
            var schema = DatasetSchema(columns: [column])
            schema.allowsOthers = !isStrict
            return schema
        }
    }

    private static let texts = [
        "", "1", "5", "6", "0", "-1", "+2", "007", "7", "1.5", "1.", ".5", "1e0", "1e400", "2E0",
        "9007199254740993", "123456789012345678901234567890",
        "0000000000000000000000000000000000000003",
        "00000000000000000000000000000000000000003", "1-2", "e5", "-", "+", ".", "nan", "NaN",
        "inf",
        "Infinity", "-inf", "none", "interest", "de", "en", "é", "e\u{301}", "ééééé", "abcdef",
        "true",
        "TRUE", "false", "[1,2]", "[1, 2.5]", "[1,6]", "[1]", "[]", "[1,]", "[01,2]", "[1,2", "[",
        "[x]",
        "a b", " 1", "1 ", "\u{212A}", "\u{7F}", "null", "1;2",
    ]

    private static func answers(
        _ row: String, _ format: TextFormat, _ schema: DatasetSchema, header: [String]
    ) -> (quickly: Bool, slowly: Bool) {
        let bytes = Array(row.utf8)
        var check = QuickCheck(schema, header: format == .csv ? header : nil)
        let padded = TableBlock.Row(bytes[...], line: 1, isTaken: false)
        let quickly = padded.withBytes { check.surelyTakes($0) }
        let block = TableBlock(
            rows: [padded], header: format == .csv ? header : nil, stream: 0)
        let slowly = (try? block.read(SchemaCheck(schema), nil, .dataset).get()) != nil
        return (quickly, slowly)
    }

    @Test func fieldsThatAreQuicklyTakenMeetTheSchema() {
        var quickCount = 0
        for schema in Self.schemas {
            for text in Self.texts {
                let quoted = "\"" + text.split(separator: "\"").joined(separator: "\"\"") + "\""
                for field in [text, quoted, text + "\"", "\"" + text] {
                    // What is not in a closed schema is refused with the header.
                    let others = [("1," + field, ["y", "x"]), (field + ",1", ["x", "y"])]
                    for (row, header) in [(field, ["x"])] + (schema.allowsOthers ? others : []) {
                        let (quickly, slowly) = Self.answers(row, .csv, schema, header: header)
                        if quickly { #expect(slowly, "\(schema.columns[0]): \(row)") }
                        quickCount += quickly ? 1 : 0
                    }
                }
            }
        }
        #expect(quickCount > 300)
    }

    @Test func membersThatAreQuicklyTakenMeetTheSchema() {
        let values =
            Self.texts + Self.texts.map { "\"\($0)\"" }
            + [
                #""a\"b""#, #""\u00e9""#, "null", "nul", "tru", "truefalse", "{}", #"{"x": 1}"#,
                #"["a"]"#, #"[1, "]"]"#, "[[1]]", "[1 ,2]", "[ 1, 2 ]", "\"a\tb\"", "\"",
            ]
        var quickCount = 0
        for schema in Self.schemas {
            for value in values {
                for row in [
                    #"{"x": \#(value)}"#, #" { "x":\#(value) , "y" : 1 } "#,
                    #"{"y": \#(value), "x": 3}"#, #"{"x": 3, "x": \#(value)}"#,
                    #"{"x": \#(value)"#, #"{"x": \#(value)}}"#, #"{"x": \#(value),}"#,
                    #"{"x" \#(value)}"#, #"[{"x": \#(value)}]"#, #"{"xx": \#(value)}"#,
                ] {
                    let (quickly, slowly) = Self.answers(row, .jsonLines, schema, header: [])
                    if quickly { #expect(slowly, "\(schema.columns[0]): \(row)") }
                    quickCount += quickly ? 1 : 0
                }
            }
        }
        #expect(quickCount > 300)
    }

    /// Otherwise nothing would be quick.
    @Test func ordinaryRowsAreTaken() {
        var length = DatasetSchema.Column(name: "length", kind: .integer)
        (length.minimum, length.maximum) = (0, 100_000)
        var language = DatasetSchema.Column(name: "language", kind: .category)
        language.allowed = ["en", "de"]
        var label = DatasetSchema.Column(name: "label", kind: .category)
        label.allowed = ["0", "1", "10"]
        var embedding = DatasetSchema.Column(name: "embedding", kind: .vector)
        embedding.dimension = 3
        let schema = DatasetSchema(columns: [
            length, language, label, embedding, DatasetSchema.Column(name: "text", kind: .text),
            DatasetSchema.Column(name: "flag", kind: .boolean),
        ])
        let header = ["id", "language", "length", "label", "text", "embedding", "flag"]
        for row in [
            #"7,de,310,10,"Guten Tag, Welt","[0.5, -1, 2e-3]",true"#,
            #"8,en,0,0,été,"[1,2,3]",0"#,
        ] {
            #expect(Self.answers(row, .csv, schema, header: header) == (true, true), "\(row)")
        }
        let line =
            #"{"id": 7, "language": "de", "length": 310, "label": 10, "text": "Guten Tag", "#
            + #""embedding": [0.5, -1, 2e-3], "flag": true, "more": [1, 2], "none": null}"#
        #expect(Self.answers(line, .jsonLines, schema, header: []) == (true, true))
    }

    /// Of rows that no sketch takes, names are known from the rows themselves.
    @Test func linesThatAreOnlyCheckedNeedNoHeader() throws {
        var sketcher = TableSketcher(
            format: .jsonLines, rowEstimate: .max,
            schema: DatasetSchema(columns: [DatasetSchema.Column(name: "x", kind: .number)]),
            workerCount: 2)
        try Array("{\"x\": 1}\n{\"x\": 2}\n".utf8).withUnsafeBytes { try sketcher.append($0) }
        #expect(try sketcher.finish().rowCount == 2)
        var other = TableSketcher(
            format: .jsonLines, rowEstimate: .max,
            schema: DatasetSchema(columns: [DatasetSchema.Column(name: "x", kind: .number)]),
            workerCount: 2)
        #expect(throws: InputError.self) { _ = try other.finish() }
    }
}
