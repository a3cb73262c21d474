import CairnCore
import Evaluation
import EvaluatorService
import Messages
import Ports
import Synchronization
import Testing

@Suite(.timeLimit(.minutes(10))) struct RunnerJobTests {
    private let files = InMemoryEvaluationFiles()

    /// Writes predictions with as many errors as the version's minor number says.
    private var goodRunner: FunctionRunner {
        FunctionRunner { [files] order in
            let minor = order.environment["CAIRN_VERSION"]!.split(separator: ".")[1]
            let text = Tiny.predictions(wrong: Int(minor)!)
            files.write(predictions: Array(text.utf8), to: order.work)
            return .succeeded
        }
    }

    private func evaluator(
        _ runner: any PredictionRunner,
        restorer: any VersionRestorer = FunctionRestorer { _, _ in }
    ) -> Harness {
        Harness(
            store: InMemoryEvaluationStore(), files: files, restorer: restorer, runner: runner)
    }

    private func prepare(_ evaluator: Harness, gates: [Gate] = Tiny.suite().gates) async throws {
        try await evaluator.addDataset(Tiny.data)
        _ = try await evaluator.apply(Tiny.suite(gates: gates, runner: true))
    }

    @Test func aCommittedVersionIsRestoredRunAndJudged() async throws {
        let restored = Mutex<[Digest]>([])
        let evaluator = evaluator(
            goodRunner,
            restorer: FunctionRestorer { manifest, folder in
                #expect(folder.hasSuffix("/checkpoint"))
                restored.withLock { $0.append(manifest) }
            })
        try await prepare(evaluator)
        try await evaluator.commit("1.0.0")
        try await evaluator.running {
            let (states, record) = try await evaluator.watch("1.0.0")
            #expect(states.last == "done" && record.verdict == .pass)
            #expect(record.endedUnixMs > 0)
        }
        #expect(restored.withLock { $0 } == [Digest(of: Array("1.0.0".utf8))])
        #expect(files.workFolders.isEmpty, "nothing is left to clean up")
    }

    @Test func anEventIsAppliedOnceHoweverOftenItComes() async throws {
        let runs = Mutex(0)
        let good = goodRunner
        let evaluator = evaluator(
            FunctionRunner { order in
                runs.withLock { $0 += 1 }
                return try await good.run(order) { _ in }
            })
        try await prepare(evaluator)
        try await evaluator.running {
            for _ in 0..<3 { try await evaluator.commit("1.0.0", event: 1) }
            _ = try await evaluator.watch("1.0.0")
            try await evaluator.commit("1.0.0", event: 1)
            let list = try await evaluator.channel.call(
                EvaluatorMethods.listEvaluations, ListEvaluations(model: "m"))
            #expect(list.evaluations.count == 1)
            let status = try await evaluator.channel.call(
                EvaluatorMethods.getEvaluatorStatus, GetEvaluatorStatus())
            #expect(status.undeliveredEventCount == 1, "one verdict is told once")
            #expect(status.queuedCount == 0)
        }
        #expect(runs.withLock { $0 } == 1)
    }

    @Test func theParentIsEvaluatedFirstWhereThereIsNothingToCompareWith() async throws {
        let gate = Gate(metric: "accuracy", kind: .nonInferiorToParent, bound: 0.95)
        let evaluator = evaluator(goodRunner)
        // Committed before the suite stood.
        try await evaluator.commit("1.0.0")
        try await prepare(evaluator, gates: [gate])
        try await evaluator.commit("1.1.0", parent: "1.0.0")
        try await evaluator.running {
            let (_, record) = try await evaluator.watch("1.1.0")
            #expect(record.parent == "1.0.0" && record.verdict == .pass)
            #expect(record.parentMetrics.first { $0.name == "accuracy" }?.value == 1)
            #expect(record.reasons.contains { $0.contains("against v1.0.0: 0 of 10 examples") })
            #expect(try await evaluator.get("1.0.0").verdict == .pass)
        }
    }

    @Test func aRunnerThatFailsIsAnErrorWithItsLastWords() async throws {
        let evaluator = evaluator(
            FunctionRunner { [files] order in
                let noise = String(repeating: "noise\n", count: 2_000)
                files.write(log: Array((noise + "no such layer\n").utf8), of: order.evaluation)
                return .failed("the runner ended with exit code 3")
            })
        try await prepare(evaluator)
        try await evaluator.commit("1.0.0")
        try await evaluator.running {
            let (_, record) = try await evaluator.watch("1.0.0")
            #expect(record.verdict == .error)
            #expect(record.reasons == ["the runner ended with exit code 3"])
            #expect(record.logTail.hasSuffix("no such layer\n"))
            #expect(record.logTail.hasPrefix("noise\n") && record.logTail.utf8.count <= 4_096)
            let log = try await evaluator.channel.stream(
                EvaluatorMethods.getRunnerLog, GetEvaluation(evaluationId: record.evaluationId)
            ) { parts in
                var count = 0
                while let part = try await parts.next() { count += part.attachment?.count ?? 0 }
                return count
            }
            #expect(log == 2_000 * 6 + 14)
        }
    }

    @Test func missingAndBadPredictionsAreErrors() async throws {
        let evaluator = evaluator(
            FunctionRunner { [files] order in
                if order.environment["CAIRN_VERSION"] == "1.1.0" {
                    files.write(predictions: Array("garbage\u{0}".utf8), to: order.work)
                }
                return .succeeded
            })
        try await prepare(evaluator)
        try await evaluator.commit("1.0.0")
        try await evaluator.commit("1.1.0")
        try await evaluator.running {
            let missing = try await evaluator.watch("1.0.0").1
            #expect(missing.verdict == .error)
            #expect(missing.reasons[0].contains("wrote no predictions"))
            let bad = try await evaluator.watch("1.1.0").1
            #expect(bad.verdict == .error)
            #expect(
                bad.reasons[0].contains("the predictions: line 1, column 1: expected an object"))
        }
    }

    @Test func anAbsentIngestIsWaitedForAndALostCheckpointIsAnError() async throws {
        let tries = Mutex(0)
        let evaluator = evaluator(
            goodRunner,
            restorer: FunctionRestorer { manifest, _ in
                if manifest == Digest(of: Array("1.1.0".utf8)) {
                    throw RPCError(.dataLoss, "chunk 17 is damaged")
                }
                if tries.withLock({
                    $0 += 1; return $0
                }) <= 3 {
                    throw RPCError(.unavailable, "ingest is away")
                }
            })
        try await prepare(evaluator)
        try await evaluator.commit("1.0.0")
        try await evaluator.running {
            async let end = evaluator.watch("1.0.0")
            for seconds in [1, 2, 4] {
                while evaluator.clock.sleeperCount == 0 { await Task.yield() }
                let waiting = try await evaluator.get("1.0.0")
                #expect(waiting.verdict == .pending)
                #expect(waiting.reasons[0].contains("ingest is away"))
                evaluator.clock.advance(by: .seconds(seconds))
            }
            #expect(try await end.1.verdict == .pass)
            try await evaluator.commit("1.1.0")
            let lost = try await evaluator.watch("1.1.0").1
            #expect(lost.verdict == .error && lost.reasons[0].contains("chunk 17 is damaged"))
        }
    }

    @Test func evaluateFindsAResultOrMakesANewOne() async throws {
        let evaluator = evaluator(goodRunner)
        try await prepare(evaluator)
        try await evaluator.commit("1.0.0")
        try await evaluator.running {
            let first = try await evaluator.watch("1.0.0").1
            let request = Evaluate(model: "m", number: "v1.0.0", suite: "s")
            let found = try await evaluator.channel.call(EvaluatorMethods.evaluate, request)
            #expect(try found.encoded() == first.encoded())
            var again = request
            again.again = true
            evaluator.clock.advance(by: .seconds(1))
            let ordered = try await evaluator.channel.call(EvaluatorMethods.evaluate, again)
            #expect(ordered.evaluationId != first.evaluationId)
            let second = try await evaluator.watch("1.0.0").1
            #expect(second.evaluationId == ordered.evaluationId)
            #expect(second.metrics.map(\.value.bitPattern) == first.metrics.map(\.value.bitPattern))
        }
    }

    @Test func anOrderlyStopHandsTheJobBack() async throws {
        let (started, never) = (BoundedQueue<Void>(capacity: 8), BoundedQueue<Void>(capacity: 1))
        let store = InMemoryEvaluationStore()
        let evaluator = Harness(
            store: store, files: files,
            runner: FunctionRunner { _ in
                try await started.send(())
                _ = try await never.next()  // Until it is cancelled.
                return .succeeded
            })
        try await prepare(evaluator)
        try await evaluator.commit("1.0.0")
        try await evaluator.running { _ = try await started.next() }
        let record = try await evaluator.get("1.0.0")
        #expect(record.state == "queued" && record.verdict == .pending)
    }
}
