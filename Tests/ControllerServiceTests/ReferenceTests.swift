import CairnCore
import Messages
import Ports
import Synchronization
import Testing

@testable import ControllerService

/// References on their way from the evaluator over the controller to the hosts.
@Suite(.timeLimit(.minutes(10))) struct ReferenceTests {
    /// An evaluator that has a reference, or says why not.
    private final class FakeEvaluator: Sendable {
        let problem = Mutex<RPCError?>(nil)

        var channel: InMemoryChannel {
            var routes = RPCRoutes(serviceName: "cairn-evaluator")
            routes.unary(EvaluatorMethods.getReference) { [self] request, _ in
                if let problem = problem.withLock({ $0 }) { throw problem }
                return ReferenceDistributions(
                    exampleCount: 400,
                    sketches: [
                        DistributionSketch(
                            name: "input.language", kind: "categories", count: 400,
                            category: ["en", "de", "fr"], categoryCount: [300, 98, 2]),
                        DistributionSketch(
                            name: "score", kind: "quantiles", count: 400,
                            probability: (0...20).map { Double($0) / 20 },
                            value: (0...20).map { Double($0) / 10 }),
                        DistributionSketch(
                            name: "output", kind: "categories", count: 3, category: ["a"],
                            categoryCount: [3]),
                    ], model: request.model, number: request.number, suite: "quality",
                    dataset: "mail@1")
            }
            return InMemoryChannel(routes)
        }
    }

    private static func plan(_ columns: [String]) -> PlanSpec {
        var plan = ControllerScene.plan
        plan.steps = [PlanStep(weightBp: 10_000)]
        plan.watch = WatchSpec(
            durationMs: 3_600_000, windowMs: 1_000,
            detectors: columns.map {
                DetectorSpec(name: "psi of \($0)", kind: "psi", column: $0)
            })
        return plan
    }

    /// The second version, watched.
    private func watched(
        _ evaluator: FakeEvaluator, _ columns: [String],
        _ body: @Sendable (ControllerScene) async throws -> Void
    ) async throws {
        let scene = try await ControllerScene(
            InMemoryControllerStore(), evaluator: evaluator.channel)
        let run = Task { try await scene.service.run() }
        try await scene.apply(Self.plan(columns))
        try await scene.deploy("1.0.0")
        try await scene.settle { $0.state == "promoted" }
        try await scene.withRouter {
            try await scene.deploy("1.1.0")
            try await scene.settle { $0.state == "watching" }
            try await body(scene)
        }
        run.cancel()
    }

    /// The newest table that has histograms.
    private func table(_ scene: ControllerScene) async throws -> RouteTable {
        try await scene.channel.converse(ControllerMethods.serve) { messages, tables in
            try await messages.send(
                ParticipantMessage(target: ControllerScene.target, name: "looker", role: .router))
            while let (table, _) = try await tables.next() {
                if !table.histograms.isEmpty { return table }
            }
            throw RPCError(.internal, "no table has histograms")
        }
    }

    @Test func theReferenceIsPinnedAndHostsAreToldItsCells() async throws {
        try await watched(FakeEvaluator(), ["input.language", "score", "output", "input.age"]) {
            scene in
            let told = try await table(scene)
            #expect(told.histograms.map(\.column) == ["input.language", "score"])
            #expect(told.histograms[0].names == ["en", "de"], "fr is too rare for a cell")
            #expect(told.histograms[1].edges.count == 9)
            let status = try await scene.settle { status in
                status.guards.contains { $0.assessment == "no_reference" }
            }
            let states = Dictionary(
                uniqueKeysWithValues: status.guards.map { ($0.name, ($0.assessment, $0.why)) })
            #expect(states["psi of score"]?.0 == "no_data")
            #expect(states["psi of output"]?.1.contains("100 are least") == true)
            let lacking = try #require(states["psi of input.age"]?.1)
            #expect(lacking.contains("no such column; it has input.language, score, output"))

            // Now nearly all of what comes in is what was rare.
            for sequence in UInt64(1)...4 {
                _ = try await scene.channel.call(
                    ControllerMethods.reportOutcomes,
                    ReportOutcomes(
                        target: ControllerScene.target, reporter: "host", sequence: sequence,
                        outcomes: [
                            ArmOutcomes(epoch: told.epoch, arm: .stable, requestCount: 500)
                        ],
                        incarnation: 1,
                        histograms: [
                            HistogramOutcomes(
                                epoch: told.epoch, arm: .stable, column: 0,
                                counts: [100, 100, 300])
                        ]))
                scene.clock.advance(by: .seconds(2))
            }
            let turned = try await scene.settle { $0.lastRollback != nil }
            #expect(
                turned.lastRollback?.cause.contains("input.language is not distributed") == true)
            let list = try await scene.channel.call(
                ControllerMethods.getVerdicts, GetVerdicts(target: ControllerScene.target))
            #expect(list.verdicts.map(\.kind) == ["psi"])
            #expect(list.verdicts.allSatisfy { $0.confirmed && !$0.inputs.isEmpty })
        }
    }

    @Test func withoutAReferenceTheWatchSaysSoAndAsksAgain() async throws {
        let evaluator = FakeEvaluator()
        evaluator.problem.withLock {
            $0 = RPCError(.notFound, "evaluation 7 has no reference")
        }
        try await watched(evaluator, ["score"]) { scene in
            let status = try await scene.settle { status in
                status.guards.contains { $0.why == "evaluation 7 has no reference" }
            }
            #expect(status.guards.contains { $0.assessment == "no_reference" })
            evaluator.problem.withLock { $0 = nil }
            _ = try await scene.channel.call(
                ControllerMethods.verdictReached,
                VerdictReached(
                    eventId: [UInt8](repeating: 1, count: 16), model: "chat", number: "1.1.0",
                    manifestDigest: ControllerScene.manifest("1.1.0"), suite: "quality",
                    verdict: "pass"))
            try await scene.settle { status in
                status.guards.contains { $0.name == "psi of score" && $0.assessment == "no_data" }
            }
        }
    }

    @Test func histogramsBeyondTheLimitsAreRefused() async throws {
        let scene = try await ControllerScene(InMemoryControllerStore())
        try await scene.apply()
        try await scene.deploy("1.0.0")
        for histogram in [
            HistogramOutcomes(epoch: 1, arm: .stable, column: 32, counts: [1]),
            HistogramOutcomes(
                epoch: 1, arm: .stable, counts: Array(repeating: 1, count: 65)),
            HistogramOutcomes(epoch: 1, arm: .stable, counts: [1 << 50]),
        ] {
            await #expect(throws: RPCError.self) {
                try await scene.channel.call(
                    ControllerMethods.reportOutcomes,
                    ReportOutcomes(
                        target: ControllerScene.target, reporter: "r", sequence: 1,
                        incarnation: 1, histograms: [histogram]))
            }
        }
    }

    @Test func timersComeInTheirOrderAndOnlyWhileTheyHold() throws {
        var random = SeededRandom(seed: 4)
        var queue = TimerQueue()
        var present: [TargetName: Timestamp] = [:]
        for step in 0..<2_000 {
            let name = try TargetName("prod/t\(Int.random(in: 0..<50, using: &random))")
            let moment = Timestamp(seconds: Int64.random(in: 0..<10_000, using: &random))
            if present[name] != moment { queue.add(moment, name) }
            present[name] = moment
            let first = queue.first { present[$1] == $0 }
            #expect(first == present.values.min(), "step \(step)")
            let now = Timestamp(seconds: Int64.random(in: 0..<10_000, using: &random))
            let due = queue.due(at: now) { present[$1] == $0 }
            #expect(due == present.filter { $0.value <= now }.keys.sorted(), "step \(step)")
        }
    }
}
