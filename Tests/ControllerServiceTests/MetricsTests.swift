import CairnCore
@testable import ControllerService
import Deployment
import Messages
import Ports
import Testing

/// Guards over a metrics store, with one in memory and a clock that is moved.
@Suite(.timeLimit(.minutes(10))) struct MetricsTests {
    let metrics = MemoryMetrics()
    let clock = ManualClock(Timestamp(seconds: 1_000))

    static func guardSpec(_ change: (inout GuardSpec) -> Void = { _ in }) -> GuardSpec {
        var spec = GuardSpec(name: "ratio", kind: "prometheus", bound: 0.05)
        (spec.query, spec.label) = ("sum by (version) (ratio)", "version")
        change(&spec)
        return spec
    }

    static func plan(_ guards: [GuardSpec] = [guardSpec()]) -> PlanSpec {
        PlanSpec(
            steps: [PlanStep(weightBp: 500, bakeMs: 30_000), PlanStep(weightBp: 10_000)],
            guards: guards, watch: WatchSpec(durationMs: 60_000),
            rollback: RollbackSpec(verifyRequests: 5), skipVerdict: true)
    }

    /// Runs `body` beside a controller, and moves its clock whenever somebody waits for it.
    func withScene(
        _ metrics: (any MetricsProvider)?, _ body: @Sendable (ControllerScene) async throws -> Void
    ) async throws {
        let scene = try await ControllerScene(
            InMemoryControllerStore(), clock: clock, metrics: metrics)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await scene.service.run() }
            group.addTask { [clock] in
                while !Task.isCancelled {
                    if clock.sleeperCount > 0 { clock.advance(by: .milliseconds(500)) }
                    await Task.yield()
                }
            }
            try await body(scene)
            group.cancelAll()
        }
    }

    @Test func aValueOverTheLimitRollsBackAndKeepsTheVersionOut() async throws {
        metrics.answers { question throws(MetricsError) in
            ["v1.0.0", "1.1.0", "other"].map { label in
                MetricsSeries(
                    label: label,
                    points: [.init(at: question.at, value: label == "1.1.0" ? 0.2 : 0.01)])
            }
        }
        try await withScene(metrics) { scene in
            try await scene.apply(Self.plan())
            try await scene.deploy("1.0.0")
            try await scene.deploy("1.1.0")
            let status = try await scene.settle { $0.state == "rolled_back" }
            #expect(
                status.lastRollback?.cause.contains("guard ratio: the candidate's value is 0.2")
                    == true)
            #expect(status.lastRollback?.cause.contains("stable's 0.01") == true)
            let verdicts = try await scene.channel.call(
                ControllerMethods.getVerdicts, GetVerdicts(target: ControllerScene.target))
            #expect(verdicts.verdicts.map(\.confirmed) == [true])
        }
    }

    @Test func anOutageHoldsEverythingAndEndsByItself() async throws {
        let good: @Sendable (MetricsQuestion) throws(MetricsError) -> [MetricsSeries] = {
            [MetricsSeries(label: "1.1.0", points: [.init(at: $0.at, value: 0.01)])]
        }
        metrics.answers(good)
        try await withScene(metrics) { scene in
            try await scene.apply(Self.plan())
            try await scene.deploy("1.0.0")
            metrics.answers { _ throws(MetricsError) in
                throw MetricsError(.unavailable, "connection refused")
            }
            try await scene.deploy("1.1.0")
            let blind = try await scene.settle { $0.blind }
            let began = clock.now()
            #expect(blind.guards.first?.assessment == "provider_error")
            // Ten minutes pass: the pusher moves the clock.
            while clock.now() < began + .seconds(600) { await Task.yield() }
            let still = try await scene.status()
            #expect(still.blind && still.candidate?.weightBp == 500)
            metrics.answers(good)
            let done = try await scene.settle { $0.state == "promoted" }
            #expect(done.stable?.number == "1.1.0")
        }
    }

    @Test func questionsThatCanNeverBeAnsweredAreErrorsOfThePlan() async throws {
        try await withScene(nil) { scene in
            let error = await #expect(throws: RPCError.self) { try await scene.apply(Self.plan()) }
            #expect(error?.code == .invalidArgument && error!.text.contains("--prometheus"))
        }
        metrics.answers { _ throws(MetricsError) in
            throw MetricsError(.badQuestion, "parse error: unclosed left parenthesis")
        }
        try await withScene(metrics) { scene in
            let error = await #expect(throws: RPCError.self) { try await scene.apply(Self.plan()) }
            #expect(
                error?.code == .invalidArgument && error!.text.contains("guard ratio: parse error"))
            // A store that is away keeps nobody from a plan.
            metrics.answers { _ throws(MetricsError) in throw MetricsError(.unavailable, "away") }
            try await scene.apply(Self.plan())
        }
    }

    static let question: Plan.Measure = .init(query: "q", label: "version", limit: 1)
    static func release(_ number: VersionNumber) -> Release {
        Release(number: number, manifest: Digest(of: [1]))
    }

    @Test func whatIsNoNumberIsNoData() {
        func answer(_ series: [MetricsSeries]) -> Measurement.Answer {
            Measurement.Answer(
                series, of: Self.question, candidate: Self.release(VersionNumber(1, 1, 0)),
                stable: Self.release(VersionNumber(1, 0, 0)))
        }
        let at = Timestamp(seconds: 7)
        func series(_ label: String, _ values: Double...) -> MetricsSeries {
            MetricsSeries(label: label, points: values.map { .init(at: at, value: $0) })
        }
        #expect(
            answer([series("1.1.0", 2), series("v1.0.0", 3)])
                == .points([.init(at: at, candidate: 2, stable: 3)]))
        for silent in [
            [], [series("1.0.0", 3)], [series("1.1.0", .nan)],
            [series("v1.1.0", .infinity)], [series("1.1.0")],
        ] {
            guard case .noData = answer(silent) else {
                Issue.record("\(silent) is \(answer(silent))")
                continue
            }
        }
        guard case .failed = answer([series("1.1.0", 1), series("v1.1.0", 2)]) else {
            Issue.record("two series of one version")
            return
        }
    }
}
