import CairnCore
import Messages
import Ports
import Testing

@testable import ControllerService

/// A group is led over the wire, and by whoever takes the controller up again.
@Suite struct GroupServiceTests {
    private static let targets = ["de/chat", "fr/chat"]

    private func router(_ target: String, _ channel: InMemoryChannel) async throws {
        try await channel.converse(ControllerMethods.serve) { messages, tables in
            try await messages.send(
                ParticipantMessage(target: target, name: "router", role: .router))
            while let (table, _) = try await tables.next() {
                try await messages.send(ParticipantMessage(role: .router, epoch: table.epoch))
            }
        }
    }

    private func settle(
        _ target: String, _ channel: InMemoryChannel, _ holds: @Sendable (TargetStatus) -> Bool
    ) async throws -> TargetStatus {
        try await channel.stream(
            ControllerMethods.watchTargetStatus, GetTargetStatus(target: target), .endless
        ) { statuses in
            while let (status, _) = try await statuses.next() {
                if holds(status) { return status }
            }
            throw RPCError(.internal, "the watch ended")
        }
    }

    private func deploy(_ target: String, _ number: String, _ channel: InMemoryChannel)
        async throws
    {
        _ = try await channel.call(
            ControllerMethods.deploy,
            Deploy(
                target: target, number: number, manifestDigest: ControllerScene.manifest(number),
                expectation: Expectation(actor: "ann")))
    }

    @Test func stepsWaitForEachOtherAndOneTakesAllBack() async throws {
        let clock = ManualClock()
        let service = ControllerService(
            store: InMemoryControllerStore(), evaluator: AbsentChannel(), clock: clock)
        try await service.load()
        let channel = InMemoryChannel(service.routes())
        for target in Self.targets {
            _ = try await channel.call(
                ControllerMethods.applyTarget,
                TargetSpec(target: target, model: "chat", plan: ControllerScene.plan, actor: "ann"))
            try await deploy(target, "1.0.0", channel)
        }
        _ = try await channel.call(
            ControllerMethods.applyGroup,
            GroupSpec(group: "eu", targets: Self.targets, actor: "ann"))
        let refused = await #expect(throws: RPCError.self) {
            try await deployGroup(channel)
        }
        #expect(refused?.text.contains("out of reach") == true)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await service.run() }
            for target in Self.targets { group.addTask { try await router(target, channel) } }
            for target in Self.targets {
                _ = try await settle(target, channel) { $0.participants.contains { $0.connected } }
            }
            let plan = try await deployGroup(channel, planOnly: true)
            #expect(plan.text.contains("de/chat, fr/chat"))
            _ = try await deployGroup(channel)
            for target in Self.targets {
                _ = try await settle(target, channel) { $0.steps.first?.state == "baking" }
            }
            // One has baked; it waits for the other.
            let baked = try await report("de/chat", 1, failures: 0, channel)
            clock.advance(by: .seconds(2))
            let waits = try await settle("de/chat", channel) {
                $0.waitingFor == ["group eu to allow what comes after step 1"]
            }
            #expect(waits.epoch == baked.epoch && waits.group == "eu")
            _ = try await report("fr/chat", 1, failures: 40, channel)
            let back = try await settle("de/chat", channel) { $0.state == "rolling_back" }
            #expect(back.why.contains("fr/chat went back: guard errors"))
            group.cancelAll()
        }
    }

    private func deployGroup(_ channel: InMemoryChannel, planOnly: Bool = false) async throws
        -> GroupReply
    {
        try await channel.call(
            ControllerMethods.deployGroup,
            DeployGroup(
                group: "eu", number: "1.1.0", manifestDigest: ControllerScene.manifest("1.1.0"),
                expectation: Expectation(actor: "ann", planOnly: planOnly)))
    }

    private func report(
        _ target: String, _ sequence: UInt64, failures: UInt64, _ channel: InMemoryChannel
    ) async throws -> TargetStatus {
        let status = try await channel.call(
            ControllerMethods.getTargetStatus, GetTargetStatus(target: target))
        _ = try await channel.call(
            ControllerMethods.reportOutcomes,
            ReportOutcomes(
                target: target, reporter: "router", sequence: sequence,
                outcomes: [
                    ArmOutcomes(epoch: status.epoch, arm: .stable, requestCount: 900),
                    ArmOutcomes(
                        epoch: status.epoch, arm: .candidate, requestCount: 50,
                        failureCount: failures),
                ], incarnation: 1))
        return status
    }
}
