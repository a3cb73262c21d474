import CairnCore
import CairnTestKit
import Evaluation
import EvaluatorService
import Messages
import Ports
import Testing

@testable import LinuxHost

/// Real commands that go wrong, each in its own way: the verdict is `error`, the reason names what
/// happened, the log's tail is there within its limit, nothing is left running and nothing waits.
@Suite(.timeLimit(.minutes(10))) struct RunnerFaultTests {
    struct Fault: CustomTestStringConvertible, Sendable {
        let testDescription: String
        /// What `sh` runs, with the paths of checkpoint, data set and predictions as its arguments.
        var script = ""
        /// Instead of the script.
        var command: [String] = []
        var timeLimitMs: UInt32 = 60_000
        var outputByteCountMax: UInt64 = 100_000
        var memoryByteCountMax: UInt64 = 0
        /// What the reason holds.
        let reason: String
        /// What the log's tail is; `nil`: anything.
        var tail: String?

        init(
            _ name: String, _ script: String = "", reason: String, tail: String? = nil,
            _ change: (inout Fault) -> Void = { _ in }
        ) {
            (testDescription, self.script, self.reason, self.tail) = (name, script, reason, tail)
            change(&self)
        }

        var runner: Runner {
            Runner(
                command: command.isEmpty
                    ? ["sh", "-c", script, "sh", "{checkpoint}", "{dataset}", "{predictions}"]
                    : command + ["{predictions}"],
                timeLimitMs: timeLimitMs, outputByteCountMax: outputByteCountMax,
                memoryByteCountMax: memoryByteCountMax)
        }
    }

    private static let answer =
        #"awk -F, 'NR > 1 { printf "{\"id\": \"%s\", \"prediction\": %s}\n", $1, $2 }' "$2""#

    private static let ends = [
        Fault(
            "crashes", "echo loading; kill -SEGV $$",
            reason: "was ended by signal 11 (Segmentation fault)", tail: "loading\n"),
        Fault(
            "fails", "echo 'no such layer' >&2; exit 3", reason: "ended with exit code 3",
            tail: "no such layer\n"),
        Fault(
            "fails after it wrote everything", answer + " > \"$3\"; exit 9",
            reason: "ended with exit code 9", tail: ""),
        Fault(
            "leaves children", "for i in 1 2 3; do setsid sleep 1100 & sleep 1100 & done; exit 5",
            reason: "ended with exit code 5", tail: ""),
        Fault(
            "leaves children that print", "setsid yes & yes & echo forked; exit 6",
            reason: "the runner "),
        Fault(
            "closes its output", "echo last words; exec >&- 2>&-; exit 4",
            reason: "ended with exit code 4", tail: "last words\n"),
        Fault("is not there", reason: "'no-such-program' is no program on ", tail: "") {
            $0.command = ["no-such-program"]
        },
        Fault(
            "is not executable", reason: "/checkpoint/weights cannot be started: Permission denied",
            tail: ""
        ) { $0.command = ["{checkpoint}/weights"] },
        Fault(
            "wants an interpreter that is not there",
            "printf '#!/no/such/interpreter\\n' > run; chmod +x run; ./run \"$3\"",
            reason: "ended with exit code 127"),
    ]

    private static let limits = [
        Fault(
            "hangs, and ignores the request to end",
            "trap '' TERM INT HUP; echo started; while :; do sleep 1100; done",
            reason: "took longer than 0.5 seconds and was ended", tail: "started\n"
        ) { $0.timeLimitMs = 500 },
        Fault(
            "stops itself", "echo halting; kill -STOP $$; echo never",
            reason: "took longer than 0.5 seconds and was ended", tail: "halting\n"
        ) { $0.timeLimitMs = 500 },
        Fault(
            "hangs without its output", "exec >&- 2>&-; sleep 1100",
            reason: "took longer than 0.5 seconds and was ended", tail: ""
        ) { $0.timeLimitMs = 500 },
        Fault(
            "prints garbage without end", "cat /dev/urandom",
            reason: "printed more than 100000 bytes and was ended"),
        Fault(
            "prints one line without end", "tr '\\0' x < /dev/zero",
            reason: "printed more than 100000 bytes and was ended",
            tail: String(repeating: "x", count: 4_096)),
        Fault(
            "writes predictions without end", "yes > \"$3\"",
            reason: "wrote more than 100000 bytes of predictions and was ended", tail: ""),
        Fault(
            "fills its memory",
            "echo grows; awk 'BEGIN { s = \"a\"; while (1) s = s s }' 2>/dev/null || exit 7",
            reason: "exit code 7; ", tail: "grows\n"
        ) { $0.memoryByteCountMax = 64 << 20 },
    ]

    private static let predictions = [
        Fault("writes none", "echo done", reason: "wrote no predictions", tail: "done\n"),
        Fault(
            "writes half a file", answer + " | head -c 200 > \"$3\"",
            reason: "the predictions: line 7, column 21: expected '\"', found the end", tail: ""),
        Fault(
            "writes half of the rows", answer + " | head -n 5 > \"$3\"",
            reason: "the predictions: 5 predictions for 10 examples; the id 'e5' is missing",
            tail: ""),
        Fault(
            "writes wrong ids", answer + " | sed 's/\"e7\"/\"x7\"/' > \"$3\"",
            reason: "the predictions: line 8: the data set has no example with the id 'x7'",
            tail: ""),
        Fault(
            "answers one example twice", answer + " | sed 's/\"e7\"/\"e6\"/' > \"$3\"",
            reason: "the predictions: line 8: the example 'e6'", tail: ""),
        Fault(
            "writes no text", "head -c 1000 /dev/urandom > \"$3\"", reason: "the predictions: line",
            tail: ""),
        Fault(
            "deletes its folder", "echo gone; rm -rf \"$PWD\"; exit 0",
            reason: "wrote no predictions", tail: "gone\n"),
        Fault(
            "puts a folder there", "mkdir \"$3\"",
            reason: "the runner's predictions are no plain file", tail: ""),
    ]

    private let scratch: ScratchFolder
    private let folder: EvaluationFolder

    init() throws {
        scratch = try ScratchFolder()
        folder = try EvaluationFolder(path: scratch.path, worker: "worker-1")
    }

    private var evaluator: Harness {
        var limits = ProcessRunner.Limits()
        limits.grace = .milliseconds(200)
        return Harness(
            store: InMemoryEvaluationStore(), files: folder,
            restorer: FunctionRestorer { _, folder in
                try Files.makeFolder(folder)
                try Files.write("weights", to: folder + "/weights")
            },
            runner: ProcessRunner(owner: folder.owner, limits: limits))
    }

    @Test(arguments: ends + limits + predictions) func isAnErrorThatSaysWhy(fault: Fault)
        async throws
    {
        let evaluator = evaluator
        var suite = Tiny.suite(runner: true)
        suite.runner = fault.runner
        try await evaluator.addDataset(Tiny.data)
        _ = try await evaluator.apply(suite)
        try await evaluator.commit("1.0.0")
        let record = try await evaluator.running { try await evaluator.watch("1.0.0").1 }
        #expect(record.verdict == .error)
        #expect(record.reasons.count == 1 && record.metrics.isEmpty)
        #expect(record.reasons[0].contains(fault.reason), "\(record.reasons)")
        #expect(record.logTail.utf8.count <= 4_096)
        if let tail = fault.tail { #expect(record.logTail == tail) }
        #expect(MarkedProcesses.end(markedWith: folder.owner) == 0, "nothing is left running")
        #expect(try FileTree.names(in: scratch.path + "/work") == [])
    }

    /// What it does to the folder of its first repeat costs the second one its checkpoint, and nobody
    /// waits for anything.
    @Test func whatItDeletesIsMissingInItsNextRepeat() async throws {
        let evaluator = evaluator
        var suite = Tiny.suite(runner: true, repeats: 2)
        suite.runner =
            Fault(
                "", Self.answer + " > answer; cp answer \"$3\"; ls \"$1\" || exit 8; rm -rf \"$1\"",
                reason: ""
            ).runner
        try await evaluator.addDataset(Tiny.data)
        _ = try await evaluator.apply(suite)
        try await evaluator.commit("1.0.0")
        let record = try await evaluator.running { try await evaluator.watch("1.0.0").1 }
        #expect(record.verdict == .error)
        #expect(record.reasons == ["the runner ended with exit code 8"])
    }
}
