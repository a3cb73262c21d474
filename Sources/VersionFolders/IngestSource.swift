import CairnCore
import Ingestion
import Messages
import Ports
import TensorCodec

/// Versions as ingest has them.
public struct IngestSource: VersionSource {
    /// The most chunks in one call, by the wire.
    static let windowChunkCount = 4_096
    /// And the most bytes, so that a call has an end within its deadline.
    static let windowByteCount = 256 << 20
    /// Silence of a call that ends it.
    static let windowDeadline = Duration.seconds(300)

    private let channel: any RPCChannel
    private let windowByteCount: Int

    public init(_ channel: any RPCChannel, windowByteCount: Int? = nil) {
        (self.channel, self.windowByteCount) = (channel, windowByteCount ?? Self.windowByteCount)
    }

    public func manifest(_ digest: Digest) async throws -> Manifest {
        let files = try await channel.stream(
            IngestMethods.getManifest, GetManifest(manifestDigest: digest.bytes)
        ) { replies in
            var files: [Manifest.File] = []
            while let (reply, _) = try await replies.next() { try files.append(part: reply.file) }
            return files
        }
        let manifest = try Manifest(files: files)
        guard manifest.digest == digest else {
            throw RPCError(
                .dataLoss,
                "ingest sent a manifest that hashes to \(manifest.digest.short)…, expected "
                    + "\(digest.short)…; run `cairn verify` on ingest's side")
        }
        return manifest
    }

    public func fetch(
        _ chunks: [Manifest.Chunk],
        _ store: @escaping @Sendable (Manifest.Chunk, SharedBytes) async throws -> Void
    ) async throws { try await fetch(chunks, given: ChunkBases(), store) }

    public func fetch(
        _ chunks: [Manifest.Chunk], given bases: ChunkBases,
        _ store: @escaping @Sendable (Manifest.Chunk, SharedBytes) async throws -> Void
    ) async throws {
        var rest = chunks[...]
        while !rest.isEmpty {
            let window = rest.prefix(windowCount(rest))
            rest = rest.dropFirst(window.count)
            try await fetch(window: window, bases, store)
        }
    }

    private func windowCount(_ rest: ArraySlice<Manifest.Chunk>) -> Int {
        var (count, byteCount) = (0, 0)
        for chunk in rest.prefix(Self.windowChunkCount) {
            byteCount += chunk.byteCount
            if count > 0 && byteCount > windowByteCount { break }
            count += 1
        }
        return count
    }

    /// Four chunks are in hand at a time: enough to hash and write while the next ones arrive.
    private func fetch(
        window: ArraySlice<Manifest.Chunk>, _ bases: ChunkBases,
        _ store: @escaping @Sendable (Manifest.Chunk, SharedBytes) async throws -> Void
    ) async throws {
        let have = window.map { bases.base(of: $0)?.bytes ?? [] }
        let request = FetchChunks(
            digests: window.map(\.digest.bytes),
            haveDigests: have.allSatisfy(\.isEmpty) ? [] : have)
        let options = CallOptions(deadline: Self.windowDeadline)
        try await channel.stream(IngestMethods.fetchChunks, request, options) { replies in
            try await withThrowingTaskGroup(of: Void.self) { group in
                var inHand = 0
                for chunk in window {
                    guard let (reply, bytes) = try await replies.next(), let bytes,
                        reply.digest == chunk.digest.bytes
                    else { throw Self.outOfOrder(chunk.digest) }
                    if inHand == 4 {
                        try await group.next()
                        inHand -= 1
                    }
                    let (code, element) = (reply.code, reply.element)
                    group.addTask {
                        bases.travelled(bytes.count, for: chunk)
                        try await store(
                            chunk, try Self.decoded(chunk, code, element, bytes, bases))
                    }
                    inHand += 1
                }
                try await group.waitForAll()
            }
        }
    }

    /// The chunk itself; whoever takes it checks its digest.
    private static func decoded(
        _ chunk: Manifest.Chunk, _ code: UInt32, _ element: UInt32, _ payload: SharedBytes,
        _ bases: ChunkBases
    ) throws -> SharedBytes {
        guard let code = UInt8(exactly: code).flatMap(ChunkCode.init),
            let element = UInt8(exactly: element).flatMap(ElementType.init)
        else {
            throw RPCError(
                .protocol,
                "chunk \(chunk.digest.short) came in code \(code), which a newer ingest "
                    + "knows; use the client that came with it")
        }
        if code == .raw { return payload }
        let base = try bases.bytes(for: chunk)
        guard base != nil || !code.needsParent else {
            throw RPCError(
                .refused,
                "what chunk \(chunk.digest.short) is a difference to changed on this host "
                    + "while it was used; try again", canRetry: true)
        }
        var isDecoded = false
        let bytes = SharedBytes(count: chunk.byteCount) { out in
            isDecoded = payload.withUnsafeBytes { payload in
                func decode(_ base: UnsafeRawBufferPointer?) -> Bool {
                    ChunkCoder().decode(code, payload, element, parent: base, into: out)
                }
                return base.map { $0.withUnsafeBytes { decode($0) } } ?? decode(nil)
            }
        }
        guard isDecoded else {
            throw RPCError(.dataLoss, "chunk \(chunk.digest.short) came and does not decode")
        }
        return bytes
    }

    private static func outOfOrder(_ digest: Digest) -> RPCError {
        RPCError(
            .protocol, "ingest did not send chunk \(digest.short)… where it was asked for",
            canRetry: true)
    }
}

extension [Manifest.File] {
    /// Adds a file, or the next part of the last one.
    mutating func append(part: FileEntry?) throws {
        guard let part else { throw RPCError(.protocol, "a part of a manifest holds no file") }
        guard let path = String(validating: part.path, as: UTF8.self) else {
            throw RPCError(.dataLoss, "a path in the manifest is not UTF-8")
        }
        guard part.chunkDigests.count == part.chunkByteCounts.count,
            let mode = UInt16(exactly: part.mode == 0 ? 0o644 : part.mode)
        else { throw RPCError(.dataLoss, "the manifest's entry of \(path) contradicts itself") }
        let chunks = try zip(part.chunkDigests, part.chunkByteCounts).map { bytes, count in
            guard let digest = Digest(bytes: bytes) else {
                throw RPCError(.dataLoss, "a digest of \(path) has \(bytes.count) bytes, not 32")
            }
            return Manifest.Chunk(digest: digest, byteCount: Int(count))
        }
        if let last, last.path == path {
            self[count - 1] = Manifest.File(path: path, mode: mode, chunks: last.chunks + chunks)
        } else {
            append(Manifest.File(path: path, mode: mode, chunks: chunks))
        }
    }
}
