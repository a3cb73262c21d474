import CairnCore
import Evaluation
import Messages

/// An evaluation store that lives as long as its process, for simulations and tests.
public final class InMemoryEvaluationStore: EvaluationStore {
    struct Name: Hashable {
        let model: ModelName
        let name: ModelName
    }

    struct Number: Hashable {
        let model: ModelName
        let number: VersionNumber
    }

    struct State {
        var datasets: [StoredDataset] = []
        var suites: [Name: StoredSuite] = [:]
        var versions: [Number: KnownVersion] = [:]
        var applied: Set<EventID> = []
        var evaluations: [EvaluationID: StoredEvaluation] = [:]
        var leaseTimes: [EvaluationID: Timestamp] = [:]
        var results: [EvaluationID: [Measurement]] = [:]
        var details: [EvaluationID: [UInt8]] = [:]
        var schemas: [Digest: Evaluation.DatasetSchema] = [:]
        var inputs: [Digest: [UInt8]] = [:]
        var outputs: [EvaluationID: [UInt8]] = [:]
        var logDrops: [EvaluationID: RunnerLogRetention.Drop] = [:]
        var outbox: [OutboxEvent] = []
    }

    var state = State()

    /// What would be delivered, oldest first.
    public var outbox: [OutboxEvent] { state.outbox }

    public init() {}

    public func atomically<Result>(_ body: () throws -> Result) throws -> Result {
        let before = state
        do {
            return try body()
        } catch {
            state = before
            throw error
        }
    }

    /// Nobody else has this memory.
    public func changeMark() -> Int64 { 0 }

    // MARK: Data sets

    public func add(_ dataset: NewDataset, at now: Timestamp) throws -> StoredDataset {
        let sameName = state.datasets.filter { $0.dataset.name == dataset.name }
        if let known = sameName.first(where: { $0.dataset.digest == dataset.digest }) {
            return StoredDataset(
                known.dataset, version: known.version, addedAt: known.addedAt, existed: true)
        }
        let stored = StoredDataset(
            dataset, version: sameName.count + 1, addedAt: now, existed: false)
        state.datasets.append(stored)
        return stored
    }

    public func datasets() -> [StoredDataset] {
        state.datasets.sorted { ($0.dataset.name, $0.version) < ($1.dataset.name, $1.version) }
    }

    public func dataset(_ digest: Digest) -> StoredDataset? {
        state.datasets.first { $0.dataset.digest == digest }
    }

    // MARK: Suites

    public func apply(_ suite: EvaluationSuite, at now: Timestamp) -> StoredSuite {
        let name = Name(model: suite.model, name: suite.name)
        if let known = state.suites[name], known.suite.digest == suite.digest { return known }
        state.suites[name] = StoredSuite(suite, appliedAt: now)
        return StoredSuite(suite, appliedAt: now, changed: true)
    }

    public func suites(of model: ModelName?) -> [StoredSuite] {
        state.suites.values.filter { model == nil || $0.suite.model == model }
            .sorted { ($0.suite.model, $0.suite.name) < ($1.suite.model, $1.suite.name) }
    }

    // MARK: Versions

    public func commit(
        _ version: KnownVersion, event: EventID, orders: () throws -> [StoredEvaluation]
    ) throws -> Bool {
        guard !state.applied.contains(event) else { return false }
        try add(try orders())
        state.applied.insert(event)
        state.versions[Number(model: version.model, number: version.number)] = version
        return true
    }

    public func version(_ number: VersionNumber, of model: ModelName) -> KnownVersion? {
        state.versions[Number(model: model, number: number)]
    }

    // MARK: Evaluations

    public func add(_ evaluations: [StoredEvaluation]) throws {
        for evaluation in evaluations { state.evaluations[evaluation.job.id] = evaluation }
    }

    public func save(_ job: EvaluationJob, ifTaken leaseCount: Int) throws -> Bool {
        guard isOpen(job.id, leaseCount) else { return false }
        state.evaluations[job.id]?.job = job
        if job.worker == nil { state.leaseTimes[job.id] = nil }
        return true
    }

    private func isOpen(_ id: EvaluationID, _ leaseCount: Int) -> Bool {
        guard let present = state.evaluations[id]?.job else { return false }
        return !present.isDone && present.leaseCount == leaseCount
    }

    public func finish(
        _ result: EvaluationResult, ifTaken leaseCount: Int, telling event: OutboxEvent
    ) throws -> Bool {
        let id = result.job.id
        guard try save(result.job, ifTaken: leaseCount) else { return false }
        state.evaluations[id]?.record = result.record
        state.results[id] = result.measurements.map {
            Measurement(metrics: $0.metrics, examples: $0.examples, slices: $0.slices)
        }
        state.outbox.append(event)
        return true
    }

    public func newestEvaluation() -> EvaluationID? { state.evaluations.keys.max() }

    public func extend(_ leases: [EvaluationID: JobLease], until time: Timestamp) {
        for (id, lease) in leases where state.evaluations[id]?.job.lease == lease {
            state.leaseTimes[id] = time
        }
    }

    public func leases() -> [StoredLease] {
        state.evaluations.values.compactMap { evaluation in
            let id = evaluation.job.id
            return evaluation.job.lease.map {
                StoredLease(evaluation: id, lease: $0, until: state.leaseTimes[id])
            }
        }
    }

    public func evaluation(_ id: EvaluationID) -> StoredEvaluation? { state.evaluations[id] }

    public func evaluations(of model: ModelName, number: VersionNumber?) -> [StoredEvaluation] {
        state.evaluations.values.filter {
            $0.version.model == model && (number == nil || $0.version.number == number)
        }.sorted { $0.job.id > $1.job.id }
    }

    public func pendingEvaluations() -> [StoredEvaluation] {
        state.evaluations.values.filter { !$0.job.isDone }.sorted { $0.job.id < $1.job.id }
    }

    public func measurements(of id: EvaluationID) -> [Measurement] { state.results[id] ?? [] }

    public func keepDetails(_ packed: [UInt8], of id: EvaluationID) {
        state.details[id] = packed
    }

    public func details(of id: EvaluationID) -> [UInt8]? { state.details[id] }

    public func counts() -> EvaluationCounts {
        EvaluationCounts(
            datasets: state.datasets.count, suites: state.suites.count,
            evaluations: state.evaluations.count, pending: pendingEvaluations().count,
            undeliveredEvents: outbox.count)
    }
}
