import CairnCore
import Evaluation
import Ports
import Testing

/// What both stores promise of logs that were dropped.
@Suite struct RunnerLogStoreTests {
    private let now = Timestamp(seconds: 1_000)

    private func add(_ ids: [EvaluationID], to store: any EvaluationStore) throws {
        let suite = try EvaluationSuite(
            name: ModelName("s"), model: ModelName("m"), dataset: Digest(of: [1]),
            task: .regression, metrics: [.mae], runner: nil, gates: [])
        let version = KnownVersion(
            model: try ModelName("m"), number: VersionNumber(1, 0, 0), manifest: Digest(of: [2]),
            parent: nil)
        try store.add(
            ids.map { id in
                StoredEvaluation(
                    version: version, suite: suite,
                    job: EvaluationJob(id: id, hasRunner: false, repeats: 1, at: now),
                    orderedAt: now)
            })
    }

    @Test(arguments: EvaluationStoreTests.Kind.allCases)
    func whatGoesIsNotedOnce(kind: EvaluationStoreTests.Kind) throws {
        let store = try kind.store()
        let ids = (1...3).map { EvaluationID(high: 1, low: $0) }
        try add(ids, to: store)
        let drops = zip(ids, RunnerLogRetention.Rule.allCases).map {
            RunnerLogRetention.Drop(evaluation: $0, rule: $1, at: now)
        }
        #expect(try store.logDrop(of: ids[0]) == nil)
        try store.note(drops)
        for drop in drops { #expect(try store.logDrop(of: drop.evaluation) == drop) }
        // A sweep that was cut off between the note and the file is made again: the first note stays.
        let later = RunnerLogRetention.Drop(
            evaluation: ids[0], rule: .bytes, at: now + .seconds(60))
        try store.note([later])
        #expect(try store.logDrop(of: ids[0]) == drops[0])
        #expect(try store.logDrop(of: EvaluationID(high: 9, low: 9)) == nil)
    }
}
