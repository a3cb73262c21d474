import CairnCore
import Evaluation
import Messages
import Ports
import SQLiteStores
import Testing

/// What both stores promise.
@Suite struct EvaluationStoreTests {
    enum Kind: CaseIterable {
        case inMemory, sqlite

        func store() throws -> any EvaluationStore {
            switch self {
            case .inMemory: InMemoryEvaluationStore()
            case .sqlite: try SQLiteEvaluationStore(path: ":memory:")
            }
        }
    }

    private let now = Timestamp(seconds: 1_000)

    private func suite(_ bound: Double = 0.9, model: String = "m", name: String = "s") throws
        -> EvaluationSuite
    {
        try EvaluationSuite(
            name: ModelName(name), model: ModelName(model), dataset: Digest(of: [1]),
            task: .binary(positive: "yes"), metrics: [.accuracy],
            runner: RunnerSpec(
                command: ["run", "{predictions}"], timeLimit: .seconds(5),
                environment: [.init("B", "2"), .init("A", "1")]),
            gates: [
                SuiteGate(.accuracy, .atLeast(bound)),
                SuiteGate(.accuracy, .notWorseThanParent(by: 0.01), alpha: 0.1),
            ], labelColumn: "y", repeats: 2)
    }

    private func version(_ minor: UInt32, parent: UInt32? = nil) throws -> KnownVersion {
        KnownVersion(
            model: try ModelName("m"), number: VersionNumber(1, minor, 0),
            manifest: Digest(of: [UInt8(minor)]),
            parent: parent.map {
                .init(number: VersionNumber(1, $0, 0), manifest: Digest(of: [UInt8($0)]))
            })
    }

    private func evaluation(_ number: UInt64, _ version: KnownVersion) throws -> StoredEvaluation {
        let id = EvaluationID(high: number, low: 0)
        return StoredEvaluation(
            version: version, suite: try suite(),
            job: EvaluationJob(id: id, hasRunner: true, repeats: 2, at: now), orderedAt: now)
    }

    private func event(_ number: UInt64) -> OutboxEvent {
        OutboxEvent(
            id: EventID(high: number, low: 0), destination: "controller", method: 0x0320,
            body: [1, 2])
    }

