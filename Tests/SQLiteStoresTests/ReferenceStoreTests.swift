import CairnCore
import Evaluation
import Ports
import SQLiteStores
import Testing

@testable import SQLiteStores

/// What both stores promise of references.
@Suite struct ReferenceStoreTests {
    private let now = Timestamp(seconds: 1_000)
    private let dataset = Digest(of: [1])

    private var schema: DatasetSchema {
        var age = DatasetSchema.Column(name: "age", kind: .integer)
        (age.minimum, age.maximum, age.isNullable) = (0, 120, true)
        var language = DatasetSchema.Column(name: "language", kind: .category)
        language.allowed = ["de", "en"]
        var vector = DatasetSchema.Column(name: "v", kind: .vector)
        vector.dimension = 3
        var schema = DatasetSchema(columns: [age, language, vector])
        schema.allowsOthers = false
        return schema
    }

    private func add(_ id: EvaluationID, to store: any EvaluationStore) throws {
        let suite = try EvaluationSuite(
            name: ModelName("s"), model: ModelName("m"), dataset: dataset, task: .regression,
            metrics: [.mae], runner: nil, gates: [])
        let version = KnownVersion(
            model: try ModelName("m"), number: VersionNumber(1, 0, 0), manifest: Digest(of: [2]),
            parent: nil)
        try store.add([
            StoredEvaluation(
                version: version, suite: suite,
                job: EvaluationJob(id: id, hasRunner: false, repeats: 1, at: now), orderedAt: now)
        ])
    }

    @Test(arguments: EvaluationStoreTests.Kind.allCases)
    func aSchemaIsPinnedOnce(kind: EvaluationStoreTests.Kind) throws {
        let store = try kind.store()
        #expect(try store.schema(of: dataset) == nil)
        #expect(try store.pin(schema, to: dataset) == schema)
        var other = schema
        other.columns[0].maximum = 150
        #expect(try store.pin(other, to: dataset) == schema, "the first one stays")
        #expect(try store.schema(of: dataset) == schema)
        #expect(try store.schema(of: Digest(of: [9])) == nil)
        // A change that fails takes its schema with it.
        let third = Digest(of: [3])
        #expect(throws: CancellationError.self) {
            try store.atomically {
                _ = try store.pin(other, to: third)
                throw CancellationError()
            }
        }
        #expect(try store.schema(of: third) == nil)
    }

    @Test(arguments: EvaluationStoreTests.Kind.allCases)
    func inputsAreKeptOnceAndOutputsWithTheirEvaluation(kind: EvaluationStoreTests.Kind) throws {
        let store = try kind.store()
        let id = EvaluationID(high: 1, low: 0)
        try add(id, to: store)
        #expect(try store.inputs(of: dataset) == nil)
        try store.keepInputs([1, 2], of: dataset)
        try store.keepInputs([3], of: dataset)
        #expect(try store.inputs(of: dataset) == [1, 2])
        #expect(try store.outputs(of: id) == nil)
        try store.keepOutputs([4], of: id)
        try store.keepOutputs([5, 6], of: id)
        #expect(try store.outputs(of: id) == [5, 6])
    }

    /// Nothing deletes them today; what will takes along what belongs to them.
    @Test func whatIsKeptGoesWithWhatItBelongsTo() throws {
        let store = try SQLiteEvaluationStore(path: ":memory:")
        let id = EvaluationID(high: 1, low: 0)
        try add(id, to: store)
        for name in ["a", "b"] {
            _ = try store.add(
                NewDataset(
                    name: try ModelName(name), digest: dataset, byteCount: 1, fileName: "d.csv"),
                at: now)
        }
        _ = try store.pin(schema, to: dataset)
        try store.keepInputs([1], of: dataset)
        try store.keepOutputs([2], of: id)
        try store.database.run("DELETE FROM datasets WHERE name = 'a'")
        #expect(try store.inputs(of: dataset) == [1], "another name points there")
        try store.database.run("DELETE FROM datasets WHERE name = 'b'")
        #expect(try store.inputs(of: dataset) == nil)
        #expect(try store.schema(of: dataset) == nil)
        try store.database.run("DELETE FROM evaluations")
        #expect(try store.outputs(of: id) == nil)
    }
}
