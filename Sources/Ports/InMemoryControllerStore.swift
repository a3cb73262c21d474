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

    public func record(of target: TargetName, at time: Timestamp) -> LogRecord? {
        logs[target]?.last { $0.time <= time }
    }

    public func compact(before time: Timestamp) -> Int { 0 }

    public func lastTime() -> Timestamp? { logs.values.compactMap(\.last?.time).max() }

    public func append(_ batch: ControllerBatch) {
        for record in batch.records { logs[record.target, default: []].append(record) }
        for answer in batch.answers { answers[answer.request] = (answer.body, batch.time) }
        answers = answers.filter { batch.time - $0.value.at < AnswerLimits.age }
        outbox += batch.events
        for notice in batch.notices { notices.add(notice) }
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

    private var groupTexts: [String: String] = [:]

    public func groups() -> [String] { groupTexts.sorted { $0.key < $1.key }.map(\.value) }

    public func keep(group: String, text: String) { groupTexts[group] = text }
}
