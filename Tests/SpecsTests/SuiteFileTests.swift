import CairnCore
import Messages
import Specs
import Testing
import YAMLFiles

@Suite struct SuiteFileTests {
    static let whole = """
        name: digits
        model: digits-mlp
        dataset: digits-test@2
        task: multiclass
        metrics: [accuracy, f1_macro]
        label_column: digit
        repeats: 3
        runner:
          command: [./predict, "{checkpoint}", "{dataset}", "{predictions}"]
          time_limit: 2m
          environment: {OMP_NUM_THREADS: 1}
          output_limit: 64MiB
        gates:
          - {metric: accuracy, at_least: 95%}
          - metric: accuracy
            not_worse_than_parent_by: 0.01
            alpha: 0.1
        """

    private func file(_ text: String) throws -> SuiteFile {
        try SuiteFile(try YAMLFile.value(of: text))
    }

    private func error(_ text: String) -> String {
        do {
            _ = try file(text)
            return "no error"
        } catch {
            return "\(error)"
        }
    }

    @Test func aWholeSuiteIsRead() throws {
        let file = try file(Self.whole)
        #expect(file.dataset == .named("digits-test", version: 2))
        #expect(
            file.spec
                == SuiteSpec(
                    name: "digits", model: "digits-mlp", task: .multiclass,
                    metrics: ["accuracy", "f1_macro"],
                    runner: Runner(
                        command: ["./predict", "{checkpoint}", "{dataset}", "{predictions}"],
                        timeLimitMs: 120_000,
                        environment: [KeyValue(key: "OMP_NUM_THREADS", value: "1")],
                        outputByteCountMax: 64 << 20),
                    gates: [
                        Gate(metric: "accuracy", kind: .atLeast, bound: 0.95),
                        Gate(
                            metric: "accuracy", kind: .nonInferiorToParent, bound: 0.01, alpha: 0.1),
                    ],
                    labelColumn: "digit", repeats: 3))
    }

    @Test(arguments: [
        (
            "gates:", "gate:",
            "line 13, column 1: unknown key 'gate' in a suite; did you mean 'gates'?"
        ),
        (
            "at_least", "atleast",
            "line 14, column 24: unknown key 'atleast' in a gate; did you mean"
        ),
        (
            "2m", "2",
            "line 10, column 15: expected a duration, as 250ms, 30s, 5m or 1h30m, and not '2'"
        ),
        ("multiclass", "multi", "line 4, column 7: expected one of binary, multiclass"),
        (", at_least: 95%", "", "line 14, column 5: a gate needs one of at_least, at_most"),
        ("name: digits\n", "", "a suite needs 'name'"),
        ("digits-mlp", "digits mlp", "line 2, column 8: 'digits mlp' is not a model name"),
        ("alpha: 0.1", "alpha: 1", "expected a number between 0 and 1"),
        ("\"{predictions}\"", "x", "line 9, column 12: the command names no {predictions}"),
        ("test@2", "test@0", "line 3, column 10: 'digits-test@0' names no data set"),
        ("OMP_NUM_THREADS", "\"a b\"", "line 11, column 17: 'a b' is no name of an environment"),
    ])
    func errorsPointAtTheLine(old: String, new: String, words: String) {
        var text = Self.whole
        text.replace(old, with: new, maxReplacements: 1)
        #expect(error(text).contains(words), "\(error(text))")
    }

    private let records = [
        DatasetRecord(name: "digits-test", digest: [1], version: 1),
        DatasetRecord(name: "digits-test", digest: [2], version: 2),
    ]

    @Test func theDataSetIsFoundByNameAndVersion() throws {
        #expect(try file(Self.whole).spec(findingDatasetIn: records).datasetDigest == [2])
        var newest = Self.whole
        newest.replace("@2", with: "", maxReplacements: 1)
        #expect(try file(newest).spec(findingDatasetIn: records).datasetDigest == [2])
    }

    @Test func aMissingDataSetIsNamedWithItsLineAndWhatIsThere() throws {
        for (name, hint) in [
            ("digits-test@3", "its newest is 2"), ("digit-test", "did you mean 'digits-test'?"),
        ] {
            var text = Self.whole
            text.replace("digits-test@2", with: name)
            let suite = try file(text)
            #expect {
                try suite.spec(findingDatasetIn: records)
            } throws: {
                "\($0)".contains("line 3, column 10") && "\($0)".contains(hint)
            }
        }
    }

    @Test func aMetricThatIsNotThereIsFoundAtItsLine() {
        let metrics = error(Self.whole.replacing("f1_macro]", with: "f1_makro]"))
        #expect(metrics.contains("line 5"), "\(metrics)")
        #expect(metrics.contains("did you mean 'f1_macro'"), "\(metrics)")
        let gate = error(Self.whole.replacing("{metric: accuracy,", with: "{metric: rmse,"))
        #expect(gate.contains("line 14") && gate.contains("no metric 'rmse'"), "\(gate)")
    }
}
