import CairnCore
import Messages
import Ports
import Testing

@testable import EvaluatorService

@Suite(.timeLimit(.minutes(10))) struct UploadTests {
    private let evaluator = Harness(store: InMemoryEvaluationStore())

    @Test func uploadedPredictionsGetAVerdict() async throws {
        try await evaluator.addDataset(Tiny.data)
        _ = try await evaluator.apply(Tiny.suite())
        try await evaluator.commit("1.0.0")
        #expect(try await evaluator.get("1.0.0").state == "waiting")
        try await evaluator.running {
            let good = try await evaluator.upload(Tiny.predictions(wrong: 1), to: "1.0.0")
            #expect(good.verdict == .pass && good.state == "done")
            #expect(good.reasons == ["accuracy 0.9 is at least 0.9"])
            #expect(good.confusion == [4, 1, 0, 5] && good.labels == ["0", "1"])
            let reference = try await evaluator.channel.call(
                EvaluatorMethods.getReference, GetEvaluation(evaluationId: good.evaluationId))
            #expect(reference.sketches.contains { $0.name == "input.label" })
            #expect(reference.inputProblem.isEmpty)
            #expect(good.exampleCount == 10)
            let bad = try await evaluator.upload(Tiny.predictions(wrong: 2), to: "1.0.0")
            #expect(bad.verdict == .fail)
            #expect(bad.evaluationId != good.evaluationId, "a new upload is a new evaluation")
            #expect(try await evaluator.get("1.0.0").verdict == .fail, "the newest counts")
            let torn = try await evaluator.upload("{", to: "1.0.0")
            #expect(torn.verdict == .error)
            let standing = try await evaluator.get("1.0.0")
            #expect(standing.evaluationId == bad.evaluationId, "what cannot be read undoes nothing")
        }
    }

    @Test func badPredictionsAreAnErrorWithTheirLine() async throws {
        try await evaluator.addDataset(Tiny.data)
        _ = try await evaluator.apply(Tiny.suite())
        try await evaluator.commit("1.0.0")
        try await evaluator.running {
            let record = try await evaluator.upload("{\"prediction\": 1}\nnonsense\n", to: "1.0.0")
            #expect(record.verdict == .error)
            #expect(
                record.reasons[0].hasPrefix("the predictions: line 2, column 1: expected an object")
            )
            #expect(record.metrics.isEmpty)
            let empty = try await evaluator.upload("", to: "1.0.0")
            #expect(empty.reasons[0].contains("0 predictions for 10 examples"))
        }
    }

    /// The ending says the format, and a restart still knows it: both stand in the store.
    @Test func theFormatAndWhatIsDoneWithBadRowsStayWithTheFile() async throws {
        try await evaluator.addDataset(Tiny.data)
        _ = try await evaluator.apply(Tiny.suite(repeats: 2))
        try await evaluator.commit("1.0.0")
        let record = try await evaluator.channel.upload(EvaluatorMethods.uploadPredictions) {
            try await $0.send(
                UploadPredictions(
                    model: "m", number: "1.0.0", suite: "s", repeatIndex: 1,
                    fileName: "of/mine.CSV", skipInvalid: true),
                attachment: SharedBytes(Array("id,prediction\n".utf8)))
        }
        #expect(record.state == "waiting")
        let id = try #require(EvaluationID(bytes: record.evaluationId))
        let stored = try await evaluator.service.ledger.with { store, _ in
            try store.evaluation(id)
        }
        let file = try #require(stored?.job.predictions[1])
        #expect(file.ending == "csv" && file.skipsInvalid)
        await #expect {
            _ = try await evaluator.channel.upload(EvaluatorMethods.uploadPredictions) {
                try await $0.send(
                    UploadPredictions(
                        model: "m", number: "1.0.0", suite: "s", fileName: "mine.parquet"))
            }
        } throws: {
            "\($0)".contains("'mine.parquet' is no name of predictions")
        }
    }

    @Test func dataSetsAndPredictionsMayBeArraysOfNumPy() async throws {
        @Sendable func array(_ values: [UInt8]) -> [UInt8] {
            let header = Array(
                "{'descr': '|u1', 'fortran_order': False, 'shape': (\(values.count),), }\n".utf8)
            return [0x93] + Array("NUMPY".utf8) + [1, 0, UInt8(header.count), 0] + header + values
        }
        let labels = array([0, 1, 0, 1, 0, 1, 0, 1, 0, 1])
        try await evaluator.addDataset(bytes: labels, fileName: "labels.npy")
        var suite = Tiny.suite()
        suite.datasetDigest = Digest(of: labels).bytes
        _ = try await evaluator.apply(suite)
        try await evaluator.commit("1.0.0")
        @Sendable func upload(_ bytes: [UInt8]) async throws -> EvaluationRecord {
            try await evaluator.channel.upload(EvaluatorMethods.uploadPredictions) {
                try await $0.send(
                    UploadPredictions(
                        model: "m", number: "1.0.0", suite: "s", fileName: "mine.npy"),
                    attachment: SharedBytes(bytes))
            }
        }
        try await evaluator.running {
            let good = try await upload(array([0, 1, 0, 1, 0, 1, 0, 1, 1, 1]))
            #expect(good.verdict == .pass)
            #expect(good.confusion == [4, 1, 0, 5] && good.labels == ["0", "1"])
            let reference = try await evaluator.channel.call(
                EvaluatorMethods.getReference, GetEvaluation(evaluationId: good.evaluationId))
            #expect(reference.sketches.contains { $0.name == "input.label" })
            #expect(reference.inputProblem.isEmpty)
            let cut = try await upload(Array(array([0, 1]).dropLast()))
            #expect(cut.verdict == .error)
            #expect(
                cut.reasons == [
                    "the predictions in mine.npy: (2,) of '|u1' are 2 bytes, but the file has 1 "
                        + "behind its header; it is cut short"
                ])
        }
    }

    @Test func repeatsWaitForEachOtherAndAreComparedByThePooledT() async throws {
        try await evaluator.addDataset(Tiny.data)
        _ = try await evaluator.apply(Tiny.suite(gates: [], repeats: 3))
        try await evaluator.running {
            for (number, wrongs) in [("1.0.0", [5, 6, 5]), ("1.1.0", [1, 2, 1])] {
                try await evaluator.commit(number)
                for (index, wrong) in wrongs.enumerated() {
                    let record = try await evaluator.upload(
                        Tiny.predictions(wrong: wrong), to: number, repeatIndex: UInt32(index))
                    #expect(record.state == (index == 2 ? "done" : "waiting"))
                }
            }
            let comparison = try await evaluator.channel.call(
                EvaluatorMethods.compare, Compare(model: "m", numberA: "1.0.0", numberB: "1.1.0"))
            let tests = comparison.metrics.filter { $0.name == "accuracy" }.map(\.test)
            #expect(tests == ["pooled t", "Welch t"])
            #expect(comparison.metrics[0].conclusion == "b is better")
        }
        await #expect {
            _ = try await evaluator.upload("", to: "1.0.0", repeatIndex: 3)
        } throws: {
            "\($0)".contains("has 3 repeats; these are for number 4")
        }
    }

    @Test func comparisonsAreByMcNemarOnTheSameExamplesAndRefusedAcrossDataSets() async throws {
        try await evaluator.addDataset(Tiny.data)
        _ = try await evaluator.apply(Tiny.suite(gates: []))
        try await evaluator.commit("1.0.0")
        try await evaluator.commit("1.1.0")
        let compare = Compare(model: "m", numberA: "1.0.0", numberB: "1.1.0")
        try await evaluator.running {
            _ = try await evaluator.upload(Tiny.predictions(wrong: 9), to: "1.0.0")
            await #expect {
                _ = try await evaluator.channel.call(EvaluatorMethods.compare, compare)
            } throws: {
                "\($0)".contains("m@v1.1.0 has no result on the suite s")
            }
            _ = try await evaluator.upload(Tiny.predictions(wrong: 0), to: "1.1.0")
            let comparison = try await evaluator.channel.call(EvaluatorMethods.compare, compare)
            let accuracy = try #require(comparison.metrics.first { $0.name == "accuracy" })
            #expect(accuracy.test == "McNemar exact" && accuracy.conclusion == "b is better")
            #expect((accuracy.p - 2 / 512).magnitude < 1e-12)
            #expect(comparison.onlyBCorrect == 9 && comparison.onlyACorrect == 0)
            #expect(comparison.summary.contains("v1.1.0 is better on accuracy"))

            // The suite moves to another data set: old and new numbers never meet.
            let other = Tiny.data + "e10,1\n"
            try await evaluator.addDataset(other)
            _ = try await evaluator.apply(Tiny.suite(gates: [], data: other))
            let still = try await evaluator.channel.call(EvaluatorMethods.compare, compare)
            #expect(still.exampleCount == 10, "both have numbers on the old one")
            try await evaluator.commit("1.2.0")
            _ = try await evaluator.upload(
                Tiny.predictions(wrong: 0) + "{\"id\": \"e10\", \"prediction\": 1}", to: "1.2.0")
            await #expect {
                _ = try await evaluator.channel.call(
                    EvaluatorMethods.compare,
                    Compare(model: "m", numberA: "1.0.0", numberB: "1.2.0"))
            } throws: { error in
                let text = "\(error)"
                return (error as? RPCError)?.code == .refused
                    && text.contains(Digest(of: Array(Tiny.data.utf8)).short)
                    && text.contains(Digest(of: Array(other.utf8)).short)
            }
        }
    }

    @Test func aVersionThatIsAboutToBeAnnouncedIsWaitedFor() async throws {
        try await evaluator.addDataset(Tiny.data)
        _ = try await evaluator.apply(Tiny.suite())
        try await evaluator.running {
            let early = Task { try await evaluator.upload(Tiny.predictions(wrong: 0), to: "1.0.0") }
            while evaluator.clock.sleeperCount == 0 { await Task.yield() }
            try await evaluator.commit("1.0.0")
            #expect(try await early.value.verdict == .pass)
            let never = Task { try await evaluator.upload("", to: "9.9.9") }
            while evaluator.clock.sleeperCount == 0 { await Task.yield() }
            evaluator.clock.advance(by: .seconds(5))
            await #expect {
                _ = try await never.value
            } throws: {
                "\($0)".contains("has not been told of m@v9.9.9")
            }
        }
    }
}
