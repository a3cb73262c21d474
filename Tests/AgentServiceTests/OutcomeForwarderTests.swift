import CairnCore
import Messages
import Ports
import Routing
import ServiceKit
import Serving
import ServingTestKit
import Testing
import VersionFolders

@testable import AgentService

@Suite(.timeLimit(.minutes(10))) struct OutcomeForwarderTests {
    let controller = MemoryController()
    let clock = ManualClock()
    let scratch = ScratchTree()

    func forwarder(_ spool: any Spool) throws -> (OutcomeForwarder, InMemoryChannel) {
        let forwarder = OutcomeForwarder(
            target: try TargetName("prod/chat"), spool: spool, controller: controller.channel,
            clock: clock
        ) { _ in }
        var routes = RPCRoutes(serviceName: "cairn-agent")
        forwarder.addRoutes(to: &routes)
        return (forwarder, InMemoryChannel(routes))
    }

    func report(_ sequence: UInt64, target: String = "prod/chat") -> ReportOutcomes {
        ReportOutcomes(
            target: target, reporter: "server-1", sequence: sequence,
            outcomes: [ArmOutcomes(epoch: 1, arm: .stable, requestCount: sequence)], incarnation: 1)
    }

    func spool() throws -> SpoolOnDisk {
        try SpoolOnDisk(scratch.path + "/outcomes", queues: WorkQueues(label: "test"))
    }

    @Test func reportsWaitOnTheDiskForAControllerThatIsAway() async throws {
        controller.setAway(true)
        do {
            let (_, local) = try forwarder(try spool())
            for sequence in UInt64(1)...5 {
                _ = try await local.call(ControllerMethods.reportOutcomes, report(sequence))
            }
        }
        // The agent was killed; the next one finds the reports, and the controller is back later.
        let spool = try spool()
        #expect(spool.count() == 5)
        let (forwarder, local) = try forwarder(spool)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await forwarder.run() }
            _ = try await local.call(ControllerMethods.reportOutcomes, report(6))
            try await clock.pushing {
                controller.setAway(false)
                _ = try await controller.wait { $0.reports.count == 6 ? true : nil }
            }
            group.cancelAll()
        }
        #expect(controller.now.reports.map(\.sequence) == Array(1...6))
    }

    @Test func aReportWhoseAnswerWasLostIsAppliedOnce() async throws {
        let (forwarder, local) = try forwarder(MemorySpool())
        controller.faults.cut(at: 1)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await forwarder.run() }
            for sequence in UInt64(1)...3 {
                _ = try await local.call(ControllerMethods.reportOutcomes, report(sequence))
            }
            try await clock.pushing {
                _ = try await controller.wait { $0.reports.count == 3 ? true : nil }
            }
            group.cancelAll()
        }
        #expect(controller.now.reports.map(\.sequence) == [1, 2, 3])
        #expect(controller.now.reportCallCount == 4)
    }

    @Test func whatTheControllerWouldNeverTakeIsRefusedAtTheDoor() async throws {
        let spool = MemorySpool()
        let (_, local) = try forwarder(spool)
        var anonymous = report(1)
        anonymous.reporter = ""
        for bad in [report(1, target: "prod/other"), report(0), anonymous] {
            let error = await #expect(throws: RPCError.self) {
                try await local.call(ControllerMethods.reportOutcomes, bad)
            }
            #expect(error?.code == .invalidArgument)
        }
        #expect(spool.count() == 0)
    }

    @Test func aFullSpoolSendsItsProgramsAway() async throws {
        let (_, local) = try forwarder(MemorySpool(capacity: 1))
        _ = try await local.call(ControllerMethods.reportOutcomes, report(1))
        let error = await #expect(throws: RPCError.self) {
            try await local.call(ControllerMethods.reportOutcomes, report(2))
        }
        #expect(error?.code == .resourceExhausted && error?.canRetry == true)
    }

    @Test func outcomesOfAProgramArriveThroughTheAgent() async throws {
        let (forwarder, local) = try forwarder(MemorySpool())
        let reporter = OutcomeReporter(
            channel: local, target: try TargetName("prod/chat"), reporter: "server-1", clock: clock
        ) { _ in }
        let route = Route(
            arm: .candidate, number: "1.1.0", manifest: Digest(of: [1]), epoch: 4, attempt: 2)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await forwarder.run() }
            group.addTask { try await reporter.run() }
            for _ in 0..<100 { reporter.record(.answered(failed: true), of: route) }
            reporter.finish()
            _ = try await controller.wait { state in
                state.reports.flatMap(\.outcomes).reduce(0) { $0 + $1.failureCount } == 100
                    ? true : nil
            }
            group.cancelAll()
        }
        #expect(controller.now.reports.allSatisfy { $0.attempt == 2 })
    }
}
