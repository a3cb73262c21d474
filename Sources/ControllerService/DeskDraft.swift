import CairnCore
import Deployment
import Messages
import Ports

/// What a batch of events leads to, before it is durable.
struct DeskDraft {
    let time: Timestamp
    var batch: ControllerBatch
    private(set) var notices: [(id: String, text: String)] = []
    private let endpoints: [Ports.NoticeEndpoint]
    private var working: [TargetName: LogFold] = [:]
    private var touched: Set<TargetName> = []

    init(at time: Timestamp, endpoints: [Ports.NoticeEndpoint], leaseToken: UInt64? = nil) {
        (self.time, self.endpoints) = (time, endpoints)
        batch = ControllerBatch(at: time)
        batch.leaseToken = leaseToken
    }

    var changed: [LogFold] { touched.sorted().compactMap { working[$0] } }

    /// Takes a target up as it stands on the board.
    private mutating func seat(_ submission: Submission, from board: TargetBoard) throws {
        let name = submission.target
        if working[name] != nil { return }
        if submission.makesTarget, board.entry(name) == nil {
            working[name] = LogFold(name)
        } else {
            working[name] = try board.known(name).log
        }
    }

    /// - Throws: `Refusal`; nothing has changed then.
    mutating func take(
        _ submission: Submission, from board: TargetBoard, newID: () -> EventID
    ) throws -> Outcome {
        try seat(submission, from: board)
        let name = submission.target
        if submission.isRehearsal {
            var log = working[name]!
            return outcome(try log.take(submission.event, at: time).change, submission, log.target)
        }
        // What a new leader writes first is that it leads; of a new target that comes second, for
        // there is nobody yet to be told.
        if working[name]!.head.sequence > 0 { try lead(name, newID) }
        let (change, record) = try working[name]!.take(submission.event, at: time)
        if let record { try keep(change, record, newID) }
        try lead(name, newID)
        let outcome = outcome(change, submission, working[name]!.target)
        if let request = submission.request, let reply = outcome.reply {
            batch.answers.append((request, try reply.encoded()))
        }
        return outcome
    }

    private mutating func lead(_ name: TargetName, _ newID: () -> EventID) throws {
        guard let token = batch.leaseToken, let present = working[name]?.target.route.fencingToken,
            token > present
        else { return }
        let (change, record) = try working[name]!.take(.led(token: token), at: time)
        if let record { try keep(change, record, newID) }
    }

    private mutating func keep(
        _ change: Change, _ record: LogRecord, _ newID: () -> EventID
    ) throws {
        touched.insert(record.target)
        batch.records.append(record)
        try carryOut(change.effects, of: record, newID)
    }

    private func outcome(_ change: Change, _ submission: Submission, _ target: Target) -> Outcome {
        Outcome(
            isChange: change.isChange, epoch: target.route.epoch,
            reply: submission.event.request == nil
                ? nil : VerbReply(change, on: target, at: time))
    }

    private mutating func carryOut(
        _ effects: [Effect], of record: LogRecord, _ newID: () -> EventID
    ) throws {
        let holder = "target \(record.target)"
        func tellIngest<Request: WireMessage>(
            _ method: Method<Request, Done>, _ request: Request
        ) throws -> OutboxEvent {
            OutboxEvent(
                id: newID(), destination: "ingest", method: method.id, body: try request.encoded())
        }
        for (index, effect) in effects.enumerated() {
            switch effect {
            // Both are read from the board, which shows the state.
            case .publish, .askVerdict, .call: break
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
                let id = "\(record.target)#\(record.sequence).\(index)"
                notices.append((id, text))
                let level = Notice.Level(of: text)
                let told = endpoints.filter { $0.least <= level }.map(\.name)
                batch.notices.append(
                    Notice(
                        id: id, target: "\(record.target)", level: level, text: text, time: time,
                        endpoints: told))
            }
        }
    }
}
