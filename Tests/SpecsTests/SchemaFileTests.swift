import CairnCore
import Evaluation
import Testing
import YAMLFiles

@testable import Specs

@Suite struct SchemaFileTests {
    private func schema(_ text: String) throws(ConfigError) -> DatasetSchema {
        try SchemaFile(YAMLFile.value(of: Array(text.utf8))).schema
    }

    @Test func aSchemaSaysWhatEachColumnIs() throws {
        let found = try schema(
            """
            columns:
              age: {type: integer, range: [0, 120]}
              language: {type: category, categories: [de, en]}
              text: {type: text, at_most: 4000, required: false}
              weight: {type: number, at_least: 0.5}
              embedding: {type: vector, dimension: 384, range: [-1, 1]}
              known: {type: boolean}
            others: refuse
            """)
        #expect(
            found.columns.map(\.name) == [
                "age", "language", "text", "weight", "embedding", "known",
            ])
        #expect(
            found.columns.map(\.kind) == [.integer, .category, .text, .number, .vector, .boolean])
        #expect(found.columns.map(\.isNullable) == [false, false, true, false, false, false])
        #expect(found.columns.map(\.minimum) == [0, nil, nil, 0.5, -1, nil])
        #expect(found.columns.map(\.maximum) == [120, nil, 4000, nil, 1, nil])
        #expect(found.columns[1].allowed == ["de", "en"])
        #expect(found.columns[4].dimension == 384)
        #expect(!found.allowsOthers)
        #expect(try schema("columns:\n  a: {type: text}\nothers: allow\n").allowsOthers)
    }

    @Test(arguments: [
        ("column: {}", "unknown key 'column' in a schema; did you mean 'columns'?"),
        ("others: allow", "a schema needs 'columns'"),
        ("columns: [a, b]", "expected the names of columns, each with what it shall be"),
        ("columns:\n  a: text", "expected a column, as keys with values, and not 'text'"),
        ("columns:\n  a: {required: yes}", "a column needs 'type'"),
        ("columns:\n  a: {type: text, required: yes}", "expected true or false and not 'yes'"),
        (
            "columns:\n  a: {type: number, range: [1]}",
            "expected two bounds, as [0, 120], and not 1"
        ),
        ("columns:\n  a: {type: number, range: 3}", "expected a list and not '3'"),
        (
            "columns:\n  a: {type: number, categories: [x]}",
            "the column 'a': only a category has allowed values"
        ),
        (
            "columns:\n  a: {type: category, categories: [x, x]}",
            "the column 'a': an allowed value stands twice"
        ),
        ("columns:\n  a: {type: vector, dimension: 0}", "expected a whole number from 1 to 16384"),
        ("columns:\n  a: {type: boolean, at_least: 1}", "the column 'a': a boolean has no bounds"),
        ("columns:\n  a: {type: text}\nothers: refused", "did you mean 'refuse'?"),
    ])
    func whatIsNoSchemaIsPointedAt(text: String, why: String) {
        do throws(ConfigError) {
            _ = try schema(text)
            Issue.record("\(text) was taken")
        } catch {
            #expect(error.description.contains(why), "\(error)")
        }
    }
}
