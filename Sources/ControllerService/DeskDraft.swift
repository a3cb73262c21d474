import CairnCore
import Deployment
import Messages
import Ports

/// What a batch of events leads to, before it is durable.
struct DeskDraft {
    let time: Timestamp
    var batch: ControllerBatch
    private(set) var notices: [(id: String, text: String)] = []
    private var working: [TargetName: LogFoldedTarget] = [:]
    private var touched: Set<TargetName> = []

    init(at time: Timestamp) {
        self.time = time
        batch = ControllerBatch(at: time)
    }

    var changed: [LogFoldedTarget] { touched.sorted().compactMap { working[$0] } }

    /// Takes a target up as it stands on the board.
    mutating func seat(_ name: TargetName, from board: TargetBoard, making: Bool) throws {
        if working[name] != nil { return }
        if let entry = board.entry(name) {
            working[name] = LogFoldedTarget(target: entry.target, head: entry.head)
        } else if making {
            working[name] = LogFoldedTarget(target: Target(name: name), head: LogHead(of: name))
        } else {
            throw RPCError(
                .notFound,
                "there is no target \(name); `cairn target apply` makes one, `cairn status` lists "
                    + "those that are")
        }
    }

    /// The target in its present state.
    /// - Precondition: it was seated.
    func folded(_ name: TargetName) -> (target: Target, head: LogHead) {
        guard let item = working[name] else { preconditionFailure("\(name) has no seat") }
        return (item.target, item.head)
    }

    /// - Throws: `Refusal`; nothing has changed then.
    mutating func apply(_ event: Event, to name: TargetName, newID: () -> EventID) throws -> Change
    {
        // In place: a target with thousands of participants is not copied for each of their words.
        let change = try working[name]!.target.handle(event, at: time)
        guard change.isChange else { return change }
        let (target, head) = folded(name)
        let record = LogRecord(event, change, on: target, after: head)
        working[name]!.head = record.head
        touched.insert(name)
        batch.records.append(record)
        try carryOut(change.effects, of: record, on: target, newID)
        return change
    }

    private mutating func carryOut(
        _ effects: [Effect], of record: LogRecord, on target: Target, _ newID: () -> EventID
    ) throws {
        let holder = "target \(target.name)"
        func tellIngest<Request: WireMessage>(
            _ method: Method<Request, Done>, _ request: Request
        ) throws -> OutboxEvent {
            OutboxEvent(
                id: newID(), destination: "ingest", method: method.id, body: try request.encoded())
        }
        for (index, effect) in effects.enumerated() {
            switch effect {
            // Both are read from the board, which shows the state.
            case .publish, .askVerdict: break
            case .pin(let manifest, let why):
                batch.events.append(
                    try tellIngest(
                        IngestMethods.pinVersion,
                        PinVersion(manifestDigest: manifest.bytes, holder: holder, reason: why)))
            case .unpin(let manifest):
                batch.events.append(
                    try tellIngest(
                        IngestMethods.unpinVersion,
                        UnpinVersion(manifestDigest: manifest.bytes, holder: holder)))
            case .notify(let text):
                notices.append(("\(record.target)#\(record.sequence).\(index)", text))
            }
        }
    }
}
