import CairnCore
import CairnTestKit
import Glibc
import LinuxHost
import Messages
import RouterTexts
import Routing
import ServingTestKit
import Testing

/// Debian's NGINX, driven by cairn-agent.
@Suite(
    .serialized, .timeLimit(.minutes(10)),
    .enabled(
        if: Programs.isInstalled("nginx") && Programs.isInstalled("wrk"),
        "needs nginx and wrk: scripts/setup.sh test"))
struct NGINXTests {
    /// An NGINX as somebody installs it by what `cairn router config nginx` writes.
    struct Router: Sendable {
        let site: RouterSite
        let port = freePort()
        let status = freePort()
        let target: TargetName
        var include: String { NGINXTexts.includePath(target, in: site.folder) }
        var configuration: String { site.folder + "/nginx.conf" }
        var flags: [String] {
            [
                "--nginx", include, "--nginx-status", "127.0.0.1:\(status)", "--nginx-pid",
                site.folder + "/nginx.pid", "--nginx-test", "nginx -t -c \(configuration)",
                "--nginx-reload", "nginx -s reload -c \(configuration)",
            ]
        }

        init(_ site: RouterSite, _ upstreams: (stable: Int, candidate: Int)) throws {
            self.site = site
            target = try TargetName(site.target)
            _ = site.programs.write(
                "prod-chat.conf", NGINXTexts.include(RouterSplit(installedFor: target)))
            let installation = RouterInstallation(
                target: target, key: try RequestKey("header:X-User"),
                cohorts: try RequestKey("header:X-Cohorts"), folder: site.folder,
                stable: "chat_stable", candidate: "chat_candidate")
            let lines = NGINXTexts.fragment(installation, status: "127.0.0.1:\(status)")
                .split(separator: "\n", omittingEmptySubsequences: false)
            let parts = lines.split { $0.isEmpty }
            _ = site.programs.write(
                "nginx.conf",
                """
                daemon off; pid \(site.folder)/nginx.pid; error_log stderr notice;
                worker_processes 2;
                events { worker_connections 1024; }
                http {
                access_log off;
                \(RouterSite.temporaryPaths(site.folder, "nginx"))
                upstream chat_stable { server 127.0.0.1:\(upstreams.stable); }
                upstream chat_candidate { server 127.0.0.1:\(upstreams.candidate); }
                \(parts[0].joined(separator: "\n"))
                server {
                    listen 127.0.0.1:\(port);
                    location / {
                        proxy_set_header X-Cairn $cairn_prod_chat_table;
                \(parts[1].joined(separator: "\n"))
                    }
                }
                }

                """)
        }

        func start() async throws -> ChildProcess {
            let child = try site.programs.start("exec nginx -c \(configuration)", log: "nginx.log")
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

    /// A connection for each request: NGINX closes idle ones when it is reloaded, and wrk counts that
    /// as an error although no request was under way.
    @Test func aCanaryAndARollbackUnderLoad() async throws {
        try await withRouter { router in
            _ = try await router.start()
            let agent = try router.site.startAgent(router.flags)
            router.site.controller.publish(Rollout.table(1))
            try await router.site.waitForAck(of: 1)
            var rollout = Rollout(
                site: router.site,
                load: try Load(router.site.programs, port: router.port, closes: true))
            try await rollout.run { try await router.site.ask(router.port, ["X-User: \($0)"]) }
            try rollout.check(agrees: false)
            try await router.site.programs.stop(agent)
        }
    }

    @Test func pinsGoBeforeTheWeight() async throws {
        try await withRouter { router in
            _ = try await router.start()
            let agent = try router.site.startAgent(router.flags)
            var table = Rollout.table(1)
            table.pins = [
                PinSpec(key: "user-1, \"x\" $host 100%|", arm: "candidate"),
                PinSpec(prefix: "vip.", arm: "candidate"),
                PinSpec(cohort: "beta", arm: "candidate"),
                PinSpec(prefix: "never", arm: "candidate"), PinSpec(prefix: "never", arm: "stable"),
            ]
            router.site.controller.publish(table)
            try await router.site.waitForAck(of: 1)
            #expect(try await router.arm("X-User: user-1, \"x\" $host 100%|") == "candidate")
            #expect(try await router.arm("X-User: user-1") == "stable")
            #expect(try await router.arm("X-User: vip.7") == "candidate")
            #expect(try await router.arm("X-User: vip-7") == "stable")
            #expect(try await router.arm("X-User: u", "X-Cohorts: staff, beta") == "candidate")
            #expect(try await router.arm("X-User: u", "X-Cohorts: betas") == "stable")
            #expect(try await router.arm("X-User: never-mind") == "candidate")
            #expect(try await router.arm() == "stable")
            try await router.site.programs.stop(agent)
        }
    }

    @Test func whatNGINXRefusesIsNotAcknowledgedAndGoesOnAsBefore() async throws {
        try await withRouter { router in
            let site = router.site
            _ = try await router.start()
            let agent = try site.startAgent(router.flags)
            site.controller.publish(Rollout.table(1))
            try await site.waitForAck(of: 1)
            let good = site.programs.text("nginx.conf")
            _ = site.programs.write("nginx.conf", good + "nonsense on;\n")
            site.controller.publish(Rollout.table(6))
            let refusal = try await site.waitForProblem("unknown directive \"nonsense\"")
            #expect(refusal.epoch == 1 && refusal.problem.contains("NGINX refuses"))
            #expect(site.programs.text("prod-chat.conf").contains("epoch=1,"))
            #expect(try await router.arm("X-User: u") == "stable")
            // Mended, it is tried again by itself.
            _ = site.programs.write("nginx.conf", good)
            try await site.waitForAck(of: 6)
            #expect(try await router.arm("X-User: u") == "candidate")
            try await site.programs.stop(agent)
        }
    }

    @Test func aReloadThatFailsIsNotAcknowledged() async throws {
        try await withRouter { router in
            let site = router.site
            _ = try await router.start()
            var flags = router.flags
            flags[flags.count - 1] = "sh \(site.programs.write("reload.sh", "echo no bus; exit 3"))"
            let agent = try site.startAgent(flags)
            site.controller.publish(Rollout.table(1))
            let refusal = try await site.waitForProblem("no bus")
            #expect(refusal.epoch == 0 && refusal.problem.contains("exit code 3"))
            _ = site.programs.write("reload.sh", "exec nginx -s reload -c \(router.configuration)")
            try await site.waitForAck(of: 1)
            try await site.programs.stop(agent)
        }
    }

    @Test func anNGINXThatIsGoneIsSaidAndToldWhenItIsBack() async throws {
        try await withRouter { router in
            let (site, nginx) = (router.site, try await router.start())
            let agent = try site.startAgent(router.flags)
            site.controller.publish(Rollout.table(6))
            try await site.waitForAck(of: 6)
            try await site.programs.stop(nginx)
            _ = try await site.waitForProblem("NGINX does not tell what it serves")
            site.controller.publish(Rollout.table(7))
            _ = try await site.waitForProblem("NGINX does not tell what it serves")
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
            #expect(site.programs.text("prod-chat.conf").contains("epoch=20,"))
            site.controller.publish(Tables()(21, stable: "B", attempt: 1, token: 3))
            try await site.waitForAck(of: 21)
            try await site.programs.stop(agent)
        }
    }
}
