import Synchronization

/// How far a restore is, in bytes of the version.
public struct RestoreProgress: Sendable, Equatable {
    public var byteCount: Int
    public var doneByteCount = 0
    /// Of these, what came from the source; the rest was on this host.
    public var fetchedByteCount = 0

    public init(byteCount: Int) { self.byteCount = byteCount }
}

/// Counts from several threads and tells one listener.
final class ProgressMeter: Sendable {
    private let progress: Mutex<RestoreProgress>
    private let report: @Sendable (RestoreProgress) -> Void

    init(byteCount: Int, _ report: @escaping @Sendable (RestoreProgress) -> Void) {
        progress = Mutex(RestoreProgress(byteCount: byteCount))
        self.report = report
    }

    var value: RestoreProgress { progress.withLock { $0 } }

    func add(_ byteCount: Int, fetched: Int = 0) {
        report(
            progress.withLock { progress in
                progress.doneByteCount += byteCount
                progress.fetchedByteCount += fetched
                return progress
            })
    }
}
