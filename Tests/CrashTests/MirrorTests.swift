import CairnClient
import CairnCore
import CairnTestKit
import Glibc
import LinuxHost
import Messages
import Ports
import Routing
import Synchronization
import TCPTransport
import Testing

/// Mirror steps with the real controller: a serving program compares the two answers, and what it
/// says decides, also when the controller is killed on the way.
@Suite(.serialized, .timeLimit(.minutes(10))) struct MirrorTests {
    private static let target = "prod/mirrored"

    /// The controller as a process.
    private final class Controller: Sendable {
        let folder: String
        private let running = Mutex<ChildProcess?>(nil)

        init(folder: String) { self.folder = folder }

        var address: String { "unix:\(folder)/rpc" }

        func start() throws {
            let log = open(folder + "/log", O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o644)
            guard log >= 0 else { throw HostError("no log in \(folder)") }
            defer { close(log) }
            let process = try ChildProcess(
                BuiltPrograms.path("cairn-deployment-controller"),
                [
                    "--data", folder, "--listen", address, "--admin", "none", "--ingest",
                    "unix:\(folder)/nobody", "--evaluator", "unix:\(folder)/nobody",
                ], descriptors: [.init(1, from: log), .init(2, from: log)])
            running.withLock { $0 = process }
        }

        func end(_ signal: Int32) async throws {
            guard let process = running.withLock({ $0.take() }) else { return }
            process.send(signal)
            _ = try await process.wait()
        }
    }

    private func running(
        _ body: (CairnClient, Controller) async throws -> Void
    ) async throws {
        let scratch = try ScratchFolder()
        let controller = Controller(folder: scratch.path)
        try controller.start()
        var addresses = ServiceAddresses.standard
        addresses.controller = SocketAddress(controller.address)!
        do {
            try await withClient(of: addresses, named: "mirror test") { client in
                try await body(client, controller)
            }
        } catch {
            try await controller.end(SIGKILL)
            throw error
        }
        try await controller.end(SIGTERM)
    }

    /// Waits for a state; the watch wakes it, no clock does.
    private func settle(
        _ client: CairnClient, _ holds: @escaping @Sendable (TargetStatus) -> Bool
    ) async throws -> TargetStatus {
        let found = Mutex<TargetStatus?>(nil)
        try await client.controller.watch(try TargetName(Self.target)) { status in
            if holds(status) { found.withLock { $0 = status } }
            return holds(status)
        }
        return try #require(found.withLock { $0 })
    }

    private func deploy(_ number: String, _ client: CairnClient) async throws {
        _ = try await client.controller.deploy(
            try #require(VersionNumber(number)), manifest: Digest(of: Array(number.utf8)),
            to: try TargetName(Self.target), Expectation(actor: "test"))
    }

    private func prepare(_ client: CairnClient) async throws {
        let mirror = PlanStep(bakeRequests: 1_000_000, kind: "mirror", mirrorBp: 5_000)
        let plan = PlanSpec(
            steps: [mirror, PlanStep(weightBp: 10_000)],
            guards: [GuardSpec(name: "answers", kind: "paired_beta_mixture")],
            rollback: RollbackSpec(quietMs: 20), skipVerdict: true)
        _ = try await client.controller.channel.call(
            ControllerMethods.applyTarget,
            TargetSpec(target: Self.target, model: "chat", plan: plan, actor: "test"))
        try await deploy("1.0.0", client)
    }

    /// A thousand requests; those that are mirrored are compared.
    ///
    /// - Parameter wins: whether the candidate's answer to the n-th of them is the better one.
    /// - Returns: how many were compared.
    private func serve(
        _ router: Router, _ keys: Range<Int>, wins: (Int) -> Bool
    ) throws -> Int {
        var compared = 0
        for index in keys {
            let key = "request-\(index)"
            let route = try #require(router.route(key))
            #expect(route.arm == .stable, "a mirror gives the candidate no weight")
            let seen = Outcome(latencyMilliseconds: 20, score: 0.8)
            router.record(seen, of: route)
            guard let mirror = router.mirror(key, of: route) else { continue }
            #expect(mirror.number == "1.1.0" && mirror.arm == .mirror)
            let unseen = Outcome(latencyMilliseconds: 25, score: wins(compared) ? 0.9 : 0.7)
            router.record(unseen, of: mirror)
            router.record(MirrorComparison(stable: seen, candidate: unseen), of: mirror)
            compared += 1
        }
        return compared
    }

    @Test func comparedAnswersDecideAndCountOnceThroughAKill() async throws {
        try await running { client, controller in
            try await prepare(client)
            let router = client.router(for: try TargetName(Self.target), named: "router") { _ in }
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { try await router.run() }
                _ = try await router.waitForTable()
                try await deploy("1.1.0", client)
                _ = try await settle(client) { $0.steps.first?.state == "baking" }
                // The step bakes once this router has the mirror's table in force.
                var compared = try serve(router, 0..<400) { $0 % 2 == 0 }
                try await controller.end(SIGKILL)
                compared += try serve(router, 400..<800) { $0 % 2 == 1 }
                try controller.start()
                compared += try serve(router, 800..<1_000) { $0 % 2 == 0 }
                #expect((400...600).contains(compared), "half of all: \(compared)")
                let wanted = UInt64(compared)
                let even = try await settle(client) { $0.guards.first?.events ?? 0 >= wanted }
                #expect(even.guards.first?.events == wanted, "each counts once")
                #expect(even.state == "step" && even.guards.first?.tripped == false)
                #expect(even.candidate?.weightBp == 0 && even.mirrorBp == 5_000)

                _ = try serve(router, 1_000..<1_400) { $0 % 10 == 0 }
                let back = try await settle(client) { $0.state == "rolled_back" }
                let cause = back.lastRollback?.cause ?? ""
                #expect(cause.contains("guard answers") && cause.contains("mirrored"), "\(cause)")
                #expect(back.quarantine.map(\.number) == ["1.1.0"])
                router.beginShutdown()
                try await group.waitForAll()
            }
            let verdicts = try await client.controller.channel.call(
                ControllerMethods.getVerdicts, GetVerdicts(target: Self.target))
            #expect(verdicts.verdicts.map(\.kind) == ["paired_beta_mixture"])
            #expect(verdicts.verdicts.allSatisfy { $0.confirmed })
        }
    }
}
