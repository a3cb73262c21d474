import CairnCore
import Evaluation
import Testing

@Suite struct SuiteTests {
    private func suite(
        task: EvaluationTask = .multiclass, metrics: [EvaluationMetric] = [],
        gates: [SuiteGate] = [], labelColumn: String = "", repeats: Int = 0,
        command: [String]? = nil
    ) throws -> EvaluationSuite {
        try EvaluationSuite(
            name: ModelName("s"), model: ModelName("m"), dataset: Digest(of: [1]), task: task,
            metrics: metrics, runner: command.map { words in try RunnerSpec(command: words) },
            gates: gates, labelColumn: labelColumn, repeats: repeats)
    }

    @Test func defaultsAndTheirSpellingHaveOneDigest() throws {
        #expect(
            try suite().digest == suite(labelColumn: "label", repeats: 1).digest)
        let gate = try SuiteGate(.accuracy, .notWorseThanParent(by: 0.01))
        let spelled = try SuiteGate(.accuracy, .notWorseThanParent(by: 0.01), alpha: 0.05)
        #expect(try suite(gates: [gate]).digest == suite(gates: [spelled]).digest)
    }

    @Test func everyFieldChangesTheDigest() throws {
        let suites = [
            try suite(), try suite(task: .regression), try suite(task: .binary(positive: "1")),
            try suite(task: .binary(positive: "yes")), try suite(metrics: [.accuracy]),
            try suite(gates: [SuiteGate(.accuracy, .atLeast(0.5))]),
            try suite(gates: [SuiteGate(.accuracy, .atMost(0.5))]),
            try suite(labelColumn: "y"), try suite(repeats: 2),
            try suite(command: ["a", "{predictions}"]), try suite(command: ["a {predictions}"]),
        ]
        #expect(Set(suites.map(\.digest)).count == suites.count)
    }

    @Test func whatCannotBeIsRefused() throws {
        #expect(throws: SuiteError.self) { try suite(metrics: [.mse]) }
        #expect(throws: SuiteError.self) { try suite(metrics: [.accuracy, .accuracy]) }
        #expect(throws: SuiteError.self) { try suite(repeats: 1_001) }
        #expect(throws: SuiteError.self) { try suite(command: ["predict"]) }
        #expect(throws: SuiteError.self) { try suite(command: []) }
        #expect(throws: SuiteError.self) { try SuiteGate(.accuracy, .atLeast(.nan)) }
        #expect(throws: SuiteError.self) { try SuiteGate(.accuracy, .notWorseThanParent(by: 0)) }
        #expect(throws: SuiteError.self) { try SuiteGate(.accuracy, .atLeast(1), alpha: 1) }
    }

    @Test func aGateThatNoTestCouldDecideIsRefusedAtOnce() throws {
        let tested = try SuiteGate(.f1Macro, .notWorseThanParent(by: 0.01))
        #expect(throws: Never.self) { try suite(gates: [tested]) }
        let gate = try SuiteGate(
            EvaluationMetric(named: "max_error", of: .regression), .notWorseThanParent(by: 0.01))
        #expect {
            try suite(task: .regression, gates: [gate])
        } throws: {
            "\($0)".contains("repeat at least 2 times, or gate on mse or mae")
        }
        #expect(throws: Never.self) { try suite(task: .regression, gates: [gate], repeats: 2) }
    }

    @Test func gatesBringTheirMetrics() throws {
        let listed = try suite(
            metrics: [.f1Macro], gates: [SuiteGate(.accuracy, .atLeast(0.5))])
        #expect(listed.metrics == [.f1Macro, .accuracy])
        #expect(try suite().metrics == EvaluationMetric.shown(of: .multiclass))
    }

    @Test func placeholdersStandAnywhereInAWord() throws {
        let runner = try RunnerSpec(
            command: ["{checkpoint}/run", "--data={dataset}", "--out", "{predictions}"])
        #expect(
            runner.words(checkpoint: "/c", dataset: "/d.csv", predictions: "/p")
                == ["/c/run", "--data=/d.csv", "--out", "/p"])
    }
}
