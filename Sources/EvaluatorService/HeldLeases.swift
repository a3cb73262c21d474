import CairnCore
import Evaluation
import Ports
import ServiceKit
import Synchronization

/// The leases that this process holds, and whom to stop when one is lost.
final class HeldLeases: Sendable {
    private struct Held {
        let lease: JobLease
        let loss: Doorbell
    }

    private let state = Mutex<[EvaluationID: Held]>([:])

    var all: [EvaluationID: JobLease] { state.withLock { $0.mapValues(\.lease) } }

    /// Runs `work` while the lease is held; ends it when the lease is lost.
    /// - Throws: `LeaseLost` then, after `work` has ended.
    func holding(
        _ id: EvaluationID, _ lease: JobLease, _ work: @escaping @Sendable () async throws -> Void
    ) async throws {
        let loss = Doorbell()
        state.withLock { $0[id] = Held(lease: lease, loss: loss) }
        defer { state.withLock { $0[id] = nil } }
        try await withThrowingTaskGroup(of: Bool.self) { group in
            group.addTask {
                try await work()
                return true
            }
            group.addTask {
                try await loss.wait(after: 0)
                return false
            }
            let isDone = try await group.next() ?? true
            group.cancelAll()
            if isDone { return }
            while let result = await group.nextResult() {
                // It was ended from here: what it says of that is no news.
                if case .success(true) = result { return }
            }
            throw LeaseLost(lease)
        }
    }

    /// Ends the work under these leases.
    func lose(_ leases: [EvaluationID: JobLease]) {
        let losses = state.withLock { held in
            held.filter { leases[$0.key] == $0.value.lease }.map(\.value.loss)
        }
        for loss in losses { loss.ring() }
    }
}

/// Somebody else works on the job now, or it is over: whatever is done for it here is in vain.
struct LeaseLost: Error, CustomStringConvertible {
    let lease: JobLease

    init(_ lease: JobLease) { self.lease = lease }

    var description: String { "lease \(lease.number) of \(lease.worker) was lost" }
}
