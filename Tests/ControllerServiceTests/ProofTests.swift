import CairnCore
import Deployment
import Messages
import Ports
import SQLiteStores
import Testing

@testable import ControllerService

/// Ways back with what proves them, rehearsed and real, and refusals that programs can read.
@Suite struct ProofTests {
    /// v1.0.0 served before, v1.1.0 serves; a router obeys for as long as `body` runs.
    private func withTwoVersions(_ body: @Sendable (ControllerScene) async throws -> Void)
        async throws
    {
        let scene = try await ControllerScene(InMemoryControllerStore())
        var plan = ControllerScene.plan
        plan.steps = [PlanStep(weightBp: 10_000)]
        plan.watch = WatchSpec(durationMs: 1_000)
        plan.drill = DrillSpec(everyMs: 3_600_000, limitMs: 30_000)
        try await scene.apply(plan)
        try await scene.deploy("1.0.0")
        try await scene.withRouter {
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { try await scene.service.run() }
                try await scene.deploy("1.1.0")
                try await scene.settle { $0.state == "watching" }
                scene.clock.advance(by: .seconds(2))
                try await scene.settle { $0.state == "promoted" && $0.stable?.number == "1.1.0" }
                try await body(scene)
                group.cancelAll()
            }
        }
    }

    @Test func aDrillPassesAndIsListed() async throws {
        try await withTwoVersions { scene in
            let plan = try await scene.verb(
                ControllerMethods.drill, Expectation(actor: "ann", planOnly: true))
            #expect(plan.text.contains("drill 1: the way back to v1.0.0"))
            _ = try await scene.verb(ControllerMethods.drill, Expectation(actor: "ann"))
            let status = try await scene.settle { $0.drill?.drills.isEmpty == false }
            #expect(status.drill?.drills.last?.result == "passed")
            #expect(status.stable?.number == "1.1.0" && status.candidate == nil)
            let list = try await scene.channel.call(
                ControllerMethods.getDrills, GetDrills(target: ControllerScene.target))
            #expect(list.targets.first?.drills.count == 1)
            #expect(list.targets.first?.everyMs == 3_600_000)
        }
    }

    @Test func aDrillBeginsByItselfAtItsTime() async throws {
        try await withTwoVersions { scene in
            scene.clock.advance(by: .seconds(3_600))
            let status = try await scene.settle { $0.drill?.drills.isEmpty == false }
            #expect(status.drill?.drills.last?.by == "the schedule")
            #expect(status.drill?.overdue == false)
            let figures = try await scene.channel.call(
                ControllerMethods.getControllerStatus, GetControllerStatus())
            #expect(figures.drills.first?.lastPassedUnixMs ?? 0 > 0)
        }
    }

    @Test func aRollbackCarriesItsProofAndTheLogGivesItAgain() async throws {
        try await withTwoVersions { scene in
            _ = try await scene.channel.call(
                ControllerMethods.rollback,
                Rollback(target: ControllerScene.target, expectation: Expectation(actor: "ann")))
            let waiting = try await scene.settle { $0.lastRollback?.ackedUnixMs ?? 0 > 0 }
            #expect(waiting.state == "rolling_back")
            #expect(waiting.waitingFor == ["5 more requests on stable, or quiet"])
            #expect(waiting.lastRollback?.checks.map(\.state) == ["met", "open", "waiting"])
            _ = try await scene.report(
                1, [ArmOutcomes(epoch: waiting.epoch, arm: .stable, requestCount: 9)])
            let over = try await scene.settle { $0.state == "rolled_back" }
            #expect(over.lastRollback?.checks.contains { $0.state == "waiting" } == false)
            let proofs = try await scene.channel.call(
                ControllerMethods.getProofs, GetProofs(target: ControllerScene.target))
            #expect(proofs.rollbacks == [over.lastRollback])
            #expect(proofs.recordCount >= proofs.sequences[0])
        }
    }

    @Test func aRefusalSaysItsReasonInAWord() async throws {
        let scene = try await ControllerScene(InMemoryControllerStore())
        try await scene.apply()
        try await scene.deploy("1.0.0")
        func reason(_ body: () async throws -> Void) async -> Refusal.Reason? {
            do {
                try await body()
                return nil
            } catch let error as RPCError {
                // Over the wire and back.
                return RPCError(error.message).reason
            } catch { return nil }
        }
        #expect(
            await reason {
                _ = try await scene.verb(
                    ControllerMethods.pause, Expectation(actor: "ann", revision: 1))
            } == .otherRevision)
        #expect(
            await reason {
                _ = try await scene.verb(ControllerMethods.drill, Expectation(actor: "ann"))
            } == .wrongState)
        #expect(
            await reason {
                _ = try await scene.channel.call(
                    ControllerMethods.rollback,
                    Rollback(
                        target: ControllerScene.target, expectation: Expectation(actor: "ann")))
            } == .notProven)
        for reason in Refusal.Reason.allCases {
            let error = RPCError(.refused, "x", reason: reason)
            #expect(RPCError(error.message) == error)
        }
    }
}
