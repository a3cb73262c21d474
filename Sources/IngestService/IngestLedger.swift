import CairnCore
import Ingestion
import Messages
import Ports
import ServiceKit

/// The catalog on a thread of its own, with the uploads that are under way.
///
/// **Order:** the chunks of a checkpoint are durable before `commit` is called; the catalog's
/// transaction ends before any reply is sent.
actor IngestLedger {
    let catalog: any IngestCatalog
    let clock: any WallClock
    private let executor = BlockingExecutor(label: "ingest.catalog")
    private var uploads: [UploadID: OpenedUpload] = [:]
    private var openedCount = 0
    private var random = SystemRandomNumberGenerator()
    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    /// An upload between its opening and its commit. Lost with the process: whoever repeats
    /// `OpenUpload` goes on, for the chunks that arrived are kept.
    struct OpenedUpload {
        let model: ModelName
        let run: RunID?
        let order: Int
        var files: [Manifest.File] = []
        var newByteCount: UInt64 = 0
    }

    init(_ catalog: sending any IngestCatalog, clock: any WallClock) {
        (self.catalog, self.clock) = (catalog, clock)
    }

    /// Runs `body` with the catalog on its thread.
    func with<Result: Sendable>(
        _ body: @Sendable (any IngestCatalog, Timestamp) throws -> Result
    ) throws -> Result {
        try body(catalog, clock.now())
    }

    var openUploadCount: Int { uploads.count }

    // MARK: Uploads

    func open(_ id: UploadID, model: ModelName, run: RunID?) throws -> UploadOpened {
        if let run, try catalog.run(run) == nil {
            throw RPCError(
                .notFound, "run \(run) does not exist; start it first, or push without a run")
        }
        if let committed = try catalog.committed(id) {
            return UploadOpened(
                uploadId: id.bytes, resumed: true,
                chunkByteCountMax: UInt32(Manifest.Limits.chunkByteCount), committed: committed)
        }
        if let known = uploads[id], known.model != model || known.run != run {
            throw RPCError(
                .conflict, "upload \(id) was opened for \(known.model); take a new upload id")
        }
        let resumed = uploads[id] != nil
        if !resumed {
            if uploads.count >= IngestLimits.openUploads,
                let oldest = uploads.min(by: { $0.value.order < $1.value.order })?.key
            {
                uploads[oldest] = nil
            }
            openedCount += 1
            uploads[id] = OpenedUpload(model: model, run: run, order: openedCount)
        }
        uploads[id]?.files = []
        return UploadOpened(
            uploadId: id.bytes, resumed: resumed,
            chunkByteCountMax: UInt32(Manifest.Limits.chunkByteCount))
    }

    func requireOpen(_ id: UploadID) throws {
        guard uploads[id] != nil else { throw Self.notOpen(id) }
    }

    private static func notOpen(_ id: UploadID) -> RPCError {
        RPCError(
            .notFound,
            "upload \(id) is not open here; open it again with the same id: what "
                + "arrived is kept", facts: ["reopen": "true"])
    }

    func grew(_ id: UploadID, by byteCount: UInt64) { uploads[id]?.newByteCount += byteCount }

    func abort(_ id: UploadID) { uploads[id] = nil }

    func committed(_ id: UploadID) throws -> UploadCommitted? { try catalog.committed(id) }

    /// Takes a part of a manifest.
    func add(_ files: [Manifest.File], to id: UploadID) throws {
        guard let upload = uploads[id] else { throw Self.notOpen(id) }
        guard upload.files.count + files.count <= Manifest.Limits.fileCount else {
            uploads[id]?.files = []
            throw RPCError(
                .invalidArgument, "a checkpoint holds at most \(Manifest.Limits.fileCount) files")
        }
        uploads[id]?.files += files
    }

    /// The manifest of all parts that came.
    func manifest(of id: UploadID) throws -> Manifest {
        guard let upload = uploads[id] else { throw Self.notOpen(id) }
        do {
            return try Manifest(files: upload.files)
        } catch {
            uploads[id]?.files = []
            throw RPCError(.invalidArgument, "\(error). Nothing was committed")
        }
    }

    /// One transaction makes the checkpoint and its version visible.
    func commit(_ request: CommitUpload, _ id: UploadID, _ manifest: Manifest) throws
        -> UploadCommitted
    {
        if let before = try catalog.committed(id) { return before }
        guard let upload = uploads[id] else { throw Self.notOpen(id) }
        let version = try request.version.map { try assign($0, of: upload.model) }
        let now = clock.now()
        let new = NewCheckpoint(
            id: CheckpointID(at: now, using: &random), upload: id, model: upload.model,
            run: upload.run, step: request.step, manifest: manifest, version: version,
            note: request.version?.note ?? "", metrics: request.metrics, config: request.config,
            dependencies: request.dependencies, newByteCount: upload.newByteCount, at: now,
            event: try version.map {
                try event(for: $0, of: upload.model, manifest.digest, at: now)
            })
        try catalog.commit(new)
        uploads[id] = nil
        guard let answer = try catalog.committed(id) else {
            throw RPCError(.internal, "upload \(id) was committed and is not in the catalog")
        }
        return answer
    }

    /// Makes a version of a checkpoint that stands. A repeat finds the first.
    func createVersion(_ request: CreateVersion, of id: CheckpointID) throws -> VersionRecord {
        guard let record = try catalog.checkpoint(id), let wish = request.version,
            let digest = Digest(bytes: record.manifestDigest),
            let manifest = try catalog.manifest(digest)
        else {
            throw RPCError(.notFound, "checkpoint \(id) does not exist, or no version is asked")
        }
        let model = try ModelName(record.model)
        let standing = try catalog.versions(of: record.model)
        if let same = standing.first(where: {
            $0.checkpointId == id.bytes
                && (wish.number == "auto" || VersionNumber(wish.number)?.number == $0.number)
        }) {
            return same
        }
        let version = try assign(wish, of: model)
        let now = clock.now()
        try catalog.commit(
            NewCheckpoint(
                id: id, upload: nil, model: model, run: nil, step: record.step, manifest: manifest,
                version: version, note: wish.note, metrics: [], config: [], dependencies: [],
                newByteCount: 0, at: now,
                event: try event(for: version, of: model, digest, at: now), isNew: false))
        guard let made = try catalog.version(record.model, version.number) else {
            throw RPCError(
                .internal, "\(model)@\(version.number) was made and is not in the catalog")
        }
        return made
    }

    private func assign(_ wish: NewVersion, of model: ModelName) throws -> VersionAssignment {
        var standing: [VersionNumber: String] = [:]
        for record in try catalog.versions(of: model.description) {
            guard let number = VersionNumber(record.number) else { continue }
            standing[number] =
                "it holds \(Digest(bytes: record.manifestDigest)?.short ?? "?"), committed "
                + "\(Timestamp(milliseconds: record.createdUnixMs))"
        }
        do {
            return try VersionAssignment(
                .init(number: wish.number, parent: wish.parent), of: model, standing: standing)
        } catch {
            throw RPCError(
                error.code == .taken ? .alreadyExists : .invalidArgument, error.description)
        }
    }

    private func event(
        for version: VersionAssignment, of model: ModelName, _ manifest: Digest, at time: Timestamp
    ) throws -> OutboxEvent {
        let parent = try version.parent.flatMap { try catalog.version(model.description, $0) }
        let id = EventID(at: time, using: &random)
        let body = VersionCommitted(
            eventId: id.bytes, model: model.description, number: version.number.number,
            manifestDigest: manifest.bytes, parent: version.parent?.number ?? "",
            parentManifestDigest: parent?.manifestDigest ?? [])
        return OutboxEvent(
            id: id, destination: "evaluator", method: EvaluatorMethods.versionCommitted.id,
            body: try body.encoded())
    }
}
