import CairnCore
import Messages
import Ports
import Synchronization
import Testing

@testable import ControllerService

@Suite struct VerdictTests {
    /// An evaluator with one suite and a verdict that the test sets.
    private final class FakeEvaluator: Sendable {
        let verdict = Mutex(Messages.Verdict.pending)

        var channel: InMemoryChannel {
            var routes = RPCRoutes(serviceName: "cairn-evaluator")
            routes.unary(EvaluatorMethods.listSuites) { request, _ in
                SuiteList(suites: [
                    SuiteRecord(
                        spec: SuiteSpec(name: "digits", model: request.model, task: .multiclass))
                ])
            }
            routes.unary(EvaluatorMethods.evaluate) { [self] request, _ in
                EvaluationRecord(
                    model: request.model, number: request.number,
                    manifestDigest: ControllerScene.manifest(request.number),
                    suite: request.suite, verdict: verdict.withLock { $0 },
                    reasons: ["accuracy 0.8 is under 0.9"])
            }
            return InMemoryChannel(routes)
        }
    }

    private static var plan: PlanSpec {
        var plan = ControllerScene.plan
        plan.skipVerdict = false
        return plan
    }

    @Test func preflightWaitsForTheVerdictAndGoesOnWhenItIsReached() async throws {
        let evaluator = FakeEvaluator()
        let scene = try await ControllerScene(
            InMemoryControllerStore(), evaluator: evaluator.channel)
        let run = Task { try await scene.service.run() }
        try await scene.apply(Self.plan)
        try await scene.deploy("1.0.0")
        #expect(try await scene.status().state == "preflight")
        evaluator.verdict.withLock { $0 = .pass }
        _ = try await scene.channel.call(
            ControllerMethods.verdictReached,
            VerdictReached(
                eventId: [UInt8](repeating: 1, count: 16), model: "chat", number: "1.0.0",
                manifestDigest: ControllerScene.manifest("1.0.0"), suite: "digits",
                verdict: "pass"))
        let status = try await scene.settle { $0.state == "promoted" }
        #expect(status.stable?.number == "1.0.0")
        run.cancel()
    }

    @Test func aFailedVerdictRejectsWithItsReason() async throws {
        let evaluator = FakeEvaluator()
        evaluator.verdict.withLock { $0 = .fail }
        let scene = try await ControllerScene(
            InMemoryControllerStore(), evaluator: evaluator.channel)
        let run = Task { try await scene.service.run() }
        try await scene.apply(Self.plan)
        try await scene.deploy("1.0.0")
        let status = try await scene.settle { $0.state == "rejected" }
        #expect(status.why.contains("accuracy 0.8 is under 0.9"))
        #expect(status.stable == nil)
        run.cancel()
    }

    @Test func withoutTheEvaluatorTheVerdictOfANamedSuiteThatWasSaidBeforeCounts() async throws {
        let scene = try await ControllerScene(InMemoryControllerStore())
        let event = VerdictReached(
            eventId: [UInt8](repeating: 1, count: 16), model: "chat", number: "1.0.0",
            manifestDigest: ControllerScene.manifest("1.0.0"), suite: "digits", verdict: "pass")
        _ = try await scene.channel.call(ControllerMethods.verdictReached, event)
        _ = try await scene.channel.call(
            ControllerMethods.applyTarget,
            TargetSpec(
                target: ControllerScene.target, model: "chat", plan: Self.plan, actor: "ann",
                suite: "digits"))
        let run = Task { try await scene.service.run() }
        try await scene.deploy("1.0.0")
        #expect(try await scene.settle { $0.state == "promoted" }.stable?.number == "1.0.0")
        run.cancel()
    }
}
