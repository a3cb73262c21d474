import CairnCore
import Deployment
import Testing

@Suite struct StoryTests {
    @Test func aGoodCandidateIsPromotedStepByStep() throws {
        var scene = try Scene.rollingOut()
        for weight in [500, 2_500, 10_000] {
            #expect(scene.target.route.weight.value == weight)
            try scene.traffic(stable: (1_000, 10), candidate: (100, 1))
            try scene.pass(.seconds(10))
            try scene.obey()
        }
        #expect(scene.phase == .watching)
        #expect(scene.target.stable == Scene.release(1) && scene.target.route.weight == .zero)
        try scene.pass(.seconds(60))
        #expect(scene.phase == .promoted)
        #expect(scene.target.proven == [Scene.release(0), Scene.release(1)])
    }

    @Test func aBadCandidateIsTurnedBackQuarantinedAndVerified() throws {
        var scene = try Scene.rollingOut()
        try scene.traffic(stable: (1_000, 10), candidate: (60, 40))
        #expect(scene.phase == .rollingBack && scene.target.route.weight == .zero)
        #expect(scene.target.quarantine[Scene.release(1).manifest] != nil)
        try scene.obey()
        #expect(scene.phase == .rollingBack, "acknowledged, not yet verified")
        try scene.traffic(stable: (100, 1))
        #expect(scene.phase == .rolledBack)
        #expect(scene.target.lastRollback?.verification.contains("none on the candidate") == true)
        #expect(throws: Refusal.self) {
            try scene.send(.deploy(Scene.release(1), .init(actor: "ann")))
        }
    }

    @Test func aLateAcknowledgementKeepsARollbackOpenUntilItFailsForAHuman() throws {
        var scene = try Scene.rollingOut()
        try scene.send(.abort(.init(actor: "bob")))
        try scene.pass(.seconds(59))
        #expect(scene.phase == .rollingBack)
        try scene.pass(.seconds(1))
        #expect(scene.phase == .failedRollback)
        #expect(scene.notices.last?.contains("PAGE") == true)
        try scene.obey()
        try scene.pass(.seconds(2))
        try scene.send(.timer)
        #expect(scene.phase == .aborted, "it keeps trying")
    }

    @Test func withoutTrafficTheWayBackIsVerifiedAfterAQuietTime() throws {
        var scene = try Scene.rollingOut()
        try scene.send(.rollBack(to: nil, .init(actor: "bob")))
        try scene.obey()
        try scene.pass(.seconds(2))
        #expect(scene.phase == .rolledBack)
        #expect(scene.target.lastRollback?.verification.contains("no traffic") == true)
    }

    @Test func abortAndPromoteInOneMillisecondEndInAbort() throws {
        var plan = Scene.plan()
        plan.steps[0].gate = .init(expiry: nil, onExpiry: .hold)
        var scene = try Scene.rollingOut(plan)
        try scene.traffic(candidate: (100, 0))
        try scene.pass(.seconds(10))
        #expect(scene.phase == .step(0, .gate))
        try scene.send(.abort(.init(actor: "bob")))
        #expect(throws: Refusal.self) {
            try scene.send(.promote(full: false, .init(actor: "ann", step: 0)))
        }
        #expect(scene.phase == .rollingBack)
    }

    @Test func twoOperatorsPromoteTheSameStepOnce() throws {
        var plan = Scene.plan()
        plan.steps[0].gate = .init(expiry: nil, onExpiry: .hold)
        var scene = try Scene.rollingOut(plan)
        try scene.traffic(candidate: (100, 0))
        try scene.pass(.seconds(10))
        try scene.send(.promote(full: false, .init(actor: "ann", step: 0)))
        let refusal = #expect(throws: Refusal.self) {
            try scene.send(.promote(full: false, .init(actor: "bob", step: 0)))
        }
        #expect(refusal?.code == .conflict)
        #expect(scene.target.route.weight.value == 2_500)
    }

    @Test func aVerdictForAnOlderAttemptChangesNothing() throws {
        var plan = Scene.plan()
        plan.skipsVerdict = false
        var scene = try Scene(plan)
        try scene.deploy(1)
        let before = scene.target.attempt
        try scene.send(.verdict(manifest: Scene.release(9).manifest, .fail, why: "late"))
        #expect(scene.target.attempt == before)
        try scene.send(.verdict(manifest: Scene.release(1).manifest, .fail, why: "accuracy"))
        #expect(scene.phase == .rejected)
    }

    @Test func aPauseStopsTheBakeAndGuardsStayArmed() throws {
        var scene = try Scene.rollingOut()
        try scene.traffic(candidate: (100, 0))
        try scene.send(.pause(.init(actor: "ann")))
        try scene.pass(.seconds(3_600))
        #expect(scene.phase == .step(0, .baking))
        try scene.traffic(stable: (100, 0), candidate: (100, 60))
        #expect(scene.phase == .rollingBack)
    }

    @Test func evidenceOfAnotherAttemptIsNotCounted() throws {
        var scene = try Scene.rollingOut()
        let old = scene.target.route.epoch
        try scene.send(.abort(.init(actor: "bob")))
        try scene.obey()
        try scene.pass(.seconds(2))
        try scene.send(.retry(.init(actor: "bob")))
        try scene.obey()
        try scene.traffic(candidate: (1_000, 900), epoch: old)
        #expect(scene.phase == .step(0, .baking))
        #expect(scene.target.attempt?.evidence.candidate.requests == 0)
    }

    @Test func aReportThatComesTwiceCountsOnce() throws {
        var scene = try Scene.rollingOut()
        try scene.traffic(candidate: (10, 0))
        scene.sequence -= 1
        try scene.traffic(candidate: (10, 0))
        #expect(scene.target.attempt?.evidence.candidate.requests == 10)
    }

    @Test func driftUnderTheWatchRollsBackToTheVersionBefore() throws {
        var scene = try Scene.rollingOut()
        try scene.send(.promote(full: true, .init(actor: "ann")))
        try scene.obey()
        #expect(scene.phase == .watching)
        for _ in 0..<10 { try scene.traffic(stable: (200, 4)) }
        for _ in 0..<10 where scene.phase == .watching { try scene.traffic(stable: (200, 80)) }
        #expect(scene.phase == .rollingBack && scene.target.stable == Scene.release(0))
    }

    @Test func aClockThatJumpsBackMovesNothing() throws {
        var scene = try Scene.rollingOut()
        try scene.traffic(candidate: (100, 0))
        try scene.pass(.seconds(-3_600))
        #expect(scene.phase == .step(0, .baking))
        try scene.pass(.seconds(3_600 + 10))
        #expect(scene.phase == .step(1, .shifting))
    }
}
