import CairnCore
import CairnTestKit
import Evaluation
import Messages
import Ports
import Testing

@testable import SQLiteStores

/// Several evaluators on one file.
@Suite struct JobLeaseStoreTests {
    private let scratch: ScratchFolder
    private let now = Timestamp(seconds: 1_000)
    private let id = EvaluationID(high: 1, low: 0)

    init() throws { scratch = try ScratchFolder() }

    private func open() throws -> SQLiteEvaluationStore {
        try SQLiteEvaluationStore(path: scratch.path + "/evaluator.sqlite")
    }

    private func evaluation() throws -> StoredEvaluation {
        let suite = try EvaluationSuite(
            name: ModelName("s"), model: ModelName("m"), dataset: Digest(of: [1]),
            task: .multiclass, runner: RunnerSpec(command: ["run", "{predictions}"]))
        return StoredEvaluation(
            version: KnownVersion(
                model: try ModelName("m"), number: VersionNumber(1, 0, 0),
                manifest: Digest(of: [2]), parent: nil), suite: suite,
            job: EvaluationJob(id: id, hasRunner: true, repeats: 1, priority: -3, at: now),
            orderedAt: now)
    }

    private func event(_ number: UInt64) -> OutboxEvent {
        OutboxEvent(
            id: EventID(high: number, low: 0), destination: "controller", method: 0x0320, body: [1])
    }

    private func failure(of job: EvaluationJob) -> EvaluationResult {
        var job = job
        _ = job.handle(.restoringFailed("gone", canRetry: false), at: now)
        return EvaluationResult(
            job: job, record: EvaluationRecord(verdict: .error, state: "done"), measurements: [])
    }

    @Test func whoLostItsLeaseStoresNothing() throws {
        let (first, second) = (try open(), try open())
        try first.add([try evaluation()])
        var ours = try evaluation().job
        _ = ours.handle(.taken(by: "worker-1"), at: now)
        #expect(try first.save(ours, ifTaken: 0))
        var theirs = try #require(try second.evaluation(id)).job
        #expect(theirs == ours && theirs.priority == -3)
        _ = theirs.handle(.inherited(by: "worker-2"), at: now)
        #expect(try second.save(theirs, ifTaken: 1))

        #expect(try !first.save(ours, ifTaken: 1), "a late save")
        #expect(try !first.finish(failure(of: ours), ifTaken: 1, telling: event(1)), "a late end")
        #expect(try first.evaluation(id)?.job == theirs)
        #expect(try first.counts().undeliveredEvents == 0)
        #expect(try second.finish(failure(of: theirs), ifTaken: 2, telling: event(2)))
        #expect(try !second.finish(failure(of: theirs), ifTaken: 2, telling: event(3)), "twice")
        #expect(try first.counts().undeliveredEvents == 1)
        #expect(try first.leases() == [])
    }

    @Test func aJobIsTakenByOneOfThoseThatTryAtTheSameTime() throws {
        let (first, second) = (try open(), try open())
        try first.add([try evaluation()])
        // Both have read that it is free.
        var (ours, theirs) = (try evaluation().job, try evaluation().job)
        _ = ours.handle(.taken(by: "worker-1"), at: now)
        _ = theirs.handle(.taken(by: "worker-2"), at: now)
        #expect(try first.save(ours, ifTaken: 0))
        #expect(try !second.save(theirs, ifTaken: 0))
    }

    @Test func leasesAreExtendedByTheirHoldersAlone() throws {
        let store = try open()
        try store.add([try evaluation()])
        var job = try evaluation().job
        _ = job.handle(.taken(by: "worker-1"), at: now)
        #expect(try store.save(job, ifTaken: 0))
        let lease = JobLease(worker: "worker-1", number: 1)
        #expect(try store.leases() == [StoredLease(evaluation: id, lease: lease, until: nil)])
        let until = Timestamp(seconds: 40)
        try store.extend([id: lease], until: until)
        try store.extend([id: JobLease(worker: "worker-2", number: 1)], until: now)
        try store.extend([id: JobLease(worker: "worker-1", number: 2)], until: now)
        #expect(try store.leases() == [StoredLease(evaluation: id, lease: lease, until: until)])
        // How far the job is says nothing of the lease's end.
        _ = job.handle(.restored, at: now)
        #expect(try store.save(job, ifTaken: 1))
        #expect(try store.leases().map(\.until) == [until])
    }

    @Test func othersChangesAreSeenAndOwnOnesAreNot() throws {
        let (first, second) = (try open(), try open())
        let mark = try first.changeMark()
        try first.add([try evaluation()])
        #expect(try first.changeMark() == mark)
        _ = try second.apply(try evaluation().suite, at: now)
        #expect(try first.changeMark() != mark)
    }

    @Test func whatFailsInAChangeTakesAllOfItBack() throws {
        let store = try open()
        #expect(throws: SuiteError("no")) {
            try store.atomically {
                try store.add([try evaluation()])
                _ = try store.apply(try evaluation().suite, at: now)
                throw SuiteError("no")
            }
        }
        #expect(try store.evaluation(id) == nil && store.suites(of: nil).isEmpty)
        try store.add([try evaluation()])
        #expect(try store.newestEvaluation() == id)
    }

    /// As "TABLE evaluations", triggers before the tables that they stand on.
    private static func parts(of database: Database) throws -> [String] {
        try database.query(
            "SELECT upper(type) || ' ' || name FROM sqlite_master "
                + "WHERE type IN ('table', 'trigger') ORDER BY type DESC"
        ) { $0.text(0) }
    }

    /// A database of the first schema, with a job that was under way and predictions that are there.
    @Test func aStoreOfBeforeThereWereLeasesIsTakenOver() throws {
        let path = scratch.path + "/old.sqlite"
        do {
            let store = try SQLiteEvaluationStore(path: path)
            try store.add([try evaluation()])
        }
        do {
            let database = try Database(path: path)
            let first = try Database(path: scratch.path + "/first.sqlite")
            try first.migrate(Array(EvaluationSchema.steps.prefix(1)))
            let known = try Self.parts(of: first)
            for part in try Self.parts(of: database) where !known.contains(part) {
                try database.execute("DROP \(part)")
            }
            for column in ["priority", "lease_worker", "lease_count", "lease_until_ns"] {
                try database.execute("ALTER TABLE evaluations DROP COLUMN \(column)")
            }
            try database.execute(
                "UPDATE evaluations SET phase = 'computing', not_before_ns = NULL, "
                    + "predicted_repeats = '0'; PRAGMA user_version = 1")
        }
        let store = try SQLiteEvaluationStore(path: path)
        let job = try #require(try store.evaluation(id)).job
        #expect(job.phase == .computing && job.priority == 0)
        #expect(job.lease == JobLease(worker: "worker-0", number: 1))
        #expect(job.predictions[0]?.name == "predictions-0.jsonl")
        #expect(try store.leases().map(\.until) == [nil])
    }
}
