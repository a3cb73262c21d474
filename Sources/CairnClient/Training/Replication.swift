import CairnCore
import Ingestion
import Messages
import Ports
import VersionFolders

/// A version of one ingest, brought to another: only what is missing there travels. Safe to repeat,
/// and to break off.
public struct Replication: Sendable {
    /// What was done for one version.
    public struct Report: Sendable, Equatable {
        /// It was there already, the same.
        public var wasThere = false
        public var byteCount = 0
        public var sentByteCount = 0
    }

    private let origin: IngestClient
    private let mirror: IngestClient

    public init(from origin: IngestClient, to mirror: IngestClient) {
        (self.origin, self.mirror) = (origin, mirror)
    }

    /// - Parameter version: as the origin resolves it; it has a number.
    public func run(
        _ version: VersionRecord, progress: @escaping @Sendable (PushProgress) -> Void = { _ in }
    ) async throws -> Report {
        guard let digest = Digest(bytes: version.manifestDigest), !version.number.isEmpty else {
            throw RPCError(.invalidArgument, "only versions with a number are replicated")
        }
        var report = Report(byteCount: Int(version.byteCount))
        if try await isThere(version) {
            report.wasThere = true
            return report
        }
        if let run = RunID(bytes: version.runId) { try await copy(run) }
        let manifest = try await IngestSource(origin.bulk).manifest(digest)
        // The same for the same version: what was broken off goes on.
        let name = "replica \(version.model)@\(version.number) \(digest.hex)"
        guard let upload = UploadID(bytes: Array(Digest(of: Array(name.utf8)).bytes.prefix(16)))
        else { throw RPCError(.internal, "no id for \(name)") }
        let open = OpenUpload(
            uploadId: upload.bytes, model: version.model, runId: version.runId)
        guard try await mirror.channel.call(IngestMethods.openUpload, open).committed == nil else {
            report.wasThere = true
            return report
        }
        report.sentByteCount = try await send(manifest, version, upload, progress)
        try await commit(manifest, version, upload)
        return report
    }

    private func isThere(_ version: VersionRecord) async throws -> Bool {
        do {
            let there = try await mirror.resolve("\(version.model)@v\(version.number)")
            guard there.manifestDigest == version.manifestDigest else {
                throw RPCError(
                    .conflict,
                    "\(version.model)@v\(version.number) is another one there: it holds "
                        + "\(Hexadecimal.text(of: Array(there.manifestDigest.prefix(6)))). Nothing "
                        + "was changed")
            }
            return true
        } catch let error as RPCError where error.code == .notFound { return false }
    }

    // MARK: The run

    /// With its parameters, code and metrics, under the same id.
    private func copy(_ id: RunID) async throws {
        let run = try await origin.channel.call(IngestMethods.getRun, GetRun(runId: id.bytes))
        _ = try await mirror.startRun(
            StartRun(
                runId: run.runId, model: run.model, name: run.name, params: run.params,
                tags: run.tags, code: run.code, datasets: run.datasets,
                dependencies: run.dependencies, host: run.host,
                startedUnixMs: run.startedUnixMs))
        for metric in run.lastMetrics {
            let there = Set(try await points(of: metric.name, id, at: mirror))
            let fresh = try await points(of: metric.name, id, at: origin)
                .filter { !there.contains($0) }
            for start in stride(from: 0, to: fresh.count, by: IngestLimits.pointsPerPart) {
                let part = fresh[start..<min(fresh.count, start + IngestLimits.pointsPerPart)]
                try await mirror.log(
                    [
                        MetricPoints(
                            key: metric.name, step: part.map(\.step),
                            timeUnixMs: part.map(\.milliseconds),
                            value: part.map { Double(bitPattern: $0.bits) })
                    ], of: id)
            }
        }
        if run.status != .running { try await mirror.finishRun(id, run.status) }
    }

