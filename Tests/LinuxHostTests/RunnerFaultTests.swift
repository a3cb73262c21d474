import CairnCore
import CairnTestKit
import Evaluation
import Glibc
import Ports
import Testing

@testable import LinuxHost

/// Commands that mean harm, or do it: each ends in time, with a reason, and leaves nothing.
@Suite(.timeLimit(.minutes(10))) struct RunnerFaultTests {
    private let bench: RunnerBench

    init() throws { bench = try RunnerBench() }

    @Test func whoIgnoresTheRequestToEndIsKilled() async throws {
        let outcome = try await bench.shell(
            "trap '' TERM INT HUP; while :; do sleep 1000; done", limit: .milliseconds(300))
        #expect(outcome == .failed("the runner took longer than 0.3 seconds and was ended"))
    }

    @Test func whoClosesItsOutputIsStillWatched() async throws {
        let outcome = try await bench.shell(
            "echo last words; exec >&- 2>&-; sleep 1000", limit: .seconds(1))
        #expect(outcome == .failed("the runner took longer than 1.0 seconds and was ended"))
        #expect(try await bench.log() == "last words\n")
    }

    /// Children by the hundreds, each in a session of its own; the evaluator's mark is all they share.
    @Test func noneOfACrowdOfChildrenIsLeft() async throws {
        let outcome = try await bench.shell(
            """
            cat > spread <<'END'
            [ $1 = 0 ] && exec sleep 1003
            for i in 1 2 3 4 5 6; do setsid sh ./spread $(($1 - 1)) & done
            exec sleep 1003
            END
            exec sh ./spread 3
            """, limit: .seconds(2))
        #expect(outcome == .failed("the runner took longer than 2.0 seconds and was ended"))
        #expect(MarkedProcesses.end(markedWith: bench.folder.owner) == 0, "nothing is left")
    }

    @Test(
        .enabled(if: RunnerBench.hasControlGroups, "no control groups of version 2 for us here"))
    func whoHidesFromItsMarkIsEndedByItsControlGroup() async throws {
        let outcome = try await bench.shell(
            "env -i setsid sleep 1004 & sleep 0.2; ls /proc | grep -c .")
        #expect(outcome == .succeeded)
        #expect(RunnerBench.processes(named: "sleep\u{0}1004\u{0}") == [])
    }

    @Test(arguments: [
        ("mkfifo $P", "no plain file"), ("ln -s /etc/hostname $P", "no plain file"),
        ("mkdir $P", "no plain file"), ("ln -s /dev/zero $P", "no plain file"),
        ("ln d.csv $P || { echo x > a; ln a $P; }", "has other names"),
        ("true", "wrote no predictions"), ("head -c 2000 /dev/zero > $P", "at most 1000"),
    ]) func whatIsNoFileOfPredictionsIsRefused(script: String, why: String) async throws {
        let order = try await bench.order(["sh", "-c", script], byteCountMax: 1_000_000)
        let environment = ["P": order.work.predictions]
        #expect(try await bench.shell(script, environment: environment) == .succeeded)
        await #expect {
            try await bench.folder.keepPredictions(
                PredictionsFile(
                    repeatIndex: 0, writer: "l1", ending: "jsonl", skipsInvalid: false),
                of: bench.id, from: order.work, byteCountMax: 1_000)
        } throws: {
            "\($0)".contains(why)
        }
    }

    @Test func memoryIsLimitedAndNoCoreIsDumped() async throws {
        let half = "awk 'BEGIN { s = \"a\"; for (i = 0; i < 28; i++) s = s s; print length(s) }'"
        #expect(try await bench.shell("ulimit -c; " + half) == .succeeded)
        #expect(try await bench.log() == "0\n268435456\n")
        let outcome = try await bench.shell(half, memory: 64 << 20)
        guard case .failed(let why) = outcome else {
            Issue.record("256 MiB fit into 64")
            return
        }
        #expect(why.contains(" 67108864 bytes of "), "\(why)")
    }

    @Test func withoutRoomOnTheDiskItWaits() async throws {
        var limits = ProcessRunner.Limits()
        limits.freeByteCountMin = .max
        let outcome = try await bench.shell("true", limits: limits)
        #expect("\(outcome)".contains("putOff(\"room on the disk: "))
    }

    /// What the kernel holds cannot be killed: whoever waits for it would wait for ever.
    @Test(.enabled(if: RunnerBench.canFreeze, "no freezer that we may use"))
    func whatCannotBeKilledIsNotWaitedForForEver() async throws {
        let freezer = RunnerBench.freezer + "/cairn-test-\(getpid())"
        var limits = ProcessRunner.Limits()
        (limits.grace, limits.killCountMax) = (.milliseconds(100), 2)
        let outcome = try await bench.shell(
            """
            mkdir \(freezer) && echo $$ > \(freezer)/tasks && echo FROZEN > \(freezer)/freezer.state
            sleep 1005
            """, limit: .seconds(1), limits: limits)
        #expect("\(outcome)".contains("cannot be ended: the kernel holds process"))
        try Files.overwrite(freezer + "/freezer.state", "THAWED")
        while rmdir(freezer) != 0 { await Task.yield() }
        // Its heir clears up after it.
        _ = try await ProcessRunner(owner: bench.folder.owner).endRun(of: bench.id, lease: 1)
    }

    /// A disk of 32 MiB of its own.
    @Test(.enabled(if: geteuid() == 0, "needs root, for a disk of its own"))
    func whoFillsTheDiskIsEndedBeforeItIsFull() async throws {
        let mounted = try SmallDisk(byteCount: 32 << 20)
        let small = try RunnerBench(in: mounted.path)
        var limits = ProcessRunner.Limits()
        limits.freeByteCountMin = 8 << 20
        let outcome = try await small.shell(
            "while :; do head -c 100000 /dev/zero >> big; sleep 0.01; done", limits: limits)
        guard case .failed(let why) = outcome else {
            Issue.record("it ended by itself")
            return
        }
        #expect(why.contains("ran while the disk became full"), "\(why)")
        try await small.folder.removeAll(of: small.id)
        #expect(cairnFreeBytes(mounted.path) > 24 << 20)
    }
}

@Suite(.timeLimit(.minutes(10))) struct TreeRemovalTests {
    @Test func everyTreeIsRemovedHoweverDeepAndWhateverItsNames() throws {
        let scratch = try ScratchFolder()
        let tree = scratch.path + "/tree"
        let script = """
            mkdir "$1" && cd "$1" || exit 1
            touch outside; mkdir -p keep/inner; ln -s ../keep link; : > "$(printf 'a\\377b')"
            mkdir "$(printf 'd\\377')" && : > "$(printf 'd\\377/\\376')"
            mkdir -p closed/inner && : > closed/inner/file && chmod 0 closed/inner closed
            i=0; while [ $i -lt 3000 ]; do mkdir removed-1 && cd removed-1; i=$((i + 1)); done
            """
        try Files.makeFolder(scratch.path + "/elsewhere")
        try Files.write("x", to: scratch.path + "/elsewhere/file")
        #expect(RunnerBench.runShell(script, tree) == 0)
        #expect(symlink(scratch.path + "/elsewhere", tree + "/out") == 0)
        try FileTree.remove(tree)
        #expect(access(tree, F_OK) != 0)
        #expect(access(scratch.path + "/elsewhere/file", F_OK) == 0, "links are not followed")
        try FileTree.remove(tree)
    }
}
