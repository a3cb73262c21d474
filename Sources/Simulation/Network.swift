import CairnCore
import Deployment
import Messages
import Ports
import Routing

/// What travels.
struct Letter {
    enum Body {
        /// Trainer → ingest: everything of a push; repeated until it is answered.
        case push(trainer: Int, OpenUpload, chunks: [[UInt8]], CommitUpload)
        case pushed(trainer: Int, UploadCommitted)
        /// Outbox → its destination.
        case event(OutboxEvent, from: World.Node)
        case taken(EventID, by: World.Node)
        /// Operator → controller.
        case verb(Event, target: Int, request: EventID)
        case answered(request: EventID, changed: Bool)
        /// Host ↔ controller.
        case fact(Event, host: Int, connection: Int)
        case table(ServingTable, host: Int, connection: Int)
    }
    let body: Body
    /// The process that reads it; `nil`: a person or a host.
    let addressee: World.Node?
}

extension World {
    /// Puts a letter on its way to a process.
    func send(_ body: Letter.Body, to node: Node) {
        send(Letter(body: body, addressee: node), touching: node)
    }

    /// Puts a letter on its way from a process to somebody outside.
    func send(_ body: Letter.Body, touching node: Node) {
        send(Letter(body: body, addressee: nil), touching: node)
    }

    /// It may be lost, doubled and late.
    private func send(_ letter: Letter, touching node: Node) {
        let isSafe = isHealed || !does(.losses)
        let dice = isSafe ? 50 : Int.random(in: 0..<100, using: &random)
        if dice < 5, calm == 1 || chance(of: 1, in: calm) { return saw(.lost, "lost") }
        if now < health[node.rawValue].cutUntil { return seen.add(.lost) }
        if dice < 15 { seen.add(.late) }
        after(1...(dice < 15 ? 400 : 20), .letter(letter))
        if dice >= 97 {
            seen.add(.doubled)
            after(1...800, .letter(letter))
        }
    }

    func deliver(_ letter: Letter) throws {
        switch letter.body {
        case .push(let trainer, let open, let chunks, let commit):
            try receivePush(trainer, open, chunks, commit)
        case .pushed(let trainer, let committed): receivePushed(trainer, committed)
        case .event(let event, let from): try receive(event, letter.addressee!, from: from)
        case .taken(let id, let node): delivered(id, to: node)
        case .verb(let event, let target, let request):
            try receiveVerb(letter.addressee!.controller!, event, target, request)
        case .answered(let request, let changed): promises.answer(request, changed: changed)
        case .fact(let event, let host, let connection):
            try receiveFact(event, letter.addressee!.controller!, host, connection)
        case .table(let table, let host, let connection): receiveTable(table, host, connection)
        }
    }

    // MARK: Outboxes

    /// Sends what was not taken yet, again and again.
    func carry(from node: Node) throws {
        let isIdle = node == .evaluator && evaluator.pendingCount == 0
        after(isIdle ? 100...400 : 30...200, .courier(node))
        let isUp =
            node == .firstController
            ? leader.map(isLeading) ?? false : health[node.rawValue].isUp
        guard isUp else { return }
        let events: [OutboxEvent]
        switch node {
        case .ingest: events = ingest.catalog.undelivered(to: "evaluator", limit: 8)
        case .evaluator: events = evaluator.undelivered(limit: 8)
        case .firstController, .secondController: events = Array(disk.store.outbox.prefix(8))
        }
        for event in events {
            switch event.destination {
            case "evaluator": send(.event(event, from: node), to: .evaluator)
            case "controller":
                // To whoever answers; one that stands by refuses it.
                let index = leader ?? 0
                send(.event(event, from: node), to: Node(controller: index))
            default: send(.event(event, from: node), to: .ingest)
            }
        }
    }

    private func receive(_ event: OutboxEvent, _ addressee: Node, from: Node) throws {
        guard health[addressee.rawValue].isUp else { return }
        switch addressee {
        case .evaluator: try evaluator.take(event, self)
        case .firstController, .secondController:
            guard isLeading(addressee.controller!), leader == addressee.controller else { return }
            try takeVerdict(event)
        case .ingest:
            do { try ingest.pin(event, at: wall(.ingest)) } catch let error as CatalogError {
                return note("ingest: \(error)")
            }
        }
        send(.taken(event.id, by: from), touching: from)
    }

    private func delivered(_ id: EventID, to node: Node) {
        switch node {
        case .ingest: if health[node.rawValue].isUp { ingest.catalog.markDelivered(id) }
        case .evaluator: if health[node.rawValue].isUp { evaluator.markDelivered(id) }
        case .firstController, .secondController: disk.store.markDelivered(id)
        }
    }
}
