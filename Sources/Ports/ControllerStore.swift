import CairnCore
import Deployment

/// What the controller remembers: the log of every target, answers to repeat, verdicts, and what it
/// has to tell. State is the log's fold; nothing else of a target is kept.
///
/// For one thread at a time. Every change is durable when its call returns, and whole or not made.
public protocol ControllerStore: AnyObject {
    /// Targets with a log, by name.
    func targets() throws -> [TargetName]
    /// Records after `sequence`, in order, at least one where there are any and at most `limit`.
    func records(of target: TargetName, after sequence: UInt64, limit: Int) throws -> [LogRecord]
    /// The last record at or before a moment.
    func record(of target: TargetName, at time: Timestamp) throws -> LogRecord?
    /// Packs records of before `time` so that they take less room and are read as before.
    /// - Returns: how many.
    func compact(before time: Timestamp) throws -> Int
    /// Of the newest record of all.
    func lastTime() throws -> Timestamp?
    /// - Throws: `DiskIsFull` when there is no room; a batch that is urgent may use what is kept for
    ///   such moments, and finds none only when that is used up too. `LeaseIsLost` when the batch
    ///   names another lease than the newest; nothing of it was written then.
    func append(_ batch: ControllerBatch) throws
    func lease() throws -> LeaseMark
    /// Takes the lease from whoever has it, if it still stands as it was seen.
    /// - Returns: its token, higher than every one before; `nil` where it stands otherwise,
    ///   or where nobody can write now: whoever leads was stopped in the middle of a write.
    func takeLease(for holder: String, ifStill seen: LeaseMark) throws -> UInt64?
    /// Shows those who wait that its holder lives.
    /// - Returns: false when another has taken it.
    func keepLease(_ token: UInt64) throws -> Bool
    /// What was answered to a request before.
    func answer(to request: EventID) throws -> [UInt8]?
    /// Keeps the newest verdict for each version and suite.
    /// - Returns: false when the event was applied before.
    func keep(_ verdict: KnownVerdict, event: EventID) throws -> Bool
    func verdict(of manifest: Digest, suite: String) throws -> KnownVerdict?
    func undeliveredEventCount() throws -> Int
    /// Each group's text, by name.
    func groups() throws -> [String]
    func keep(group: String, text: String) throws
}

/// What one transaction makes true.
public struct ControllerBatch: Sendable {
    public var records: [LogRecord] = []
    public var answers: [(request: EventID, body: [UInt8])] = []
    public var events: [OutboxEvent] = []
    public var notices: [Notice] = []
    public var time: Timestamp
    /// Must go on while the disk is full: facts, and the ways back.
    public var isUrgent = false
    /// Of who writes; `nil` where one process alone has the store.
    public var leaseToken: UInt64?

    public init(at time: Timestamp) { self.time = time }
    public var isEmpty: Bool {
        records.isEmpty && answers.isEmpty && events.isEmpty && notices.isEmpty
    }
}

/// There is no room to write; nothing of the batch was written.
public struct DiskIsFull: Error, Equatable, CustomStringConvertible {
    public let description: String
    public init(_ description: String) { self.description = description }
}

/// Which controller leads, and how often it has said so. No clock is in it: who waits looks whether it
/// moves, by a clock of its own that never jumps.
public struct LeaseMark: Equatable, Sendable {
    /// 0: nobody ever led.
    public var token: UInt64
    public var renewalCount: UInt64

    public init(token: UInt64, renewalCount: UInt64) {
        (self.token, self.renewalCount) = (token, renewalCount)
    }
}

/// Another controller leads: who meets this has nothing to say any more, whatever it believed.
public struct LeaseIsLost: Error, Equatable, CustomStringConvertible {
    public let token: UInt64
    public let newest: UInt64

    public init(_ token: UInt64, newest: UInt64) { (self.token, self.newest) = (token, newest) }

    public var description: String {
        "another controller leads with token \(newest); this one's is \(token), and nothing was "
            + "changed"
    }
}

/// What the evaluator said of a version on one suite.
public struct KnownVerdict: Equatable, Sendable {
    public var manifest: Digest
    public var suite: String
    public var verdict: Event.Verdict
    public var why: String
    public var reachedAt: Timestamp

    public init(
        manifest: Digest, suite: String, verdict: Event.Verdict, why: String,
        reachedAt: Timestamp
    ) {
        (self.manifest, self.suite, self.verdict) = (manifest, suite, verdict)
        (self.why, self.reachedAt) = (why, reachedAt)
    }
}

/// How long an answer is kept for a client that asks again.
public enum AnswerLimits {
    public static let age = Duration.seconds(24 * 3_600)
}
