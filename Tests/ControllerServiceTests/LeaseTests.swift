import CairnCore
import CairnTestKit
import Messages
import Ports
import SQLiteStores
import Synchronization
import Testing

@testable import ControllerService

/// Several controllers over one file: one leads, and whoever led before changes nothing.
@Suite struct LeaseTests {
    private static let length = Duration.seconds(10)

    /// One that waited for the length of a lease in which nobody said anything.
    private static func leading(_ path: String, _ clock: ManualClock) async throws
        -> ControllerScene
    {
        let store = try SQLiteControllerStore(path: path)
        let mover = Task {
            while !Task.isCancelled {
                clock.advance(by: .seconds(1))
                await Task.yield()
            }
        }
        defer { mover.cancel() }
        let lease = try await ControllerLease.taken(
            from: store, for: "test", length: length, clock: clock, log: { _ in })
        return try await ControllerScene(store, clock: clock, lease: lease)
    }

    @Test func aControllerThatLostTheLeaseChangesNothing() async throws {
        let folder = try ScratchFolder()
        let path = folder.path + "/controller.sqlite"
        let clock = ManualClock()
        let first = try await Self.leading(path, clock)
        try await first.apply()
        try await first.deploy("1.0.0")
        // Stopped for longer than the lease lasts; meanwhile another takes it.
        let second = try await Self.leading(path, clock)
        try await second.deploy("1.1.0")
        let before = try await second.status()
        #expect(before.state == "step")
        // It wakes, and believes that 1.0.0 is promoted and nothing is under way.
        #expect(try await first.status().state == "promoted")
        var refusals = 0
        for trial in 0..<100 as Range<UInt64> {
            do {
                switch trial % 4 {
                case 0: try await first.deploy("1.2.\(trial)")
                case 1: _ = try await first.verb(ControllerMethods.abort, .init(actor: "ann"))
                case 2:
                    try await first.apply(
                        PlanSpec(steps: [PlanStep(weightBp: 100 + UInt32(trial))]))
                default:
                    _ = try await first.report(
                        trial, [ArmOutcomes(epoch: 2, arm: .stable, requestCount: 5)])
                }
            } catch let error as RPCError {
                refusals += error.code == .unavailable ? 1 : 0
            }
        }
        #expect(refusals >= 75, "\(refusals)")
        await #expect(throws: LeaseIsOver.self) { try await first.service.run() }
        #expect(try await second.status() == before)
        #expect(try await second.audit().damages == [])
    }

    /// What goes to hosts says who leads: they refuse whoever led before.
    @Test func tablesCarryTheTokenOfWhoLeads() async throws {
        let folder = try ScratchFolder()
        let path = folder.path + "/controller.sqlite"
        let clock = ManualClock()
        var tokens: [UInt64] = []
        for number in 1...3 as ClosedRange<UInt64> {
            let scene = try await Self.leading(path, clock)
            if number == 1 {
                try await scene.apply()
                try await scene.deploy("1.0.0")
            }
            let table = try await scene.channel.converse(ControllerMethods.serve) {
                messages, tables in
                try await messages.send(
                    ParticipantMessage(
                        target: ControllerScene.target, name: "router", role: .router))
                return try await tables.next()?.0
            }
            tokens.append(try #require(table).fencingToken)
        }
        #expect(tokens == [1, 2, 3])
    }

    @Test func whoHoldsTheLeaseKeepsIt() async throws {
        let folder = try ScratchFolder()
        let store = try SQLiteControllerStore(path: folder.path + "/controller.sqlite")
        let nobody = try store.lease()
        #expect(nobody == LeaseMark(token: 0, renewalCount: 0))
        #expect(try store.takeLease(for: "a", ifStill: nobody) == 1)
        #expect(try store.takeLease(for: "b", ifStill: nobody) == nil)
        let seen = try store.lease()
        #expect(try store.keepLease(1))
        #expect(try store.takeLease(for: "b", ifStill: seen) == nil)
        #expect(try store.takeLease(for: "b", ifStill: store.lease()) == 2)
        #expect(try !store.keepLease(1))
        var batch = ControllerBatch(at: Timestamp(seconds: 1_000))
        batch.leaseToken = 1
        batch.answers = [(EventID(high: 1, low: 1), [1])]
        #expect(throws: LeaseIsLost(1, newest: 2)) { try store.append(batch) }
        #expect(try store.answer(to: EventID(high: 1, low: 1)) == nil)
    }
}
