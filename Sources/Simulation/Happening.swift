import CairnCore

extension World {
    /// Processes that can die, be stopped or be cut off.
    enum Node: Int, CaseIterable {
        case ingest, evaluator, firstController, secondController

        init(controller index: Int) { self = index == 0 ? .firstController : .secondController }

        /// Of `World.controllers`.
        var controller: Int? {
            switch self {
            case .ingest, .evaluator: nil
            case .firstController: 0
            case .secondController: 1
            }
        }
    }

    struct Health {
        var isUp = true
        /// Until when nothing passes to or from it.
        var cutUntil = Timestamp(nanoseconds: .min)
        /// Until when it stands still, and knows nothing of it.
        var stoppedUntil = Timestamp(nanoseconds: .min)
        var wallOffset = Duration.zero
        /// Rises with each start: what an earlier life had begun is over.
        var life = 0
    }

    /// What may happen next.
    enum Happening {
        indirect case letter(Letter)
        case trainer(Int)
        case operate
        case host(Int)
        case courier(Node)
        case evaluatorWork
        case timer(controller: Int, target: Int)
        case lease(Int)
        /// A new leader's first words on a target.
        case begin(controller: Int, target: Int, token: UInt64, hasLed: Bool)
        /// A controller that was stopped in the middle of a decision goes on with it.
        indirect case goOn(Decision)
        case misfortune
        case restart(Node)
        case diskHeals
        case clockReturns(Node)
        case outage(target: Int, isOn: Bool)
    }

    /// Whose time it takes; a decision that was cut short goes on before anything else.
    func node(of happening: Happening) -> Node? {
        switch happening {
        case .letter(let letter): letter.addressee
        case .courier(let node):
            node == .firstController ? leader.map { Node(controller: $0) } : node
        case .evaluatorWork: .evaluator
        case .timer(let controller, _), .lease(let controller), .begin(let controller, _, _, _):
            Node(controller: controller)
        case .outage: leader.map { Node(controller: $0) }
        case .goOn, .trainer, .operate, .host, .misfortune, .restart, .diskHeals, .clockReturns:
            nil
        }
    }

    func handle(_ happening: Happening) throws {
        switch happening {
        case .letter(let letter): try deliver(letter)
        case .trainer(let index): try train(index)
        case .operate: try operate()
        case .host(let index): try live(index)
        case .courier(let node): try carry(from: node)
        case .evaluatorWork: try work()
        case .timer(let controller, let target): try controllerTimer(controller, target)
        case .lease(let controller):
            after(300...700, .lease(controller))
            try holdLease(controller)
        case .begin(let controller, let target, let token, let hasLed):
            try begin(controller, target, token, hasLed: hasLed)
        case .goOn(let decision): try goOn(decision)
        case .misfortune: try misfortune()
        case .restart(let node): try restart(node)
        case .diskHeals:
            disk.heal()
            ingest.heal()
        case .clockReturns(let node): setClock(of: node, to: .zero)
        case .outage(let target, let isOn): try tellLeader(.outage(isOn), on: target)
        }
    }
}
