import CairnCore
import Messages
import Ports
import Routing
import ServingTestKit
import Testing

@testable import Serving

@Suite(.timeLimit(.minutes(10))) struct OutcomeReporterTests {
    let controller = MemoryController()
    let clock = ManualClock()
    let route = Route(
        arm: .stable, number: "1.0.0", manifest: Digest(of: [1]), epoch: 3, attempt: 1)

    func reporter() throws -> OutcomeReporter {
        OutcomeReporter(
            channel: controller.channel, target: try TargetName("prod/chat"), reporter: "r",
            clock: clock, seed: 1
        ) { _ in }
    }

    func requests(_ state: MemoryController.State) -> UInt64 {
        state.reports.flatMap(\.outcomes).reduce(0) { $0 + $1.requestCount }
    }

    @Test func nothingIsLostOrCountedTwiceWhereverACallIsCut() async throws {
        for cut in 0..<6 {
            let before = requests(controller.now)
            let reporter = try reporter()
            clock.advance(by: .seconds(1))
            controller.faults.cut(at: cut)
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { try await reporter.run() }
                try await clock.pushing {
                    for batch in UInt64(1)...4 {
                        for _ in 0..<25 { reporter.record(.answered(), of: route) }
                        _ = try await controller.wait { state in
                            requests(state) == before + 25 * batch ? true : nil
                        }
                    }
                    reporter.finish()
                    try await group.waitForAll()
                }
            }
            #expect(requests(controller.now) == before + 100, "cut at message \(cut)")
        }
    }

    @Test func whatComesWhileTheControllerIsAwayIsReportedLater() async throws {
        let reporter = try reporter()
        controller.setAway(true)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await reporter.run() }
            for _ in 0..<10_000 { reporter.record(.answered(), of: route) }
            while clock.sleeperCount == 0 { await Task.yield() }
            controller.setAway(false)
            try await clock.pushing {
                _ = try await controller.wait { requests($0) == 10_000 ? true : nil }
            }
            group.cancelAll()
        }
    }

    @Test func aKeysFurtherFailuresAreOneEvent() async throws {
        let reporter = try reporter()
        for key in UInt64(0)..<10 {
            for _ in 0..<5 {
                reporter.record(.answered(failed: true), of: route, keyHash: key)
            }
        }
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await reporter.run() }
            reporter.finish()
            try await group.waitForAll()
        }
        let outcomes = controller.now.reports.flatMap(\.outcomes)
        #expect(outcomes.map(\.requestCount) == [50] && outcomes.map(\.failureCount) == [10])
    }
}
