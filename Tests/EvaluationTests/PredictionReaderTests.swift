import CairnCore
import Evaluation
import Testing

@Suite struct PredictionReaderTests {
    static let three = "id,label\na,cat\nb,dog\nc,cat\n"

    private func read(
        _ text: String, _ format: RowFormat = .jsonLines,
        _ task: EvaluationTask = .multiclass, data: String = three, skipsInvalid: Bool = false
    ) throws(InputError) -> ReadPredictions {
        try ReadPredictions(
            Array(text.utf8), format, task, try Reading.set(data, task), skipsInvalid: skipsInvalid)
    }

    @Test func linesFollowTheRowsWhereTheyHaveNoIDs() throws {
        let read = try read(
            """
            {"prediction": "dog"}
            {"prediction": "dog", "note": {"x": [1]}}
            {"prediction": "ape"}
            """)
        #expect(read.names == ["cat", "dog", "ape"])
        #expect(read.predicted == ["dog", "dog", "ape"])
        #expect(read.places == [0, 1, 2])
        #expect(read.scores == nil)
    }

    @Test func idsMayComeInAnyOrder() throws {
        let read = try read(
            """
            {"id": "c", "prediction": "cat"}
            {"id": "a", "prediction": "cat", "label": "cat"}
            {"id": "b", "prediction": "dog"}
            """)
        #expect(read.predicted == ["cat", "cat", "dog"])
        #expect(read.places == [2, 0, 1])
    }

    @Test func csvHasTheSameColumns() throws {
        let read = try read("id,prediction\r\nc,cat\r\na,\"cat\"\r\n\r\nb, dog ", .csv)
        #expect(read.predicted == ["cat", "cat", "dog"])
        #expect(read.places == [2, 0, 1])
        let scores = try self.read("scores.dog,scores.cat\n0.25,0.75\n1,0\n0.5,5e-1\n", .csv)
        #expect(scores.predicted == ["cat", "dog", "dog"])
        #expect(scores.scores == [0.25, 0.75, 1, 0, 0.5, 0.5])
        #expect(scores.scoredClasses == [1, 0])
        let list = try self.read("scores\n0.25|0.75\n1|0\n0.5|0.5\n", .csv)
        #expect(list.predicted == ["dog", "cat", "cat"])
    }

    @Test func regressionsGiveNumbers() throws {
        let data = "label\n1\n2.5\n"
        let read = try read("prediction,label\n1.5,1\n-2e3,2.5\n", .csv, .regression, data: data)
        #expect(read.numbers == [1.5, -2000])
    }

