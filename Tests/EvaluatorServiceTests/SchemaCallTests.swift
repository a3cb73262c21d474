import CairnCore
import Evaluation
import Messages
import Ports
import Testing

/// Data sets with schemas: held against every row, pinned with the digest.
@Suite(.timeLimit(.minutes(10))) struct SchemaCallTests {
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

    @Test func arraysAreHeldAgainstTheirSchemaWhenAllAreThere() async throws {
        let header = Array(
            "{'descr': '|u1', 'fortran_order': False, 'shape': (3,), }\n".utf8)
        let bytes =
            [0x93] + Array("NUMPY".utf8) + [1, 0, UInt8(header.count), 0] + header + [1, 7, 2]
        func schema(maximum: Double) -> Messages.DatasetSchema {
            Messages.DatasetSchema(columns: [
                ColumnSchema(name: "label", kind: "integer", hasMaximum: true, maximum: maximum)
            ])
        }
        await #expect {
            _ = try await evaluator.addDataset(
                bytes: bytes, fileName: "labels.npy", schema: schema(maximum: 5))
        } throws: {
            "\($0)".contains(
                "labels.npy, row 2: 'label' is 7; the schema wants a whole number of at most 5. "
                    + "Nothing was stored")
        }
        let list = try await evaluator.channel.call(EvaluatorMethods.listDatasets, ListDatasets())
        #expect(list.datasets.isEmpty)
        let added = try await evaluator.addDataset(
            bytes: bytes, fileName: "labels.npy", schema: schema(maximum: 9))
        #expect(added.schema == schema(maximum: 9))
    }

    @Test func streamsOfColumnsMeetASchemaToo() async throws {
        func lines(_ label: Int) -> String {
            "{\"id\":\"e1\",\"label\":\"1\",\"prediction\":\"1\"}\n"
                + "{\"id\":\"e2\",\"label\":\"\(label)\",\"prediction\":\"1\"}\n"
        }
        func stream(_ label: Int) throws -> [UInt8] {
            var file: [UInt8] = []
            _ = try PredictionConversion(
                BytesInMemory(Array(lines(label).utf8)), from: .jsonLines, to: .columns,
                task: .multiclass, workerCount: 1
            ).run { file += $0 }
            return file
        }
        let schema = Messages.DatasetSchema(columns: [
            ColumnSchema(name: "label", kind: "integer", hasMaximum: true, maximum: 5)
        ])
        await #expect {
            _ = try await evaluator.addDataset(
                bytes: try stream(7), fileName: "d.cpred", schema: schema)
        } throws: {
            "\($0)".contains(
                "d.cpred, row 2: 'label' is 7; the schema wants a whole number of at most 5. "
                    + "Nothing was stored")
        }
        await #expect {
            _ = try await evaluator.addDataset(
                bytes: [1, 2, 3], fileName: "d.cpred", schema: schema)
        } throws: {
            "\($0)".contains("d.cpred, ") && "\($0)".contains("Nothing was stored")
        }
        let list = try await evaluator.channel.call(EvaluatorMethods.listDatasets, ListDatasets())
        #expect(list.datasets.isEmpty)
        let added = try await evaluator.addDataset(
            bytes: try stream(3), fileName: "d.cpred", schema: schema)
        #expect(added.schema == schema)
    }

    /// Names stand in every row, and none in a header.
    @Test func linesOfJSONMeetASchemaToo() async throws {
        let good = "{\"age\": 30, \"label\": 1}\n{\"age\": 31, \"label\": \"0\"}\n"
        #expect(
            try await evaluator.addDataset(good, fileName: "d.jsonl", schema: Self.schema()).schema
                == Self.schema())
        await #expect {
            _ = try await evaluator.addDataset(
                good + "{\"age\": 32}\n", fileName: "d.jsonl", schema: Self.schema())
        } throws: {
            "\($0)".contains(
                "d.jsonl, line 3: 'label' is not there; the schema wants one of '0', '1'. "
                    + "Nothing was stored")
        }
    }
}
