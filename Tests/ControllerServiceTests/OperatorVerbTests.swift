import CairnCore
import CairnTestKit
import Deployment
import Messages
import Ports
import Testing

@testable import ControllerService

/// The verbs of operators over the wire: each does what it rehearses, and says where things stand.
@Suite struct OperatorVerbTests {
    private static let ann = Expectation(actor: "ann", reason: "a test")

    /// v1.0.0 serves, v1.1.0 bakes at its first step.
    private static func baking(_ plan: PlanSpec = ControllerScene.plan) async throws
        -> ControllerScene
    {
        let scene = try await ControllerScene(InMemoryControllerStore())
        try await scene.apply(plan)
        try await scene.deploy("1.0.0")
        try await scene.deploy("1.1.0")
        return scene
    }

    private func call(
        _ scene: ControllerScene, _ method: Method<Verb, VerbReply>, planOnly: Bool = false,
        _ change: (inout Verb) -> Void = { _ in }
    ) async throws -> VerbReply {
        var verb = Verb(target: ControllerScene.target, expectation: Self.ann)
        verb.expectation?.planOnly = planOnly
        change(&verb)
        return try await scene.channel.call(method, verb)
    }

    @Test func aStepIsSkippedAndGoneBackTo() async throws {
        let scene = try await Self.baking()
        let plan = try await call(scene, ControllerMethods.skipStep, planOnly: true)
        #expect(plan.status?.candidate?.weightBp == 10_000)
        #expect(try await scene.status().candidate?.weightBp == 500)
        let skipped = try await call(scene, ControllerMethods.skipStep)
        #expect(skipped.status?.step == 1 && skipped.status?.overrides.count == 1)
        let back = try await call(scene, ControllerMethods.goToStep) { $0.toStep = 0 }
        #expect(back.status?.candidate?.weightBp == 500)
        await #expect(throws: RPCError.self) {
            try await call(scene, ControllerMethods.goToStep) { $0.toStep = 7 }
        }
    }

    @Test func anAbortKeepsOutWhatItIsToldTo() async throws {
        let scene = try await Self.baking()
        let reply = try await call(scene, ControllerMethods.abort) { $0.quarantine = true }
        #expect(reply.status?.quarantine.first?.number == "1.1.0")
        await #expect(throws: RPCError.self) { try await scene.deploy("1.1.0") }
    }

    @Test func aVersionIsKeptOutBeforeAnybodyDeploysIt() async throws {
        let scene = try await Self.baking()
        let request = Quarantine(
            target: ControllerScene.target, number: "1.2.0",
            manifestDigest: ControllerScene.manifest("1.2.0"), expectation: Self.ann)
        let reply = try await scene.channel.call(ControllerMethods.quarantine, request)
        #expect(reply.changed && reply.status?.quarantine.first?.number == "1.2.0")
        #expect(
            try await scene.channel.call(ControllerMethods.quarantine, request).changed == false)
    }

    @Test func aWindowFreezesByItselfAndEnds() async throws {
        let scene = try await Self.baking()
        let now = scene.clock.now()
        let window = Messages.FreezeWindow(
            name: "night", fromUnixMs: now.milliseconds - 1_000,
            untilUnixMs: now.milliseconds + 5_000)
        let request = SetFreezeWindow(
            target: ControllerScene.target, window: window, expectation: Self.ann)
        let reply = try await scene.channel.call(ControllerMethods.setFreezeWindow, request)
        #expect(reply.status?.frozen == true && reply.status?.freezeWindows == [window])
        await #expect(throws: RPCError.self) {
            try await call(scene, ControllerMethods.skipStep)
        }
        var removal = request
        removal.remove = true
        let removed = try await scene.channel.call(ControllerMethods.setFreezeWindow, removal)
        #expect(removed.status?.frozen == false)
    }

    @Test func aHookIsAskedAndAnsweredOnce() async throws {
        var plan = ControllerScene.plan
        plan.hooks = [HookSpec(name: "agree", point: "confirm_rollout", onFailure: "hold")]
        let scene = try await Self.baking(plan)
        let asked = try #require(try await scene.status().hooks.first)
        #expect(asked.awaited && asked.state == "waiting")
        let answer = AnswerHook(target: ControllerScene.target, key: asked.key, yes: true)
        #expect(try await scene.channel.call(ControllerMethods.answerHook, answer).changed)
        #expect(try await scene.channel.call(ControllerMethods.answerHook, answer).changed == false)
        #expect(try await scene.status().state == "step")
        await #expect(throws: RPCError.self) {
            try await scene.channel.call(
                ControllerMethods.answerHook,
                AnswerHook(target: ControllerScene.target, key: "nobody", yes: true))
        }
    }

    @Test func verdictsComeOutAgainFromTheLog() async throws {
        let scene = try await Self.baking()
        let epoch = try await scene.status().epoch
        _ = try await scene.report(
            1,
            [
                ArmOutcomes(epoch: epoch, arm: .stable, requestCount: 200, failureCount: 2),
                ArmOutcomes(epoch: epoch, arm: .candidate, requestCount: 50, failureCount: 40),
            ])
        let list = try await scene.channel.call(
            ControllerMethods.getVerdicts, GetVerdicts(target: ControllerScene.target))
        let verdict = try #require(list.verdicts.first)
        #expect(list.verdicts.count == 1 && verdict.confirmed && verdict.guardName == "errors")
        #expect(verdict.statistic == 0.8 && verdict.bound == 0.2 && verdict.attempt == 2)
        #expect(
            try await scene.channel.call(
                ControllerMethods.getVerdicts,
                GetVerdicts(target: ControllerScene.target, attempt: 1)
            ).verdicts.isEmpty)
    }

    @Test(arguments: [
        PlanStep(weightBp: 500, kind: "banana"), PlanStep(kind: "mirror", mirrorBp: 0),
        PlanStep(weightBp: 6_000, kind: "experiment"), PlanStep(kind: "hook", hook: "nobody"),
        PlanStep(weightBp: 500, rampMs: 1_000, rampParts: 1),
    ]) func aPlanWithAStepThatIsNoneIsRefused(step: PlanStep) async throws {
        let scene = try await ControllerScene(InMemoryControllerStore())
        var plan = ControllerScene.plan
        plan.steps = [step]
        await #expect(throws: RPCError.self) { try await scene.apply(plan) }
    }

    @Test func whatATableSaysIsWhatThePlanSays() async throws {
        var plan = ControllerScene.plan
        plan.steps = [
            PlanStep(kind: "mirror", mirrorBp: 1_000),
            PlanStep(weightBp: 500, bakeMs: 1_000, kind: "experiment"),
            PlanStep(weightBp: 10_000),
        ]
        plan.steps[0].bakeMs = 1_000
        plan.pins = [PinSpec(cohort: "staff", arm: "candidate")]
        let scene = try await Self.baking(plan)
        let status = try await scene.status()
        #expect(status.mirrorBp == 1_000 && status.candidate?.weightBp == 0)
        #expect(status.pinCount == 1)
        let next = try await call(scene, ControllerMethods.skipStep)
        #expect(next.status?.baselineBp == 500 && next.status?.candidate?.weightBp == 500)
    }
}
