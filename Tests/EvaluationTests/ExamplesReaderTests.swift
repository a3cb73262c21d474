import CairnCore
import CairnTestKit
import Evaluation
import Testing

@Suite struct ExamplesReaderTests {
    @Test func theDigitsHaveTenClassesInOrder() throws {
        let examples = try Reading.examples([try RepoFiles.bytes("data/digits.csv")], .multiclass)
        guard case .classes(let truth, let names) = examples.truth else {
            Issue.record("no classes")
            return
        }
        #expect(examples.count == 1_797)
        #expect(names == (0...9).map(String.init))
        #expect(truth.prefix(3) == [0, 1, 2])
    }

    @Test func csvKnowsQuotesAndLineEnds() throws {
        let text = "\u{FEFF}text,label\r\n\"a, \"\"b\"\"\nc\", x \r\n\r\nd,\"y\"\n e ,x"
        let examples = try Reading.examples(text, .multiclass)
        #expect(examples.truth == .classes([0, 1, 0], names: ["x", "y"]))
    }

    @Test func jsonLinesTakeNumbersAndTextsAsLabels() throws {
        let text = """
            {"id": "a", "x": [1, {"y": "}"}], "label": 3}
            {"label": "3", "id": 7, "z": null}

            {"id": "c", "label": 10.0}
            """
        let examples = try Reading.examples(text, .multiclass, format: .jsonLines)
        #expect(examples.truth == .classes([0, 0, 1], names: ["3", "10"]))
        #expect(examples.ids == ["a", "7", "c"])
    }

    @Test func numbersAndTextsAreTruthToo() throws {
        #expect(
            try Reading.examples("label\n1.5\n-2e3\n", .regression).truth
                == .numbers([1.5, -2000]))
        #expect(
            try Reading.examples("t\na b\n\"\"\n", .languageModel, labelColumn: "t").truth
                == .texts(["a b", ""]))
        #expect(try Reading.examples("prompt\nhi\n", .languageModel).truth == .texts(nil))
    }

    @Test func cutAnywhereItReadsTheSame() throws {
        let csv = Array("id,label\na,\"1\"\nb, 0\r\n\"c\"\"\n\",1".utf8)
        let json =
            Array(#"{"id":"ä","label":"x\u00e9"}"#.utf8) + [0x0A]
            + Array(#"{"id":1,"label":2}"#.utf8)
        for (bytes, format) in [(csv, DatasetFormat.csv), (json, .jsonLines)] {
            let whole = try Reading.examples([bytes], .multiclass, format: format)
            for cut in 0...bytes.count {
                let pieces = [Array(bytes[..<cut]), Array(bytes[cut...])]
                #expect(
                    try Reading.examples(pieces, .multiclass, format: format) == whole,
                    "cut at \(cut)")
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
        ("label,id\n1,a\n2,a\n", "line 3: the id 'a' stands a second time"),
        ("label\nx\n\"y\n", "line 3: a quoted field has no end"),
        ("label,a\n,1\n", "line 2: the label is empty"),
        ("label\n\"x\"y\n", "line 2: expected ',' or the end of the line"),
    ])
    func csvErrorsNameTheLine(text: String, words: String) {
        let error = Reading.error { () throws(InputError) in
            _ = try Reading.examples(text, .multiclass)
        }
        #expect(error.hasPrefix(words), "\(error)")
    }

    @Test(arguments: [
        ("{\"label\": 1}\n{\"lable\": 2}", "line 2: no value for 'label', the label column"),
        ("{\"label\": 1}\n[2]", "line 2: expected an object, {…}, at byte 1, found '[2]'"),
        ("{\"label\": 1} x", "line 1: expected the end of the line at byte 14"),
        ("{\"label\": \"a", "line 1: expected '\"' at byte 13, found the end"),
        ("{\"label\": 1}\n{\"label\": [1]}", "line 2: expected a label, as a text or a number,"),
        (
            "{\"id\": 1, \"label\": 1}\n{\"label\": 2}",
            "line 2: no id, but the rows before have one"
        ),
    ])
    func jsonErrorsNameTheLine(text: String, words: String) {
        let error = Reading.error { () throws(InputError) in
            _ = try Reading.examples(text, .multiclass, format: .jsonLines)
        }
        #expect(error.hasPrefix(words), "\(error)")
    }

    @Test func binaryTasksHaveTwoLabelsAndAPositiveOne() {
        for (text, words) in [
            ("label\na\nb\nc\n", "a binary task has two labels, this data set 3"),
            ("label\na\nb\n", "no row has the positive label '1'; the labels are 'a', 'b'"),
        ] {
            let error = Reading.error { () throws(InputError) in
                _ = try Reading.examples(text, .binary(positive: "1"))
            }
            #expect(error.hasPrefix(words), "\(error)")
        }
        let error = Reading.error { () throws(InputError) in
            _ = try Reading.examples("label\n1\nx\n", .regression)
        }
        #expect(error == "line 3: the label 'x' is no number, as a regression needs")
    }
}
