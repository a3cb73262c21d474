import Ingestion
import Ports
import Synchronization

/// How many streams of chunks there may be in one direction: each holds chunks in memory.
final class TransferGate: Sendable {
    private let count = Mutex(0)
    private let limit: Int

    init(limit: Int = IngestLimits.transfers) { self.limit = limit }

    func pass<Result>(_ body: () async throws -> Result) async throws -> Result {
        try count.withLock { count in
            guard count < limit else {
                throw RPCError(
                    .resourceExhausted,
                    "\(limit) transfers of chunks are under way, the most at a time; try again")
            }
            count += 1
        }
        defer { count.withLock { $0 -= 1 } }
        return try await body()
    }
}
