import Testing

@testable import LinuxHost

@Suite(.timeLimit(.minutes(10))) struct TimedCommandTests {
    func run(_ words: String..., limit: Duration = .seconds(30)) async throws {
        try await TimedCommand(words, limit: limit).run(with: ["CAIRN_TARGET": "prod/chat"])
    }

    @Test func aGoodEndIsQuiet() async throws {
        try await run("sh", "-c", #"test "$CAIRN_TARGET" = prod/chat"#)
    }

    @Test func anotherExitCodeIsNamed() async throws {
        await #expect(throws: HostError("'false' ended with exit code 1")) {
            try await run("false")
        }
        await #expect(throws: HostError("'sh -c kill -9 $$' ended with signal 9")) {
            try await run("sh", "-c", "kill -9 $$")
        }
    }

    @Test func aProgramThatIsNotThereIsNamed() async {
        let error = await #expect(throws: HostError.self) { try await run("no-such-program-here") }
        #expect(error?.description.contains("no-such-program-here cannot be started") == true)
    }

    @Test func whatTakesTooLongIsEndedWithAllThatItStarted() async {
        let error = await #expect(throws: HostError.self) {
            try await run("sh", "-c", "sleep 60 & sleep 60", limit: .milliseconds(50))
        }
        #expect(error?.description.contains("took longer than 0.05 seconds") == true)
    }

    @Test func whatIgnoresTheFirstSignalIsKilled() async {
        await #expect(throws: HostError.self) {
            try await run(
                "sh", "-c", "trap '' TERM; sleep 60 & wait; wait", limit: .milliseconds(50))
        }
    }

    @Test func aCancelledCommandIsEnded() async throws {
        let task = Task { try await run("sleep", "60") }
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
    }
}