    private struct Point: Hashable {
        let step: Int64
        let milliseconds: Int64
        /// Of the value: a NaN is equal to itself.
        let bits: UInt64
    }

    private func points(
        of key: String, _ run: RunID, at ingest: IngestClient
    ) async throws -> [Point] {
        try await ingest.channel.stream(
            IngestMethods.getMetricHistory, GetMetricHistory(runId: run.bytes, key: key)
        ) { replies in
            var points: [Point] = []
            while let part = try await replies.next()?.body.points {
                for ((step, time), value) in zip(zip(part.step, part.timeUnixMs), part.value) {
                    points.append(
                        Point(step: step, milliseconds: time, bits: value.bitPattern))
                }
            }
            return points
        }
    }

    // MARK: The files

    /// - Returns: how many bytes travelled.
    private func send(
        _ manifest: Manifest, _ version: VersionRecord, _ upload: UploadID,
        _ report: @escaping @Sendable (PushProgress) -> Void
    ) async throws -> Int {
        var request = PushRequest(model: version.model, run: RunID(bytes: version.runId))
        request.parent = VersionNumber(version.parent)
        var known = try await KnownPieces(
            before: request, channel: mirror.channel, bulk: mirror.bulk, tables: mirror.tables,
            chunkByteCount: mirror.chunkByteCount)
        var progress = PushProgress(byteCount: manifest.byteCount)
        var seen = Set<Digest>()
        // Large files first, as a push has them: float32 tensors before their rounded copies.
        for file in manifest.files.sorted(by: { $0.byteCount > $1.byteCount }) {
            let pieces = try await StoredFile(file, from: IngestSource(origin.bulk))
                .chunkPieces(origin.tables, pieceByteCount: origin.chunkByteCount)
            var offset = 0
            var batch: [(chunk: Manifest.Chunk, hint: ChunkHint)] = []
            for chunk in file.chunks {
                let piece = pieces[offset]
                offset += chunk.byteCount
                known.take(piece, chunk.digest)
                if seen.insert(chunk.digest).inserted {
                    batch.append((chunk, known.hint(for: piece, of: file.path)))
                }
                if batch.count == Push.batchChunkCount {
                    progress.sentByteCount += try await send(batch, upload)
                    batch = []
                }
                progress.doneByteCount += chunk.byteCount
                report(progress)
            }
            progress.sentByteCount += try await send(batch, upload)
        }
        return progress.sentByteCount
    }

    private func send(
        _ batch: [(chunk: Manifest.Chunk, hint: ChunkHint)], _ upload: UploadID
    ) async throws -> Int {
        if batch.isEmpty { return 0 }
        let calls = UploadCalls(upload: upload, channel: mirror.channel)
        let wanted = try await calls.offer(batch.map(\.chunk.digest)).map { batch[$0] }
        if wanted.isEmpty { return 0 }
        let hints = Dictionary(wanted.map { ($0.chunk.digest, $0.hint) }) { first, _ in first }
        let source = IngestSource(origin.bulk)
        let options = CallOptions(deadline: Push.batchTime)
        _ = try await mirror.bulk.upload(IngestMethods.sendChunks, options) { chunks in
            try await source.fetch(wanted.map(\.chunk)) { chunk, bytes in
                let hint = hints[chunk.digest] ?? ChunkHint()
                // The mirror hashes it: what came damaged is refused there.
                try await chunks.send(calls.message(chunk.digest, hint), attachment: bytes)
            }
        }
        return wanted.reduce(0) { $0 + $1.chunk.byteCount }
    }

    private func commit(
        _ manifest: Manifest, _ version: VersionRecord, _ upload: UploadID
    ) async throws {
        _ = try await UploadCalls(upload: upload, channel: mirror.channel).commit(
            manifest,
            CommitUpload(
                step: version.step,
                version: NewVersion(
                    number: version.number, parent: version.parent, note: version.note,
                    isReplica: true),
                metrics: version.metrics, config: version.config,
                dependencies: version.dependencies))
    }
}
