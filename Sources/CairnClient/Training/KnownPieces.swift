import CairnCore
import Ingestion
import Messages
import Ports
import TensorFormats
import VersionFolders

/// The pieces that a push can be compared with: those of the version before it, and its own float32
/// tensors, of which others may be rounded copies.
struct KnownPieces: Sendable {
    private struct Place: Hashable {
        let path: String
        let key: ChunkPlan.Key
    }

    private var parents: [Place: Digest] = [:]
    /// Where the path is another one: a tensor that moved to another shard.
    private var elsewhere: [ChunkPlan.Key: Digest] = [:]
    private var own: [ChunkPlan.Key: Digest] = [:]

    init() {}

    /// - Throws: `RPCError`; a version before this one that there is not is none.
    init(
        before request: PushRequest, channel: any RPCChannel, bulk: any RPCChannel,
        tables: any TensorTables, chunkByteCount: Int
    ) async throws {
        guard let version = try await Self.parent(of: request, channel) else { return }
        guard let digest = Digest(bytes: version.manifestDigest) else { return }
        let source = IngestSource(bulk)
        for file in try await source.manifest(digest).files {
            try await add(file, source, tables, chunkByteCount)
        }
    }

    private static func parent(
        of request: PushRequest, _ channel: any RPCChannel
    ) async throws -> VersionRecord? {
        var references = ["\(request.model)@\(request.parent?.number ?? "latest")"]
        // What the same run saved last is nearer than any version.
        if let run = request.run { references.insert("run:\(run)", at: 0) }
        for reference in references {
            do {
                return try await channel.call(
                    IngestMethods.resolveVersion, ResolveVersion(reference: reference))
            } catch let error as RPCError where error.code == .notFound { continue }
        }
        return nil
    }

    private mutating func add(
        _ file: Manifest.File, _ source: IngestSource, _ tables: any TensorTables,
        _ chunkByteCount: Int
    ) async throws {
        let pieces = try await StoredFile(file, from: source)
            .chunkPieces(tables, pieceByteCount: chunkByteCount)
        var offset = 0
        for chunk in file.chunks {
            defer { offset += chunk.byteCount }
            guard let piece = pieces[offset] else { continue }
            parents[Place(path: file.path, key: piece.key)] = chunk.digest
            if !piece.key.isOpaque { elsewhere[piece.key] = chunk.digest }
        }
    }

    mutating func take(_ piece: ChunkPlan.Piece?, _ digest: Digest) {
        guard let key = piece?.key, piece?.element == .float32 else { return }
        own[key] = digest
    }

    /// What ingest is told of a chunk.
    func hint(for piece: ChunkPlan.Piece?, of path: String) -> ChunkHint {
        guard let piece else { return ChunkHint() }
        let isRounded = piece.element == .bfloat16 || piece.element == .float16
        return ChunkHint(
            element: piece.element,
            parent: parents[Place(path: path, key: piece.key)] ?? elsewhere[piece.key],
            source: isRounded ? own[piece.key.of(.float32)] : nil)
    }
}
