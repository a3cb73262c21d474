import Glibc
import LinuxHost
import Testing

@Suite struct ReadinessTests {
    @Test func aDescriptorThatIsClosedWhileItIsAwaitedHarmsNothing() async throws {
        for _ in 0..<500 {
            let pipe = try Pipe()
            let waiting = Task { await Readiness.wait(for: pipe.readEnd) }
            await Task.yield()
            close(pipe.readEnd)
            close(pipe.writeEnd)
            waiting.cancel()
            await waiting.value
        }
        let pipe = try Pipe()
        defer { close(pipe.readEnd) }
        #expect(write(pipe.writeEnd, "x", 1) == 1)
        close(pipe.writeEnd)
        #expect(await Readiness.readAll(pipe.readEnd) == Array("x".utf8))
    }

    @Test func aCancelledWaitReturns() async throws {
        let pipe = try Pipe()
        defer { for end in [pipe.readEnd, pipe.writeEnd] { close(end) } }
        let waiting = Task { await Readiness.wait(for: pipe.readEnd) }
        waiting.cancel()
        await waiting.value
        #expect(waiting.isCancelled)
    }

    @Test func signalsComeAsASequenceAgainAndAgain() async {
        for _ in 0..<50 {
            let signals = Signals([SIGUSR2])
            kill(getpid(), SIGUSR2)
            #expect(await signals.next() == SIGUSR2)
        }
    }
}
