import CairnCore
import Ingestion
import Messages
import Ports
import ServiceKit

/// Ingest: takes what trainers stream, keeps it, and gives it back.
///
/// Knows nothing of sockets, SQLite or files: it is given a catalog, a chunk store and a clock.
public final class IngestService: Sendable {
    let ledger: IngestLedger
    let keeper: ChunkKeeper
    /// Rings when an event entered the outbox.
    public let doorbell = Doorbell()
    let log: @Sendable (String) -> Void

    public init(
        catalog: sending any IngestCatalog, chunks: sending any ChunkStore, clock: any WallClock,
        log: @escaping @Sendable (String) -> Void = { _ in }
    ) {
        ledger = IngestLedger(catalog, clock: clock)
        keeper = ChunkKeeper(chunks)
        self.log = log
    }

    /// Every call of `cairn.Ingest`.
    public func routes() -> RPCRoutes {
        var routes = RPCRoutes(serviceName: "cairn-ingest")
        addRuns(to: &routes)
        addUploads(to: &routes)
        addVersions(to: &routes)
        addReading(to: &routes)
        return routes
    }

    /// Turns what stores throw into what callers see, and logs what is not the caller's fault.
    func answering<Result>(_ body: () async throws -> Result) async throws -> Result {
        do {
            return try await body()
        } catch let error as ChunkStoreError {
            log(error.description)
            switch error.code {
            case .full: throw RPCError(.resourceExhausted, error.description, canRetry: true)
            case .notFound: throw RPCError(.notFound, error.description)
            case .damaged:
                throw RPCError(
                    .dataLoss,
                    error.description + ". Run `cairn verify` to see which versions need it")
            case .failed: throw RPCError(.unavailable, error.description)
            }
        } catch let error
            where !(error is RPCError || error is CancellationError || error is MessageError)
        {
            log("\(error)")
            throw RPCError(.unavailable, "the catalog failed: \(error). Nothing was changed")
        }
    }
}
