import CairnCore
import Statistics
import Testing

@testable import Evaluation

/// Answers of live traffic in every format, as what references sketch of them.
@Suite struct LiveAnswersTests {
    /// A file's columns as a reference's; what is found of each.
    private func live(
        _ bytes: [UInt8], _ format: RowFormat, _ task: EvaluationTask?, schema: DatasetSchema? = nil
    ) throws -> TableColumns {
        let answers = LiveAnswers(task: task, reference: reference)
        return try TableColumns.reading(
            BytesInMemory(bytes), format: format, schema: schema, use: .live(answers),
            workerCount: 2)
    }

    private func live(_ text: String, _ format: RowFormat, _ task: EvaluationTask?) throws
        -> TableColumns
    {
        try live(Array(text.utf8), format, task)
    }

    private let reference = [
        Distribution(
            name: "output",
            content: .categories(
                Distribution.Categories(
                    [("spam", 3), ("ham", 7)], otherCount: 0, undercountMax: 0)),
            missingCount: 0)
    ]

    /// `nil` where the file has no such column.
    private func numbers(_ name: String, _ table: TableColumns) -> [Double]? {
        let wanted = Distribution(
            name: name,
            content: .numbers(
                QuantileSketch(stream: 0).distribution, mean: nil, deviation: nil, rankError: 0),
            missingCount: 0)
        guard case .numbers(let values, _, _, _)? = table.live(like: [wanted]).first?.content else {
            return nil
        }
        return values.values
    }

    private func names(_ table: TableColumns) -> [String: Int]? {
        guard case .categories(let names)? = table.live(like: reference).first?.content else {
            return nil
        }
        return names.counts
    }

    private static let pair = [[0.75, 0.25], [0.125, 0.875]]

    /// The probability of the positive class, however it is written.
    @Test func aBinaryScoreIsThatOfThePositiveClass() throws {
        let scores = NumPyFile.matrix(Self.pair)
        let classes = NumPyFile.vector(["spam", "ham"])
        let files: [(String, [UInt8], RowFormat, [Double])] = [
            (
                "by name",
                Array(
                    """
                    {"scores": {"ham": 0.75, "spam": 0.25}}
                    {"scores": {"spam": 0.875, "ham": 0.125}}
                    """.utf8), .jsonLines, [0.25, 0.875]
            ),
            (
                "a list", Array("{\"scores\":[0.75,0.25]}\n{\"scores\":[0.125,0.875]}".utf8),
                .jsonLines, [0.25, 0.875]
            ),
            (
                "columns of CSV", Array("scores.spam,scores.ham\n0.25,0.75\n0.875,0.125\n".utf8),
                .csv, [0.25, 0.875]
            ),
            ("a matrix", scores, .npy, [0.25, 0.875]),
            ("a vector", NumPyFile.vector([0.25, 0.875]), .npy, [0.25, 0.875]),
            (
                "named columns", NumPyFile.npz([("classes", classes), ("scores", scores)]), .npz,
                [0.125, 0.75]
            ),
            (
                "a stream",
                try StreamFile.cpred(
                    2, [StreamFile.matrix("scores", Self.pair)], classes: ["ham", "spam"],
                    scoredClassCount: 2), .columns, [0.25, 0.875]
            ),
        ]
        for (what, bytes, format, want) in files {
            let table = try live(bytes, format, .binary(positive: "spam"))
            #expect(numbers("score", table) == want, "\(what)")
            #expect(names(table) == ["ham": 1, "spam": 1], "\(what)")
        }
    }

    /// Without both names nobody knows which of two scores is meant, and none is taken.
    @Test func aPairOfUnknownClassesIsNotCompared() throws {
        let table = try live(
            "{\"scores\":[0.75,0.25]}\n", .jsonLines, .binary(positive: "phishing"))
        #expect(numbers("score", table) == nil)
    }

    @Test func ofSeveralClassesTheChosenOnesScoreCounts() throws {
        let rows = [[0.5, 0.25, 0.25], [0.125, 0.125, 0.75]]
        let named = NumPyFile.npz([
            ("classes", NumPyFile.vector(["a", "b", "c"])), ("scores", NumPyFile.matrix(rows)),
        ])
        let table = try live(named, .npz, .multiclass)
        #expect(numbers("score", table) == [0.5, 0.75])
        #expect(names(table) == ["a": 1, "c": 1])
        let fields = try live(
            "prediction,scores.a,scores.b\nb,0.75,0.25\na,0.5,0.5\n", .csv, .multiclass)
        #expect(numbers("score", fields) == [0.25, 0.5])
        #expect(names(fields) == ["a": 1, "b": 1])
        let bare = try live(NumPyFile.matrix(rows), .npy, .multiclass)
        #expect(numbers("score", bare) == [0.5, 0.75])
        #expect(names(bare) == nil, "classes without names are not compared")
    }

