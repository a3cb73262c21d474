import CairnCore
import Evaluation
import Ports
import SQLiteStores
import Testing

/// What both stores promise of details.
@Suite struct EvaluationDetailsTests {
    @Test(arguments: EvaluationStoreTests.Kind.allCases)
    func detailsStandBesideTheirEvaluation(kind: EvaluationStoreTests.Kind) throws {
        let store = try kind.store()
        let suite = try EvaluationSuite(
            name: ModelName("s"), model: ModelName("m"), dataset: Digest(of: [1]),
            task: .regression, metrics: [.mae], runner: nil, gates: [])
        let id = EvaluationID(high: 1, low: 0)
        let now = Timestamp(seconds: 1_000)
        try store.add([
            StoredEvaluation(
                version: KnownVersion(
                    model: try ModelName("m"), number: VersionNumber(1, 0, 0),
                    manifest: Digest(of: [2]), parent: nil),
                suite: suite, job: EvaluationJob(id: id, hasRunner: false, repeats: 1, at: now),
                orderedAt: now)
        ])
        #expect(try store.details(of: id) == nil)
        try store.keepDetails([1, 2, 3], of: id)
        try store.keepDetails([4, 5], of: id)
        #expect(try store.details(of: id) == [4, 5])
        #expect(try store.details(of: EvaluationID(high: 2, low: 0)) == nil)
    }
}
