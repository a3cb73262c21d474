import CairnCore
import ControllerService
import Deployment
import Messages
import Routing

/// A router or an agent: lets tables in as the real ones do, and reports what requests came to.
struct SimulatedHost {
    let name: String
    let target: Int
    let role: Event.Role
    /// Which controller it talks to, and by which of its connections.
    var controller = 0
    var connection = 0
    var isJoined = false
    var gate = TableGate()
    var incarnation: UInt64 = 1
    var sequence: UInt64 = 0
    var lastReport: Event.Outcomes?
    /// Users' requests so far.
    var requestCount: UInt64 = 0
    var goneUntil = Timestamp(nanoseconds: .min)
    /// Cannot put a table in force.
    var problemUntil = Timestamp(nanoseconds: .min)
    /// Has no traffic, or tells of none.
    var silentUntil = Timestamp(nanoseconds: .min)

    /// Nothing ails it any more.
    mutating func awake() {
        let past = Timestamp(nanoseconds: .min)
        (goneUntil, problemUntil, silentUntil) = (past, past, past)
    }

    static func all(of target: Int) -> [SimulatedHost] {
        [
            SimulatedHost(name: "router-1", target: target, role: .router),
            SimulatedHost(name: "router-2", target: target, role: .router),
            SimulatedHost(name: "agent-1", target: target, role: .agent),
        ]
    }
}

extension World {
    /// A moment of a host's life.
    func live(_ index: Int) throws {
        after(60...180, .host(index))
        guard now >= hosts[index].goneUntil else { return }
        keepConnected(index)
        if !hosts[index].isJoined { return join(index) }
        // Acknowledgements are repeated, as a connection that was cut would.
        if chance(of: 1, in: 4), hosts[index].gate.table != nil { acknowledge(index) }
        if hosts[index].role == .router, now >= hosts[index].silentUntil { serveTraffic(index) }
    }

    // MARK: Connections

    /// Who is refused, or waits too long for a word, goes to the other controller.
    private func keepConnected(_ index: Int) {
        let controller = hosts[index].controller
        let isStopped = now < health[Node(controller: controller).rawValue].stoppedUntil
        guard !isLeading(controller) || (isStopped && chance(of: 1, in: 8)) else { return }
        disconnect(index)
        hosts[index].controller = 1 - controller
    }

    private func disconnect(_ index: Int) {
        let (name, connection) = (hosts[index].name, hosts[index].connection)
        let node = Node(controller: hosts[index].controller)
        // The controller notices by itself, some time later.
        if hosts[index].isJoined {
            send(.fact(.disconnected(name: name), host: index, connection: connection), to: node)
        }
        hosts[index].isJoined = false
        hosts[index].connection += 1
    }

    private func join(_ index: Int) {
        let host = hosts[index]
        send(
            .fact(
                .joined(name: host.name, role: host.role), host: index,
                connection: host.connection), to: Node(controller: host.controller))
    }

    func leave(_ index: Int, for milliseconds: Int, isClean: Bool) {
        if isClean, hosts[index].isJoined {
            send(
                .fact(
                    .left(name: hosts[index].name), host: index,
                    connection: hosts[index].connection),
                to: Node(controller: hosts[index].controller))
            hosts[index].isJoined = false
            hosts[index].connection += 1
        } else {
            disconnect(index)
        }
        hosts[index].goneUntil = now + .milliseconds(milliseconds)
        // What it has counted is gone with its process; the table it had is on its disk.
        hosts[index].incarnation += 1
        hosts[index].sequence = 0
        hosts[index].lastReport = nil
    }

    func receiveFact(_ event: Event, _ controller: Int, _ host: Int, _ connection: Int) throws {
        guard isLeading(controller) else { return }
        // An older connection that ends later says nothing about a host that is back.
        let isOld = connection < hosts[host].connection
        switch event {
        case .disconnected, .left:
            if hosts[host].isJoined, hosts[host].controller == controller { return }
        case .outcomes: break
        default: if isOld { return }
        }
        if case .acknowledged(_, let acknowledgement) = event {
            let known = controllers[controller].logs[hosts[host].target].target.route.epoch
            // As the service: who knows more than this controller is refused.
            if acknowledgement.epoch > known {
                return checkKnown(epoch: acknowledgement.epoch, host)
            }
        }
        try decide(event, on: hosts[host].target, by: controller)
        if case .joined = event, isLeading(controller), !isStopped(controller) {
            if connection == hosts[host].connection { hosts[host].isJoined = true }
            let target = controllers[controller].logs[hosts[host].target].target
            sendTable(target.route, of: target, to: host, by: controller)
        }
    }

    // MARK: Tables

    func sendTable(_ route: Deployment.Route, of target: Target, to host: Int, by controller: Int) {
        // Before anything serves there is nothing to say but that.
        guard route.epoch > 0, let table = promises.table(route, of: target, self) else { return }
        send(
            .table(table, host: host, connection: hosts[host].connection),
            touching: Node(controller: controller))
    }

    func receiveTable(_ table: ServingTable, _ index: Int, _ connection: Int) {
        guard now >= hosts[index].goneUntil else { return }
        let before = hosts[index].gate.table
        if settings.mutant == .carelessRouter {
            hosts[index].gate = TableGate(table)
        } else if case .refused(let why) = hosts[index].gate.admit(table) {
            return saw(.staleTable, "\(hosts[index].name): \(why)")
        }
        if connection == hosts[index].connection { hosts[index].isJoined = true }
        if let before {
            if table.epoch < before.epoch {
                violate(
                    "I10: \(hosts[index].name) went back from \(before.epoch) to \(table.epoch)")
            }
            if table.fencingToken < before.fencingToken {
                violate("I10: \(hosts[index].name) obeyed a controller that leads no more")
            }
        }
        promises.checkTurnedBack(table, hosts[index]).map(violate)
        acknowledge(index)
    }

    private func acknowledge(_ index: Int) {
        let host = hosts[index]
        guard let table = host.gate.table else { return }
        let hasProblem = now < host.problemUntil
        send(
            .fact(
                .acknowledged(
                    name: host.name,
                    Event.Acknowledgement(
                        epoch: table.epoch, held: host.role == .agent ? table.keep : [],
                        loadedStable: table.stable?.manifest,
                        loadedCandidate: table.candidate?.manifest,
                        problem: hasProblem ? "no room on its disk" : "")), host: index,
                connection: host.connection), to: Node(controller: host.controller))
    }
}
