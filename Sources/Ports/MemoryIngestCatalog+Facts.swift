import CairnCore
import Ingestion
import Messages

extension MemoryIngestCatalog {
    public func run(_ id: RunID) -> RunRecord? {
        state.withLock { state in
            state.runs.first { $0.runId == id.bytes }.map { state.withLastMetrics($0) }
        }
    }

    public func status(of run: RunID) -> RunStatus? {
        state.withLock { state in state.runs.first { $0.runId == run.bytes }?.status }
    }

    public func runs(of model: String, limit: Int) -> [RunRecord] {
        state.withLock { state in
            state.runs.enumerated().filter { model.isEmpty || $0.element.model == model }
                .sorted {
                    ($0.element.startedUnixMs, $0.offset) > ($1.element.startedUnixMs, $1.offset)
                }
                .prefix(limit).map { state.withLastMetrics($0.element) }
        }
    }

    public func runIDs(of model: String) -> [RunID] {
        runs(of: model, limit: .max).reversed().compactMap { RunID(bytes: $0.runId) }
    }

    public func hasBatch(_ batch: [UInt8], of run: RunID) -> Bool {
        state.withLock { $0.batches[run]?.contains { $0.batchId == batch } == true }
    }

    public func metricCount(of run: RunID, without keys: Set<String>) -> Int {
        state.withLock { $0.last[run]?.keys.filter { !keys.contains($0) }.count ?? 0 }
    }

    public func points(of key: String, run: RunID) -> [MetricPoints] {
        state.withLock { state in
            state.batches[run, default: []].flatMap(\.series)
                .filter { $0.key == key && !$0.step.isEmpty }
        }
    }

    public func committed(_ upload: UploadID) -> CommittedUpload? {
        state.withLock { state in
            guard let made = state.checkpoints.first(where: { $0.upload == upload }),
                let model = try? ModelName(made.record.model)  // Checked before it was stored.
            else { return nil }
            return CommittedUpload(
                checkpoint: made.id, manifest: made.manifest.digest, model: model,
                number: made.version?.number)
        }
    }

    public func version(madeBy request: [UInt8]) -> (ModelName, VersionNumber)? {
        state.withLock { state in
            state.versions.first { !request.isEmpty && $0.request == request }
                .map { ($0.made.model, $0.made.number) }
        }
    }

    public func checkpoint(_ id: CheckpointID) -> VersionRecord? {
        state.withLock { state in state.live.first { $0.id == id }?.record }
    }

    public func lastCheckpoint(of run: RunID) -> CheckpointID? {
        state.withLock { state in state.live.last { $0.record.runId == run.bytes }?.id }
    }

    public func version(_ model: ModelName, _ number: VersionNumber) -> VersionRecord? {
        versions(of: model).first { $0.number == number.number }
    }

    public func versions(of model: ModelName) -> [VersionRecord] {
        state.withLock { state in
            state.versions.filter { $0.made.model == model && $0.deletedAt == nil }
                .sorted { $0.made.number < $1.made.number }
                .compactMap { version in
                    state.checkpoints.first { $0.id == version.checkpoint }
                        .map { version.made.record(of: $0.record) }
                }
        }
    }

    public func standing(of model: ModelName) -> [StandingVersion] {
        state.withLock { state in
            state.versions.filter { $0.made.model == model }
                .sorted { $0.made.number < $1.made.number }
                .compactMap { version in
                    state.checkpoints.first { $0.id == version.checkpoint }.map {
                        StandingVersion(
                            number: version.made.number, manifest: $0.manifest.digest,
                            at: version.made.at, deletedAt: version.deletedAt)
                    }
                }
        }
    }

    public func looseCheckpoints(of model: ModelName) -> [VersionRecord] {
        state.withLock { state in
            state.live.filter { checkpoint in
                checkpoint.record.model == model.description
                    && !state.versions.contains { $0.checkpoint == checkpoint.id }
            }.map(\.record)
        }
    }

    public func firstVersion(of checkpoint: CheckpointID) -> VersionNumber? {
        state.withLock { state in
            state.versions.first { $0.checkpoint == checkpoint && $0.deletedAt == nil }?.made.number
        }
    }

    public func models() -> [String] {
        state.withLock { state in
            Set(state.runs.map(\.model) + state.checkpoints.map(\.record.model)).sorted()
        }
    }

    public func aliases(of model: ModelName) -> [(alias: String, VersionNumber)] {
        state.withLock { state in
            state.aliases[model, default: [:]].sorted { $0.key < $1.key }
                .map { (alias: $0.key, $0.value) }
        }
    }

    public func manifest(_ digest: Digest) -> Manifest? {
        state.withLock { state in
            for place in state.checkpointsByManifest[digest] ?? []
            where state.isLive(state.checkpoints[place]) {
                return state.checkpoints[place].manifest
            }
            return nil
        }
    }

    public func manifestDigests() -> [Digest] {
        state.withLock { state in Set(state.live.map(\.manifest.digest)).sorted() }
    }

    public func users(of manifest: Digest) -> [String] {
        state.withLock { state in
            var users = Set<String>()
            for checkpoint in state.live where checkpoint.manifest.digest == manifest {
                let made = state.versions.filter {
                    $0.checkpoint == checkpoint.id && $0.deletedAt == nil
                }
                users.formUnion(made.map { "\($0.made.model)@\($0.made.number)" })
                if made.isEmpty { users.insert("a checkpoint of \(checkpoint.record.model)") }
            }
            return users.sorted()
        }
    }

    public func holders(of manifest: Digest) -> [String] {
        state.withLock { $0.pins[manifest, default: [:]].keys.sorted() }
    }

    public func figures() -> CatalogFigures {
        let modelCount = models().count
        return state.withLock { state in
            CatalogFigures(
                modelCount: modelCount,
                versionCount: state.versions.filter { $0.deletedAt == nil }.count,
                undeliveredEventCount: state.outbox.count)
        }
    }
}

extension MemoryIngestCatalog.State {
    fileprivate func withLastMetrics(_ record: RunRecord) -> RunRecord {
        var record = record
        let values = RunID(bytes: record.runId).flatMap { last[$0] } ?? [:]
        record.lastMetrics = values.sorted { $0.key < $1.key }.map {
            NamedNumber(name: $0.key, value: $0.value.value)
        }
        return record
    }
}

extension VersionToMake {
    /// The checkpoint's record as this version of it.
    public func record(of checkpoint: VersionRecord) -> VersionRecord {
        var record = checkpoint
        record.number = number.number
        record.parent = parent?.number ?? ""
        record.note = note
        record.createdUnixMs = at.milliseconds
        return record
    }
}
