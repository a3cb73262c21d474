import AdminHTTP
import AgentService
import CairnCore
import Exposition
import Glibc
import HAProxyRouter
import HTTPClient
import LinuxHost
import NGINXRouter
import Ports
import ServiceKit
import TCPTransport
import VersionFolders

/// A router's host: the agent that has it split requests.
struct RouterHost: Sendable {
    private let log: StandardErrorLog
    private let channel: TCPChannel
    private let agent: RouterAgent
    private let admin: AdminServer?

    init(
        _ settings: AgentSettings, _ router: RouterSettings, loops: EventLoops,
        clock: any WallClock, log: StandardErrorLog
    ) throws {
        self.log = log
        channel = TCPChannel(
            to: settings.controller, loops: loops,
            options: ClientOptions(name: "cairn-agent \(settings.agent.name)"))
        let queues = WorkQueues(label: "router", count: 1)
        agent = RouterAgent(
            .init(target: settings.agent.target, name: settings.agent.name),
            router: Self.router(settings.agent.target, router, queues, clock, log),
            memory: try TableMemoryOnDisk(settings.folder, queues: queues), controller: channel,
            clock: clock
        ) { log.info($0) }
        admin = try settings.admin.map { [agent] address in
            try AdminServer(
                at: address,
                pages: AdminPages(notReadyBecause: { Self.notReadyBecause(agent.report) }) {
                    Self.metrics(agent.report).exposition
                })
        }
    }

    private static func router(
        _ target: TargetName, _ router: RouterSettings, _ queues: WorkQueues,
        _ clock: any WallClock, _ log: StandardErrorLog
    ) -> any TrafficRouter {
        switch router {
        case .haproxy(let address, let map):
            HAProxyRouter(target, at: address, map: map) { text in
                try await queues.run {
                    // Where it is not, HAProxy's files are another host's or container's.
                    guard access(map, F_OK) == 0 else { return }
                    do throws(HostError) {
                        try Files.write(text, to: map)
                    } catch {
                        log.warning(
                            "a HAProxy that starts anew begins with what its map's file says until "
                                + "this agent sees it", ["file": map, "error": "\(error)"])
                    }
                }
            }
        case .nginx(let settings):
            NGINXRouter(
                target, status: settings.status, host: host(settings, queues),
                http: CurlHTTPCaller(), clock: clock)
        }
    }

    private static func host(_ nginx: RouterSettings.NGINXSettings, _ queues: WorkQueues)
        -> NGINXRouter.Host
    {
        let limit = Duration.seconds(60)
        let (test, reload) = (
            TimedCommand(nginx.test, limit: limit), TimedCommand(nginx.reload, limit: limit)
        )
        return NGINXRouter.Host(
            read: { try await queues.run { try Files.readText(nginx.include) } },
            write: { text in try await queues.run { try Files.write(text, to: nginx.include) } },
            test: { try await test.runQuoting() }, reload: { try await reload.runQuoting() },
            workers: { try await queues.run { try NGINXWorkers.taking(pidFile: nginx.pidFile) } })
    }

    func end(because reason: String) {
        log.info("shutting down", ["because": reason])
        agent.beginShutdown()
    }

    /// Until `end`, or until the agent fails.
    func run() async throws {
        let result: Result<Void, any Error>
        do {
            try await withThrowingTaskGroup(of: Void.self) { group in
                if let admin { group.addTask { await admin.run() } }
                group.addTask { try await agent.run() }
                defer { group.cancelAll() }
                try await group.next()
            }
            result = .success(())
        } catch {
            result = .failure(error)
        }
        await channel.close()
        try result.get()
    }

    // MARK: What the admin port shows

    private static func notReadyBecause(_ report: AgentReport) -> String? {
        if !report.problem.isEmpty { return report.problem }
        return report.epoch == 0 ? "no route table is in force yet" : nil
    }

    private static func metrics(_ report: AgentReport) -> [MetricFamily] {
        let process = ProcessFigures()
        return [
            .gauge(
                "cairn_agent_epoch", "Epoch of the route table in force; 0 is none.", report.epoch),
            .gauge(
                "cairn_agent_problem", "Whether the newest table is not in force.",
                report.problem.isEmpty ? 0 : 1),
            .gauge(
                "process_resident_memory_bytes", "Memory in RAM.", process.residentByteCount),
            .gauge("process_open_fds", "Open file descriptors.", process.openDescriptorCount),
        ]
    }
}
