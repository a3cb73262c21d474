import CairnCore
import Evaluation
import Messages

/// An evaluation store that lives as long as its process, for simulations and tests.
public final class InMemoryEvaluationStore: EvaluationStore {
    private struct Name: Hashable {
        let model: ModelName
        let name: ModelName
    }

    private struct Number: Hashable {
        let model: ModelName
        let number: VersionNumber
    }

    private var allDatasets: [StoredDataset] = []
    private var allSuites: [Name: StoredSuite] = [:]
    private var versions: [Number: KnownVersion] = [:]
    private var applied: Set<EventID> = []
    private var allEvaluations: [EvaluationID: StoredEvaluation] = [:]
    private var results: [EvaluationID: [Measurement]] = [:]
    private var details: [EvaluationID: [UInt8]] = [:]
    /// What would be delivered, oldest first.
    public private(set) var outbox: [OutboxEvent] = []

    public init() {}

    // MARK: Data sets

    public func add(_ dataset: NewDataset, at now: Timestamp) throws -> StoredDataset {
        let sameName = allDatasets.filter { $0.dataset.name == dataset.name }
        if let known = sameName.first(where: { $0.dataset.digest == dataset.digest }) {
            return StoredDataset(
                known.dataset, version: known.version, addedAt: known.addedAt, existed: true)
        }
        let stored = StoredDataset(
            dataset, version: sameName.count + 1, addedAt: now, existed: false)
        allDatasets.append(stored)
        return stored
    }

    public func datasets() -> [StoredDataset] {
        allDatasets.sorted { ($0.dataset.name, $0.version) < ($1.dataset.name, $1.version) }
    }

    public func dataset(_ digest: Digest) -> StoredDataset? {
        allDatasets.first { $0.dataset.digest == digest }
    }

    // MARK: Suites

    public func apply(_ suite: EvaluationSuite, at now: Timestamp) -> StoredSuite {
        let name = Name(model: suite.model, name: suite.name)
        if let known = allSuites[name], known.suite.digest == suite.digest { return known }
        allSuites[name] = StoredSuite(suite, appliedAt: now)
        return StoredSuite(suite, appliedAt: now, changed: true)
    }

    public func suites(of model: ModelName?) -> [StoredSuite] {
        allSuites.values.filter { model == nil || $0.suite.model == model }
            .sorted { ($0.suite.model, $0.suite.name) < ($1.suite.model, $1.suite.name) }
    }

    // MARK: Versions

    public func commit(
        _ version: KnownVersion, event: EventID, orders: () throws -> [StoredEvaluation]
    ) throws -> Bool {
        guard !applied.contains(event) else { return false }
        try add(try orders())
        applied.insert(event)
        versions[Number(model: version.model, number: version.number)] = version
        return true
    }

    public func version(_ number: VersionNumber, of model: ModelName) -> KnownVersion? {
        versions[Number(model: model, number: number)]
    }

    // MARK: Evaluations

    public func add(_ evaluations: [StoredEvaluation]) throws {
        for evaluation in evaluations { allEvaluations[evaluation.job.id] = evaluation }
    }

    public func save(_ job: EvaluationJob) throws {
        guard allEvaluations[job.id]?.job.isDone == false else { return }
        allEvaluations[job.id]?.job = job
    }

    public func finish(_ result: EvaluationResult, telling event: OutboxEvent) throws -> Bool {
        let id = result.job.id
        guard allEvaluations[id]?.job.isDone == false else { return false }
        allEvaluations[id]?.job = result.job
        allEvaluations[id]?.record = result.record
        results[id] = result.measurements.map {
            Measurement(metrics: $0.metrics, examples: $0.examples)
        }
        outbox.append(event)
        return true
    }

    public func evaluation(_ id: EvaluationID) -> StoredEvaluation? { allEvaluations[id] }

    public func evaluations(of model: ModelName, number: VersionNumber?) -> [StoredEvaluation] {
        allEvaluations.values.filter {
            $0.version.model == model && (number == nil || $0.version.number == number)
        }.sorted { $0.job.id > $1.job.id }
    }

    public func pendingEvaluations() -> [StoredEvaluation] {
        allEvaluations.values.filter { !$0.job.isDone }.sorted { $0.job.id < $1.job.id }
    }

    public func measurements(of id: EvaluationID) -> [Measurement] { results[id] ?? [] }

    public func keepDetails(_ packed: [UInt8], of id: EvaluationID) { details[id] = packed }

    public func details(of id: EvaluationID) -> [UInt8]? { details[id] }

    public func counts() -> EvaluationCounts {
        EvaluationCounts(
            datasets: allDatasets.count, suites: allSuites.count,
            evaluations: allEvaluations.count, pending: pendingEvaluations().count,
            undeliveredEvents: outbox.count)
    }
}
