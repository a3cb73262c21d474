import CairnCore
import Deployment
import Messages
import Ports

/// What travels.
enum Letter {
    /// Trainer → ingest: everything of a push; repeated until it is answered.
    case push(trainer: Int, OpenUpload, chunks: [[UInt8]], CommitUpload)
    case pushed(trainer: Int, UploadCommitted)
    /// Outbox → its destination.
    case event(OutboxEvent, from: World.Node)
    case taken(EventID, by: World.Node)
    /// Operator → controller.
    case verb(Event, request: EventID)
    case answered(request: EventID, changed: Bool)
    /// Host ↔ controller.
    case join(String, Event.Role)
    case table(String, Route)
    case acknowledge(String, Event.Acknowledgement)
    case outcomes(Event.Outcomes)
}

extension World {
    /// Puts a letter on its way to or from a service: it may be lost, doubled and late.
    func send(_ letter: Letter, touching node: Node) {
        let isSafe = isHealed || settings.without.contains(.losses)
        let dice = isSafe ? 50 : Int.random(in: 0..<100, using: &random)
        if dice < 5 {
            note("lost")
            return
        }
        if let until = cutUntil[node], now < until { return }
        after(1...(dice < 15 ? 400 : 20), .letter(letter))
        if dice >= 97 { after(1...800, .letter(letter)) }
    }

    func deliver(_ letter: Letter) throws {
        switch letter {
        case .push(let trainer, let open, let chunks, let commit):
            try receivePush(trainer, open, chunks, commit)
        case .pushed(let trainer, let committed): receivePushed(trainer, committed)
        case .event(let event, let from): try receive(event, from: from)
        case .taken(let id, let node): try delivered(id, to: node)
        case .verb(let event, let request): try receiveVerb(event, request)
        case .answered(let request, let changed): promises.answer(request, changed: changed)
        case .join(let name, let role):
            try tellController(.joined(name: name, role: role))
            if isUp[.controller] == true {
                send(.table(name, controller.target.route), touching: .controller)
            }
        case .table(let name, let route): receiveTable(name, route)
        case .acknowledge(let name, let acknowledgement):
            checkKnown(epoch: acknowledgement.epoch, name)
            try tellController(.acknowledged(name: name, acknowledgement))
        case .outcomes(let outcomes): try tellController(.outcomes(outcomes))
        }
    }

    // MARK: Outboxes

    /// Sends what was not taken yet, again and again.
    func carry(from node: Node) throws {
        after(20...120, .courier(node))
        guard isUp[node] == true else { return }
        let events: [OutboxEvent]
        switch node {
        case .ingest: events = ingest.catalog.undelivered(to: "evaluator", limit: 8)
        case .evaluator:
            events = Array(
                evaluator.store.outbox.filter { !evaluator.delivered.contains($0.id) }.prefix(8))
        case .controller:
            events = Array(
                controller.store.outbox.filter { !controller.delivered.contains($0.id) }.prefix(8))
        }
        for event in events {
            let target: Node =
                switch event.destination {
                case "evaluator": .evaluator
                case "controller": .controller
                default: .ingest
                }
            send(.event(event, from: node), touching: target)
        }
    }

    private func receive(_ event: OutboxEvent, from: Node) throws {
        switch event.destination {
        case "evaluator":
            guard isUp[.evaluator] == true else { return }
            try evaluator.take(event, self)
        case "controller":
            guard isUp[.controller] == true else { return }
            try takeVerdict(event)
        default:
            guard isUp[.ingest] == true else { return }
            try ingest.pin(event, at: now)
        }
        send(.taken(event.id, by: from), touching: from)
    }

    private func delivered(_ id: EventID, to node: Node) throws {
        guard isUp[node] == true else { return }
        switch node {
        case .ingest: ingest.catalog.markDelivered(id)
        case .evaluator: evaluator.delivered.insert(id)
        case .controller: controller.delivered.insert(id)
        }
    }
}
