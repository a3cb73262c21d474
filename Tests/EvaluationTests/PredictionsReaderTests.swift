import CairnCore
import Evaluation
import Testing

@Suite struct PredictionsReaderTests {
    static let three = "id,label\na,cat\nb,dog\nc,cat\n"

    private func classes(
        _ text: String, _ task: EvaluationTask = .multiclass, data: String = three
    ) throws(InputError) -> ClassPredictions {
        let examples = try Reading.examples(data, task)
        guard case .classes(let predictions) = try Reading.predictions(text, task, examples) else {
            throw InputError("not classes")
        }
        return predictions
    }

    @Test func linesFollowTheRowsWhereTheyHaveNoIDs() throws {
        let read = try classes(
            """
            {"prediction": "dog"}
            {"prediction": "dog", "note": {"x": [1]}}
            {"prediction": "ape"}
            """)
        #expect(read.names == ["ape", "cat", "dog"])
        #expect(read.truth == [1, 2, 1])
        #expect(read.predicted == [2, 2, 0])
        #expect(read.scores == nil)
    }

    @Test func idsPutLinesInTheDataSetsOrder() throws {
        let read = try classes(
            """
            {"id": "c", "prediction": "cat"}
            {"id": "a", "prediction": "cat", "label": "cat"}
            {"id": "b", "prediction": "cat"}
            """)
        #expect(read.predicted == [0, 0, 0])
    }

    @Test func scoresComeAsListsOrByName() throws {
        let list = try classes(
            "{\"scores\": [0.9, 0.1]}\n{\"scores\": [0.2, 0.8]}\n{\"scores\": [0.5, 0.5]}")
        let named = try classes(
            """
            {"scores": {"dog": 0.1, "cat": 0.9}}
            {"scores": {"cat": 0.2, "dog": 0.8}}
            {"scores": {"dog": 0.5, "cat": 0.5}}
            """)
        #expect(list.predicted == [0, 1, 0])
        #expect(list.scores == [0.9, 0.1, 0.2, 0.8, 0.5, 0.5])
        #expect(list.scoredClasses == [0, 1])
        #expect(named.predicted == [0, 1, 1], "the first name among equals")
        #expect(named.scores == [0.1, 0.9, 0.8, 0.2, 0.5, 0.5])
        #expect(named.scoredClasses == [1, 0])
    }

    @Test func aBinaryScoreIsThePositiveClasss() throws {
        let task = EvaluationTask.binary(positive: "cat")
        let read = try classes("{\"score\": 0.5}\n{\"score\": 0.49}\n{\"score\": 1}", task)
        #expect(read.predicted == [0, 1, 0])
        #expect(read.scores == [0.5, 0.49, 1])
        let both = try classes(
            "{\"scores\": [0.5, 0.5]}\n{\"scores\": [0.25, 0.75]}\n{\"scores\": [1, 0]}", task)
        #expect(both.scores == [0.5, 0.25, 1])
    }

    @Test func languageModelsGiveLikelihoods() throws {
        let examples = try Reading.examples("label\nx\ny\n", .languageModel)
        let text = """
            {"log_probs": [-0.5, -1.5], "correct_token_count": 1}
            {"log_prob": -Infinity, "token_count": 3, "correct_token_count": 0}
            """
        guard case .likelihoods(let read) = try Reading.predictions(text, .languageModel, examples)
        else {
            Issue.record("no likelihoods")
            return
        }
        #expect(read.logProbabilities == [-2, -.infinity])
        #expect(read.tokenCounts == [2, 3])
        #expect(read.correctTokenCounts == [1, 0])
        #expect(read.texts == nil)
    }

