import CairnCore
import Dispatch
import Ports

/// A few threads for hashing and for files, so that neither Swift's cooperative pool nor a network
/// loop ever waits for a disk.
public final class WorkQueues: Sendable {
    private let queues: [DispatchQueue]
    private let turns = SharedCounter()

    public init(label: String, count: Int = 2) {
        precondition(count >= 1, "\(count) queues")
        queues = (0..<count).map { DispatchQueue(label: "cairn.\(label).\($0)") }
    }

    var count: Int { queues.count }

    /// Runs `work` on one of the queues, in turn. It is not interrupted: keep it to a few
    /// milliseconds where someone may want to cancel.
    public func run<Result: Sendable>(
        _ work: @escaping @Sendable () throws -> Result
    ) async throws -> Result {
        let queue = queues[Int(turns.next() % UInt64(queues.count))]
        return try await withUnsafeThrowingContinuation { continuation in
            queue.async { continuation.resume(with: Swift.Result { try work() }) }
        }
    }

    /// The results of `work` for 0 ..< `count`, in order, with at most two items in hand for each
    /// queue.
    func map<Value: Sendable>(
        _ count: Int, _ work: @escaping @Sendable (Int) throws -> Value
    ) async throws -> [Value] {
        try await withThrowingTaskGroup(of: (Int, Value).self) { group in
            var values = [Value?](repeating: nil, count: count)
            for index in 0..<count {
                if index >= 2 * queues.count, let (done, value) = try await group.next() {
                    values[done] = value
                }
                group.addTask { (index, try await self.run { try work(index) }) }
            }
            for try await (done, value) in group { values[done] = value }
            return values.map { $0! }
        }
    }
}
