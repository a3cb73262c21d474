import CairnCore
import Ingestion
import Messages
import Ports
import Synchronization

/// An ingest in memory, as far as clients and serving hosts see one.
public final class MemoryIngest: Sendable {
    public struct State: Sendable {
        public var chunks: [Digest: SharedBytes] = [:]
        public var manifests: [Digest: Manifest] = [:]
        public var versions: [VersionRecord] = []
        public var uploads: [[UInt8]: UploadCommitted?] = [:]
        public var files: [[UInt8]: [FileEntry]] = [:]
        public var runs: [StartRun] = []
        public var batches: [LogMetrics] = []
        public var ends: [FinishRun] = []
        public var fetchedCount = 0
        public var receivedCount = 0
        public var commits: [CommitUpload] = []
    }

    public let state = Mutex(State())
    public let faults = FaultCounter()
    /// Asked before each chunk leaves: what it answers is sent in its place.
    public let tamper = Mutex<@Sendable (Digest, SharedBytes) -> SharedBytes>({ $1 })

    public init() {}

    /// Puts a version in, as if it had been pushed.
    @discardableResult
    public func add(
        _ files: [(path: String, bytes: [UInt8])], chunkByteCount: Int = 1 << 20,
        mode: UInt16 = 0o644, model: String = "chat", number: String = ""
    ) throws -> Manifest {
        let manifest = try Manifest(
            files: files.map { path, bytes in
                let parts = stride(from: 0, to: bytes.count, by: chunkByteCount).map {
                    Array(bytes[$0..<min(bytes.count, $0 + chunkByteCount)])
                }
                let chunks = parts.map { part in
                    let digest = Digest(of: part)
                    state.withLock { $0.chunks[digest] = SharedBytes(part) }
                    return Manifest.Chunk(digest: digest, byteCount: part.count)
                }
                return Manifest.File(path: path, mode: mode, chunks: chunks)
            })
        state.withLock { state in
            state.manifests[manifest.digest] = manifest
            if number.isEmpty { return }
            state.versions.append(
                VersionRecord(
                    model: model, number: number, manifestDigest: manifest.digest.bytes,
                    byteCount: UInt64(manifest.byteCount)))
        }
        return manifest
    }

    public var channel: InMemoryChannel { InMemoryChannel(routes, peerName: "test") }

    public var routes: RPCRoutes {
        var routes = RPCRoutes(serviceName: "cairn-ingest")
        addReading(to: &routes)
        addUploads(to: &routes)
        addRuns(to: &routes)
        return routes
    }

    private func addReading(to routes: inout RPCRoutes) {
        routes.unary(IngestMethods.resolveVersion) { [self] request, _ in
            try faults.pass()
            let found = state.withLock { state in
                state.versions.last { "\($0.model)@\($0.number)" == request.reference }
            }
            guard let found else { throw RPCError(.notFound, "no version \(request.reference)") }
            return found
        }
        routes.serverStream(IngestMethods.getManifest) { [self] request, replies, _ in
            let manifest = Digest(bytes: request.manifestDigest).flatMap { digest in
                state.withLock { $0.manifests[digest] }
            }
            guard let manifest else { throw RPCError(.notFound, "no such manifest") }
            for file in manifest.files {
                // In parts of two chunks, so that joining them is tested everywhere.
                for start in stride(from: 0, to: max(1, file.chunks.count), by: 2) {
                    let part = file.chunks[min(start, file.chunks.count)...].prefix(2)
                    try faults.pass()
                    try await replies.send(ManifestFile(file: Self.entry(file, part)))
                }
            }
        }
        routes.serverStream(IngestMethods.fetchChunks) { [self] request, replies, _ in
            for bytes in request.digests {
                let digest = Digest(bytes: bytes)!
                let chunk = state.withLock { state in
                    state.fetchedCount += 1
                    return state.chunks[digest]
                }
                guard let chunk else { throw RPCError(.notFound, "no chunk \(digest)") }
                try faults.pass()
                let sent = tamper.withLock { $0(digest, chunk) }
                try await replies.send(Chunk(digest: bytes), attachment: sent)
            }
        }
    }

    private static func entry(_ file: Manifest.File, _ part: ArraySlice<Manifest.Chunk>)
        -> FileEntry
    {
        FileEntry(
            path: Array(file.path.utf8), byteCount: UInt64(part.reduce(0) { $0 + $1.byteCount }),
            chunkDigests: part.map(\.digest.bytes),
            chunkByteCounts: part.map { UInt32($0.byteCount) }, mode: UInt32(file.mode))
    }

