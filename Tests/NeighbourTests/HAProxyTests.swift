import CairnCore
import CairnTestKit
import Deployment
import Glibc
import LinuxHost
import Messages
import RouterTexts
import Routing
import ServingTestKit
import Testing

/// Debian's HAProxy, driven by cairn-agent.
@Suite(
    .serialized, .timeLimit(.minutes(10)),
    .enabled(
        if: Programs.isInstalled("haproxy") && Programs.isInstalled("nginx")
            && Programs.isInstalled("wrk"), "needs haproxy, nginx and wrk: scripts/setup.sh test"))
struct HAProxyTests {
    /// A HAProxy as somebody installs it by what `cairn router config haproxy` writes.
    struct Router: Sendable {
        let site: RouterSite
        let port = freePort()
        let target: TargetName
        var socket: String { site.folder + "/haproxy.sock" }
        var map: String { HAProxyTexts.mapPath(target, in: site.folder) }
        var flags: [String] { ["--haproxy", socket, "--haproxy-map", map] }

        init(_ site: RouterSite, _ upstreams: (stable: Int, candidate: Int)) throws {
            self.site = site
            target = try TargetName(site.target)
            _ = site.programs.write("cairn.lua", HAProxyTexts.program)
            writeMap()
            let installation = RouterInstallation(
                target: target, key: try RequestKey("header:X-User"),
                cohorts: try RequestKey("header:X-Cohorts"), folder: site.folder, stable: "stable",
                candidate: "candidate")
            let lines = HAProxyTexts.fragment(installation, socket: socket)
                .split(separator: "\n", omittingEmptySubsequences: false)
            let parts = lines.split { $0.isEmpty }
            _ = site.programs.write(
                "haproxy.cfg",
                """
                global
                    nbthread 2
                \(parts[0].joined(separator: "\n"))
                defaults
                    mode http
                    timeout connect 20s
                    timeout client 60s
                    timeout server 60s
                frontend in
                    bind 127.0.0.1:\(port)
                \(parts[1].joined(separator: "\n"))
                    http-request set-header X-Cairn %[var(txn.cairn_epoch)]
                backend stable
                    server one 127.0.0.1:\(upstreams.stable)
                backend candidate
                    server one 127.0.0.1:\(upstreams.candidate)

                """)
        }

        func writeMap() {
            _ = site.programs.write(
                "prod-chat.map", HAProxyTexts.map(RouterSplit(installedFor: target)))
        }

        func start() async throws -> ChildProcess {
            let child = try site.programs.start(
                "exec haproxy -db -f \(site.folder)/haproxy.cfg", log: "haproxy.log")
            try await site.waitForAnswer(of: port)
            return child
        }

        func arm(_ headers: String...) async throws -> String {
            String(try await site.ask(port, headers).prefix { $0 != " " })
        }
    }

    func withRouter(_ body: (Router) async throws -> Void) async throws {
        try await RouterSite.with { site in
            try await body(try Router(site, try await site.startUpstreams()))
        }
    }

    @Test func aCanaryAndARollbackUnderLoad() async throws {
        try await withRouter { router in
            _ = try await router.start()
            let agent = try router.site.startAgent(router.flags)
            router.site.controller.publish(Rollout.table(1))
            try await router.site.waitForAck(of: 1)
            var rollout = Rollout(
                site: router.site,
                load: try Load(router.site.programs, port: router.port, closes: false))
            try await rollout.run { try await router.site.ask(router.port, ["X-User: \($0)"]) }
            try rollout.check(agrees: true)
            try await router.site.programs.stop(agent)
        }
    }

