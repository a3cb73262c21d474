import CairnCore
import Ingestion
import Messages
import Ports

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
    ) async throws {
        var rest = chunks[...]
        while !rest.isEmpty {
            let window = rest.prefix(windowCount(rest))
            rest = rest.dropFirst(window.count)
            try await fetch(window: window, store)
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
        window: ArraySlice<Manifest.Chunk>,
        _ store: @escaping @Sendable (Manifest.Chunk, SharedBytes) async throws -> Void
    ) async throws {
        let request = FetchChunks(digests: window.map(\.digest.bytes))
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
                    group.addTask { try await store(chunk, bytes) }
                    inHand += 1
                }
                try await group.waitForAll()
            }
        }
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
