import CairnCore
import Glibc
import LinuxHost
import Messages
import Ports
import ServingTestKit
import TCPTransport
import Testing

/// The program itself, against an ingest and a controller over loopback.
@Suite(.timeLimit(.minutes(10)), .serialized) struct ProcessTests {
    let scratch = ScratchTree()
    let ingest = MemoryIngest()
    let controller = MemoryController()

    /// The program lies beside the tests.
    static let program: String? = {
        var buffer = [UInt8](repeating: 0, count: 4096)
        let count = readlink("/proc/self/exe", &buffer, buffer.count)
        guard count > 0 else { return nil }
        let tests = String(decoding: buffer[..<count], as: UTF8.self)
        let path = tests.split(separator: "/").dropLast().joined(separator: "/")
        let program = "/\(path)/cairn-agent"
        return access(program, X_OK) == 0 ? program : nil
    }()

    struct Site: Sendable {
        let tables: Tables
        let arguments: [String]
        let loops: EventLoops
        /// Closed at the end, whatever happens: no agent outlives its test.
        let lifeline: Pipe

        func start() throws -> ChildProcess {
            // Its log is of use to nobody here.
            let null = open("/dev/null", O_RDWR | O_CLOEXEC)
            defer { close(null) }
            return try ChildProcess(
                ProcessTests.program ?? "cairn-agent", arguments + ["--lifeline-fd", "3"],
                descriptors: [
                    .init(0, from: null), .init(1, from: null), .init(2, from: null),
                    .init(3, from: lifeline.readEnd),
                ])
        }

        /// Kills the agent as nothing else does, and waits until it is gone.
        func kill(_ agent: ChildProcess) async throws {
            agent.send(SIGKILL)
            _ = try await agent.wait()
        }
    }

    func withSite(_ body: (Site) async throws -> Void) async throws {
        try #require(Self.program != nil, "cairn-agent is not built beside the tests")
        var tables = Tables()
        for (index, name) in ["A", "B", "C"].enumerated() {
            let bytes = (0..<300_000).map { UInt8(truncatingIfNeeded: $0 / 1_000 + index) }
            tables.digests[name] = try ingest.add([("w.bin", bytes)], chunkByteCount: 10_000).digest
        }
        let lifeline = try Pipe()
        defer { for end in [lifeline.readEnd, lifeline.writeEnd] { close(end) } }
        try await EventLoops.with { loops in
            let any = SocketAddress.tcp(host: "127.0.0.1", port: 0)
            let servers = [
                try TCPServer(ingest.routes, on: any, loops: loops),
                try TCPServer(controller.routes, on: any, loops: loops),
            ]
            let site = Site(
                tables: tables,
                arguments: [
                    "--ingest", "\(servers[0].address)", "--controller", "\(servers[1].address)",
                    "--target", "prod/chat", "--dir", scratch.path + "/host", "--name", "host-1",
                    "--socket", scratch.path + "/agent.sock",
                ], loops: loops, lifeline: lifeline)
            try await withThrowingTaskGroup(of: Void.self) { group in
                for server in servers { group.addTask { try await server.run() } }
                defer { group.cancelAll() }
                try await body(site)
            }
        }
    }

    @Test func anAgentThatIsKilledAtAnyMomentFinishesWhatItWasTold() async throws {
        try await withSite { site in
            var random = SeededRandom(seed: 11)
            var agent = try site.start()
            for epoch in UInt64(1)...24 {
                let name = ["A", "B", "C"][Int(epoch % 3)]
                controller.publish(site.tables(epoch, stable: name, keep: [name]))
                if epoch > 1 {
                    let moment =
                        ContinuousClock.now
                        + .microseconds(Int.random(in: 0...20_000, using: &random))
                    while ContinuousClock.now < moment { await Task.yield() }
                    try await site.kill(agent)
                    #expect(
                        access(scratch.path + "/host/current/w.bin", R_OK) == 0, "epoch \(epoch)")
                    agent = try site.start()
                }
                let ack = try await controller.waitForAck(of: epoch, by: "host-1")
                #expect(ack.loadedStableDigest == site.tables.digest(name).bytes, "epoch \(epoch)")
                #expect(
                    scratch.link("host/stable") == "versions/\(site.tables.digest(name).hex)",
                    "epoch \(epoch)")
            }
            // Nothing that an older controller says gets in after all these deaths.
            controller.publish(site.tables(20, stable: "A"))
            _ = try await controller.wait { state in
                state.last("host-1")!.problem.contains("epoch 20 is older than epoch 24")
                    ? true : nil
            }
            agent.send(SIGTERM)
            #expect(try await agent.wait() == 0)
            #expect(controller.now.messages.last?.message.leaving == true)
        }
    }

    @Test func goingBackNeedsNoIngest() async throws {
        try await withSite { site in
            let agent = try site.start()
            controller.publish(
                site.tables(
                    1, stable: "A", candidate: "B", weight: 500, keep: ["A", "B"], attempt: 1))
            try await controller.waitForAck(of: 1, by: "host-1")
            ingest.state.withLock { ($0.manifests, $0.chunks) = ([:], [:]) }
            controller.publish(site.tables(2, stable: "A", keep: ["A", "B"]))
            let ack = try await controller.waitForAck(of: 2, by: "host-1")
            #expect(ack.loadedCandidateDigest.isEmpty)
            #expect(scratch.link("host/candidate") == nil)
            try await site.kill(agent)
        }
    }

    @Test func outcomesOutliveAgentAndController() async throws {
        try await withSite { site in
            var agent = try site.start()
            controller.publish(site.tables(1, stable: "A"))
            try await controller.waitForAck(of: 1, by: "host-1")
            controller.setAway(true)
            let socket = SocketAddress.unix(path: scratch.path + "/agent.sock")
            let options = ClientOptions(name: "server")
            try await TCPChannel.with(to: socket, loops: site.loops, options: options) { local in
                for sequence in UInt64(1)...10 {
                    _ = try await local.call(
                        ControllerMethods.reportOutcomes,
                        ReportOutcomes(
                            target: "prod/chat", reporter: "server-1", sequence: sequence,
                            outcomes: [ArmOutcomes(epoch: 1, arm: .stable, requestCount: 1)],
                            incarnation: 1))
                }
            }
            try await site.kill(agent)
            agent = try site.start()
            controller.setAway(false)
            let reports = try await controller.wait { $0.reports.count == 10 ? $0.reports : nil }
            #expect(reports.map(\.sequence) == Array(1...10))
            try await site.kill(agent)
        }
    }

    @Test func twoAgentsDoNotShareAFolder() async throws {
        try await withSite { site in
            let first = try site.start()
            controller.publish(site.tables(1, stable: "A"))
            try await controller.waitForAck(of: 1, by: "host-1")
            #expect(try await site.start().wait() == 1)
            try await site.kill(first)
        }
    }
}
