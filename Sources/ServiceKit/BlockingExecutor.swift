import Dispatch

/// One queue for blocking work (SQLite, files) and the executor of the actor that owns it, so that
/// neither the network loops nor Swift's cooperative pool ever wait for a disk.
///
/// ```swift
/// actor Store {
///     private let executor = BlockingExecutor(label: "ingest.catalog")
///     nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }
/// }
/// ```
public final class BlockingExecutor: SerialExecutor {
    private let queue: DispatchQueue

    public init(label: String) { queue = DispatchQueue(label: "cairn." + label) }

    public func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        let executor = asUnownedSerialExecutor()
        queue.async { job.runSynchronously(on: executor) }
    }

    public func asUnownedSerialExecutor() -> UnownedSerialExecutor {
        UnownedSerialExecutor(ordinary: self)
    }

    public func checkIsolated() { dispatchPrecondition(condition: .onQueue(queue)) }
}
