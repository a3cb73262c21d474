import CairnCore
import Messages
import Ports
import Testing

/// Data sets with schemas: held against every row, pinned with the digest.
@Suite(.timeLimit(.minutes(1))) struct SchemaCallTests {
    private let evaluator = Harness(store: InMemoryEvaluationStore())

    static func schema(maximum: Double = 120) -> Messages.DatasetSchema {
        Messages.DatasetSchema(columns: [
            ColumnSchema(
                name: "age", kind: "integer", hasMinimum: true, hasMaximum: true, maximum: maximum),
            ColumnSchema(name: "label", kind: "category", allowed: ["0", "1"]),
        ])
    }

    @Test func rowsThatBreakTheSchemaRefuseTheDataSet() async throws {
        let bad = "id,age,label\ne1,30,1\ne2,130,0\n"
        await #expect {
            _ = try await evaluator.addDataset(bad, schema: Self.schema())
        } throws: {
            "\($0)".contains(
                "d.csv, line 3: 'age' is 130; the schema wants a whole number of 0 to 120. "
                    + "Nothing was stored")
        }
        let list = try await evaluator.channel.call(EvaluatorMethods.listDatasets, ListDatasets())
        #expect(list.datasets.isEmpty)
        // Bytes that are there already are read again.
        _ = try await evaluator.addDataset(bad)
        await #expect(throws: RPCError.self) {
            _ = try await evaluator.addDataset(bad, schema: Self.schema())
        }
        #expect(
            try await evaluator.addDataset(bad, schema: Self.schema(maximum: 150)).schema
                == Self.schema(maximum: 150))
        await #expect {
            _ = try await evaluator.addDataset(bad, schema: Messages.DatasetSchema())
        } throws: {
            "\($0)".contains("a schema without columns says nothing")
        }
    }

    @Test func anotherSchemaOfTheSameBytesIsRefused() async throws {
        let first = try await evaluator.addDataset(Tiny.aged, schema: Self.schema())
        #expect(first.schema == Self.schema() && first.previousDigest.isEmpty)
        #expect(
            try await evaluator.addDataset(Tiny.aged).schema == Self.schema(),
            "the one that is pinned stays")
        #expect(
            try await evaluator.addDataset(Tiny.aged, name: "other", schema: Self.schema()).schema
                == Self.schema())
        await #expect {
            _ = try await evaluator.addDataset(Tiny.aged, schema: Self.schema(maximum: 150))
        } throws: {
            ($0 as? RPCError)?.code == .conflict && "\($0)".contains("the column 'age' differs")
        }
        let next = try await evaluator.addDataset(Tiny.aged + "e10,40,1\n")
        #expect(next.version == 2 && next.schema == nil && next.previousDigest == first.digest)
    }
}
