import CairnCore
import Messages
import Ports
import Testing

@testable import EvaluatorService

@Suite(.timeLimit(.minutes(10))) struct DetailsTests {
    private let evaluator = Harness(store: InMemoryEvaluationStore())

    private func details(_ number: String) async throws -> EvaluationDetails {
        try await evaluator.channel.call(
            EvaluatorMethods.getEvaluationDetails, GetEvaluation(model: "m", number: number))
    }

    @Test func whatReportsDrawComesWithTheResult() async throws {
        try await evaluator.addDataset(Tiny.data)
        var suite = Tiny.suite()
        (suite.task, suite.positiveLabel) = (.binary, "1")
        _ = try await evaluator.apply(suite)
        try await evaluator.commit("1.0.0")
        await #expect {
            _ = try await details("1.0.0")
        } throws: {
            "\($0)".contains("is waiting; its details come with its result")
        }
        try await evaluator.running {
            let text = (0..<10).map { index in
                let score = index == 3 ? 0.1 : index % 2 == 1 ? 0.8 : 0.3
                return "{\"id\": \"e\(index)\", \"score\": \(score)}\n"
            }.joined()
            _ = try await evaluator.upload(text, to: "1.0.0")
        }
        let found = try await details("1.0.0")
        #expect(found.record?.verdict == .pass && found.record?.confusion == [])
        #expect(found.curves.map(\.name) == ["roc", "precision_recall"])
        #expect(found.calibration.reduce(0) { $0 + $1.count } == 10)
        #expect(found.scoreHistograms.map { $0.counts.reduce(0, +) } == [5, 5])
        #expect(found.worst.first?.id == "e3" && found.worst.first?.row == 4)
        #expect(found.worst.first?.predicted == "0 (score 0.1)")
        #expect(found.drawnExampleCount == 0)
    }

    @Test func withoutNumbersThereAreNone() async throws {
        try await evaluator.addDataset(Tiny.data)
        _ = try await evaluator.apply(Tiny.suite())
        try await evaluator.commit("1.0.0")
        try await evaluator.running { _ = try await evaluator.upload("nonsense", to: "1.0.0") }
        await #expect {
            _ = try await details("1.0.0")
        } throws: {
            ($0 as? RPCError)?.code == .notFound && "\($0)".contains("ended without numbers")
        }
    }

    @Test func asManySlicesAsFitIntoAMessage() throws {
        let slices = (0..<40_000).map { index in
            SliceResult(
                column: "user", value: "user-\(index)", exampleCount: 3,
                metrics: [MetricResult(name: "accuracy", value: 0.5, exampleCount: 3)])
        }
        let record = EvaluationRecord(
            model: "m", number: "1.0.0", verdict: .pass, labels: ["a"], confusion: [1],
            logTail: "log", slices: slices)
        let details = try EvaluatorService.assembled(EvaluationDetails(), record)
        #expect(details.slices.count > 1_000 && details.slices.count < slices.count)
        #expect(try details.encoded().count < WireLimits.messageByteCount)
        #expect(details.record?.labels.isEmpty == true && details.record?.logTail.isEmpty == true)
    }
}
