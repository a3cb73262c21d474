import CairnCore
import Ingestion
import Messages
import Ports
import ServiceKit
import Synchronization

/// Ingest: takes what trainers stream, keeps it, and gives it back.
///
/// Knows nothing of sockets, SQLite or files: it is given a catalog, a chunk store and a clock. The
/// outbox is delivered by whoever runs it; `doorbell` rings when there is something new.
public final class IngestService: Sendable {
    let ledger: IngestLedger
    let keeper: ChunkKeeper
    /// Chunks that were read from streams and are not stored yet.
    let waiting = ByteBudget(IngestLimits.waitingByteCount)
    let held = HeldChunks()
    let uploads = TransferGate()
    let downloads = TransferGate()
    /// Rings when an event entered the outbox.
    public let doorbell = Doorbell()
    let clock: any WallClock
    let scrubbed = Mutex(ScrubFigures())
    let log: @Sendable (String) -> Void

    /// - Parameter random: makes ids; a seeded one makes the same ids again.
    public init(
        catalog: sending any IngestCatalog, chunks: any ChunkStore, clock: any WallClock,
        random: any RandomNumberGenerator & Sendable = SystemRandomNumberGenerator(),
        log: @escaping @Sendable (String) -> Void = { _ in }
    ) {
        ledger = IngestLedger(catalog, clock: clock, random: random)
        keeper = ChunkKeeper(chunks)
        (self.clock, self.log) = (clock, log)
    }

    /// Every call of `cairn.Ingest`.
    public func routes() -> RPCRoutes {
        var routes = RPCRoutes(serviceName: "cairn-ingest")
        addRuns(to: &routes)
        addUploads(to: &routes)
        addVersions(to: &routes)
        addReading(to: &routes)
        addCollecting(to: &routes)
        return routes
    }

    /// Turns what the inside throws into what callers see, and logs what is not their doing.
    func answering<Result>(_ body: () async throws -> Result) async throws -> Result {
        do {
            return try await body()
        } catch {
            let answer = RPCError(ingest: error)
            if answer.isOurs { log("\(error)") }
            throw answer
        }
    }

    /// One request at the desk.
    func ask<Result: Sendable>(
        _ body: @Sendable (inout IngestDesk, Timestamp) throws -> Result
    ) async throws -> Result {
        try await answering { try await ledger.ask(body) }
    }

    public func status() async throws -> IngestStatus {
        let chunks = try await answering { try await keeper.figures() }
        let scrubbed = scrubbed.withLock { $0 }
        return try await ask { desk, _ in
            let figures = try desk.catalog.figures()
            return IngestStatus(
                modelCount: UInt64(figures.modelCount),
                versionCount: UInt64(figures.versionCount), chunkCount: UInt64(chunks.chunkCount),
                storedByteCount: chunks.storedByteCount,
                freeByteCount: chunks.freeByteCount ?? 0,
                openUploadCount: UInt64(desk.openUploadCount),
                undeliveredEventCount: UInt64(figures.undeliveredEventCount),
                damagedChunkCount: UInt64(chunks.damagedChunkCount),
                scrubbedChunkCount: scrubbed.chunkCount,
                scrubEndedUnixMs: scrubbed.endedAt?.milliseconds ?? 0)
        }
    }
}
