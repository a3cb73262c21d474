import CairnCore
import Ports

extension Doorbell {
    /// Returns once there was a ring after the one that `generation` counted, or at `time`; without a
    /// time only at the ring.
    public func wait(
        after generation: UInt64, until time: Timestamp?, on clock: any WallClock
    ) async throws {
        guard let time else { return try await wait(after: generation) }
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await self.wait(after: generation) }
            group.addTask { try await clock.sleep(until: time) }
            defer { group.cancelAll() }
            try await group.next()
        }
    }
}