    @Test func cutAnywhereItReadsTheSame() throws {
        let text = Array(
            "{\"scores\": {\"dog\": 0.25, \"cat\": 0.75}}\n\n{\"scores\": {\"cat\": 2.5e-1, \"dog\": 0.75}}\r\n{\"scores\": {\"dog\": 1, \"cat\": 0}, \"prediction\": \"c\\u0061t\"}"
                .utf8)
        let examples = try Reading.examples(Self.three, .multiclass)
        let whole = try Reading.predictions([text], .multiclass, examples)
        for cut in 0...text.count {
            let pieces = [Array(text[..<cut]), Array(text[cut...])]
            #expect(
                try Reading.predictions(pieces, .multiclass, examples) == whole, "cut at \(cut)")
        }
    }

    @Test(arguments: [
        ("", "0 predictions for 3 examples; every example needs one"),
        ("{\"prediction\":\"cat\"}", "1 predictions for 3 examples"),
        ("{\"id\":\"a\",\"prediction\":1}", "1 predictions for 3 examples; the id 'b' is missing"),
        ("{\"id\":\"z\",\"prediction\":1}", "line 1: the data set has no example with the id 'z'"),
        (
            "{\"id\":\"a\",\"prediction\":1}\n{\"id\":\"a\",\"prediction\":1}",
            "line 2: the example 'a' was answered in line 1"
        ),
        (
            "{\"id\":\"a\",\"prediction\":1}\n{\"prediction\":1}",
            "line 2: no id, but the lines before have one"
        ),
        (
            "{\"predicton\":\"cat\"}",
            "line 1: no 'prediction' and no 'scores'; did you mean it with 'predicton'?"
        ),
        (
            "{\"prediction\":\"cat\",\"label\":\"dog\"}",
            "line 1: the label 'dog', but the data set says 'cat'"
        ),
        (
            "{\"scores\":[0.5,0.4,0.1]}",
            "line 1: 3 scores for the 2 labels of the data set ('cat', 'dog')"
        ),
        ("{\"scores\":[3.5,-2]}", "line 1: a score of 3.5; scores are probabilities"),
        ("{\"scores\":[0.5,0.2]}", "line 1: the scores add up to 0.7"),
        ("{\"scores\":{\"cat\":1}}", "line 1: the scores name no 'dog'"),
        ("{\"scores\":[NaN,1]}", "line 1: a score of nan"),
        (
            "{\"scores\":[0,1]}\n{\"prediction\":\"cat\"}",
            "line 2: no scores, which the lines before have"
        ),
        (
            "{\"scores\":[0,1]}\n{\"scores\":{\"cat\":1,\"dog\":0}}",
            "line 2: 2 scores; the first line had 2, as a list"
        ),
        (
            "{\"prediction\":\"x\"}\n{\"prediction\":\"y\"}\n{\"prediction\":\"x\"}",
            "none of the predicted labels ('x', 'y') is a label"
        ),
        ("cat\ndog\n", "line 1: expected an object, {…}, at byte 1, found 'cat'"),
        ("{\"prediction\":\"cat\"\n", "line 1: expected ',' or '}' at byte 20, found the end"),
        ("{\"prediction\":01}", "line 1: expected a label"),
    ])
    func errorsNameTheLineAndWhatWasExpected(text: String, words: String) {
        let error = Reading.error { () throws(InputError) in _ = try classes(text) }
        #expect(error.hasPrefix(words), "\(error)")
    }

    @Test func oneLineTooManyIsNamed() {
        let line = "{\"prediction\":\"cat\"}\n"
        let error = Reading.error { () throws(InputError) in
            _ = try classes(String(repeating: line, count: 4))
        }
        #expect(error == "line 4: one line too many: the data set has 3 examples")
    }

    @Test func idsNeedAnIDColumn() {
        let error = Reading.error { () throws(InputError) in
            _ = try classes("{\"id\":0,\"prediction\":1}", data: "label\n1\n2\n")
        }
        #expect(error.hasPrefix("line 1: an id, but the data set has no column 'id'"))
    }

    @Test func randomBytesEndInAnErrorAndNeverInACrash() throws {
        let examples = try Reading.examples(Self.three, .multiclass)
        let alphabet =
            Array("{}[]\",:0123eE+-.\\u\n \tprediction scores".utf8) + [0x00, 0xC3, 0xFF]
        for seed in UInt64(0)..<3_000 {
            var random = SeededRandom(seed: seed)
            let count = Int.random(in: 0...60, using: &random)
            let bytes = (0..<count).map { _ in alphabet.randomElement(using: &random)! }
            let error = Reading.error { () throws(InputError) in
                _ = try Reading.predictions([bytes], .multiclass, examples)
            }
            #expect(error != "no error", "seed \(seed)")
        }
    }
}
