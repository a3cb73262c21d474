import CairnCore
import Ingestion
import Messages
import Ports

/// Reads every chunk of one version, or of all, and names each version that damage harms.
struct Verification {
    private static let reportedDamages = 1_000
    private static let chunksPerReport = 256
    private static let inHand = 4

    private let service: IngestService
    private let replies: Outgoing<VerifyProgress>

    init(_ service: IngestService, _ replies: Outgoing<VerifyProgress>) {
        (self.service, self.replies) = (service, replies)
    }

    func run(_ request: VerifyVersion) async throws {
        let (manifests, versionCount) = try await wanted(request.reference)
        guard request.sample >= 0, request.sample <= 1 else {
            throw IngestError(.invalid, "sample is \(request.sample); expected a part from 0 to 1")
        }
        var (chunks, damages) = try await chunks(of: manifests)
        if request.sample > 0 {
            chunks = chunks.filter { Self.isChosen($0.digest, request.sample, request.seed) }
        }
        var progress = VerifyProgress(
            chunkCount: UInt64(chunks.count), versionCount: UInt64(versionCount))
        try await replies.send(progress)
        let damaged = try await check(chunks, &progress)
        progress.damaged = chunks.filter { damaged[$0.digest] != nil }
            .prefix(Self.reportedDamages).map {
                DamagedChunk(digest: $0.digest.bytes, byteCount: UInt32($0.byteCount))
            }
        chunks = []
        damages += try await sentences(damaged, manifests)
        if damages.count > Self.reportedDamages {
            let rest = damages.count - Self.reportedDamages
            damages = damages.prefix(Self.reportedDamages) + ["and \(rest) more"]
        }
        (progress.damages, progress.done) = (damages, true)
        try await replies.send(progress)
    }

    private func wanted(_ reference: String) async throws -> ([Digest], versionCount: Int) {
        try await service.ledger.ask { desk, _ in
            if reference.isEmpty {
                return (
                    try desk.catalog.manifestDigests(), try desk.catalog.figures().versionCount
                )
            }
            let record = try desk.resolve(ResolveVersion(reference: reference))
            return ([try Checks.digest(record.manifestDigest, "manifest_digest")], 1)
        }
    }

    /// Every chunk of the manifests once, and a sentence for each manifest that is damaged itself.
    private func chunks(of manifests: [Digest]) async throws -> (
        [Manifest.Chunk], damages: [String]
    ) {
        var chunks: [Manifest.Chunk] = [], seen = Set<Digest>(), damages: [String] = []
        for digest in manifests {
            do {
                // What was deleted in between is nobody's any more.
                guard let manifest = try await manifest(digest) else { continue }
                for file in manifest.files {
                    for chunk in file.chunks where seen.insert(chunk.digest).inserted {
                        chunks.append(chunk)
                    }
                }
            } catch let error as CatalogError where error.code == .damaged {
                let users = try await service.ledger.ask { desk, _ in
                    try desk.catalog.users(of: digest)
                }
                damages.append("\(error); it is the list of files of \(Self.list(users))")
            }
        }
        return (chunks, damages)
    }

    private func manifest(_ digest: Digest) async throws -> Manifest? {
        try await service.ledger.ask { desk, _ in try desk.catalog.manifest(digest) }
    }

    /// - Returns: what is wrong with each chunk that is damaged or gone.
    private func check(_ chunks: [Manifest.Chunk], _ progress: inout VerifyProgress) async throws
        -> [Digest: String]
    {
        var damaged: [Digest: String] = [:]
        var next = 0
        let keeper = service.keeper
        try await withThrowingTaskGroup(of: (Digest, String?).self) { group in
            while true {
                while next < chunks.count && next < Int(progress.checkedChunkCount) + Self.inHand {
                    let digest = chunks[next].digest
                    group.addTask {
                        do {
                            _ = try await keeper.bytes(of: digest)
                            return (digest, nil)
                        } catch let error as ChunkStoreError { return (digest, "\(error)") }
                    }
                    next += 1
                }
                guard let (digest, problem) = try await group.next() else { break }
                damaged[digest] = problem
                progress.checkedChunkCount += 1
                if progress.checkedChunkCount % UInt64(Self.chunksPerReport) == 0 {
                    try await replies.send(progress)
                }
            }
        }
        return damaged
    }

    private func sentences(_ damaged: [Digest: String], _ manifests: [Digest]) async throws
        -> [String]
    {
        guard !damaged.isEmpty else { return [] }
        var users: [Digest: Set<String>] = [:]
        for digest in manifests {
            // A damaged manifest has its sentence already.
            guard let manifest = try? await manifest(digest) else { continue }
            let harmed = manifest.uniqueChunks.map(\.digest).filter { damaged[$0] != nil }
            guard !harmed.isEmpty else { continue }
            let names = try await service.ledger.ask { desk, _ in
                try desk.catalog.users(of: digest)
            }
            for chunk in harmed { users[chunk, default: []].formUnion(names) }
        }
        return damaged.sorted { $0.key < $1.key }.map { digest, problem in
            "\(problem); needed by \(Self.list((users[digest] ?? []).sorted()))"
        }
    }

    /// The same for the same seed, and for every chunk on its own.
    private static func isChosen(_ digest: Digest, _ part: Double, _ seed: UInt64) -> Bool {
        var word = seed
        for byte in digest.bytes.prefix(8) { word = word &* 0x100_0000_01B3 ^ UInt64(byte) }
        var random = SeededRandom(seed: word)
        return Double.random(in: 0..<1, using: &random) < part
    }

    static func list(_ names: [String]) -> String {
        names.count <= 20
            ? names.joined(separator: ", ")
            : names.prefix(20).joined(separator: ", ") + " and \(names.count - 20) more"
    }
}
