import CairnCore
import CairnTestKit
import Messages
import Rendering
import Testing

private func text(_ lines: [Painted]) -> String { lines.map { $0.text + "\n" }.joined() }

@Suite struct ListingTests {
    private let digest = Digest(of: Array("x".utf8)).bytes

    private var version: VersionRecord {
        VersionRecord(
            model: "chat", number: "0.2.0", manifestDigest: digest,
            checkpointId: Array(digest.prefix(16)), runId: Array(digest.suffix(16)), step: 1_200,
            parent: "0.1.0", byteCount: 1_234_567, fileCount: 2, createdUnixMs: Sample.start,
            aliases: ["champion"], metrics: [NamedNumber(name: "accuracy", value: 0.97)],
            config: [KeyValue(key: "context", value: "4096")], note: "after the fix",
            pinnedBy: ["target prod/chat"], dependencies: ["torch==2.13.0", "numpy==2.4.1"],
            params: [KeyValue(key: "lr", value: "0.001")],
            code: CodeOrigin(
                remote: "git@example.org:chat.git", commit: String(repeating: "ab", count: 20),
                branch: "main", dirtyDigest: digest),
            datasets: [DatasetUse(name: "digits", digest: digest, role: "train")],
            newByteCount: 4_096)
    }

    @Test func versions() throws {
        var first = version
        (first.number, first.parent, first.aliases, first.step) = ("0.1.0", "", [], 0)
        let table = VersionText.table([first, version]).lines(width: 200)
        let (checkpoint, manifest) = (version.checkpointId, Digest(bytes: digest)!)
        let all =
            table + [""] + VersionText.page(version) + [""]
            + VersionText.pushed(
                version, checkpoint: checkpoint, manifest: manifest, sentByteCount: 4_096)
            + VersionText.pushed(
                nil, checkpoint: checkpoint, manifest: manifest, sentByteCount: 0)
        #expect(try Golden.difference(text(all), from: "versions.txt") == nil)
    }

    @Test func runs() throws {
        let run = RunRecord(
            runId: version.runId, model: "chat", name: "first", status: .finished,
            startedUnixMs: Sample.start, endedUnixMs: Sample.start + 61_000,
            params: [KeyValue(key: "lr", value: "0.001")], code: version.code, host: "trainer-1",
            lastMetrics: version.metrics)
        let series = MetricSeries(
            runId: run.runId,
            points: MetricPoints(
                key: "loss", step: [0, 100], timeUnixMs: [Sample.start, Sample.start + 1],
                value: [2.5, 0.31]))
        let all =
            RunText.table([run]).lines(width: 200) + [""] + RunText.page(run) + [""]
            + RunText.series([series]).lines(width: 200)
        #expect(try Golden.difference(text(all), from: "runs.txt") == nil)
    }

    @Test func evaluations() throws {
        let gate = Gate(metric: "accuracy", kind: .atLeast, bound: 0.9)
        let record = EvaluationRecord(
            evaluationId: Array(digest.prefix(16)), model: "chat", number: "0.2.0",
            manifestDigest: digest, suite: "digits", suiteDigest: digest, datasetDigest: digest,
            verdict: .fail, reasons: ["accuracy 0.88 is under 0.9"],
            metrics: [
                MetricResult(name: "accuracy", value: 0.88, exampleCount: 100),
                MetricResult(name: "f1", value: .nan, problem: "undefined: no positive"),
            ], gates: [GateResult(gate: gate, verdict: .fail, why: "accuracy 0.88 is under 0.9")],
            parent: "0.1.0", labels: ["cat", "dog"], confusion: [40, 5, 7, 48], logTail: "boom\n",
            state: "done", exampleCount: 100,
            parentMetrics: [MetricResult(name: "accuracy", value: 0.91, exampleCount: 100)])
        let suite = SuiteRecord(
            spec: SuiteSpec(
                name: "digits", model: "chat", datasetDigest: digest, task: .languageModel,
                gates: [gate, Gate(metric: "loss", kind: .nonInferiorToParent, bound: 0.01)]),
            digest: digest)
        let dataset = DatasetRecord(
            name: "digits-test", digest: digest, byteCount: 9_000, version: 2,
            addedUnixMs: Sample.start, fileName: "digits.csv")
        let all =
            EvaluationText.table([dataset]).lines(width: 200) + [""]
            + EvaluationText.table([suite]).lines(width: 200) + [""]
            + EvaluationText.table([record]).lines(width: 200) + [""]
            + EvaluationText.page(record, width: 80)
        #expect(try Golden.difference(text(all), from: "evaluations.txt") == nil)
    }

    @Test func comparisons() throws {
        let comparison = Comparison(
            model: "chat", numberA: "0.1.0", numberB: "0.2.0", suite: "digits",
            datasetDigest: digest, exampleCount: 500,
            metrics: [
                MetricComparison(
                    name: "accuracy", valueA: 0.91, valueB: 0.95, difference: 0.04,
                    intervalLow: 0.012, intervalHigh: 0.068, test: "McNemar exact", statistic: 4,
                    p: 0.0042, conclusion: "b is better", minimumDetectable: 0.02),
                MetricComparison(
                    name: "loss", valueA: 0.3, valueB: 0.29, difference: -0.01, intervalLow: .nan,
                    intervalHigh: .nan, test: "", p: .nan, conclusion: "no test applies"),
            ], onlyACorrect: 8, onlyBCorrect: 28, summary: "v0.2.0 is better in accuracy.")
        #expect(
            try Golden.difference(
                text(ComparisonText.page(comparison, width: 120)), from: "comparison.txt") == nil)
    }

    @Test func targets() throws {
        let entry = HistoryEntry(
            sequence: 12, timeUnixMs: Sample.start, actor: "anna", reason: "wrong answers",
            summary: "rolled back to v1.0.0", stableNumber: "1.0.0", candidateNumber: "1.1.0",
            candidateWeightBp: 500, epoch: 7)
        let all =
            TargetText.table([Sample.baking, Sample.rolledBack, Sample.idle]).lines(width: 200) + [
                ""
            ]
            + TargetText.history([entry]).lines(width: 200) + [""]
            + TargetText.served("prod/chat", at: Sample.start + 5_000, entry)
            + TargetText.served("prod/chat", at: Sample.start + 5_000, nil)
        #expect(try Golden.difference(text(all), from: "targets.txt") == nil)
    }
}
