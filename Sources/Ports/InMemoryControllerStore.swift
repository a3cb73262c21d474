import CairnCore
import Deployment

/// A controller's store that lives as long as its process, for simulations and tests.
public final class InMemoryControllerStore: ControllerStore {
    private struct VerdictKey: Hashable {
        let manifest: Digest
        let suite: String
    }

    private var logs: [TargetName: [LogRecord]] = [:]
    private var answers: [EventID: (body: [UInt8], at: Timestamp)] = [:]
    /// No answer is older; nothing is looked through before this one is old.
    private var oldestAnswer: Timestamp?
    private var mark = LeaseMark(token: 0, renewalCount: 0)
    private var verdicts: [VerdictKey: KnownVerdict] = [:]
    private var applied: Set<EventID> = []
    /// What would be delivered, oldest first.
    public private(set) var outbox: [OutboxEvent] = []

    /// As their courier sees them.
    public let notices: InMemoryNotices

    public init(notices: InMemoryNotices = InMemoryNotices()) { self.notices = notices }

    public func targets() -> [TargetName] { logs.keys.sorted() }

    public func records(of target: TargetName, after sequence: UInt64, limit: Int) -> [LogRecord] {
        Array((logs[target] ?? []).dropFirst(Int(clamping: sequence)).prefix(limit))
    }

    public func recordCount(of target: TargetName) -> Int { logs[target]?.count ?? 0 }

    public func record(of target: TargetName, at time: Timestamp) -> LogRecord? {
        logs[target]?.last { $0.time <= time }
    }

    public func compact(before time: Timestamp) -> Int { 0 }

    public func lastTime() -> Timestamp? { logs.values.compactMap(\.last?.time).max() }

    public func append(_ batch: ControllerBatch) throws(LeaseIsLost) {
        if let token = batch.leaseToken, token != mark.token {
            throw LeaseIsLost(token, newest: mark.token)
        }
        for record in batch.records { logs[record.target, default: []].append(record) }
        for answer in batch.answers {
            answers[answer.request] = (answer.body, batch.time)
            oldestAnswer = min(oldestAnswer ?? batch.time, batch.time)
        }
        if let oldest = oldestAnswer, batch.time - oldest >= AnswerLimits.age {
            answers = answers.filter { batch.time - $0.value.at < AnswerLimits.age }
            oldestAnswer = answers.values.map(\.at).min()
        }
        outbox += batch.events
        for notice in batch.notices { notices.add(notice) }
    }

    public func lease() -> LeaseMark { mark }

    public func takeLease(for holder: String, ifStill seen: LeaseMark) -> UInt64? {
        guard mark == seen else { return nil }
        mark = LeaseMark(token: mark.token + 1, renewalCount: 0)
        return mark.token
    }

    public func keepLease(_ token: UInt64) -> Bool {
        guard mark.token == token else { return false }
        mark.renewalCount += 1
        return true
    }

    public func answer(to request: EventID) -> [UInt8]? { answers[request]?.body }

    public func keep(_ verdict: KnownVerdict, event: EventID) -> Bool {
        guard applied.insert(event).inserted else { return false }
        verdicts[VerdictKey(manifest: verdict.manifest, suite: verdict.suite)] = verdict
        return true
    }

    public func verdict(of manifest: Digest, suite: String) -> KnownVerdict? {
        verdicts[VerdictKey(manifest: manifest, suite: suite)]
    }

    public func undeliveredEventCount() -> Int { outbox.count }

    /// What was delivered leaves the outbox.
    public func markDelivered(_ id: EventID) { outbox.removeAll { $0.id == id } }

    private var groupTexts: [String: String] = [:]

    public func groups() -> [String] { groupTexts.sorted { $0.key < $1.key }.map(\.value) }

    public func keep(group: String, text: String) { groupTexts[group] = text }
}
