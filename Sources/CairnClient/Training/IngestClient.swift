import CairnCore
import HDF5Files
import Ingestion
import LinuxHost
import Messages
import Ports
import VersionFolders

/// Ingest, as trainers and tools call it: runs, metrics, pushes, pulls.
public struct IngestClient: Sendable {
    /// For calls that have no function here.
    public let channel: any RPCChannel
    let bulk: any RPCChannel
    let retries: Retries
    let clock: any WallClock
    let queues: WorkQueues
    let tables: any TensorTables = HDF5Tables()

    /// How long a push or a pull goes on trying while ingest is away and nothing moves.
    public var patience = Duration.seconds(300)
    /// Chunks of this size; versions share what they have in common in chunks of one size.
    public var chunkByteCount = Manifest.Limits.usualChunkByteCount

    /// - Parameters:
    ///   - bulk: for chunks, so that small calls do not queue behind them; a channel of its own
    ///     where the transport has connections.
    ///   - clock: for times that are stored.
    public init(
        _ channel: any RPCChannel, bulk: (any RPCChannel)? = nil, retries: Retries = Retries(),
        clock: any WallClock = SystemClock(), queues: WorkQueues = WorkQueues(label: "client")
    ) {
        (self.channel, self.bulk) = (channel, bulk ?? channel)
        (self.retries, self.clock, self.queues) = (retries, clock, queues)
    }

    func fresh<ID: Identifier>(_: ID.Type = ID.self) -> ID {
        var random = SystemRandomNumberGenerator()
        return ID(at: clock.now(), using: &random)
    }

    // MARK: Runs

    /// Opens a run. What is empty in `run` is filled in: its id, its start.
    public func startRun(_ run: StartRun) async throws -> RunID {
        var run = run
        let id: RunID = RunID(bytes: run.runId) ?? fresh()
        run.runId = id.bytes
        if run.startedUnixMs == 0 { run.startedUnixMs = clock.now().milliseconds }
        _ = try await channel.call(IngestMethods.startRun, run)
        return id
    }

    public func startRun(
        model: String, name: String = "", params: [String: String] = [:],
        tags: [String: String] = [:]
    ) async throws -> RunID {
        func pairs(_ texts: [String: String]) -> [KeyValue] {
            texts.sorted { $0.key < $1.key }.map { KeyValue(key: $0.key, value: $0.value) }
        }
        return try await startRun(
            StartRun(model: model, name: name, params: pairs(params), tags: pairs(tags)))
    }

    public func finishRun(_ run: RunID, _ status: RunStatus = .finished) async throws {
        _ = try await channel.call(
            IngestMethods.finishRun, FinishRun(runId: run.bytes, status: status))
    }

    /// Stores one batch of points. Repeated after a cut, it counts once.
    public func log(_ series: [MetricPoints], of run: RunID) async throws {
        let batch: EventID = fresh()
        _ = try await channel.call(
            IngestMethods.logMetrics,
            LogMetrics(runId: run.bytes, batchId: batch.bytes, series: series))
    }

    // MARK: Versions

    public func resolve(_ reference: String) async throws -> VersionRecord {
        try await channel.call(
            IngestMethods.resolveVersion, ResolveVersion(reference: reference))
    }

    /// Stores files as a checkpoint, and as a version where one is asked for. Only what ingest lacks
    /// travels; visible whole or not at all.
    @discardableResult
    public func push(
        _ files: [CheckpointFile], _ request: PushRequest,
        progress: @escaping @Sendable (PushProgress) -> Void = { _ in }
    ) async throws -> PushResult {
        try await Push(
            files: files, request: request, uploadID: request.uploadID ?? fresh(),
            channel: channel, bulk: bulk, queues: queues, tables: tables, retries: retries,
            patience: patience,
            chunkByteCount: chunkByteCount, report: progress
        ).run()
    }

    /// Stores files and folders of this host.
    @discardableResult
    public func push(
        paths: [String], _ request: PushRequest,
        progress: @escaping @Sendable (PushProgress) -> Void = { _ in }
    ) async throws -> PushResult {
        let files = try await queues.run {
            do throws(FileError) {
                return try CheckpointFile.list(paths)
            } catch {
                throw error.asRPCError
            }
        }
        return try await push(files, request, progress: progress)
    }

    /// Brings a version into a folder, verified; fetches only what the folder lacks.
    ///
    /// - Parameter reference: `chat@v1.2.0`, `chat@champion`, `chat@latest`, `run:…`.
    @discardableResult
    public func pull(
        _ reference: String, into folder: String,
        progress: @escaping @Sendable (RestoreProgress) -> Void = { _ in }
    ) async throws -> (version: VersionRecord, progress: RestoreProgress) {
        let version = try await resolve(reference)
        guard let digest = Digest(bytes: version.manifestDigest) else {
            throw RPCError(.protocol, "ingest resolved \(reference) to no manifest")
        }
        let source = IngestSource(bulk)
        let manifest = try await retries.run(within: patience, where: \.isPassing) { _ in
            try await source.manifest(digest)
        }
        var folders = VersionFolders(from: source, queues: queues)
        folders.progress = progress
        folders.pause = restorePause
        return (version, try await folders.restore(manifest, into: folder))
    }

    /// Waits between two tries of a restore that was cut, and gives up after `patience` without
    /// progress.
    public var restorePause: RestorePause {
        let (retries, patience) = (retries, patience)
        let start = MomentOfFirstFailure()
        return { failures, error in
            let began = start.value(failures == 1, now: retries.clock.now())
            var random = SeededRandom(seed: retries.seeds())
            let next = retries.clock.now() + retries.policy.wait(after: failures, using: &random)
            if next >= began + patience { throw error }
            try await retries.clock.sleep(until: next)
        }
    }
}
