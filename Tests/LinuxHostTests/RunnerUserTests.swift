import CairnCore
import CairnTestKit
import Evaluation
import Glibc
import Ports
import Testing

@testable import LinuxHost

/// Runners as another user: `nobody` is on every host.
@Suite(.timeLimit(.minutes(10)), .enabled(if: geteuid() == 0, "needs root"))
struct RunnerUserTests {
    private let scratch: ScratchFolder
    private let bench: RunnerBench

    init() throws {
        scratch = try ScratchFolder()
        chmod(scratch.path, 0o711)
        bench = try RunnerBench(in: scratch.path + "/evaluator")
    }

    private func shell(_ script: String, limits: ProcessRunner.Limits = .init()) async throws
        -> RunnerOutcome
    { try await bench.shell(script, user: "nobody", limits: limits) }

    @Test func itIsAnotherInEveryRespectAndCannotComeBack() async throws {
        #expect(
            try await shell("id -un; id -Gn; echo $USER $HOME; grep NoNewPrivs /proc/self/status")
                == .succeeded)
        let log = try await bench.log()
        #expect(log.hasPrefix("nobody\nnogroup\nnobody \(bench.folder.path)/work/\(bench.id)-1\n"))
        #expect(log.hasSuffix("NoNewPrivs:\t1\n"))
    }

    @Test func itReadsItsDataAndWritesItsFolderAndSeesNothingElseOfOurs() async throws {
        try Files.write("secret", to: bench.folder.path + "/evaluator.sqlite")
        let other = EvaluationID(high: 9, low: 9)
        let others = try await bench.folder.prepareWork(
            WorkOrder(
                evaluation: other, lease: 1, dataset: Digest(of: [1]), datasetName: "d.csv",
                predictionsName: "predictions.jsonl", user: "nobody"))
        try Files.write("log", to: others.log)
        let order = try await bench.order(["true"], user: "nobody")
        try Files.makeFolder(order.work.checkpoint + "/inner")
        try Files.write("weights", to: order.work.checkpoint + "/inner/w.bin")
        chmod(order.work.checkpoint + "/inner/w.bin", 0o600)
        let outcome = try await shell(
            """
            base=\(bench.folder.path)
            cat d.csv checkpoint/inner/w.bin || exit 1
            echo '{}' > predictions.jsonl && echo x > tmp/x || exit 2
            for file in evaluator.sqlite owner evaluations/\(other)/runner-1.log \
                datasets/\(Digest(of: [1])); do
                if cat $base/$file; then echo "reads $file"; exit 3; fi
            done
            for place in . work datasets evaluations incoming; do
                if ls $base/$place; then echo "sees $place"; exit 4; fi
            done
            if echo x >> d.csv || echo x > checkpoint/inner/w.bin; then exit 5; fi
            if chmod 777 d.csv; then exit 6; fi
            """)
        let log = try await bench.log()
        #expect(outcome == .succeeded, "\(log)")
        let file = PredictionsFile(
            repeatIndex: 0, writer: "l1", ending: "jsonl", skipsInvalid: false)
        try await bench.folder.keepPredictions(
            file, of: bench.id, from: order.work, byteCountMax: 100)
        var status = stat()
        let kept = "\(bench.folder.path)/evaluations/\(bench.id)/\(file.name)"
        #expect(lstat(kept, &status) == 0 && status.st_uid == 0 && status.st_mode & 0o777 == 0o600)
        try await bench.folder.removeAll(of: bench.id)
        #expect(access(order.work.path, F_OK) != 0)
    }

    @Test func itsProcessesAreCounted() async throws {
        var limits = ProcessRunner.Limits()
        (limits.grace, limits.processCountMax) = (.milliseconds(200), 12)
        let outcome = try await shell(
            "for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16; do sleep 1006 & done; echo all",
            limits: limits)
        #expect("\(outcome)".contains("exit code 2"))
        #expect(try await bench.log().contains("fork"))
        #expect(RunnerBench.processes(named: "sleep\u{0}1006\u{0}") == [])
    }

    @Test func aUserWhoIsNotThereIsNamed() async throws {
        await #expect {
            _ = try await bench.order(["true"], user: "no-such-user")
        } throws: {
            ($0 as? RPCError)?.code == .refused && "\($0)".contains("whom this host does not have")
        }
        let order = try await bench.order(["true"])
        let runner = ProcessRunner(owner: bench.folder.owner)
        let stranger = RunnerOrder(
            evaluation: order.evaluation, lease: 1, words: order.words, environment: [:],
            timeLimit: .seconds(1), outputByteCountMax: 1, user: "no-such-user", work: order.work)
        #expect("\(try await runner.run(stranger) { _ in })".contains("does not have"))
    }

    @Test func ourOwnUserIsNobodyElse() throws {
        #expect(try UserAccount.toBecome("") == nil && UserAccount.toBecome("root") == nil)
        let nobody = try #require(try UserAccount.toBecome("nobody"))
        #expect(nobody.id == 65_534 && nobody.groups.contains(nobody.groupID))
    }
}
