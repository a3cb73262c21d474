import CairnCore
import Deployment
import Ports
import Synchronization

/// A store on a disk that may be full.
final class FailingStore: ControllerStore, @unchecked Sendable {
    // Unchecked: only `isFull` is touched from outside the desk's thread.
    let isFull = Mutex(false)
    private let inner = InMemoryControllerStore()

    /// With room that is kept for what is urgent.
    func append(_ batch: ControllerBatch) throws {
        if isFull.withLock({ $0 }), !batch.isUrgent { throw DiskIsFull("no room") }
        try inner.append(batch)
    }

    func lease() -> LeaseMark { inner.lease() }
    func takeLease(for holder: String, ifStill seen: LeaseMark) -> UInt64? {
        inner.takeLease(for: holder, ifStill: seen)
    }
    func keepLease(_ token: UInt64) -> Bool { inner.keepLease(token) }
    func targets() -> [TargetName] { inner.targets() }
    func records(of target: TargetName, after sequence: UInt64, limit: Int) -> [LogRecord] {
        inner.records(of: target, after: sequence, limit: limit)
    }
    func record(of target: TargetName, at time: Timestamp) -> LogRecord? {
        inner.record(of: target, at: time)
    }
    func compact(before time: Timestamp) -> Int { inner.compact(before: time) }
    func lastTime() -> Timestamp? { inner.lastTime() }
    func answer(to request: EventID) -> [UInt8]? { inner.answer(to: request) }
    func keep(_ verdict: KnownVerdict, event: EventID) -> Bool { inner.keep(verdict, event: event) }
    func verdict(of manifest: Digest, suite: String) -> KnownVerdict? {
        inner.verdict(of: manifest, suite: suite)
    }
    func undeliveredEventCount() -> Int { inner.undeliveredEventCount() }
    func groups() -> [String] { inner.groups() }
    func keep(group: String, text: String) { inner.keep(group: group, text: text) }
}