    @Test func setsOfLabelsAreReadInEveryFormat() throws {
        let flags = NumPyFile.npy("|b1", "(3, 2)", [1, 0, 1, 1, 0, 0])
        let sets: [(String, [UInt8], RowFormat)] = [
            (
                "lines",
                Array(
                    "{\"prediction\":[\"a\"]}\n{\"prediction\":[\"a\",\"b\"]}\n{\"prediction\":[]}"
                        .utf8), .jsonLines
            ),
            ("CSV", Array("id,prediction\n1,a\n2,a|b\n3,\n".utf8), .csv),
            (
                "a matrix",
                NumPyFile.npz([
                    ("classes", NumPyFile.vector(["a", "b"])), ("prediction", flags),
                ]), .npz
            ),
            (
                "a stream",
                try StreamFile.cpred(
                    3, [StreamFile.lists("prediction", [["a"], ["a", "b"], []])]), .columns
            ),
        ]
        for (what, bytes, format) in sets {
            let table = try live(bytes, format, .multilabel)
            #expect(names(table) == ["a": 2, "b": 1], "\(what)")
            #expect(numbers("output.count", table) == [0, 1, 2], "\(what)")
        }
        let nameless = try live(flags, .npy, .multilabel)
        #expect(numbers("output.count", nameless) == [0, 1, 2])
        #expect(names(nameless) == nil)
        let scored = try live(
            "{\"scores\":{\"a\":0.5,\"b\":0.25}}\n", .jsonLines, .multilabel)
        #expect(names(scored) == ["a": 1])
        #expect(numbers("output.count", scored) == [1])
    }

    @Test func otherTasksHaveWhatTheirReferencesHave() throws {
        let logs = NumPyFile.npz([
            ("log_probs", NumPyFile.vector([-1, -3, -0.5])),
            ("offsets", NumPyFile.vector("<i8", [0, 2, 3])),
        ])
        #expect(numbers("score", try live(logs, .npz, .languageModel)) == [-2, -0.5])
        #expect(
            numbers("score", try live("log_prob,token_count\n-6,4\n", .csv, .languageModel))
                == [-1.5])
        #expect(
            numbers("score", try live("id,log_probs\n1,-1|-3\n2,-4\n", .csv, .languageModel))
                == [-4, -2])
        let choices = try live(NumPyFile.matrix([[-2, -1], [-3, -3]]), .npy, .multipleChoice)
        #expect(numbers("output", choices) == [0, 1])
        #expect(numbers("score", choices) == [-3, -1])
        let trials = try live("drawn,passed\n4,1\n0,0\n", .csv, .code)
        #expect(numbers("output", trials) == [0.25])
        let requests = try live("latency_ms,token_count\n12.5,7\n", .csv, .serving)
        #expect(numbers("latency", requests) == [12.5])
        #expect(numbers("tokens", requests) == [7])
        #expect(numbers("latency", try live(NumPyFile.vector([3.5]), .npy, .serving)) == [3.5])
        let ranking = try live("{\"scores\":[0.5,0.25,1]}\n", .jsonLines, .ranking)
        #expect(numbers("output.count", ranking) == [3])
        #expect(numbers("score", ranking) == nil, "a score stands for every document")
        #expect(
            numbers("output", try live(NumPyFile.vector([1.5, 2]), .npy, .regression)) == [1.5, 2])
    }

    /// Nothing is refused of live traffic; rows of columns are named as such.
    @Test func columnsThatBreakASchemaAreCounted() throws {
        var age = DatasetSchema.Column(name: "age", kind: .integer)
        age.maximum = 120
        var schema = DatasetSchema(columns: [age, DatasetSchema.Column(name: "label", kind: .text)])
        let ages = [30.0, 130, .nan, 31]
        let files: [([UInt8], RowFormat)] = [
            (NumPyFile.npz([("age", NumPyFile.vector(ages))]), .npz),
            (try StreamFile.cpred(4, [StreamFile.doubles("age", ages)]), .columns),
        ]
        for (bytes, format) in files {
            schema.allowsOthers = true
            let table = try live(bytes, format, nil, schema: schema)
            #expect(table.absentColumns == ["label"])
            #expect(table.violations.map(\.column) == ["age"])
            #expect(table.violations[0].rowCount == 2)
            #expect(table.violations[0].place == .row(2))
            #expect(table.violations[0].place.words == "row 2")
            #expect(table.rowCount == 4 && table.skippedCount == 0)
            schema = DatasetSchema(columns: [DatasetSchema.Column(name: "ages", kind: .integer)])
            schema.allowsOthers = false
            let closed = try live(bytes, format, nil, schema: schema)
            #expect(closed.violations.map(\.column) == ["age"])
            #expect(closed.violations[0].rowCount == 4)
            schema = DatasetSchema(columns: [age, DatasetSchema.Column(name: "label", kind: .text)])
        }
    }

    /// A text that is none is a row that cannot be read; damage is an error of the whole file.
    @Test func whatCannotBeReadIsCountedOrRefused() throws {
        let texts = StreamFile.Column(name: "text", type: .text) { rows in
            NumPyFile.little(1, 4) + (rows.count > 1 ? NumPyFile.little(2, 4) : [])
                + (rows.lowerBound == 0 ? [0x61, 0xFF] : [0x62])
        }
        let file = try StreamFile.cpred(3, [texts])
        let table = try live(file, .columns, nil)
        #expect(table.skippedCount == 1 && table.takenCount == 2)
        #expect(table.firstSkipped?.description == "text, row 2: a text that is not Unicode")
        #expect(throws: InputError.self) { try live(Array(file.dropLast()), .columns, nil) }
        #expect(throws: InputError.self) { try live([1, 2, 3], .npz, nil) }
    }
}
