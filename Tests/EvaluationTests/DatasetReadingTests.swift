import CairnCore
import CairnTestKit
import Evaluation
import Testing

@Suite struct DatasetReadingTests {
    @Test func theDigitsHaveTenClassesInOrder() throws {
        let examples = try Reading.set(try RepoFiles.bytes("data/digits.csv"), .multiclass)
        guard case .classes(let truth, let names) = examples.truth else {
            Issue.record("no classes")
            return
        }
        #expect(examples.count == 1_797)
        #expect(names == (0...9).map(String.init))
        #expect((0..<3).map { truth[$0] } == [0, 1, 2])
    }

    @Test func csvKnowsQuotesAndLineEnds() throws {
        let text = "\u{FEFF}text,label\r\n\"a, \"\"b\"\"\nc\", x \r\n\r\nd,\"y\"\n e ,x"
        let examples = try Reading.set(text, .multiclass)
        #expect(examples.truth == .classes(.uint8([0, 1, 0]), names: ["x", "y"]))
    }

    @Test func jsonLinesTakeNumbersAndTextsAsLabels() throws {
        let text = """
            {"id": "a", "x": [1, {"y": "}"}], "label": 3}
            {"label": "3", "id": 7, "z": null}

            {"id": "c", "label": 10.0}
            """
        let examples = try Reading.set(text, .multiclass, format: .jsonLines)
        #expect(examples.truth == .classes(.uint8([0, 0, 1]), names: ["3", "10"]))
        #expect(examples.ids.map { ids in (0..<3).map { ids.string($0) } } == ["a", "7", "c"])
    }

    @Test func numbersAndTextsAreTruthToo() throws {
        #expect(
            try Reading.set("label\n1.5\n-2e3\n", .regression).truth == .numbers([1.5, -2000]))
        var texts = TextColumn()
        texts.append("a b".utf8)
        texts.append("".utf8)
        #expect(
            try Reading.set(
                "t\na b\n\"\"\n", .languageModel, columns: DatasetColumns(label: "t")
            ).truth == .texts(texts))
        #expect(try Reading.set("prompt\nhi\n", .languageModel).truth == .texts(nil))
    }

    @Test func cutAnywhereItReadsTheSame() throws {
        let csv = Array("id,label\na,\"1\"\nb, 0\r\n\"c\"\"\n\",1".utf8)
        let json =
            Array(#"{"id":"ä","label":"x\u00e9"}"#.utf8) + [0x0A]
            + Array(#"{"id":1,"label":2}"#.utf8)
        for (bytes, format) in [(csv, RowFormat.csv), (json, .jsonLines)] {
            let whole = try Reading.set(bytes, .multiclass, format: format)
            for size in 1...bytes.count {
                let cut = try Reading.set(
                    bytes, .multiclass, format: format, workerCount: 2,
                    cutting: RowCutting(pieceByteCount: size))
                #expect(cut == whole, "pieces of \(size)")
            }
        }
    }

    @Test(arguments: [
        ("", "the file is empty; expected a header"),
        ("label\n", "the data set has no rows"),
        ("a,lable\n1,2\n", "line 1: the header has no column 'label'; did you mean 'lable'?"),
        ("a,b\n1,2\n", "line 1: the header has no column 'label'; it has 'a', 'b'"),
        ("a,label\n1,2\n3\n", "line 3: 1 fields, but the header has 2"),
        ("label,label\n1,2\n", "line 1: the column 'label' stands twice"),
        ("label,id\n1,a\n2,a\n", "row 2: the id 'a' stands a second time"),
        ("label\nx\n\"y\n", "line 3, column 1: a quoted field has no end"),
        ("label,a\n,1\n", "line 2: no value for 'label', the label column"),
        ("label,a\n\"\",1\n", "line 2, column 1: the label is empty"),
        ("label\n\"x\"y\n", "line 2, column 4: expected ',' or the end of the line"),
    ])
    func csvErrorsNameTheLine(text: String, words: String) {
        let error = Reading.error { () throws(InputError) in
            _ = try Reading.set(text, .multiclass)
        }
        #expect(error.hasPrefix(words), "\(error)")
    }

    @Test(arguments: [
        ("{\"label\": 1}\n{\"lable\": 2}", "line 2: no value for 'label', the label column"),
        ("{\"label\": 1}\n[2]", "line 2, column 1: expected an object, {…}, found '[2]'"),
        ("{\"label\": 1} x", "line 1, column 14: expected the end of the line"),
        ("{\"label\": \"a", "line 1, column 13: expected '\"', found the end"),
        (
            "{\"label\": 1}\n{\"label\": [1]}",
            "line 2, column 11: expected a label, as a text or a number"
        ),
        (
            "{\"id\": 1, \"label\": 1}\n{\"label\": 2}",
            "line 2: no id, but the rows before have one"
        ),
    ])
    func jsonErrorsNameTheLine(text: String, words: String) {
        let error = Reading.error { () throws(InputError) in
            _ = try Reading.set(text, .multiclass, format: .jsonLines)
        }
        #expect(error.hasPrefix(words), "\(error)")
    }

    @Test func binaryTasksHaveTwoLabelsAndAPositiveOne() {
        for (text, words) in [
            ("label\na\nb\nc\n", "a binary task has two labels, this data set 3"),
            ("label\na\nb\n", "no row has the positive label '1'; the labels are 'a', 'b'"),
        ] {
            let error = Reading.error { () throws(InputError) in
                _ = try Reading.set(text, .binary(positive: "1"))
            }
            #expect(error.hasPrefix(words), "\(error)")
        }
        let error = Reading.error { () throws(InputError) in
            _ = try Reading.set("label\n1\nx\n", .regression)
        }
        #expect(error == "line 3, column 1: the label 'x' is no number, as a regression needs")
    }
}