    @Test func badRowsAreLeftOutWhereThatIsAskedFor() throws {
        let read = try read(
            "{\"prediction\": \"dog\"}\n{\"prediction\": [}\n{\"prediction\": \"ape\"}\n",
            skipsInvalid: true)
        #expect(read.places == [0, 2])
        #expect(read.skipped.count == 1)
        #expect(
            read.skipped.texts == [
                "line 2, column 16: expected a label, as a text or a number, found '[}'"
            ])
    }

    @Test func scoresComeAsListsOrByName() throws {
        let list = try read(
            "{\"scores\": [0.9, 0.1]}\n{\"scores\": [0.2, 0.8]}\n{\"scores\": [0.5, 0.5]}")
        let named = try read(
            """
            {"scores": {"dog": 0.1, "cat": 0.9}}
            {"scores": {"cat": 0.2, "dog": 0.8}}
            {"scores": {"dog": 0.5, "cat": 0.5}}
            """)
        #expect(list.predicted == ["cat", "dog", "cat"])
        #expect(list.scores == [0.9, 0.1, 0.2, 0.8, 0.5, 0.5])
        #expect(list.scoredClasses == [0, 1])
        #expect(named.predicted == ["cat", "dog", "dog"], "the first name among equals")
        #expect(named.scores == [0.1, 0.9, 0.8, 0.2, 0.5, 0.5])
        #expect(named.scoredClasses == [1, 0])
    }

    @Test func aBinaryScoreIsThePositiveClasss() throws {
        let task = EvaluationTask.binary(positive: "cat")
        let read = try read(
            "{\"score\": 0.5}\n{\"score\": 0.49}\n{\"score\": 1}", .jsonLines, task)
        #expect(read.predicted == ["cat", "dog", "cat"])
        #expect(read.scores == [0.5, 0.49, 1])
        let both = try self.read(
            "{\"scores\": [0.5, 0.5]}\n{\"scores\": [0.25, 0.75]}\n{\"scores\": [1, 0]}",
            .jsonLines,
            task)
        #expect(both.scores == [0.5, 0.25, 1])
    }

    @Test func cutAnywhereItReadsTheSame() throws {
        let text = Array(
            """
            {"scores": {"dog": 0.25, "cat": 0.75}}

            {"scores": {"cat": 2.5e-1, "dog": 0.75}}\r
            {"scores": {"dog": 1, "cat": 0}, "prediction": "c\\u0061t"}
            """.utf8)
        let examples = try Reading.set(Self.three, .multiclass)
        let whole = try ReadPredictions(text, .jsonLines, .multiclass, examples)
        #expect(whole.predicted == ["cat", "dog", "cat"])
        for size in 1...text.count {
            let cut = try ReadPredictions(
                text, .jsonLines, .multiclass, examples, workerCount: 2,
                cutting: RowCutting(pieceByteCount: size))
            #expect(cut.predicted == whole.predicted, "pieces of \(size)")
            #expect(cut.scores == whole.scores, "pieces of \(size)")
            #expect(cut.places == whole.places, "pieces of \(size)")
        }
    }

    @Test(arguments: [
        ("", "0 predictions for 3 examples; the id 'a' is missing; every example needs one"),
        ("{\"prediction\":\"cat\"}", "1 predictions for 3 examples"),
        ("{\"id\":\"a\",\"prediction\":1}", "1 predictions for 3 examples; the id 'b' is missing"),
        ("{\"id\":\"z\",\"prediction\":1}", "line 1: the data set has no example with the id 'z'"),
        (
            "{\"id\":\"a\",\"prediction\":1}\n{\"id\":\"a\",\"prediction\":1}",
            "line 2: the example 'a' is answered a second time"
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
        ("cat\ndog\n", "line 1, column 1: expected an object, {…}, found 'cat'"),
        (
            "{\"prediction\":\"cat\"\n",
            "line 1, column 20: expected ',' or '}', found the end"
        ),
        ("{\"prediction\":01}", "line 1, column 15: expected a label"),
    ])
    func errorsNameTheLineAndWhatWasExpected(text: String, words: String) {
        let error = Reading.error { () throws(InputError) in _ = try read(text) }
        #expect(error.hasPrefix(words), "\(error)")
    }

    @Test func oneLineTooManyIsNamed() {
        let line = "{\"prediction\":\"cat\"}\n"
        let error = Reading.error { () throws(InputError) in
            _ = try read(String(repeating: line, count: 4))
        }
        #expect(error == "line 4: one row too many: the data set has 3 examples")
    }

    @Test func idsNeedAnIDColumn() {
        let error = Reading.error { () throws(InputError) in
            _ = try read("{\"id\":0,\"prediction\":1}", data: "label\n1\n2\n")
        }
        #expect(error.hasPrefix("line 1: an id, but the data set has no column 'id'"))
    }

    @Test func randomBytesEndInAnErrorAndNeverInACrash() throws {
        let examples = try Reading.set(Self.three, .multiclass)
        let alphabet =
            Array("{}[]\",:0123eE+-.\\u\n \tprediction scores".utf8) + [0x00, 0xC3, 0xFF]
        for seed in UInt64(0)..<3_000 {
            var random = SeededRandom(seed: seed)
            let count = Int.random(in: 0...60, using: &random)
            let bytes = (0..<count).map { _ in alphabet.randomElement(using: &random)! }
            let error = Reading.error { () throws(InputError) in
                _ = try ReadPredictions(bytes, .jsonLines, .multiclass, examples)
            }
            #expect(error != "no error", "seed \(seed)")
        }
    }
}
