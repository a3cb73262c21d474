import CairnCore
import Ingestion
import Messages
import Ports
import VersionFolders

extension IngestClient {
    /// Where good copies of damaged chunks are.
    public enum Copies: Sendable {
        /// Another ingest.
        case mirror(any RPCChannel)
        /// A folder of this host that holds files of versions.
        case folder(String)
    }

    /// What became of damaged chunks.
    public struct Mended: Sendable, Equatable {
        public var mendedCount = 0
        /// Nobody there has a good copy of these.
        public var missing: [Digest] = []
    }

    /// Puts good copies in the place of damaged chunks; durable when it returns.
    public func mend(
        _ damaged: [Manifest.Chunk], from copies: Copies
    ) async throws -> Mended {
        var (mended, found) = (Mended(), [(Manifest.Chunk, SharedBytes)]())
        let finder = try await finder(copies)
        func send() async throws {
            if found.isEmpty { return }
            let batch = found
            _ = try await bulk.upload(IngestMethods.mendChunks, .endless) { chunks in
                for (chunk, bytes) in batch {
                    try await chunks.send(
                        SendChunk(digest: chunk.digest.bytes), attachment: bytes)
                }
            }
            mended.mendedCount += batch.count
            found = []
        }
        for chunk in damaged {
            guard let bytes = try await finder(chunk) else {
                mended.missing.append(chunk.digest)
                continue
            }
            found.append((chunk, bytes))
            if found.count == Push.batchChunkCount { try await send() }
        }
        try await send()
        return mended
    }

    private typealias Finder = (Manifest.Chunk) async throws -> SharedBytes?

    private func finder(_ copies: Copies) async throws -> Finder {
        switch copies {
        case .mirror(let channel):
            let source = IngestSource(channel)
            return { chunk in
                do {
                    return try await StoredFile(
                        Manifest.File(path: "", chunks: [chunk]), from: source
                    )
                    .whole()
                } catch let error as RPCError where [.notFound, .dataLoss].contains(error.code) {
                    return nil
                }
            }
        case .folder(let path):
            let manifests = try await allManifests()
            let folder: FolderCopies
            do throws(FileError) {
                folder = try FolderCopies(in: path, of: manifests)
            } catch { throw error.asRPCError }
            return { [queues] chunk in
                try await queues.run {
                    do throws(FileError) {
                        return try folder.bytes(of: chunk)
                    } catch { throw error.asRPCError }
                }
            }
        }
    }

    /// The files of every version that ingest has.
    private func allManifests() async throws -> [Manifest] {
        var digests = Set<Digest>()
        for model in try await channel.call(IngestMethods.listModels, ListModels()).models {
            for version in try await versions(of: model) {
                if let digest = Digest(bytes: version.manifestDigest) { digests.insert(digest) }
            }
        }
        let source = IngestSource(bulk)
        var manifests: [Manifest] = []
        for digest in digests {
            do {
                manifests.append(try await source.manifest(digest))
            } catch let error as RPCError where [.notFound, .dataLoss].contains(error.code) {
                // Damaged itself: verify tells of it.
                continue
            }
        }
        return manifests
    }

    /// Every version of a model, lowest first.
    public func versions(of model: String) async throws -> [VersionRecord] {
        var (all, before) = ([VersionRecord](), "")
        while true {
            let list = try await channel.call(
                IngestMethods.listVersions, ListVersions(model: model, before: before))
            all = list.versions + all
            guard list.leftOutCount > 0, let first = list.versions.first else { return all }
            before = first.number
        }
    }
}
