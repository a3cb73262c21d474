import CairnCore
import Evaluation
import Testing

/// Predictions written in every format and read again.
@Suite struct ConversionTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let task: EvaluationTask
        let data: String
        let lines: String
        var testDescription: String { "\(task)" }
    }

    static let cases = [
        Case(
            task: .multiclass, data: "id,label\na,x\nb,y\nc,\"x, 1\"\n",
            lines: """
                {"id": "c", "label": "x, 1", "prediction": "x", "scores": {"y": 0.5, "x": 0.25, "x, 1": 0.25}}
                {"id": "a", "label": "x", "prediction": "new", "scores": {"x": 0.125, "y": 0.5, "x, 1": 0.375}}
                {"id": "b", "label": "y", "prediction": "y", "scores": {"y": 1, "x": 0, "x, 1": 0}}
                """),
        Case(
            task: .binary(positive: "1"), data: "id,label\n0,1\n300,0\n70000,1\n",
            lines:
                "{\"id\":70000,\"score\":1e-300}\n{\"id\":0,\"score\":1}\n{\"id\":300,\"score\":0.1}"
        ),
        Case(
            task: .regression, data: "label\n1\n2\n",
            lines: "{\"prediction\":-1.5e-7}\n{\"prediction\":123456789.125}"),
        Case(
            task: .languageModel, data: "label\nab\nc\n",
            lines: """
                {"log_probs":[-0.5,-1.25],"correct_token_count":2,"prediction":"ab \\"q\\"\\n\\u0001"}
                {"log_probs":[],"correct_token_count":0,"prediction":"ü狗"}
                """),
        Case(
            task: .languageModel, data: "label\nab\nc\n",
            lines:
                "{\"log_prob\":-2,\"token_count\":300}\n{\"log_prob\":-Infinity,\"token_count\":1}"),
        Case(
            task: .multilabel, data: "label\na|b\nb\n",
            lines: "{\"prediction\":[\"b\",\"a\"]}\n{\"prediction\":[]}"),
        Case(
            task: .multilabel, data: "label\na|b\nb\n",
            lines: """
                {"scores":{"b":0.75,"a":0.25},"prediction":["c"]}
                {"scores":{"a":1,"b":0},"prediction":["a","b"]}
                """),
        Case(
            task: .multipleChoice, data: "label\n0\n1\n",
            lines: """
                {"log_likelihoods":[-1,-2.5],"lengths":[3,4]}
                {"log_likelihoods":[-3,-Infinity,-4],"lengths":[1,2,3]}
                """),
        Case(
            task: .textGeneration, data: "label\nx\ny\n",
            lines: "{\"prediction\":\"a, b | c\"}\n{\"prediction\":\"\"}"),
        Case(
            task: .ranking, data: "label\n1|0\n2\n",
            lines: "{\"scores\":[0.5,-1]}\n{\"scores\":[3]}"),
        Case(
            task: .code, data: "id\na\nb\n",
            lines: "{\"drawn\":70000,\"passed\":3}\n{\"drawn\":1,\"passed\":0}"),
        Case(
            task: .serving, data: "id\na\nb\n",
            lines: """
                {"latency_ms":1.5,"token_count":7,"failed":true,"start":0.25}
                {"latency_ms":2,"token_count":0,"failed":false,"start":1e9}
                """),
    ]

    static func converted(
        _ bytes: [UInt8], _ from: RowFormat, _ to: RowFormat, _ task: EvaluationTask,
        cutting: RowCutting = .usual
    ) throws -> [UInt8] {
        var file: [UInt8] = []
        _ = try PredictionConversion(
            BytesInMemory(bytes), from: from, to: to, task: task, workerCount: 2, cutting: cutting
        ).run { file += $0 }
        return file
    }

    /// The same rows, however they are cut.
    private func rows(_ read: ReadPredictions) -> [String] {
        [read.names.joined(separator: ","), "\(read.scoredClasses)"] + read.widened
    }

    @Test(arguments: cases) func everyFormatSaysTheSame(_ one: Case) throws {
        let examples = try Reading.set(one.data, one.task)
        let lines = Array(one.lines.utf8)
        let want = rows(try ReadPredictions(lines, .jsonLines, one.task, examples))
        let formats: [(String, RowFormat)] = [
            ("jsonl", .jsonLines), ("csv", .csv), ("npz", .npz), ("cpred", .columns),
        ]
        for (first, middle) in formats {
            let file = try Self.converted(lines, .jsonLines, middle, one.task)
            let read = try ReadPredictions(file, middle, one.task, examples, workerCount: 2)
            #expect(rows(read) == want, "\(one.task) as .\(first)")
            for (second, last) in formats {
                let again = try Self.converted(
                    file, middle, last, one.task,
                    cutting: RowCutting(pieceByteCount: 1, blockRowCount: 1))
                let read = try ReadPredictions(again, last, one.task, examples)
                #expect(rows(read) == want, "\(one.task) as .\(first), then .\(second)")
            }
        }
    }

    @Test func scoresKeepTheirType() throws {
        let scores = NumPyFile.npy(
            "<f4", "(3, 2)",
            [0.75, 0.25, 0, 1, 0.5, 0.5].flatMap {
                NumPyFile.little(Int(Float($0).bitPattern), 4)
            })
        let examples = try Reading.set(PredictionReaderTests.three, .multiclass)
        let direct = try ReadPredictions(scores, .npy, .multiclass, examples)
        guard case .classes(let answers) = direct.blocks[0].answers else {
            Issue.record("no classes")
            return
        }
        #expect(answers.scores == .float32([0.75, 0.25, 0, 1, 0.5, 0.5]))
        let stream = try Self.converted(scores, .npy, .columns, .multiclass)
        #expect(try ReadPredictions(stream, .columns, .multiclass, examples) == direct)
        #expect(
            try Self.converted(stream, .columns, .npy, .multiclass).suffix(24) == scores.suffix(24))
    }

    @Test func manyBlocksAreOneFile() throws {
        let count = 70_000
        let data = "label\n" + (0..<count).map { "\($0 % 7)\n" }.joined()
        let lines = "prediction\n" + (0..<count).map { "\($0 % 5)\n" }.joined()
        let stream = try Self.converted(Array(lines.utf8), .csv, .columns, .multiclass)
        #expect(stream.count < count + 500, "a byte a row")
        let examples = try Reading.set(data, .multiclass)
        let read = try ReadPredictions(stream, .columns, .multiclass, examples, workerCount: 2)
        #expect(read.blocks.count == 2)
        #expect(read.predicted == (0..<count).map { "\($0 % 5)" })
        for rows in [65_536, 70_000] {
            #expect(read.places[rows - 1] == rows - 1)
        }
    }

    @Test(arguments: [
        ("{\"prediction\":\"a\"}\n{}", "line 2: no 'prediction', which the rows before have"),
        (
            "{\"prediction\":\"a\"}\n{\"id\":1,\"prediction\":\"a\"}",
            "line 2: 'id', which the rows before lack"
        ),
        ("{\"scores\":{\"a\":1}}\n{\"scores\":{\"b\":1}}", "line 2, column 11: a score for 'b'"),
        ("{\"scores\":{\"a\":1}}\n{\"scores\":[1]}", "line 2: numbers by name in some rows"),
        ("nonsense", "line 1, column 1: expected an object"),
        ("", "the file has no rows"),
    ])
    func badRowsWriteNothing(lines: String, words: String) {
        for size in [1, 1 << 20] {
            do {
                _ = try Self.converted(
                    Array(lines.utf8), .jsonLines, .columns, .multiclass,
                    cutting: RowCutting(pieceByteCount: size))
                Issue.record("no error")
            } catch {
                #expect("\(error)".hasPrefix(words), "\(error)")
            }
        }
    }

    @Test func whatAFormatCannotHoldIsSaid() {
        func error(_ lines: String, _ to: RowFormat, _ task: EvaluationTask) -> String {
            do {
                _ = try Self.converted(Array(lines.utf8), .jsonLines, to, task)
                return "no error"
            } catch {
                return "\(error)"
            }
        }
        #expect(
            error("{\"prediction\":[\"a|b\"]}", .csv, .multilabel).hasPrefix(
                "line 1: 'prediction' has an item that is empty or has a '|'"))
        #expect(
            error("{\"drawn\":1,\"passed\":1}", .npy, .code)
                == "a .npy file is one array, and these are 2 ('drawn', 'passed'); write .npz")
        #expect(
            error("{\"prediction\":\"a\\u0000\"}", .npz, .textGeneration).contains(
                "ends with a NUL"))
    }
}
