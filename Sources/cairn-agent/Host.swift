import AdminHTTP
import AgentService
import CairnCore
import Exposition
import LinuxHost
import Ports
import ServiceKit
import TCPTransport
import VersionFolders

/// A serving host: its model folder, its agent, and its ear for outcomes.
struct Host: Sendable {
    private let settings: AgentSettings
    private let log: StandardErrorLog
    private let channels: [TCPChannel]
    private let folder: ModelFolderOnDisk
    private let agent: Agent
    private let forwarder: OutcomeForwarder
    private let spool: SpoolOnDisk
    private let server: TCPServer?
    private let admin: AdminServer?

    init(
        _ settings: AgentSettings, loops: EventLoops, clock: any WallClock, log: StandardErrorLog
    ) throws {
        (self.settings, self.log) = (settings, log)
        let options = ClientOptions(name: "cairn-agent \(settings.agent.name)")
        channels = [settings.controller, settings.controller, settings.ingest].map {
            TCPChannel(to: $0, loops: loops, options: options)
        }
        let quick = WorkQueues(label: "agent.quick")
        folder = try ModelFolderOnDisk(
            settings.folder, source: IngestSource(channels[2]), queues: WorkQueues(label: "agent"),
            quick: quick, pause: Self.pause(clock))
        agent = Agent(
            settings.agent, folder: folder, controller: channels[0], clock: clock,
            reload: Self.reload(settings)
        ) { log.info($0) }
        spool = try SpoolOnDisk(settings.folder + "/outcomes", queues: quick)
        forwarder = OutcomeForwarder(
            target: settings.agent.target, spool: spool, controller: channels[1], clock: clock
        ) { log.info($0) }
        var routes = RPCRoutes(serviceName: "cairn-agent")
        forwarder.addRoutes(to: &routes)
        server = try settings.socket.map { [routes] in try TCPServer(routes, on: $0, loops: loops) }
        admin = try settings.admin.map { [agent, spool] address in
            try AdminServer(
                at: address,
                pages: AdminPages(notReadyBecause: { Self.notReadyBecause(agent.report) }) {
                    Self.metrics(agent.report, spool.count()).exposition
                })
        }
    }

    /// A fetch that is cut goes on by itself for a while; then the agent plans anew.
    private static func pause(_ clock: any WallClock) -> RestorePause {
        let policy = RetryPolicy(most: .seconds(5))
        return { failures, error in
            guard failures <= 20 else { throw error }
            var random = SystemRandomNumberGenerator()
            try await clock.sleep(until: clock.now() + policy.wait(after: failures, using: &random))
        }
    }

    private static func reload(_ settings: AgentSettings) -> Agent.Reload? {
        if settings.reload.isEmpty { return nil }
        let command = TimedCommand(settings.reload, limit: settings.reloadTime)
        return { links in
            func path(_ digest: Digest?) -> String {
                digest.map { settings.folder + "/versions/" + $0.hex } ?? ""
            }
            try await command.run(with: [
                "CAIRN_TARGET": "\(settings.agent.target)", "CAIRN_STABLE": path(links.stable),
                "CAIRN_CANDIDATE": path(links.candidate),
            ])
        }
    }

    func end(because reason: String) {
        log.info("shutting down", ["because": reason])
        agent.beginShutdown()
    }

    /// Until `end`, or until a part of it fails.
    func run() async throws {
        do {
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { try await forwarder.run() }
                if let server { group.addTask { try await server.run() } }
                if let admin { group.addTask { await admin.run() } }
                group.addTask { try await agent.run() }
                defer { group.cancelAll() }
                // The agent is the only part that ends by itself.
                try await group.next()
                server?.shutDown()
            }
        } catch {
            for channel in channels { await channel.close() }
            throw error
        }
        for channel in channels { await channel.close() }
    }

    // MARK: What the admin port shows

    private static func notReadyBecause(_ report: AgentReport) -> String? {
        if !report.problem.isEmpty { return report.problem }
        return report.epoch == 0 ? "no route table is in force yet" : nil
    }

    private static func metrics(_ report: AgentReport, _ waiting: Int) -> [MetricFamily] {
        let process = ProcessFigures()
        return [
            .gauge(
                "cairn_agent_epoch", "Epoch of the route table in force; 0 is none.", report.epoch),
            .gauge(
                "cairn_agent_held_versions", "Verified versions on this disk.", report.held.count),
            .gauge(
                "cairn_agent_problem", "Whether the newest table is not in force.",
                report.problem.isEmpty ? 0 : 1),
            .gauge(
                "cairn_agent_waiting_reports", "Outcome reports not with the controller.", waiting),
            .gauge(
                "process_resident_memory_bytes", "Memory in RAM.", process.residentByteCount),
            .gauge("process_open_fds", "Open file descriptors.", process.openDescriptorCount),
        ]
    }
}
