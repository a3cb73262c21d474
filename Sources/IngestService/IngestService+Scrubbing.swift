import CairnCore
import Ingestion
import Ports

/// What the scrubber did since the start.
struct ScrubFigures {
    var chunkCount: UInt64 = 0
    /// When every chunk had been read once, last.
    var endedAt: Timestamp?
}

/// Reading everything back, slowly and for ever: what rots is found while good copies still exist.
extension IngestService {
    /// Never begins a round sooner than this after the one before.
    private static let roundPause = Duration.seconds(3_600)
    /// Shorter waits are gathered: small chunks are many.
    private static let stepSeconds = 0.1

    /// Reads chunk after chunk at a pace, and logs what is damaged with the versions that need it.
    ///
    /// A round has an order of its own: one that restarts cut off never leaves the same chunks out
    /// each time.
    public func scrub(bytesPerSecond: Int) async throws {
        var due = 0.0
        while true {
            for digest in await keeper.digests().shuffled() {
                due += Double(try await scrub(digest)) / Double(bytesPerSecond)
                if due < Self.stepSeconds { continue }
                try await clock.sleep(until: clock.now() + .nanoseconds(Int64(due * 1e9)))
                due = 0
            }
            scrubbed.withLock { $0.endedAt = clock.now() }
            try await clock.sleep(until: clock.now() + Self.roundPause)
        }
    }

    /// - Returns: how many bytes were read.
    private func scrub(_ digest: Digest) async throws -> Int {
        do {
            let bytes = try await keeper.bytes(of: digest)
            scrubbed.withLock { $0.chunkCount += 1 }
            return bytes.count
        } catch let error as ChunkStoreError {
            // Collected since the round began.
            if error.code == .notFound { return 0 }
            let users = try await ledger.ask { desk, _ in try desk.users(of: digest) }
            let harmed =
                users.isEmpty ? "no version alone" : Verification.list(users)
            log(
                "scrub: \(error); needed by \(harmed). `cairn verify --repair --from` mends it from "
                    + "a mirror or a folder")
            scrubbed.withLock { $0.chunkCount += 1 }
            return 1 << 20
        }
    }
}
