import CairnCore
import Evaluation
import Messages
import Ports
import Testing

@testable import EvaluatorService

/// Logs of runners: kept while they are needed, dropped with a note that says when and why.
@Suite(.timeLimit(.minutes(1))) struct RunnerLogTests {
    private let files = InMemoryEvaluationFiles()

    /// A runner that prints its version and fails where its patch number is 9.
    private var evaluator: Harness {
        var settings = EvaluatorSettings()
        settings.logRetention.countMax = 1
        let runner = FunctionRunner { [files] order in
            let version = order.environment["CAIRN_VERSION"]!
            files.write(log: Array("this is \(version)\n".utf8), of: order.evaluation)
            if version.hasSuffix("9") { return .failed("the runner ended with exit code 1") }
            files.write(predictions: Array(Tiny.predictions(wrong: 0).utf8), to: order.work)
            return .succeeded
        }
        return Harness(
            store: InMemoryEvaluationStore(), files: files, runner: runner, settings: settings)
    }

    private func log(of number: String, _ evaluator: Harness) async -> String {
        do {
            return try await evaluator.channel.stream(
                EvaluatorMethods.getRunnerLog, GetEvaluation(model: "m", number: number)
            ) { parts in
                var bytes: [UInt8] = []
                while let part = try await parts.next() { bytes += part.attachment?.bytes ?? [] }
                return String(decoding: bytes, as: UTF8.self)
            }
        } catch {
            return "\(error)"
        }
    }

    @Test func whatIsDroppedSaysWhenAndByWhichLimit() async throws {
        let evaluator = evaluator
        try await evaluator.addDataset(Tiny.data)
        _ = try await evaluator.apply(Tiny.suite(runner: true))
        try await evaluator.running {
            for number in ["1.0.0", "1.0.9", "1.1.0", "1.2.0"] {
                try await evaluator.commit(number)
                _ = try await evaluator.watch(number)
            }
        }
        #expect(await log(of: "1.0.0", evaluator) == "this is 1.0.0\n", "nothing has gone yet")
        try await evaluator.service.dropLogs()
        let date = evaluator.clock.now().description.prefix(10)
        let gone = await log(of: "1.0.0", evaluator)
        #expect(gone.contains("was dropped on \(date) by --runner-log-count"), "\(gone)")
        #expect(await log(of: "1.1.0", evaluator).contains("was dropped on"))
        #expect(await log(of: "1.0.9", evaluator) == "this is 1.0.9\n", "an error that stands")
        #expect(await log(of: "1.2.0", evaluator) == "this is 1.2.0\n", "the newest run")
        #expect(evaluator.log.lines.contains("dropped logs of runners: 2 by --runner-log-count"))
        #expect(try await evaluator.get("1.0.0").verdict == .pass, "results stay")

        // Looked at again, nothing changes.
        try await evaluator.service.dropLogs()
        #expect(await log(of: "1.0.0", evaluator) == gone)
        #expect(evaluator.log.lines.count { $0.hasPrefix("dropped logs") } == 1)
    }

    @Test func anErrorThatWasFollowedByAResultIsALogLikeOthers() async throws {
        let evaluator = evaluator
        try await evaluator.addDataset(Tiny.data)
        _ = try await evaluator.apply(Tiny.suite(runner: true))
        try await evaluator.running {
            for number in ["1.0.9", "1.1.0"] {
                try await evaluator.commit(number)
                _ = try await evaluator.watch(number)
            }
        }
        let first = try await evaluator.get("1.0.9")
        _ = try await evaluator.channel.call(
            EvaluatorMethods.evaluate, Evaluate(model: "m", number: "1.0.9", again: true))
        try await evaluator.running { _ = try await evaluator.watch("1.0.9") }
        try await evaluator.service.dropLogs()
        let id = try #require(EvaluationID(bytes: first.evaluationId))
        #expect(files.bytes(of: .log(id)) == nil)
        #expect(await log(of: "1.0.9", evaluator) == "this is 1.0.9\n")
    }

    @Test func withoutARunnerThereIsNoLog() async throws {
        let evaluator = evaluator
        try await evaluator.addDataset(Tiny.data)
        _ = try await evaluator.apply(Tiny.suite())
        try await evaluator.commit("1.0.0")
        #expect(await log(of: "1.0.0", evaluator).contains("no runner has run"))
        try await evaluator.service.dropLogs()
    }
}