    @Test(arguments: Kind.allCases) func aNewDigestUnderANameIsItsNextVersion(kind: Kind) throws {
        let store = try kind.store()
        let dataset = { (name: String, byte: UInt8) in
            NewDataset(
                name: try ModelName(name), digest: Digest(of: [byte]), byteCount: 3,
                fileName: "d.csv")
        }
        #expect(try store.add(dataset("d", 1), at: now).version == 1)
        #expect(try store.add(dataset("d", 2), at: now).version == 2)
        let again = try store.add(dataset("d", 1), at: now + .seconds(9))
        #expect(again.version == 1 && again.existed && again.addedAt == now)
        #expect(try store.add(dataset("e", 1), at: now).version == 1)
        #expect(
            try store.datasets().map { "\($0.dataset.name)@\($0.version)" } == [
                "d@1", "d@2", "e@1",
            ])
        #expect(try store.dataset(Digest(of: [2]))?.version == 2)
        #expect(try store.dataset(Digest(of: [3])) == nil)
    }

    @Test(arguments: Kind.allCases) func theSameSuiteTwiceChangesNothing(kind: Kind) throws {
        let store = try kind.store()
        #expect(try store.apply(suite(), at: now).changed)
        #expect(try !store.apply(suite(), at: now + .seconds(1)).changed)
        #expect(try store.apply(suite(0.8), at: now + .seconds(2)).changed)
        #expect(try store.apply(suite(), at: now + .seconds(3)).changed, "back to the first")
        _ = try store.apply(suite(model: "other", name: "t"), at: now)
        #expect(try store.suites(of: ModelName("m")).map(\.suite) == [suite()])
        #expect(try store.suites(of: nil).count == 2)
    }

    @Test(arguments: Kind.allCases) func anEventIsAppliedOnce(kind: Kind) throws {
        let store = try kind.store()
        let (version, id) = (try version(1, parent: 0), EventID(high: 7, low: 7))
        let first = try evaluation(1, version)
        #expect(try store.commit(version, event: id) { [first] })
        #expect(try !store.commit(version, event: id) { [try evaluation(2, version)] })
        #expect(try store.version(version.number, of: version.model) == version)
        #expect(try store.version(VersionNumber(9, 0, 0), of: version.model) == nil)
        #expect(try store.pendingEvaluations() == [first])
    }

    @Test(arguments: Kind.allCases) func ordersThatFailLeaveNothing(kind: Kind) throws {
        let store = try kind.store()
        let version = try version(1)
        let id = EventID(high: 7, low: 7)
        #expect(throws: SuiteError("no")) {
            try store.commit(version, event: id) { throw SuiteError("no") }
        }
        #expect(try store.version(version.number, of: version.model) == nil)
        #expect(try store.commit(version, event: id) { [] })
    }

    private func file(_ index: Int) -> PredictionsFile {
        PredictionsFile(
            repeatIndex: index, writer: "l1", ending: "csv", skipsInvalid: index == 1)
    }

    @Test(arguments: Kind.allCases) func everyPhaseIsReadBackAsItWas(kind: Kind) throws {
        let store = try kind.store()
        var stored = try evaluation(1, try version(1, parent: 0))
        try store.add([stored])
        let events: [EvaluationJob.Event] = [
            .taken(by: "w"), .restoringFailed("away", canRetry: true), .taken(by: "w"), .restored,
            .predicted(repeatIndex: 0, file(0)), .predicted(repeatIndex: 1, file(1)),
            .inherited(by: "v"), .interrupted(isClean: false),
        ]
        var time = now
        for event in events {
            time = time + .seconds(90)
            let leaseCount = stored.job.leaseCount
            _ = stored.job.handle(event, at: time)
            #expect(try store.save(stored.job, ifTaken: leaseCount))
            #expect(try store.evaluation(stored.job.id) == stored, "after \(event)")
        }
    }

    @Test(arguments: Kind.allCases) func aResultIsStoredOnce(kind: Kind) throws {
        let store = try kind.store()
        var stored = try evaluation(1, try version(1))
        try store.add([stored])
        for event: EvaluationJob.Event in [
            .taken(by: "w"), .restored, .predicted(repeatIndex: 0, file(0)),
            .predicted(repeatIndex: 1, file(1)), .judged(.pass),
        ] { _ = stored.job.handle(event, at: now) }
        let measurements = [0.5, .infinity].map { value in
            Measurement(
                metrics: [
                    MetricValue(.accuracy, .value(value)),
                    MetricValue(.logLoss, .problem("insufficient data: no scores")),
                ],
                examples: ExampleResults(count: 2, columns: [.correct: [1, 0]]))
        }
        let record = EvaluationRecord(verdict: .pass, reasons: ["good"])
        let result = EvaluationResult(job: stored.job, record: record, measurements: measurements)
        #expect(try store.finish(result, ifTaken: 0, telling: event(1)))
        let other = EvaluationResult(
            job: stored.job, record: EvaluationRecord(verdict: .fail), measurements: [])
        #expect(try !store.finish(other, ifTaken: 1, telling: event(2)))
        #expect(try store.evaluation(stored.job.id)?.record == record)
        #expect(try store.measurements(of: stored.job.id) == measurements)
        #expect(try store.pendingEvaluations() == [])
        #expect(try store.counts().undeliveredEvents == 1)
        // A late save changes nothing.
        #expect(try !store.save(evaluation(1, try version(1)).job, ifTaken: 1))
        #expect(try store.evaluation(stored.job.id)?.job == stored.job)
    }

    @Test(arguments: Kind.allCases) func evaluationsAreListedNewestFirst(kind: Kind) throws {
        let store = try kind.store()
        try store.add([
            evaluation(1, try version(1)), evaluation(3, try version(2)),
            evaluation(2, try version(1)),
        ])
        let model = try ModelName("m")
        #expect(try store.evaluations(of: model, number: nil).map(\.job.id.high) == [3, 2, 1])
        #expect(
            try store.evaluations(of: model, number: VersionNumber(1, 1, 0)).map(\.job.id.high)
                == [2, 1])
        #expect(try store.pendingEvaluations().map(\.job.id.high) == [1, 2, 3])
        let counts = try store.counts()
        #expect(counts.evaluations == 3 && counts.pending == 3)
    }
}