    @Test func pinsGoBeforeTheWeight() async throws {
        try await withRouter { router in
            _ = try await router.start()
            let agent = try router.site.startAgent(router.flags)
            var table = Rollout.table(1)
            table.pins = [
                PinSpec(key: "user-1, \"x\" 100%", arm: "candidate"),
                PinSpec(prefix: "vip-", arm: "candidate"),
                PinSpec(cohort: "beta", arm: "candidate"),
                PinSpec(prefix: "never", arm: "candidate"), PinSpec(prefix: "never", arm: "stable"),
            ]
            router.site.controller.publish(table)
            try await router.site.waitForAck(of: 1)
            #expect(try await router.arm("X-User: user-1, \"x\" 100%") == "candidate")
            #expect(try await router.arm("X-User: user-1") == "stable")
            #expect(try await router.arm("X-User: vip-7") == "candidate")
            #expect(try await router.arm("X-User: Vip-7") == "stable")
            #expect(try await router.arm("X-User: u", "X-Cohorts: staff, beta") == "candidate")
            #expect(try await router.arm("X-User: u", "X-Cohorts: betas") == "stable")
            #expect(try await router.arm("X-User: never-mind") == "candidate")
            #expect(try await router.arm() == "stable")
            try await router.site.programs.stop(agent)
        }
    }

    @Test func aHAProxyThatWasRestartedIsToldAgain() async throws {
        try await withRouter { router in
            let (site, haproxy) = (router.site, try await router.start())
            let agent = try site.startAgent(router.flags)
            var table = Rollout.table(3)
            table.candidate?.weightBp = 10_000
            table.stable?.weightBp = 0
            site.controller.publish(table)
            try await site.waitForAck(of: 3)
            #expect(try await router.arm("X-User: u") == "candidate")
            // The agent keeps the file as well: a restart alone loses nothing.
            #expect(site.programs.text("prod-chat.map").contains("epoch=3,"))
            try await site.programs.stop(haproxy)
            _ = try await site.waitForProblem("HAProxy does not answer")
            router.writeMap()
            let again = try await router.start()
            try await site.waitForAck(of: 3)
            #expect(try await router.arm("X-User: u") == "candidate")
            try await site.programs.stop(again)
            _ = try await site.waitForProblem("HAProxy does not answer")
            // A rollback while the socket is gone is not acknowledged before HAProxy has it.
            site.controller.publish(Rollout.table(7))
            _ = try await site.waitForProblem("HAProxy does not answer")
            #expect(!site.controller.now.messages.contains { $0.message.epoch == 7 })
            _ = try await router.start()
            try await site.waitForAck(of: 7)
            #expect(try await router.arm("X-User: u") == "stable")
            try await site.programs.stop(agent)
        }
    }

    @Test func nothingOlderGetsInAlsoWithoutTheAgentsMemory() async throws {
        try await withRouter { router in
            let site = router.site
            _ = try await router.start()
            var agent = try site.startAgent(router.flags)
            site.controller.publish(Tables()(20, stable: "A", attempt: 1, token: 3))
            try await site.waitForAck(of: 20)
            agent.send(SIGKILL)
            _ = try await agent.wait()
            unlink(site.folder + "/agent/agent.state")
            site.controller.publish(Tables()(19, stable: "B", attempt: 1, token: 3))
            agent = try site.startAgent(router.flags)
            _ = try await site.waitForProblem("the router has epoch 20 under fencing token 3")
            site.controller.publish(Tables()(25, stable: "B", attempt: 1, token: 2))
            _ = try await site.waitForProblem("epoch 25 under token 2 is older")
            #expect(site.programs.text("prod-chat.map").contains("epoch=20,"))
            site.controller.publish(Tables()(21, stable: "B", attempt: 1, token: 3))
            try await site.waitForAck(of: 21)
            try await site.programs.stop(agent)
        }
    }

    @Test func aHAProxyWithoutTheLinesSaysSo() async throws {
        try await withRouter { router in
            _ = try await router.start()
            let agent = try router.site.startAgent([
                "--haproxy", router.socket, "--haproxy-map", router.site.folder + "/other.map",
            ])
            router.site.controller.publish(Rollout.table(1))
            _ = try await router.site.waitForProblem("does not use the map")
            try await router.site.programs.stop(agent)
        }
    }
}
