import CairnCore
import CairnTestKit
import Evaluation
import EvaluatorService
import LinuxHost
import Messages
import Ports
import SQLiteStores
import Synchronization
import Testing

/// A real database, real files and real commands, and an evaluator that was killed before.
@Suite(.timeLimit(.minutes(10))) struct RestartTests {
    private let scratch: ScratchFolder
    private let folder: EvaluationFolder

    init() throws {
        scratch = try ScratchFolder()
        folder = try EvaluationFolder(path: scratch.path, worker: "worker-1")
    }

    private func evaluator(clock: ManualClock = ManualClock()) throws -> Harness {
        Harness(
            store: try SQLiteEvaluationStore(path: scratch.path + "/evaluator.sqlite"),
            files: folder,
            restorer: FunctionRestorer { _, folder in
                try Files.makeFolder(folder)
                try Files.write(Self.script, to: folder + "/predict.sh")
            }, runner: ProcessRunner(owner: folder.owner),
            workers: try WorkerPlaces(in: scratch.path), clock: clock,
            seed: UInt64.random(in: 0 ... .max))
    }

    /// Answers every example rightly.
    private static let script = """
        tail -n +2 "$1" | while IFS=, read -r id label; do
            printf '{"id": "%s", "prediction": %s}\\n' "$id" "$label"
        done > "$2"
        echo predicted
        """

    private var suite: SuiteSpec {
        var spec = Tiny.suite(runner: true, repeats: 2)
        spec.runner?.command = ["sh", "{checkpoint}/predict.sh", "{dataset}", "{predictions}"]
        return spec
    }

    private func file(_ index: Int) -> PredictionsFile {
        PredictionsFile(repeatIndex: index, writer: "l1", ending: "jsonl", skipsInvalid: false)
    }

    @Test func aRealCommandOnARealCheckpointIsJudged() async throws {
        let evaluator = try evaluator()
        try await evaluator.addDataset(Tiny.data)
        _ = try await evaluator.apply(suite)
        try await evaluator.commit("1.0.0")
        let record = try await evaluator.running { try await evaluator.watch("1.0.0").1 }
        #expect(record.verdict == .pass, "\(record.reasons) \(record.logTail)")
        #expect(record.metrics.first { $0.name == "accuracy" }?.value == 1)
    }

    /// The evaluator is killed in each phase: the phase is in the database, nobody works on it.
    @Test(arguments: 0...4) func aKilledEvaluatorTakesTheJobAgainAndTellsOnce(step: Int)
        async throws
    {
        do {
            let before = try evaluator()
            try await before.addDataset(Tiny.data)
            _ = try await before.apply(suite)
            try await before.commit("1.0.0")
        }
        let path = scratch.path + "/evaluator.sqlite"
        var job: EvaluationJob
        do {
            let store = try SQLiteEvaluationStore(path: path)
            let stored = try #require(try store.pendingEvaluations().first)
            job = stored.job
            let events: [EvaluationJob.Event] = [
                .taken(by: "worker-1"), .restored, .predicted(repeatIndex: 0, file(0)),
                .predicted(repeatIndex: 1, file(1)),
            ]
            for event in events.prefix(step) {
                _ = job.handle(event, at: stored.orderedAt)
                if case .predicted(_, let name) = event {
                    let file = try await folder.newFile()
                    try await file.append(
                        SharedBytes(Array(Tiny.predictions(wrong: 1).utf8)))
                    try await file.commit(as: .predictions(job.id, name))
                }
            }
            #expect(try store.save(job, ifTaken: 0))
        }
        let after = try evaluator()
        let record = try await after.running { try await after.watch("1.0.0").1 }
        #expect(record.verdict == .pass, "\(job.phase): \(record.reasons) \(record.logTail)")
        #expect(record.evaluationId == job.id.bytes)
        // What was predicted before the kill is used: one of ten wrong in those repeats.
        let accuracy = record.metrics.first { $0.name == "accuracy" }?.value ?? .nan
        let kept = Double(max(0, step - 2))
        #expect((accuracy - (1 - 0.1 * kept / 2)).magnitude < 1e-12, "\(job.phase): \(accuracy)")
        let outbox = try SQLiteOutbox(path: path).undelivered(to: "controller", limit: 10)
        #expect(outbox.count == 1)
        let told = try VerdictReached(decoding: try #require(outbox.first).body)
        #expect(told.verdict == "pass" && told.number == "1.0.0" && told.suite == "s")

        // A second restart finds nothing to do and tells nothing again.
        let again = try evaluator()
        let seen = try await again.running { try await again.watch("1.0.0").1 }
        #expect(try seen.encoded() == record.encoded())
        #expect(try SQLiteOutbox(path: path).undelivered(to: "controller", limit: 10).count == 1)
    }

    @Test func aDataSetThatWasChangedOnDiskIsNotMeasuredOn() async throws {
        let evaluator = try evaluator()
        let added = try await evaluator.addDataset(Tiny.data)
        _ = try await evaluator.apply(suite)
        let digest = try #require(Digest(bytes: added.digest))
        try Files.write(
            Tiny.data.replacing("e0,0", with: "e0,1"), to: scratch.path + "/datasets/\(digest)")
        try await evaluator.commit("1.0.0")
        let record = try await evaluator.running { try await evaluator.watch("1.0.0").1 }
        #expect(record.verdict == .error)
        #expect(record.reasons[0].contains("was changed on disk"), "\(record.reasons)")
    }

    @Test func aHangingCommandIsAnErrorInTime() async throws {
        var spec = suite
        spec.runner?.command = ["sh", "-c", "echo started; sleep 1000 # {predictions}"]
        spec.runner?.timeLimitMs = 1_000
        let evaluator = try evaluator()
        try await evaluator.addDataset(Tiny.data)
        _ = try await evaluator.apply(spec)
        try await evaluator.commit("1.0.0")
        let record = try await evaluator.running { try await evaluator.watch("1.0.0").1 }
        #expect(record.verdict == .error)
        #expect(record.reasons == ["the runner took longer than 1.0 seconds and was ended"])
        #expect(record.logTail == "started\n")
    }
}
