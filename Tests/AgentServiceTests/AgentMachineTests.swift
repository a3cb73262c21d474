import CairnCore
import Messages
import Ports
import Routing
import Testing

@testable import AgentService

@Suite struct AgentMachineTests {
    @Test(arguments: [
        "canary_and_rollback", "promotion", "missing_bytes", "stale_tables", "reload_fails",
        "overtaken", "damage", "first_version", "urgent",
    ])
    func storiesGoAsTold(_ name: String) throws {
        let (got, told) = try AgentStory.run(name + ".txt")
        #expect(got == told)
    }

    /// Whatever happens in whatever order: no epoch falls, nothing is loaded that is not held, and
    /// nothing that the table needs is removed.
    @Test func underRandomEventsTheInvariantsHold() throws {
        for seed in UInt64(1)...200 {
            var world = RandomWorld(seed: seed)
            for step in 0..<300 { try world.step("seed \(seed), step \(step)") }
            try world.settle("seed \(seed)")
        }
    }
}

/// Plays a host and a controller that do anything at any time.
private struct RandomWorld {
    var machine: AgentMachine
    var random: SeededRandom
    var now = Timestamp(seconds: 1_000)
    var epoch: UInt64 = 0
    var order: AgentMachine.Order?
    var fetching: Digest?
    var remembered: AgentMemory?
    var reported: UInt64 = 0
    static let versions = "ABCDE".map { AgentStory.digest(String($0)) }

    init(seed: UInt64) {
        random = SeededRandom(seed: seed)
        machine = AgentMachine(target: AgentStory.target)
        _ = machine.handle(
            .started(nil, held: [], stored: [], links: ModelLinks()), at: now, using: &random)
    }

    mutating func step(_ place: String) throws {
        now = now + .milliseconds(Int.random(in: 0...20_000, using: &random))
        switch Int.random(in: 0..<9, using: &random) {
        case 0: handle(.received(try table(epoch + 1)), place)
        case 1:
            handle(.received(try table(UInt64.random(in: 1...(epoch + 1), using: &random))), place)
        case 2, 3: if let order { handle(.applied(order), place) }
        case 4: if let order { handle(.applyFailed(order, "no", held: machine.held), place) }
        case 5, 6: if let fetching { handle(.fetched(fetching), place) }
        case 7: if let fetching { handle(.fetchFailed(fetching, "away"), place) }
        default:
            let event: AgentMachine.Event =
                switch Int.random(in: 0..<4, using: &random) {
                case 0: .woken
                case 1: .removed([])
                case 2: .verified(Self.versions.randomElement(using: &random)!, isWhole: false)
                default: .looked(lost: [Self.versions.randomElement(using: &random)!])
                }
            handle(event, place)
        }
    }

    /// Once the host obeys and the controller is quiet, the newest table comes into force.
    mutating func settle(_ place: String) throws {
        handle(.received(try table(epoch + 1)), place)
        for _ in 0..<100 {
            now = now + .seconds(60)
            if let order { handle(.applied(order), place) }
            if let fetching { handle(.fetched(fetching), place) }
            handle(.woken, place)
        }
        #expect(machine.inForce == machine.gate.table, "\(place)")
        #expect(machine.report.problem.isEmpty, "\(place): \(machine.report.problem)")
    }

    private mutating func table(_ epoch: UInt64) throws -> ServingTable {
        let pick = { (random: inout SeededRandom) in
            RandomWorld.versions.randomElement(using: &random)!
        }
        let weight = UInt32.random(in: 0...2, using: &random) * 5_000
        return try ServingTable(
            checking: RouteTable(
                target: "prod/chat", model: "chat", epoch: epoch, fencingToken: 1, attempt: 1,
                stable: Arm(
                    number: "1", manifestDigest: pick(&random).bytes, weightBp: 10_000 - weight),
                candidate: Arm(number: "2", manifestDigest: pick(&random).bytes, weightBp: weight),
                keepDigests: [pick(&random).bytes]))
    }

    private mutating func handle(_ event: AgentMachine.Event, _ place: String) {
        let before = machine.gate.table?.epoch ?? 0
        for effect in machine.handle(event, at: now, using: &random) {
            switch effect {
            case .remember(let memory): remembered = memory
            case .apply(let next):
                order = next
                #expect(next.memory.table == machine.gate.table, "\(place)")
                remembered = next.memory
                #expect(next.links.digests.allSatisfy(machine.held.contains), "\(place)")
            case .fetch(let digest): fetching = digest
            case .stopFetching: fetching = nil
            case .remove(let digests):
                let needed = machine.gate.table?.needed ?? []
                #expect(
                    !digests.contains { needed.contains($0) || machine.loaded.digests.contains($0) }
                )
            case .report(let report):
                #expect(report.epoch >= reported, "\(place): an acknowledged epoch fell")
                reported = report.epoch
                #expect(
                    report.loaded.digests.allSatisfy { report.held.contains($0) },
                    "\(place): loaded and not verified")
            case .verify, .look, .wake, .note: break
            }
        }
        if machine.applying != order { order = machine.applying }
        if machine.fetching != fetching { fetching = machine.fetching }
        epoch = max(epoch, machine.gate.table?.epoch ?? 0)
        #expect((machine.gate.table?.epoch ?? 0) >= before, "\(place): an epoch fell")
        #expect(remembered?.table == machine.gate.table, "\(place): a restart would forget a table")
    }
}
