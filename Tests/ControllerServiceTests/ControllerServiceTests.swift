import CairnCore
import CairnTestKit
import Deployment
import Messages
import Ports
import SQLiteStores
import Testing

@testable import ControllerService

@Suite struct ControllerServiceTests {
    @Test func aVersionServesOnceItIsDeployed() async throws {
        let scene = try await ControllerScene(InMemoryControllerStore())
        try await scene.apply()
        let reply = try await scene.deploy("1.0.0")
        #expect(reply.changed)
        let status = try await scene.status()
        #expect(status.stable?.number == "1.0.0")
        #expect(status.state == "promoted")
        #expect(status.epoch == 2)
    }

    @Test func aRehearsalChangesNothing() async throws {
        let scene = try await ControllerScene(InMemoryControllerStore())
        try await scene.apply()
        let before = try await scene.status()
        let plan = try await scene.deploy("1.0.0", planOnly: true)
        #expect(plan.status?.stable?.number == "1.0.0")
        #expect(try await scene.status() == before)
    }

    @Test func aRepeatedRequestGetsTheFirstAnswer() async throws {
        let scene = try await ControllerScene(InMemoryControllerStore())
        try await scene.apply()
        let id = [UInt8](repeating: 3, count: 16)
        let first = try await scene.deploy("1.0.0", requestID: id)
        let second = try await scene.deploy("1.0.0", requestID: id)
        #expect(first == second)
        #expect(try await scene.deploy("1.0.0").changed == false)
    }

