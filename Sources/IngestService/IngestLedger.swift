import CairnCore
import Ports
import ServiceKit

/// The desk on a thread of its own, one request at a time: SQLite makes callers wait for the disk.
actor IngestLedger {
    private var desk: IngestDesk
    private let clock: any WallClock
    private let executor = BlockingExecutor(label: "ingest.catalog")
    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    init(
        _ catalog: sending any IngestCatalog, clock: any WallClock,
        random: any RandomNumberGenerator & Sendable
    ) {
        desk = IngestDesk(catalog: catalog, random: random)
        self.clock = clock
    }

    func ask<Result: Sendable>(
        _ body: @Sendable (inout IngestDesk, Timestamp) throws -> Result
    ) throws -> Result {
        try body(&desk, clock.now())
    }
}
