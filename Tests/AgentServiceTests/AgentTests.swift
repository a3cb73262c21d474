import CairnCore
import Messages
import Ports
import Routing
import ServiceKit
import ServingTestKit
import Synchronization
import Testing

@testable import AgentService

@Suite(.timeLimit(.minutes(10))) struct AgentTests {
    let controller = MemoryController()
    let clock = ManualClock()
    let table = Tables()

    func agent(
        _ folder: MemoryModelFolder, reload: Agent.Reload? = nil, name: String = "host-1"
    ) throws -> Agent {
        var options = Agent.Options(target: try TargetName("prod/chat"), name: name)
        options.seed = 1
        return Agent(
            options, folder: folder, controller: controller.channel, clock: clock, reload: reload
        ) { _ in }
    }

    /// Runs `body` beside the agent, then has the agent leave.
    func running(_ agent: Agent, _ body: () async throws -> Void) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await agent.run() }
            do {
                try await body()
            } catch {
                group.cancelAll()
                throw error
            }
            agent.beginShutdown()
            try await group.waitForAll()
        }
    }

    func holding(_ names: String..., links: ModelLinks = ModelLinks()) -> MemoryModelFolder {
        var state = MemoryModelFolder.State()
        state.held = Set(names.map(table.digest))
        state.links = links
        return MemoryModelFolder(state)
    }

    @Test func anEpochIsAcknowledgedOnceItsBytesAreHereAndLinked() async throws {
        let folder = MemoryModelFolder()
        try await running(try agent(folder)) {
            controller.publish(table(1, stable: "A", keep: ["A", "Z"]))
            let ack = try await controller.waitForAck(of: 1, by: "host-1")
            #expect(ack.loadedStableDigest == table.digest("A").bytes)
            #expect(ack.heldDigests.contains(table.digest("A").bytes))
            #expect(folder.links() == ModelLinks(stable: table.digest("A")))
            _ = try await controller.wait { $0.last("host-1")!.heldDigests.count == 2 ? true : nil }
        }
        #expect(controller.now.joins.count == 1)
        #expect(controller.now.joins[0].role == .agent && controller.now.joins[0].epoch == 0)
    }

    @Test func aRollbackNeedsNeitherIngestNorWhatHangs() async throws {
        let never = Doorbell()
        let folder = MemoryModelFolder { _ in try await never.wait(after: 99) }
        folder.state.withLock { $0.held = [table.digest("A"), table.digest("B")] }
        try await running(try agent(folder)) {
            controller.publish(
                table(
                    2, stable: "A", candidate: "B", weight: 500, keep: ["A", "B", "C"], attempt: 1))
            try await controller.waitForAck(of: 2, by: "host-1")
            controller.publish(table(3, stable: "A", keep: ["A", "B"]))
            let ack = try await controller.waitForAck(of: 3, by: "host-1")
            #expect(ack.loadedCandidateDigest.isEmpty)
        }
        #expect(folder.state.withLock { $0.moves.last } == ModelLinks(stable: table.digest("A")))
    }

    @Test func afterARestartOfTheControllerItJoinsAgainWithWhatItHolds() async throws {
        let folder = holding("A")
        try await running(try agent(folder)) {
            try await clock.pushing {
                controller.publish(table(5, stable: "A"))
                try await controller.waitForAck(of: 5, by: "host-1")
                controller.setAway(true)
                controller.setAway(false)
                let rejoined = try await controller.wait {
                    $0.joins.count >= 2 ? $0.joins.last : nil
                }
                #expect(rejoined.heldDigests == [table.digest("A").bytes])
                #expect(rejoined.loadedStableDigest == table.digest("A").bytes)
                _ = try await controller.wait { state in
                    state.messages.filter { $0.message.epoch == 5 }.count >= 2 ? true : nil
                }
            }
        }
    }

    @Test func aStaleControllerIsRefusedAlsoAfterARestartOfTheAgent() async throws {
        let folder = holding("A", "B")
        try await running(try agent(folder)) {
            controller.publish(table(5, stable: "A", token: 3))
            try await controller.waitForAck(of: 5, by: "host-1")
        }
        controller.publish(table(4, stable: "B", token: 3))
        try await running(try agent(folder)) {
            let refusal = try await controller.wait { state in
                state.last("host-1").flatMap { $0.problem.isEmpty ? nil : $0 }
            }
            #expect(refusal.problem.contains("epoch 4 is older than epoch 5"))
            controller.publish(table(6, stable: "B", token: 2))
            _ = try await controller.wait { state in
                state.last("host-1")!.problem.contains("stale controller") ? true : nil
            }
            #expect(folder.links() == ModelLinks(stable: table.digest("A")))
            controller.publish(table(6, stable: "B", token: 3))
            try await controller.waitForAck(of: 6, by: "host-1")
        }
    }

    @Test func aRestartGoesOnWithoutController() async throws {
        let folder = holding("A")
        try await running(try agent(folder)) {
            controller.publish(table(5, stable: "A"))
            try await controller.waitForAck(of: 5, by: "host-1")
        }
        // As if the power had gone before the link was on the disk.
        folder.state.withLock { $0.links = ModelLinks() }
        controller.setAway(true)
        let moved = Doorbell()
        let again = try agent(folder) { _ in moved.ring() }
        try await running(again) {
            try await moved.wait(after: 0)
            #expect(folder.links() == ModelLinks(stable: table.digest("A")))
        }
    }

    @Test func aRestartInTheMiddleOfASwitchFinishesIt() async throws {
        let (old, new) = (table.digest("A"), table.digest("B"))
        let folder = holding("A", "B", links: ModelLinks(stable: old))
        let next = try ServingTable(checking: table(7, stable: "B"))
        // Remembered, and then the process was killed before a link moved.
        folder.remember(try AgentMemory(table: next, proven: [old]).encoded())
        controller.publish(table(7, stable: "B"))
        try await running(try agent(folder)) {
            let ack = try await controller.waitForAck(of: 7, by: "host-1")
            #expect(ack.loadedStableDigest == new.bytes)
        }
        #expect(folder.links() == ModelLinks(stable: new))
    }

    @Test func aFailedReloadIsSaidAndTheEpochIsNotAcknowledged() async throws {
        let folder = holding("A")
        let failures = Mutex(2)
        let agent = try agent(folder) { _ in
            let fails = failures.withLock { failures in
                failures -= 1
                return failures >= 0
            }
            if fails { throw RPCError(.internal, "systemctl ended with exit code 1") }
        }
        try await running(agent) {
            controller.publish(table(1, stable: "A"))
            let refusal = try await controller.wait { state in
                state.last("host-1").flatMap { $0.problem.isEmpty ? nil : $0 }
            }
            #expect(refusal.epoch == 0 && refusal.problem.contains("exit code 1"))
            try await clock.pushing { try await controller.waitForAck(of: 1, by: "host-1") }
        }
    }

    @Test func aReloadThatHangsIsOvertakenByTheNextTable() async throws {
        let folder = holding("A", "B")
        let (hanging, never) = (Doorbell(), Doorbell())
        let agent = try agent(folder) { [table] links in
            guard links.candidate == table.digest("B") else { return }
            hanging.ring()
            try await never.wait(after: 99)
        }
        try await running(agent) {
            controller.publish(table(1, stable: "A", candidate: "B", weight: 100, attempt: 1))
            try await hanging.wait(after: 0)
            controller.publish(table(2, stable: "A"))
            try await controller.waitForAck(of: 2, by: "host-1")
        }
        #expect(!controller.now.messages.contains { $0.message.epoch == 1 })
    }

    @Test func itSaysGoodbye() async throws {
        try await running(try agent(holding("A"))) {
            controller.publish(table(1, stable: "A"))
            try await controller.waitForAck(of: 1, by: "host-1")
        }
        #expect(controller.now.messages.last?.message.leaving == true)
    }

    @Test func aFolderOfAnotherTargetIsRefused() async throws {
        let folder = holding("A")
        var other = table
        other.target = "test/chat"
        let foreign = try ServingTable(checking: other(3, stable: "A"))
        folder.remember(try AgentMemory(table: foreign, proven: []).encoded())
        let agent = try agent(folder)
        await #expect(throws: RPCError.self) { try await agent.run() }
    }
}
