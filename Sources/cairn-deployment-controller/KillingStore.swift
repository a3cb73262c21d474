import CairnCore
import Deployment
import Glibc
import Ports

/// Kills this process at one record of the log, as nobody else can so exactly: what
/// `CAIRN_KILL_AT_RECORD=17:before` (or `:after`, the commit) asks for, in tests of recovery.
final class KillingStore: ControllerStore {
    private let inner: any ControllerStore
    private let record: UInt64
    private let isBefore: Bool

    /// - Returns: `nil` where nobody asks for it.
    init?(_ inner: any ControllerStore, at text: String?) {
        let parts = text?.split(separator: ":") ?? []
        guard parts.count == 2, let record = UInt64(parts[0]),
            ["before", "after"].contains(parts[1])
        else { return nil }
        (self.inner, self.record, isBefore) = (inner, record, parts[1] == "before")
    }

    func append(_ batch: ControllerBatch) throws {
        let isHere = batch.records.contains { $0.sequence == record }
        if isHere, isBefore { kill(getpid(), SIGKILL) }
        try inner.append(batch)
        if isHere { kill(getpid(), SIGKILL) }
    }

    func targets() throws -> [TargetName] { try inner.targets() }
    func records(of target: TargetName, after sequence: UInt64, limit: Int) throws -> [LogRecord] {
        try inner.records(of: target, after: sequence, limit: limit)
    }
    func record(of target: TargetName, at time: Timestamp) throws -> LogRecord? {
        try inner.record(of: target, at: time)
    }
    func compact(before time: Timestamp) throws -> Int { try inner.compact(before: time) }
    func groups() throws -> [String] { try inner.groups() }
    func keep(group: String, text: String) throws { try inner.keep(group: group, text: text) }
    func lastTime() throws -> Timestamp? { try inner.lastTime() }
    func lease() throws -> LeaseMark { try inner.lease() }
    func takeLease(for holder: String, ifStill seen: LeaseMark) throws -> UInt64? {
        try inner.takeLease(for: holder, ifStill: seen)
    }
    func keepLease(_ token: UInt64) throws -> Bool { try inner.keepLease(token) }
    func answer(to request: EventID) throws -> [UInt8]? { try inner.answer(to: request) }
    func keep(_ verdict: KnownVerdict, event: EventID) throws -> Bool {
        try inner.keep(verdict, event: event)
    }
    func verdict(of manifest: Digest, suite: String) throws -> KnownVerdict? {
        try inner.verdict(of: manifest, suite: suite)
    }
    func undeliveredEventCount() throws -> Int { try inner.undeliveredEventCount() }
}