    @Test func aVerbOnAnOldUnderstandingIsRefused() async throws {
        let scene = try await ControllerScene(InMemoryControllerStore())
        try await scene.apply()
        try await scene.deploy("1.0.0")
        let revision = try await scene.status().revision
        await #expect(throws: RPCError.self) {
            try await scene.verb(
                ControllerMethods.pause, Expectation(actor: "ann", revision: revision - 1))
        }
        #expect(try await scene.status().revision == revision)
    }

    @Test func failuresOfTheCandidateTurnTrafficBackAndProveIt() async throws {
        let scene = try await ControllerScene(InMemoryControllerStore())
        try await scene.apply()
        try await scene.deploy("1.0.0")
        try await scene.withRouter {
            try await scene.deploy("1.1.0")
            let baking = try await scene.settle { $0.steps.first?.state == "baking" }
            #expect(baking.candidate?.weightBp == 500)
            let bad = ArmOutcomes(
                epoch: baking.epoch, arm: .candidate, requestCount: 40, failureCount: 30)
            let good = ArmOutcomes(
                epoch: baking.epoch, arm: .stable, requestCount: 400, failureCount: 4)
            _ = try await scene.report(1, [good, bad])
            let turning = try await scene.settle { $0.candidate == nil }
            _ = try await scene.settle {
                $0.lastRollback?.ackedUnixMs ?? 0 > 0 || $0.state == "rolled_back"
            }
            _ = try await scene.report(
                2,
                [
                    ArmOutcomes(
                        epoch: turning.epoch, arm: .stable, requestCount: 100, failureCount: 1)
                ])
            let back = try await scene.settle { $0.state == "rolled_back" }
            #expect(back.stable?.number == "1.0.0")
            #expect(back.quarantine.map(\.number) == ["1.1.0"])
            #expect(back.lastRollback?.verification.contains("as before") == true)
        }
        #expect(scene.notices.all.count { $0.contains("rolling back") } == 1)
        await #expect(throws: RPCError.self) { try await scene.deploy("1.1.0") }
        #expect(try await scene.audit().damages == [])
    }

    @Test func aReportCountsOnce() async throws {
        let scene = try await ControllerScene(InMemoryControllerStore())
        try await scene.apply()
        try await scene.deploy("1.0.0")
        let outcome = ArmOutcomes(epoch: 1, arm: .stable, requestCount: 5, failureCount: 1)
        #expect(try await scene.report(1, [outcome]).existed == false)
        #expect(try await scene.report(1, [outcome]).existed)
        await #expect(throws: RPCError.self) {
            try await scene.report(
                2, [ArmOutcomes(epoch: 1, arm: .stable, requestCount: 1 << 50)])
        }
    }

    @Test func numbersThatWouldRunOverAreRefused() async throws {
        let scene = try await ControllerScene(InMemoryControllerStore())
        var plan = ControllerScene.plan
        plan.watch = WatchSpec(durationMs: .max)
        await #expect(throws: RPCError.self) { try await scene.apply(plan) }
        plan = ControllerScene.plan
        plan.steps[0].bakeRequests = .max
        await #expect(throws: RPCError.self) { try await scene.apply(plan) }
        try await scene.apply()
        try await scene.deploy("1.0.0")
        await #expect(throws: RPCError.self) {
            try await scene.report(
                1, [ArmOutcomes(epoch: 1, arm: .stable, failureCount: .max)])
        }
    }

    @Test func timePassesByTheClockAlone() async throws {
        let scene = try await ControllerScene(InMemoryControllerStore())
        try await scene.apply()
        try await scene.deploy("1.0.0")
        let run = Task { try await scene.service.run() }
        try await scene.withRouter {
            try await scene.deploy("1.1.0")
            let baking = try await scene.settle { $0.steps.first?.state == "baking" }
            _ = try await scene.report(
                1, [ArmOutcomes(epoch: baking.epoch, arm: .candidate, requestCount: 50)])
            scene.clock.advance(by: .seconds(2))
            let second = try await scene.settle { $0.step == 1 && $0.steps[1].state == "baking" }
            #expect(second.candidate?.weightBp == 10_000)
        }
        run.cancel()
    }

    @Test func aFullDiskIsAnErrorAndChangesNothing() async throws {
        let store = FailingStore()
        let scene = try await ControllerScene(store)
        try await scene.apply()
        let before = try await scene.status()
        store.isFull.withLock { $0 = true }
        await #expect(throws: RPCError.self) { try await scene.deploy("1.0.0") }
        #expect(try await scene.status() == before)
        store.isFull.withLock { $0 = false }
        #expect(try await scene.deploy("1.0.0").changed)
        #expect(try await scene.audit().damages == [])
    }

    @Test func onAFullDiskTrafficStillGoesBackAndNothingElseBegins() async throws {
        let store = FailingStore()
        let scene = try await ControllerScene(store)
        try await scene.apply()
        try await scene.deploy("1.0.0")
        try await scene.withRouter {
            try await scene.deploy("1.1.0")
            try await scene.settle { $0.steps.first?.state == "baking" }
            store.isFull.withLock { $0 = true }
            await #expect(throws: RPCError.self) {
                try await scene.verb(ControllerMethods.pause, Expectation(actor: "ann"))
            }
            let reply = try await scene.verb(
                ControllerMethods.abort, Expectation(actor: "ann", reason: "at three"))
            #expect(reply.changed && reply.status?.state == "rolling_back")
            try await scene.settle {
                $0.candidate == nil && $0.participants.allSatisfy { p in p.epoch > 3 }
            }
        }
        #expect(try await scene.audit().damages == [])
    }

    @Test func afterARestartEverythingIsAsItWas() async throws {
        let folder = try ScratchFolder()
        let path = folder.path + "/controller.sqlite"
        let clock = ManualClock()
        let before: TargetStatus
        do {
            let scene = try await ControllerScene(SQLiteControllerStore(path: path), clock: clock)
            try await scene.apply()
            try await scene.deploy("1.0.0")
            try await scene.deploy("1.1.0")
            before = try await scene.status()
            #expect(before.state == "step")
        }
        let scene = try await ControllerScene(SQLiteControllerStore(path: path), clock: clock)
        var after = try await scene.status()
        #expect(after.revision == before.revision + 1)
        #expect(after.lastEvents.last?.contains("started again") == true)
        (after.revision, after.lastEvents) = (before.revision, before.lastEvents)
        #expect(after == before)
        #expect(try await scene.audit().damages == [])
    }

    @Test func anEditedLogIsFoundAndItsTargetSetAside() async throws {
        let folder = try ScratchFolder()
        let path = folder.path + "/controller.sqlite"
        do {
            let scene = try await ControllerScene(SQLiteControllerStore(path: path))
            try await scene.apply()
            try await scene.deploy("1.0.0")
        }
        try Database(path: path).run("UPDATE log SET actor = 'eve' WHERE sequence = 2")
        let scene = try await ControllerScene(SQLiteControllerStore(path: path))
        await #expect(throws: RPCError.self) { try await scene.status() }
        let report = try await scene.audit()
        #expect(report.damages.count == 1)
        #expect(report.damages.first?.contains("record 2 of prod/chat") == true)
    }

    @Test func whatServedAtAMomentIsKnown() async throws {
        let scene = try await ControllerScene(InMemoryControllerStore())
        try await scene.apply()
        scene.clock.advance(by: .seconds(10))
        try await scene.deploy("1.0.0")
        let moment = scene.clock.now().milliseconds
        let entries = try await scene.channel.stream(
            ControllerMethods.getHistory,
            GetHistory(target: ControllerScene.target, atUnixMs: moment - 1)
        ) { entries in
            var all: [HistoryEntry] = []
            while let (entry, _) = try await entries.next() { all.append(entry) }
            return all
        }
        #expect(entries.map(\.stableNumber) == [""])
    }
}
