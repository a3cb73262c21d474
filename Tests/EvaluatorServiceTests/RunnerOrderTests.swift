import CairnCore
import Evaluation
import EvaluatorService
import Messages
import Ports
import Synchronization
import Testing

/// What a runner is given.
@Suite(.timeLimit(.minutes(10))) struct RunnerOrderTests {
    private let files = InMemoryEvaluationFiles()

    /// Evaluates version 1.0.0 and keeps the orders.
    private func orders(
        _ spec: SuiteSpec, settings: EvaluatorSettings = EvaluatorSettings()
    ) async throws -> ([RunnerOrder], EvaluationRecord) {
        let orders = Mutex<[RunnerOrder]>([])
        let files = files
        let evaluator = Harness(
            store: InMemoryEvaluationStore(), files: files,
            runner: FunctionRunner { order in
                orders.withLock { $0.append(order) }
                files.write(predictions: Array(Tiny.predictions(wrong: 0).utf8), to: order.work)
                return .succeeded
            }, settings: settings)
        try await evaluator.addDataset(Tiny.data)
        _ = try await evaluator.apply(spec)
        try await evaluator.commit("1.0.0")
        let record = try await evaluator.running { try await evaluator.watch("1.0.0").1 }
        return (orders.withLock { $0 }, record)
    }

    @Test func everyRepeatKnowsWhatItIsAndHasItsOwnSeed() async throws {
        var spec = Tiny.suite(runner: true, repeats: 2)
        spec.seed = 40
        spec.runner?.environment = [KeyValue(key: "CAIRN_SUITE", value: "mine")]
        spec.runner?.memoryByteCountMax = 1 << 30
        spec.runner?.timeLimitMs = 5_000
        let (orders, record) = try await orders(spec)
        #expect(record.verdict == .pass)
        #expect(orders.map { $0.environment["CAIRN_REPEAT"] } == ["0", "1"])
        #expect(orders.map { $0.environment["CAIRN_SEED"] } == ["40", "41"])
        let environment = try #require(orders.first).environment
        #expect(environment["CAIRN_REPEATS"] == "2" && environment["CAIRN_MODEL"] == "m")
        #expect(environment["CAIRN_VERSION"] == "1.0.0")
        #expect(environment["CAIRN_SUITE"] == "mine", "the suite's own word stands")
        #expect(
            orders.allSatisfy { $0.memoryByteCountMax == 1 << 30 && $0.timeLimit == .seconds(5) })
        #expect(orders.allSatisfy { $0.words.last?.hasSuffix("/predictions.jsonl") == true })
    }

    @Test func theOperatorsUserBindsAndTheSuitesIsTakenWhereTheOperatorNamesNone() async throws {
        var (spec, settings) = (Tiny.suite(runner: true), EvaluatorSettings())
        #expect(try await orders(spec).0.map(\.user) == [""])
        settings.runnerUser = "worker"
        #expect(try await orders(spec, settings: settings).0.map(\.user) == ["worker"])
        spec.runner?.user = "alice"
        #expect(try await orders(spec).0.map(\.user) == ["alice"])
        let (none, record) = try await orders(spec, settings: settings)
        #expect(none.isEmpty && record.verdict == .error)
        #expect(
            record.reasons == [
                "the suite's runner is to run as 'alice', and this evaluator runs all of them as "
                    + "'worker' (--runner-user)"
            ])
    }

    @Test func aRunnerThatIsPutOffIsTriedAgain() async throws {
        let tries = Mutex(0)
        let files = files
        let evaluator = Harness(
            store: InMemoryEvaluationStore(), files: files,
            runner: FunctionRunner { order in
                let count = tries.withLock { tries in
                    tries += 1
                    return tries
                }
                if count < 3 { return .putOff("room on the disk: 1 byte is free") }
                files.write(predictions: Array(Tiny.predictions(wrong: 0).utf8), to: order.work)
                return .succeeded
            })
        try await evaluator.addDataset(Tiny.data)
        _ = try await evaluator.apply(Tiny.suite(runner: true))
        try await evaluator.commit("1.0.0")
        try await evaluator.running {
            async let end = evaluator.watch("1.0.0")
            for seconds in [1, 2] {
                while evaluator.clock.sleeperCount == 0 { await Task.yield() }
                let waiting = try await evaluator.get("1.0.0")
                #expect(waiting.reasons == ["waits for room on the disk: 1 byte is free"])
                evaluator.clock.advance(by: .seconds(seconds))
            }
            #expect(try await end.1.verdict == .pass)
        }
    }
}
