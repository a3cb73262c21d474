import Evaluation
import Testing

/// Every task's predictions and data sets, as lines of text and as arrays: the same answers.
@Suite struct ArrayTaskTests {
    private func read(
        _ bytes: [UInt8], _ format: RowFormat, _ task: EvaluationTask, _ examples: ExampleSet
    ) throws(InputError) -> [PredictionBlock] {
        try ReadPredictions(bytes, format, task, examples).blocks
    }

    /// All formats say the same.
    private func expect(
        _ answers: Answers, _ task: EvaluationTask, _ examples: ExampleSet, json: String,
        csv: String, npz: [(name: String, bytes: [UInt8])]
    ) throws {
        let block = PredictionBlock(
            count: examples.count, examples: .consecutive(from: 0), answers: answers)
        #expect(try read(Array(json.utf8), .jsonLines, task, examples) == [block])
        #expect(try read(Array(csv.utf8), .csv, task, examples) == [block])
        #expect(try read(NumPyFile.npz(npz), .npz, task, examples) == [block])
    }

    @Test func languageModels() throws {
        let examples = try Reading.set("label\nx\ny\n", .languageModel)
        var texts = TextColumn()
        for text in ["x", ""] { texts.append(text.utf8) }
        try expect(
            .likelihoods(
                LikelihoodAnswers(
                    logProbabilities: [-2, -.infinity], tokenCounts: [2, 3],
                    correctTokenCounts: [1, 0], texts: texts)),
            .languageModel, examples,
            json: """
                {"log_probs": [-0.5, -1.5], "correct_token_count": 1, "prediction": "x"}
                {"log_prob": -Infinity, "token_count": 3, "correct_token_count": 0, "prediction": ""}
                """,
            csv: """
                log_prob,token_count,correct_token_count,prediction
                -2,2,1,x
                -Infinity,3,0,
                """,
            npz: [
                ("log_probs", NumPyFile.vector([-0.5, -1.5, -1, -.infinity, -1])),
                ("log_probs_offsets", NumPyFile.vector("<i8", [0, 2, 5])),
                ("correct_token_count", NumPyFile.vector("|u1", [UInt8(1), 0])),
                ("prediction", NumPyFile.vector(["x", ""])),
            ])
    }

