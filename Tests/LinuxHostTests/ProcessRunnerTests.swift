import CairnCore
import CairnTestKit
import Glibc
import Ports
import Testing

@testable import LinuxHost

/// Real commands on a real host. Nothing here sleeps: the tests wait for the runs themselves.
@Suite(.timeLimit(.minutes(10))) struct ProcessRunnerTests {
    private let scratch: ScratchFolder
    private let folder: EvaluationFolder
    private let runner: ProcessRunner
    private let id = EvaluationID(high: 5, low: UInt64.random(in: 0 ... .max))

    init() throws {
        scratch = try ScratchFolder()
        folder = try EvaluationFolder(path: scratch.path, worker: "worker-1")
        var limits = ProcessRunner.Limits()
        limits.grace = .milliseconds(200)
        runner = ProcessRunner(owner: folder.owner, limits: limits)
    }

    private func order(
        _ words: [String], limit: Duration = .seconds(60), byteCountMax: UInt64 = 1 << 20,
        environment: [String: String] = [:]
    ) async throws -> RunnerOrder {
        let work = try await folder.prepareWork(
            WorkOrder(
                evaluation: id, lease: 1, dataset: Digest(of: [1]), datasetName: "d.csv",
                predictionsName: "predictions.jsonl"))
        return RunnerOrder(
            evaluation: id, lease: 1, words: words, environment: environment, timeLimit: limit,
            outputByteCountMax: byteCountMax, work: work)
    }

    private func run(_ order: RunnerOrder) async throws -> RunnerOutcome {
        try await runner.run(order) { _ in }
    }

    private func shell(
        _ script: String, limit: Duration = .seconds(60), byteCountMax: UInt64 = 1 << 20,
        environment: [String: String] = [:]
    ) async throws -> RunnerOutcome {
        try await run(
            try await order(
                ["sh", "-c", script], limit: limit, byteCountMax: byteCountMax,
                environment: environment))
    }

    private func log() async throws -> String {
        let file = try #require(try await folder.open(.log(id)))
        return String(
            decoding: try await file.read(at: 0, count: 1 << 20).bytes, as: UTF8.self)
    }

    @Test func aGoodEndSucceedsAndTheLogIsKept() async throws {
        #expect(try await shell("echo out; echo err >&2") == .succeeded)
        #expect(try await log() == "out\nerr\n")
    }

    @Test func theEnvironmentIsCleanAndTheFolderItsOwn() async throws {
        setenv("CAIRN_TEST_SECRET", "s3cret", 1)
        #expect(try await shell("env; pwd; ls", environment: ["A": "b c"]) == .succeeded)
        let log = try await log()
        #expect(!log.contains("s3cret"))
        #expect(log.contains("A=b c\n") && log.contains("LANG=C.UTF-8\n"))
        #expect(log.contains("/work/\(id)-1\n"))
        #expect(log.contains("d.csv\n") && log.contains("tmp\n"))
    }

    @Test func everyOtherEndIsNamed() async throws {
        #expect(try await shell("exit 3") == .failed("the runner ended with exit code 3"))
        #expect(
            try await shell("kill -SEGV $$")
                == .failed("the runner was ended by signal 11 (Segmentation fault)"))
        let missing = try await run(order(["no-such-program"]))
        guard case .failed(let why) = missing else {
            Issue.record("it ran")
            return
        }
        #expect(why.hasPrefix("the runner cannot be started: 'no-such-program' is no program on"))
        let notExecutable = try await run(order(["/etc/hostname"]))
        #expect("\(notExecutable)".contains("/etc/hostname cannot be started"))
    }

    @Test func whatHangsIsEndedWithAllThatItStarted() async throws {
        let outcome = try await shell(
            "sleep 1000 & setsid sleep 1001 & echo started; wait", limit: .seconds(1))
        #expect(outcome == .failed("the runner took longer than 1.0 seconds and was ended"))
        #expect(try await log() == "started\n")
        #expect(MarkedProcesses.end(markedWith: folder.owner) == 0, "nothing is left")
    }

    @Test func whatOutlivesItsLeaderIsEnded() async throws {
        #expect(try await shell("sleep 1000 & setsid sleep 1000 & exit 0") == .succeeded)
        #expect(MarkedProcesses.end(markedWith: folder.owner) == 0)
    }

    @Test func tooMuchOutputEndsIt() async throws {
        let printed = try await shell("yes", byteCountMax: 10_000)
        #expect(printed == .failed("the runner printed more than 10000 bytes and was ended"))
        #expect(try await log().utf8.count == 10_000)
        let written = try await shell("yes > predictions.jsonl", byteCountMax: 10_000)
        #expect(
            written
                == .failed("the runner wrote more than 10000 bytes of predictions and was ended"))
    }

    @Test func aCancelledRunLeavesNothing() async throws {
        let order = try await order(["sh", "-c", "trap '' TERM; touch ready; sleep 1000"])
        let task = Task { try await run(order) }
        // The run is under way once its file is there.
        while access(order.work.path + "/ready", F_OK) != 0 { await Task.yield() }
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
        #expect(MarkedProcesses.end(markedWith: folder.owner) == 0)
    }

    @Test func orphansOfAKilledEvaluatorAreFoundByTheirMark() async throws {
        let ready = try Pipe()
        let orphan = try ChildProcess(
            "/bin/sh", ["-c", "setsid sh -c 'echo >&3; sleep 1000' & wait"],
            environment: [
                "PATH": "/usr/bin:/bin", MarkedProcesses.variable: "\(folder.owner)/\(id)/1/",
            ], descriptors: [.init(3, from: ready.writeEnd)])
        await Readiness.wait(for: ready.readEnd)
        #expect(try await runner.endRun(of: id, lease: 1) >= 2)
        #expect(try await orphan.wait() == -9)
        #expect(try await runner.endRun(of: id, lease: 1) == 0)
        for end in [ready.readEnd, ready.writeEnd] { close(end) }
    }
}
