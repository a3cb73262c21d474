import CairnCore
import CairnTestKit
import Glibc
import LinuxHost
import Ports
import Testing

/// Three of four times an evaluator is killed, else stopped for longer than its leases last.
struct Disturbance {
    let (killCount, seed): (Int, UInt64)
    private let clock = SystemClock()

    init(_ killCount: Int, _ seed: UInt64) { (self.killCount, self.seed) = (killCount, seed) }

    /// Until all kills are done; the queue is to last that long.
    func carryOut(on fleet: EvaluatorFleet) async throws {
        var random = SeededRandom(seed: seed)
        var (kills, stops) = (0, 0)
        while kills < killCount {
            try await pause(.milliseconds(Int.random(in: 10...250, using: &random)))
            let index = Int.random(in: 0..<fleet.count, using: &random)
            if Int.random(in: 0..<4, using: &random) > 0 {
                try await fleet.kill(index)
                kills += 1
                // Sometimes at once, sometimes after the others have noticed.
                try await pause(.milliseconds([0, 0, 400].randomElement(using: &random)!))
                try await fleet.start(index)
            } else {
                stops += 1
                fleet.send(SIGSTOP, to: index)
                try await pause(.milliseconds(Int.random(in: 200...1_800, using: &random)))
                fleet.send(SIGCONT, to: index)
            }
        }
        let pending = try fleet.pendingCount()
        print(
            "evaluator crash test: \(kills) times an evaluator was killed, \(stops) times "
                + "stopped; \(pending) jobs were left then")
        #expect(pending > 0, "all jobs were done before all kills: the last ones hit nobody")
    }

    /// Which moment it is, is what is random here: nothing else waits by the clock.
    private func pause(_ duration: Duration) async throws {
        try await clock.sleep(until: clock.now() + duration)
    }
}