    @Test func multilabel() throws {
        let data = #"{"label": ["b", "a"]}"# + "\n" + #"{"label": []}"# + "\n"
        let examples = try Reading.set(data, .multilabel, format: .jsonLines)
        #expect(
            examples.truth
                == .labelSets(ListColumn([[0, 1], []] as [[Int32]]), names: ["a", "b"]))
        #expect(
            try Reading.set("label\nb|a\n\"\"\n", .multilabel).truth == examples.truth)
        let arrays = NumPyFile.npz([
            ("label", NumPyFile.npy("|b1", "(2, 2)", [1, 1, 0, 0])),
            ("classes", NumPyFile.vector(["b", "a"])),
        ])
        #expect(try Reading.set(arrays, .multilabel, format: .npz).truth == examples.truth)
        try expect(
            .labelSets(
                LabelSetAnswers(
                    predicted: ListColumn([[1], [0]] as [[Int32]]),
                    scores: .float64([0.25, 0.5, 0.75, 0]))),
            .multilabel, examples,
            json: """
                {"scores": {"b": 0.5, "a": 0.25}}
                {"scores": {"a": 0.75, "b": 0}}
                """,
            csv: "scores.b,scores.a,prediction\n0.5,0.25,b\n0,0.75,a\n",
            npz: [("scores", NumPyFile.matrix([[0.25, 0.5], [0.75, 0]]))])
        let named = try ReadPredictions(
            NumPyFile.npz([
                ("prediction", NumPyFile.vector(["b", "new", "a"])),
                ("prediction_offsets", NumPyFile.vector("<u4", [UInt32(0), 2, 3])),
            ]), .npz, .multilabel, examples)
        #expect(named.names == ["a", "b", "new"])
        #expect(
            named.blocks.map(\.answers) == [
                .labelSets(
                    LabelSetAnswers(
                        predicted: ListColumn([[1, 2], [0]] as [[Int32]]), scores: nil))
            ])
    }

    @Test func multipleChoice() throws {
        let data = """
            {"label": 1, "choices": ["yes", "né"]}
            {"label": "0", "choices": ["1", "2", "3"]}
            """
        let examples = try Reading.set(data, .multipleChoice, format: .jsonLines)
        #expect(
            examples.truth
                == .choices(gold: [1, 0], lengths: ListColumn([[3, 2], [1, 1, 1]] as [[Int32]])))
        let byText = try Reading.set(
            "label,choices\nyes,no|yes\n1,2|1\n", .multipleChoice)
        #expect(
            byText.truth
                == .choices(gold: [1, 1], lengths: ListColumn([[2, 3], [1, 1]] as [[Int32]])))
        try expect(
            .choices(
                ChoiceAnswers(
                    logLikelihoods: ListColumn([[-1, -2.5], [-3, -.infinity, -4]]), lengths: nil)),
            .multipleChoice, examples,
            json: """
                {"log_likelihoods": [-1, -2.5]}
                {"log_likelihoods": [-3, -Infinity, -4]}
                """,
            csv: "log_likelihoods\n-1|-2.5\n-3|-inf|-4\n",
            npz: [
                ("log_likelihoods", NumPyFile.vector([-1, -2.5, -3, -.infinity, -4])),
                ("offsets", NumPyFile.vector("<i4", [Int32(0), 2, 5])),
            ])
    }

    @Test func textGeneration() throws {
        let examples = try Reading.set("label\na\nb\n", .textGeneration)
        var texts = TextColumn()
        for text in ["ein Text", "ü|"] { texts.append(text.utf8) }
        try expect(
            .texts(texts), .textGeneration, examples,
            json: "{\"prediction\": \"ein Text\"}\n{\"prediction\": \"ü|\"}",
            csv: "prediction\nein Text\nü|\n",
            npz: [("prediction", NumPyFile.vector(["ein Text", "ü|"]))])
        let references = try Reading.set(
            NumPyFile.npz([
                (
                    "references",
                    NumPyFile.npy("<U1", "(2, 2)", NumPyFile.unicode(["a", "b", "c", "d"], 1))
                )
            ]), .textGeneration, format: .npz)
        var lists = TextListColumn()
        for list in [["a", "b"], ["c", "d"]] { lists.append(list.map { Array($0.utf8) }) }
        #expect(references.truth == .references(lists))
        #expect(
            try Reading.set(
                #"{"references": ["a", "b"]}"# + "\n" + #"{"references": ["c", "d"]}"#,
                .textGeneration, format: .jsonLines
            ).truth == .references(lists))
    }

    @Test func rankings() throws {
        let data = "label\n1|0|3\n0\n"
        let examples = try Reading.set(data, .ranking)
        #expect(examples.truth == .relevance(ListColumn([[1, 0, 3], [0]])))
        try expect(
            .rankings(ListColumn([[0.5, 2, -1], [7]])), .ranking, examples,
            json: "{\"scores\": [0.5, 2, -1]}\n{\"scores\": [7]}", csv: "scores\n0.5|2|-1\n7\n",
            npz: [
                ("scores", NumPyFile.vector([0.5, 2, -1, 7])),
                ("scores_offsets", NumPyFile.vector("<i8", [0, 3, 4])),
            ])
        let error = Reading.error { () throws(InputError) in
            _ = try read(Array("scores\n1|2\n7\n".utf8), .csv, .ranking, examples)
        }
        #expect(
            error == "line 2: 2 values, but the data set has 3 documents for this example")
    }

    @Test func code() throws {
        let examples = try Reading.set("id\np1\np2\n", .code)
        try expect(
            .trials(drawn: [10, 5], passed: [3, 0]), .code, examples,
            json: "{\"drawn\": 10, \"passed\": 3}\n{\"drawn\": 5, \"passed\": 0}",
            csv: "passed,drawn\n3,10\n0,5\n",
            npz: [
                ("drawn", NumPyFile.vector("<i8", [10, 5])),
                ("passed", NumPyFile.vector("<i8", [3, 0])),
            ])
    }

    @Test func serving() throws {
        let examples = try Reading.set("id\nr1\nr2\n", .serving)
        try expect(
            .requests(
                RequestAnswers(
                    latencies: [12.5, 3], tokenCounts: [7, 0], failed: [false, true],
                    starts: [0, 1.5])),
            .serving, examples,
            json: """
                {"latency_ms": 12.5, "token_count": 7, "start": 0}
                {"latency_ms": 3, "token_count": 0, "failed": true, "start": 1.5}
                """,
            csv: "latency_ms,token_count,failed,start\n12.5,7,false,0\n3,0,1,1.5\n",
            npz: [
                ("latency_ms", NumPyFile.vector([12.5, 3])),
                ("token_count", NumPyFile.vector("<i4", [Int32(7), 0])),
                ("failed", NumPyFile.vector([false, true])),
                ("start", NumPyFile.vector([0, 1.5])),
            ])
    }

    @Test func dataSetsAreArraysToo() throws {
        let labels = try Reading.set(
            NumPyFile.vector("|u1", [UInt8(3), 10, 3]), .multiclass, format: .npy)
        #expect(labels.truth == .classes(.uint8([0, 1, 0]), names: ["3", "10"]))
        let numbers = try Reading.set(
            NumPyFile.vector([1.5, -2e3]), .regression, format: .npy)
        #expect(numbers.truth == .numbers([1.5, -2000]))
        let whole = try Reading.set(
            NumPyFile.npz([
                ("x", NumPyFile.vector([1.0, 2, 3])), ("id", NumPyFile.vector(["a", "b", "c"])),
                ("y", NumPyFile.vector(["cat", "dog", "cat"])),
                ("w", NumPyFile.vector([1, 0, 2.5])), ("place", NumPyFile.vector(["N", "S", "N"])),
            ]), .multiclass, format: .npz,
            columns: DatasetColumns(label: "y", weight: "w", slices: ["place"]),
            cutting: RowCutting(blockRowCount: 2))
        let text = try Reading.set(
            "id,y,w,place\na,cat,1,N\nb,dog,0,S\nc,cat,2.5,N\n", .multiclass,
            columns: DatasetColumns(label: "y", weight: "w", slices: ["place"]))
        #expect(whole == text)
    }

    @Test(arguments: [
        (EvaluationTask.multilabel, #"{"prediction": ["a", "a"]}"#, "the label 'a' stands twice"),
        (.multilabel, #"{"scores": [0.5]}"#, "1 scores for the 2 labels of the data set"),
        (.multilabel, #"{"scores": {"a": 0.5, "c": 1}}"#, "the scores name no 'b'"),
        (.multilabel, #"{"scores": [0.5, 2]}"#, "a score of 2.0"),
        (.multilabel, #"{"predicton": ["a"]}"#, "did you mean it with 'predicton'?"),
        (.languageModel, #"{"log_prob": 1, "token_count": 2}"#, "a log-probability of 1.0"),
        (.languageModel, #"{"log_probs": [-1, NaN]}"#, "a log-probability of nan"),
        (.languageModel, #"{"log_prob": -1}"#, "no 'token_count' beside 'log_prob'"),
        (.languageModel, #"{"log_probs": [-1], "correct_token_count": 2}"#, "is over the 1 tokens"),
        (
            .multipleChoice, #"{"log_likelihoods": [-1]}"#,
            "1 values, but the data set has 2 choices"
        ),
        (.multipleChoice, #"{"log_likelihoods": []}"#, "no log-likelihood; expected one"),
        (.multipleChoice, #"{"log_likelihoods": [-1, NaN]}"#, "a log-likelihood of nan"),
        (.multipleChoice, #"{"log_likelihoods": [-1, -2], "lengths": [1, 0]}"#, "a length of 0.0"),
        (.multipleChoice, #"{"log_likelihoods": [-1, -2], "lengths": [1]}"#, "1 lengths for 2"),
        (.textGeneration, #"{"prediction": null}"#, "no 'prediction', the text that"),
        (.ranking, #"{"scores": [NaN, 1]}"#, "a score of nan, by which nothing can be ranked"),
        (.code, #"{"drawn": 1, "passed": 2}"#, "2 of 1 programs passed"),
        (.code, #"{"drawn": 1.5, "passed": 0}"#, "expected a whole number"),
        (.serving, #"{"latency_ms": -1}"#, "a latency of -1.0 ms"),
        (.serving, #"{"latency_ms": 1, "failed": 3}"#, "expected true or false"),
    ])
    func badRowsSayWhatWasExpected(task: EvaluationTask, line: String, words: String) throws {
        let data: String =
            switch task {
            case .multilabel: #"{"label": ["a", "b"]}"#
            case .multipleChoice: #"{"label": 0, "choices": ["x", "y"]}"#
            case .ranking: #"{"label": [1, 0]}"#
            default: #"{"label": "x"}"#
            }
        let examples = try Reading.set(data, task, format: .jsonLines)
        let error = Reading.error { () throws(InputError) in
            _ = try read(Array(line.utf8), .jsonLines, task, examples)
        }
        #expect(error.contains(words), "\(error)")
        #expect(error.hasPrefix("line 1"), "\(error)")
    }
}
