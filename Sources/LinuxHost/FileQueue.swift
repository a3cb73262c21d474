import Dispatch
import Glibc
import Ports

/// A thread for files, so that Swift's cooperative pool never waits for a disk.
struct FileQueue: Sendable {
    private let queue: DispatchQueue

    init(label: String) { queue = DispatchQueue(label: "cairn." + label) }

    /// What the system refuses is thrown as an `RPCError`, which services pass on as it is.
    func run<Result: Sendable>(_ work: @escaping @Sendable () throws -> Result) async throws
        -> Result
    {
        do {
            return try await withCheckedThrowingContinuation { continuation in
                queue.async { continuation.resume(with: Swift.Result { try work() }) }
            }
        } catch let error as HostError {
            let isFull = [ENOSPC, EDQUOT, EFBIG].contains(error.number)
            throw RPCError(isFull ? .resourceExhausted : .unavailable, error.description)
        }
    }
}
