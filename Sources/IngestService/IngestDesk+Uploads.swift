import CairnCore
import Ingestion
import Messages
import Ports

/// How far a commit has come with one of its messages.
public enum StagedCommit: Sendable, Equatable {
    /// It was committed before: this is the first answer.
    case answered(UploadCommitted)
    /// More parts of the manifest follow.
    case incomplete
    /// All parts are here: the chunks of this manifest must be durable before `commit`.
    case complete(Manifest)
}

extension IngestDesk {
    public var openUploadCount: Int { uploads.count }

    public mutating func openUpload(_ request: OpenUpload) throws -> UploadOpened {
        let id: UploadID = try Checks.id(request.uploadId, "upload_id")
        let run: RunID? = try Checks.optionalID(request.runId, "run_id")
        let model = try Checks.model(request.model)
        var opened = UploadOpened(
            uploadId: id.bytes, chunkByteCountMax: UInt32(Manifest.Limits.chunkByteCount))
        if let committed = try catalog.committed(id) {
            opened.committed = try answer(committed)
            opened.resumed = true
            return opened
        }
        if let run {
            guard let record = try catalog.run(run) else {
                throw IngestError(
                    .notFound, "run \(run) does not exist; start it first, or push without a run")
            }
            guard record.model == model.description else {
                throw IngestError(
                    .conflict, "run \(run) is one of \(record.model), this upload of \(model)")
            }
        }
        opened.resumed = try uploads.open(id, model: model, run: run)
        return opened
    }

    public func requireUpload(_ id: UploadID) throws { _ = try uploads.upload(id) }

    public mutating func grew(_ id: UploadID, by byteCount: UInt64) {
        uploads.grew(id, by: byteCount)
    }

    public mutating func abortUpload(_ request: AbortUpload) throws {
        uploads.close(try Checks.id(request.uploadId, "upload_id"))
    }

    /// Takes one message of a commit. Nothing is visible afterwards that was not before.
    public mutating func stage(_ request: CommitUpload) throws -> StagedCommit {
        let id: UploadID = try Checks.id(request.uploadId, "upload_id")
        if let committed = try catalog.committed(id) { return .answered(try answer(committed)) }
        let manifest = try uploads.add(
            try Checks.files(request.files), part: Int(request.part),
            isLast: !request.moreFiles, to: id)
        guard let manifest else { return .incomplete }
        try checkRest(request, of: id, manifest)
        return .complete(manifest)
    }

    /// What can be refused before any chunk is looked for.
    private func checkRest(_ request: CommitUpload, of id: UploadID, _ manifest: Manifest) throws {
        try Checks.pairs(request.config, IngestLimits.params, "config")
        try Checks.metrics(request.metrics)
        try Amount.check(
            request.dependencies.count, atMost: IngestLimits.dependencies, "dependencies")
        try Amount.checkText(request.version?.note ?? "", "the note")
        let upload = try uploads.upload(id)
        try Self.checkSize(
            record(of: request, upload, manifest, at: Timestamp(seconds: 0)), "a checkpoint")
        if let wish = request.version { _ = try assign(wish, of: upload.model) }
    }

    private func record(
        of request: CommitUpload, _ upload: UploadTable.Upload, _ manifest: Manifest,
        at time: Timestamp
    ) -> VersionRecord {
        VersionRecord(
            model: upload.model.description, manifestDigest: manifest.digest.bytes,
            runId: upload.run?.bytes ?? [], step: request.step,
            byteCount: UInt64(manifest.byteCount), fileCount: UInt32(manifest.files.count),
            createdUnixMs: time.milliseconds, metrics: request.metrics, config: request.config,
            dependencies: request.dependencies, newByteCount: upload.newByteCount)
    }

    /// One transaction makes the checkpoint and its version visible, with the evaluator's event.
    /// Its chunks are durable.
    public mutating func commit(
        _ request: CommitUpload, _ manifest: Manifest, at time: Timestamp
    ) throws -> UploadCommitted {
        let id: UploadID = try Checks.id(request.uploadId, "upload_id")
        if let committed = try catalog.committed(id) { return try answer(committed) }
        let upload = try uploads.upload(id)
        let version = try request.version.map {
            try make($0, of: upload.model, manifest.digest, at: time)
        }
        var record = record(of: request, upload, manifest, at: time)
        let checkpoint = CheckpointID(at: time, using: &random)
        record.checkpointId = checkpoint.bytes
        try catalog.apply(
            .commit(
                NewCheckpoint(
                    id: checkpoint, upload: id, manifest: manifest, record: record,
                    version: version)))
        uploads.close(id)
        return try answer(
            CommittedUpload(
                checkpoint: checkpoint, manifest: manifest.digest, model: upload.model,
                number: version?.number))
    }

    /// The answer to a commit, the same whenever it is asked for.
    private func answer(_ committed: CommittedUpload) throws -> UploadCommitted {
        UploadCommitted(
            checkpointId: committed.checkpoint.bytes, manifestDigest: committed.manifest.bytes,
            version: try committed.number.flatMap {
                try catalog.version(committed.model, $0).map(completed)
            })
    }
}
