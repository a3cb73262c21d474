import CairnCore
import Messages
import Ports
import Routing
import ServingTestKit
import Testing

@testable import CairnClient

@Suite(.timeLimit(.minutes(10))) struct RouterTests {
    let controller = MemoryController()
    let clock = ManualClock()
    let table = Tables()

    func router() throws -> Router {
        Router(
            target: try TargetName("prod/chat"), name: "router-1", controller: controller.channel,
            reports: controller.channel, clock: clock, seed: 1
        ) { _ in }
    }

    func running(_ router: Router, _ body: () async throws -> Void) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await router.run() }
            do {
                try await body()
            } catch {
                group.cancelAll()
                throw error
            }
            router.beginShutdown()
            try await group.waitForAll()
        }
    }

    @Test func anEpochIsAcknowledgedOnceRequestsGoByIt() async throws {
        let router = try router()
        try await running(router) {
            #expect(router.route("k") == nil)
            controller.publish(table(1, stable: "A"))
            try await controller.waitForAck(of: 1, by: "router-1")
            #expect(router.route("k")?.manifest == table.digest("A"))
            controller.publish(table(2, stable: "A", candidate: "B", weight: 10_000, attempt: 1))
            try await controller.waitForAck(of: 2, by: "router-1")
            let route = router.route("k")
            #expect(route?.arm == .candidate && route?.epoch == 2 && route?.attempt == 1)
            controller.publish(table(3, stable: "A", candidate: "B", weight: 0, attempt: 1))
            try await controller.waitForAck(of: 3, by: "router-1")
            #expect(router.route("k")?.arm == .stable)
        }
        #expect(controller.now.joins.first?.role == .router)
    }

    @Test func aWeightThatRisesOnlyMovesKeysToTheCandidate() async throws {
        let (one, other) = (try router(), try router())
        let keys = (0..<2_000).map { "user-\($0)" }
        try await running(one) {
            try await running(other) {
                var before = Set<String>()
                for (index, weight) in [100, 500, 2_500, 5_000, 10_000].enumerated() {
                    let epoch = UInt64(index + 1)
                    controller.publish(
                        table(epoch, stable: "A", candidate: "B", weight: weight, attempt: 7))
                    for router in [one, other] {
                        while router.table?.epoch != epoch { await Task.yield() }
                    }
                    let now = Set(keys.filter { one.route($0)?.arm == .candidate })
                    #expect(now == Set(keys.filter { other.route($0)?.arm == .candidate }))
                    #expect(now.isSuperset(of: before), "weight \(weight)")
                    let share = Double(now.count) / Double(keys.count)
                    #expect(abs(share - Double(weight) / 10_000) < 0.04, "weight \(weight)")
                    before = now
                }
            }
        }
    }

    @Test func itGoesOnWithItsLastTableWhileTheControllerIsAway() async throws {
        let router = try router()
        try await running(router) {
            controller.publish(table(1, stable: "A"))
            _ = try await router.waitForTable()
            controller.setAway(true)
            #expect(router.route("k")?.manifest == table.digest("A"))
            for _ in 0..<10 { router.record(.answered(), of: router.route("k")!) }
            controller.publish(table(2, stable: "B"))
            controller.setAway(false)
            try await clock.pushing {
                try await controller.waitForAck(of: 2, by: "router-1")
                _ = try await controller.wait { state in
                    state.reports.flatMap(\.outcomes).reduce(0) { $0 + $1.requestCount } == 10
                        ? true : nil
                }
            }
        }
    }

    @Test func anOlderTableIsRefusedAndSaid() async throws {
        let router = try router()
        try await running(router) {
            controller.publish(table(5, stable: "A"))
            try await controller.waitForAck(of: 5, by: "router-1")
            controller.publish(table(4, stable: "B"))
            let refusal = try await controller.wait { state in
                state.last("router-1").flatMap { $0.problem.isEmpty ? nil : $0 }
            }
            #expect(refusal.epoch == 5 && router.route("k")?.manifest == table.digest("A"))
        }
    }

    @Test func requestsCountUnderTheTableThatRoutedThem() async throws {
        let router = try router()
        try await running(router) {
            controller.publish(table(1, stable: "A", candidate: "B", weight: 10_000, attempt: 1))
            try await controller.waitForAck(of: 1, by: "router-1")
            let late = router.route("k")!
            controller.publish(table(2, stable: "A"))
            try await controller.waitForAck(of: 2, by: "router-1")
            // Answered after the rollback: a hit on the candidate, and it is said so.
            router.record(.answered(failed: true), of: late)
            router.record(.answered(), of: router.route("k")!)
        }
        let outcomes = controller.now.reports.flatMap { report in
            report.outcomes.map { (report.attempt, $0.epoch, $0.arm, $0.failureCount) }
        }
        #expect(outcomes.contains { $0 == (1, 1, .candidate, 1) })
        #expect(outcomes.contains { $0 == (0, 2, .stable, 0) })
    }
}
