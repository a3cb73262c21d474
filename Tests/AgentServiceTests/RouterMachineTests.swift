import CairnCore
import Messages
import Routing
import ServingTestKit
import Testing

@testable import AgentService

@Suite struct RouterMachineTests {
    @Test(arguments: [
        "canary_and_rollback", "restarted_router", "silent_router", "stale_tables", "lost_memory",
        "lost_memory_same_table", "stale_first", "someone_else", "refused", "overtaken", "mirror",
    ])
    func storiesGoAsTold(_ name: String) throws {
        let (got, told) = try RouterStory.run(name + ".txt")
        #expect(got == told)
    }

    /// Whatever happens in whatever order: the router's epoch never falls by the agent's hand, an
    /// epoch is acknowledged only once the router had it, and in quiet the newest table is in force.
    @Test func underRandomEventsTheInvariantsHold() throws {
        for seed in UInt64(1)...120 {
            var world = RandomWorld(seed: seed)
            for step in 0..<300 { try world.step("seed \(seed), step \(step)") }
            try world.settle("seed \(seed)")
        }
    }
}

/// Plays a router and a controller that do anything at any time.
private struct RandomWorld {
    var machine: RouterMachine
    var random: SeededRandom
    var now = Timestamp(seconds: 1_000)
    var epoch: UInt64 = 0
    var router: RouterSplit?
    /// Splits that the router had at any time.
    var had: Set<UInt64> = []
    var memory: AgentMemory?
    var order: (ServingTable, RouterSplit)?
    var isLooking = false
    var report = AgentReport()
    let target = AgentStory.target

    init(seed: UInt64) {
        random = SeededRandom(seed: seed)
        machine = RouterMachine(target: target)
        perform(.started(nil))
    }

    mutating func perform(_ event: RouterMachine.Event) {
        for effect in machine.handle(event, at: now, using: &random) {
            switch effect {
            case .apply(let table, let split): order = (table, split)
            case .look: isLooking = true
            case .report(let new): report = new
            case .wake, .note: break
            }
        }
    }

    /// What the shell and the router do with an order: remembered first, then put in force or refused.
    mutating func carryOut(_ place: Comment, fails: Bool) throws {
        guard let (table, split) = order else { return }
        order = nil
        memory = AgentMemory(table: table, proven: [])
        if fails { return perform(.applyFailed(table, "no")) }
        if let router, router.isNewer(than: split) {
            return perform(.applyFailed(table, "newer"))
        }
        router = split
        had.insert(split.epoch)
        perform(.applied(table))
    }

    mutating func answerLook(silent: Bool) {
        guard isLooking else { return }
        isLooking = false
        perform(silent ? .lookFailed("silent") : .looked(router))
    }

    func table(_ epoch: UInt64) throws -> ServingTable {
        let weight = Int(epoch * 1_237 % 9_000)
        return try ServingTable(
            checking: Tables()(epoch, stable: "A", candidate: "B", weight: weight, attempt: 1))
    }

    mutating func step(_ place: Comment) throws {
        switch Int.random(in: 0..<14, using: &random) {
        case 0...1:
            epoch += 1
            perform(.received(try table(epoch)))
        case 2 where epoch > 1:
            perform(.received(try table(UInt64.random(in: 1..<epoch, using: &random))))
        case 3...5: try carryOut(place, fails: false)
        case 6: try carryOut(place, fails: true)
        case 7...8: answerLook(silent: false)
        case 9: answerLook(silent: true)
        case 10: router = Bool.random(using: &random) ? nil : RouterSplit(installedFor: target)
        case 11:
            // The agent dies; half the time with what it remembers, and what it asked is lost.
            if Bool.random(using: &random) { memory = nil }
            machine = RouterMachine(target: target)
            (order, isLooking) = (nil, false)
            perform(.started(memory))
        default:
            now = now + .milliseconds(Int.random(in: 1...1_500, using: &random))
            perform(.woken)
        }
        #expect(had.contains(report.epoch) || report.epoch == 0, place)
        if report.problem.isEmpty, report.epoch > 0 { #expect(report.epoch <= epoch, place) }
    }

    mutating func settle(_ place: Comment) throws {
        epoch += 1
        perform(.received(try table(epoch)))
        for _ in 0..<30 {
            try carryOut(place, fails: false)
            answerLook(silent: false)
            now = now + .seconds(6)
            perform(.woken)
        }
        #expect(router?.epoch == epoch && report == AgentReport(epoch: epoch), place)
    }
}
