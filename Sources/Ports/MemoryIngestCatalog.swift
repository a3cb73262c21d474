import CairnCore
import Ingestion
import Messages
import Synchronization

/// A catalog in memory, with its outbox: what tests and the simulator use.
///
/// Changes are durable at once, as with the real one; a fault makes one of the coming changes fail,
/// before or after it was made.
public final class MemoryIngestCatalog: IngestCatalog, OutboxStore {
    public enum Fault: Sendable {
        case failsBefore
        /// Made, and then the answer is lost: the caller cannot know.
        case failsAfter
        case isFull
    }

    struct State {
        var runs: [RunRecord] = []
        var batches: [RunID: [LogMetrics]] = [:]
        var last: [RunID: [String: (step: Int64, value: Double)]] = [:]
        var checkpoints: [NewCheckpoint] = []
        /// Places in `checkpoints`: a manifest's digest costs a hash of all that it says.
        var checkpointsByManifest: [Digest: [Int]] = [:]
        var deletedCheckpoints: Set<CheckpointID> = []
        var versions: [Version] = []
        var aliases: [ModelName: [String: VersionNumber]] = [:]
        var pins: [Digest: [String: String]] = [:]
        var outbox: [OutboxEvent] = []
        var fault: (kind: Fault, plan: FaultPlan)?
    }

    struct Version {
        var made: VersionToMake
        var checkpoint: CheckpointID
        var request: [UInt8]
        var deletedAt: Timestamp?
    }

    let state = Mutex(State())

    public init() {}

    /// The change of that number, counted from now and from 0, fails.
    public func fail(_ kind: Fault, after count: Int) {
        state.withLock { state in
            var plan = FaultPlan()
            plan.fail(after: count)
            state.fault = (kind, plan)
        }
    }

    public func apply(_ change: IngestChange) throws(CatalogError) {
        try state.withLock { (state) throws(CatalogError) -> Void in
            let due = state.fault?.plan.isDue() == true ? state.fault?.kind : nil
            if due == .isFull { throw CatalogError(.full, "the catalog's disk is full") }
            if due == .failsBefore { throw CatalogError(.failed, "the catalog's disk failed") }
            try state.apply(change)
            if due == .failsAfter { throw CatalogError(.failed, "the catalog's disk failed") }
        }
    }

    // MARK: OutboxStore

    public func undelivered(to destination: String, limit: Int) -> [OutboxEvent] {
        state.withLock { state in
            Array(state.outbox.filter { $0.destination == destination }.prefix(limit))
        }
    }

    public func undeliveredCount() -> Int { state.withLock { $0.outbox.count } }

    public func markDelivered(_ id: EventID) {
        state.withLock { state in state.outbox.removeAll { $0.id == id } }
    }
}

extension MemoryIngestCatalog.State {
    mutating func apply(_ change: IngestChange) throws(CatalogError) {
        switch change {
        case .startRun(let record):
            if !runs.contains(where: { $0.runId == record.runId }) { runs.append(record) }
        case .appendMetrics(let batch):
            try append(batch)
        case .finishRun(let id, let status, let time):
            for index in runs.indices
            where runs[index].runId == id.bytes && runs[index].endedUnixMs == 0 {
                (runs[index].status, runs[index].endedUnixMs) = (status, time.milliseconds)
            }
        case .commit(let new):
            guard !checkpoints.contains(where: { $0.upload == new.upload || $0.id == new.id })
            else {
                throw CatalogError(.conflict, "upload \(new.upload) was committed before")
            }
            if let version = new.version { try add(version, of: new.id, request: []) }
            checkpointsByManifest[new.manifest.digest, default: []].append(checkpoints.count)
            checkpoints.append(new)
        case .addVersion(let version, let checkpoint, let request):
            guard live.contains(where: { $0.id == checkpoint }) else {
                throw CatalogError(.conflict, "checkpoint \(checkpoint) does not exist")
            }
            try add(version, of: checkpoint, request: request)
        case .setAlias(let alias, let model, let number):
            guard stands(model, number) else {
                throw CatalogError(.conflict, "\(model)@\(number) does not exist")
            }
            aliases[model, default: [:]][alias.description] = number
        case .removeAlias(let alias, let model):
            aliases[model]?[alias.description] = nil
        case .pin(let manifest, let holder, let reason, _):
            pins[manifest, default: [:]][holder] = reason
        case .unpin(let manifest, let holder):
            pins[manifest]?[holder] = nil
        case .delete(let numbers, let model, let time, _):
            for number in numbers {
                let isOnce = numbers.filter { $0 == number }.count == 1
                guard isOnce, stands(model, number),
                    !aliases[model, default: [:]].values.contains(number)
                else {
                    throw CatalogError(
                        .conflict, "\(model)@\(number) does not stand, or an alias names it")
                }
            }
            for index in versions.indices
            where versions[index].made.model == model
                && numbers.contains(versions[index].made.number)
            {
                versions[index].deletedAt = time
            }
        case .deleteCheckpoints(let ids, _):
            for id in ids {
                guard !versions.contains(where: { $0.checkpoint == id }),
                    live.contains(where: { $0.id == id })
                else { throw CatalogError(.conflict, "checkpoint \(id) has a version, or is none") }
            }
            deletedCheckpoints.formUnion(ids)
        }
    }

    func stands(_ model: ModelName, _ number: VersionNumber) -> Bool {
        versions.contains {
            $0.made.model == model && $0.made.number == number && $0.deletedAt == nil
        }
    }

    /// Checkpoints that were not deleted: those of a version that stands, or of none.
    var live: [NewCheckpoint] {
        checkpoints.filter(isLive)
    }

    func isLive(_ checkpoint: NewCheckpoint) -> Bool {
        if deletedCheckpoints.contains(checkpoint.id) { return false }
        var isMade = false
        for version in versions where version.checkpoint == checkpoint.id {
            if version.deletedAt == nil { return true }
            isMade = true
        }
        return !isMade
    }

    private mutating func append(_ batch: LogMetrics) throws(CatalogError) {
        guard let run = RunID(bytes: batch.runId), runs.contains(where: { $0.runId == batch.runId })
        else { throw CatalogError(.conflict, "the run of this batch does not exist") }
        let isRepeat = batches[run]?.contains { $0.batchId == batch.batchId } == true
        guard !isRepeat else { throw CatalogError(.conflict, "this batch was applied before") }
        batches[run, default: []].append(batch)
        for series in batch.series {
            for (step, value) in zip(series.step, series.value)
            where step >= last[run]?[series.key]?.step ?? .min {
                last[run, default: [:]][series.key] = (step, value)
            }
        }
    }

    private mutating func add(
        _ version: VersionToMake, of checkpoint: CheckpointID, request: [UInt8]
    ) throws(CatalogError) {
        let isTaken = versions.contains {
            ($0.made.model == version.model && $0.made.number == version.number)
                || (!request.isEmpty && $0.request == request)
        }
        guard !isTaken else {
            throw CatalogError(.conflict, "\(version.model)@\(version.number) is taken")
        }
        versions.append(.init(made: version, checkpoint: checkpoint, request: request))
        outbox.append(version.event)
    }
}
