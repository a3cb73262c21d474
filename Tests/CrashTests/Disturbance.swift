import CairnCore
import CairnTestKit
import Glibc
import LinuxHost
import Ports
import Testing

/// Three of four times an evaluator is killed, else stopped for longer than its leases last; as long as
/// there are jobs for that to hit.
struct Disturbance {
    private let kills: ClosedRange<Int>
    private let seed: UInt64
    private let clock = SystemClock()

    /// - Parameter kills: no more than that, and fewer than the least is no test.
    init(_ kills: ClosedRange<Int>, _ seed: UInt64) { (self.kills, self.seed) = (kills, seed) }

    func carryOut(on fleet: EvaluatorFleet) async throws {
        var random = SeededRandom(seed: seed)
        var (killCount, stopCount) = (0, 0)
        while killCount < kills.upperBound, try fleet.pendingCount() > 0 {
            try await pause(.milliseconds(Int.random(in: 10...250, using: &random)))
            let index = Int.random(in: 0..<fleet.count, using: &random)
            if Int.random(in: 0..<4, using: &random) > 0 {
                try await fleet.kill(index)
                killCount += 1
                // Sometimes at once, sometimes after the others have noticed.
                try await pause(.milliseconds([0, 0, 400].randomElement(using: &random)!))
                try await fleet.start(index)
            } else {
                stopCount += 1
                fleet.send(SIGSTOP, to: index)
                try await pause(.milliseconds(Int.random(in: 200...1_800, using: &random)))
                fleet.send(SIGCONT, to: index)
            }
        }
        print(
            "evaluator crash test: \(killCount) times an evaluator was killed, \(stopCount) times "
                + "stopped; \(try fleet.pendingCount()) jobs were left then")
        #expect(killCount >= kills.lowerBound, "the queue was empty before: give it more jobs")
    }

    /// Which moment it is, is what is random here: nothing else waits by the clock.
    private func pause(_ duration: Duration) async throws {
        try await clock.sleep(until: clock.now() + duration)
    }
}
