import CairnClient
import CairnCore
import CairnTestKit
import LinuxHost
import Messages
import Ports
import Testing

/// G7 with the real process over SQLite: killed right before and right after the commit of each record
/// of a rollout, started again, and asked again; the log, the state and the weights are those of the
/// run that nobody disturbed.
@Suite(.serialized) struct KillAtRecordTests {
    private static let target = "prod/kill"

    /// What an operator does, one thing after the other; no clock decides anything in between.
    private enum Step: CaseIterable {
        case apply, deployFirst, deploySecond, pause, resume, promote, skip, goBack, promoteAgain
        case toTheEnd, keepOut, abort
    }

    @Test(.timeLimit(.minutes(20))) func aKillAtAnyRecordChangesNothing() async throws {
        let undisturbed = try await run(killing: nil)
        #expect(undisturbed.deaths == 0 && undisturbed.history.count >= Step.allCases.count)
        var deaths = 0
        for record in 1...undisturbed.history.count {
            for side in ["before", "after"] {
                let disturbed = try await run(killing: "\(record):\(side)")
                #expect(disturbed.history == undisturbed.history, "\(record):\(side)")
                #expect(disturbed.status == undisturbed.status, "\(record):\(side)")
                deaths += disturbed.deaths
            }
        }
        print("kill test: \(undisturbed.history.count) records, \(deaths) kills at their commits")
        #expect(deaths == 2 * undisturbed.history.count)
    }

    private struct Outcome {
        var history: [String] = []
        var status: [String] = []
        var deaths = 0
    }

    private func run(killing: String?) async throws -> Outcome {
        let scratch = try ScratchFolder()
        let controller = ControllerProcess(folder: scratch.path)
        try controller.start(killing: killing)
        await controller.waitTillReady()
        var outcome = Outcome()
        for (number, step) in Step.allCases.enumerated() {
            // Asked again with the same id until it is answered.
            while true {
                do {
                    try await withClient(of: try controller.addresses, named: "kill test") {
                        try await carryOut(step, number, $0)
                    }
                    break
                } catch let error as RPCError
                    where [.unavailable, .deadlineExceeded, .cancelled].contains(error.code)
                {
                    outcome.deaths += 1
                    #expect(try await controller.wait() == -9, "\(error)")
                    try controller.start()
                    await controller.waitTillReady()
                }
            }
        }
        try await withClient(of: try controller.addresses, named: "kill test") { client in
            outcome.history = try await history(client)
            outcome.status = try await status(client)
        }
        try await controller.end()
        return outcome
    }

    private func carryOut(_ step: Step, _ number: Int, _ client: CairnClient) async throws {
        let channel = client.controller.channel
        var who = Expectation(actor: "ann", reason: "\(step)")
        who.requestId = EventID(high: 7, low: UInt64(number)).bytes
        let options = CallOptions(deadline: .seconds(30))
        func verb(
            _ method: Method<Verb, VerbReply>, _ change: (inout Verb) -> Void = { _ in }
        ) async throws {
            var verb = Verb(target: Self.target, expectation: who)
            change(&verb)
            _ = try await channel.call(method, verb, options)
        }
        func deploy(_ number: String) async throws {
            _ = try await channel.call(
                ControllerMethods.deploy,
                Deploy(
                    target: Self.target, number: number,
                    manifestDigest: Digest(of: Array(number.utf8)).bytes, expectation: who),
                options)
        }
        switch step {
        case .apply:
            _ = try await channel.call(
                ControllerMethods.applyTarget,
                TargetSpec(
                    target: Self.target, model: "red",
                    plan: PlanSpec(
                        steps: [500, 2_500, 10_000].map {
                            PlanStep(weightBp: $0, manualGate: true)
                        },
                        watch: WatchSpec(durationMs: 86_400_000),
                        rollback: RollbackSpec(deadlineMs: 86_400_000, quietMs: 86_400_000),
                        skipVerdict: true),
                    actor: "ann"), options)
        case .deployFirst: try await deploy("1.0.0")
        case .deploySecond: try await deploy("1.1.0")
        case .pause: try await verb(ControllerMethods.pause)
        case .resume: try await verb(ControllerMethods.resume)
        case .promote, .promoteAgain: try await verb(ControllerMethods.promote)
        case .skip: try await verb(ControllerMethods.skipStep)
        case .goBack: try await verb(ControllerMethods.goToStep) { $0.toStep = 1 }
        case .abort: try await verb(ControllerMethods.abort)
        case .toTheEnd: try await verb(ControllerMethods.promote) { $0.full = true }
        case .keepOut:
            _ = try await channel.call(
                ControllerMethods.quarantine,
                Quarantine(
                    target: Self.target, number: "1.2.0",
                    manifestDigest: Digest(of: Array("1.2.0".utf8)).bytes, expectation: who),
                options)
        }
    }

    /// Without times, and without the starts.
    private func history(_ client: CairnClient) async throws -> [String] {
        let audit = try await client.controller.channel.call(
            ControllerMethods.verifyAudit, VerifyAudit())
        #expect(audit.damages == [])
        return try await client.controller.channel.stream(
            ControllerMethods.getHistory, GetHistory(target: Self.target), .endless
        ) { entries in
            var all: [String] = []
            while let (entry, _) = try await entries.next() {
                if entry.summary.contains("started again") { continue }
                all.append("\(entry.actor) \(entry.reason) \(entry.summary) epoch \(entry.epoch)")
            }
            return all
        }
    }

    /// State, weights, and what comes next.
    private func status(_ client: CairnClient) async throws -> [String] {
        let status = try await client.controller.status(try TargetName(Self.target))
        return [
            status.state, status.why, "\(status.epoch)", "\(status.stable as Any)",
            "\(status.candidate as Any)", "\(status.waitingFor)",
        ]
    }
}