    private func addUploads(to routes: inout RPCRoutes) {
        routes.unary(IngestMethods.openUpload) { [self] request, _ in
            try faults.pass()
            return state.withLock { state in
                let known = state.uploads[request.uploadId]
                if known == nil { state.uploads[request.uploadId] = .some(nil) }
                return UploadOpened(
                    uploadId: request.uploadId, resumed: known != nil,
                    chunkByteCountMax: UInt32(Manifest.Limits.chunkByteCount),
                    committed: known ?? nil)
            }
        }
        routes.unary(IngestMethods.offerChunks) { [self] request, _ in
            try faults.pass()
            let wanted = state.withLock { state in
                request.chunkDigests.enumerated().filter {
                    state.chunks[Digest(bytes: $0.element)!] == nil
                }
            }
            return ChunksWanted(indexes: wanted.map { UInt32($0.offset) })
        }
        routes.clientStream(IngestMethods.sendChunks) { [self] requests, _ in
            var (count, new) = (UInt64(0), UInt64(0))
            while let (request, bytes) = try await requests.next() {
                try faults.pass()
                let digest = Digest(bytes: request.digest)!
                guard let bytes, bytes.withUnsafeBytes({ Digest(of: $0) }) == digest else {
                    throw RPCError(.invalidArgument, "the chunk does not hash to \(digest)")
                }
                count += 1
                let isNew = state.withLock { state in
                    state.receivedCount += 1
                    return state.chunks.updateValue(bytes, forKey: digest) == nil
                }
                if isNew { new += 1 }
            }
            try faults.pass()
            return ChunksStored(chunkCount: count, newChunkCount: new)
        }
        routes.unary(IngestMethods.commitUpload) { [self] request, _ in
            try faults.pass()
            let reply = try state.withLock { state in try state.commit(request) }
            // The commit happened; its answer may still be lost.
            try faults.pass()
            return reply
        }
    }

    private func addRuns(to routes: inout RPCRoutes) {
        routes.unary(IngestMethods.startRun) { [self] request, _ in
            try faults.pass()
            let existed = state.withLock { state in
                if state.runs.contains(where: { $0.runId == request.runId }) { return true }
                state.runs.append(request)
                return false
            }
            return RunStarted(runId: request.runId, existed: existed)
        }
        routes.unary(IngestMethods.logMetrics) { [self] request, _ in
            try faults.pass()
            let points = request.series.reduce(0) { $0 + $1.value.count }
            let accepted = state.withLock { state in
                if state.batches.contains(where: { $0.batchId == request.batchId }) { return 0 }
                state.batches.append(request)
                return points
            }
            try faults.pass()
            return MetricsLogged(acceptedPointCount: UInt64(accepted))
        }
        routes.unary(IngestMethods.finishRun) { [self] request, _ in
            try faults.pass()
            state.withLock { $0.ends.append(request) }
            return Done()
        }
    }
}

extension MemoryIngest.State {
    fileprivate mutating func commit(_ request: CommitUpload) throws -> UploadCommitted {
        if let done = uploads[request.uploadId] ?? nil { return done }
        files[request.uploadId, default: []] += request.files
        if request.moreFiles { return UploadCommitted() }
        let entries = files.removeValue(forKey: request.uploadId) ?? []
        let manifest = try Manifest(files: entries.reduce(into: []) { try $0.append(part: $1) })
        for chunk in manifest.uniqueChunks where chunks[chunk.digest] == nil {
            throw RPCError(.conflict, "chunk \(chunk.digest) is not here", canRetry: true)
        }
        manifests[manifest.digest] = manifest
        commits.append(request)
        let number = request.version.map {
            $0.number == "auto" ? "0.\(versions.count + 1).0" : $0.number
        }
        let version = number.map {
            VersionRecord(
                model: "chat", number: $0, manifestDigest: manifest.digest.bytes,
                byteCount: UInt64(manifest.byteCount), metrics: request.metrics)
        }
        if let version { versions.append(version) }
        let done = UploadCommitted(
            checkpointId: Array(repeating: UInt8(versions.count), count: 16),
            manifestDigest: manifest.digest.bytes, version: version)
        uploads[request.uploadId] = done
        return done
    }
}

extension [Manifest.File] {
    fileprivate mutating func append(part: FileEntry) throws {
        let path = String(decoding: part.path, as: UTF8.self)
        let chunks = zip(part.chunkDigests, part.chunkByteCounts).map {
            Manifest.Chunk(digest: Digest(bytes: $0)!, byteCount: Int($1))
        }
        if let last, last.path == path {
            self[count - 1] = Manifest.File(
                path: path, mode: last.mode, chunks: last.chunks + chunks)
        } else {
            append(Manifest.File(path: path, mode: UInt16(part.mode), chunks: chunks))
        }
    }
}
