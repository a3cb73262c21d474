import CairnCore
import Messages
import Ports
import Routing
import ServingTestKit
import TCPTransport
import Testing

@testable import CairnClient

/// The whole client as a trainer and a serving program hold it, over loopback.
@Suite(.timeLimit(.minutes(10))) struct ClientTests {
    let scratch = ScratchTree()
    let ingest = MemoryIngest()
    let controller = MemoryController()

    func withServices(_ body: (ServiceAddresses) async throws -> Void) async throws {
        try await EventLoops.with { loops in
            let any = SocketAddress.tcp(host: "127.0.0.1", port: 0)
            let servers = [
                try TCPServer(ingest.routes, on: any, loops: loops),
                try TCPServer(controller.routes, on: any, loops: loops),
            ]
            try await withThrowingTaskGroup(of: Void.self) { group in
                for server in servers { group.addTask { try await server.run() } }
                defer { group.cancelAll() }
                try await body(
                    ServiceAddresses(
                        ingest: servers[0].address, evaluator: any,
                        controller: servers[1].address))
            }
        }
    }

    @Test func aTrainerRunsLogsPushesAndPulls() async throws {
        let weights = (0..<3_000_000).map { UInt8(truncatingIfNeeded: $0 / 1_000) }
        scratch.write("w.bin", weights)
        try await withServices { addresses in
            try await withClient(of: addresses, named: "trainer") { client in
                let run = try await client.ingest.startRun(model: "chat", params: ["lr": "0.001"])
                let log = MetricLog(of: run, to: client.ingest)
                for step in Int64(0)..<100 { log.log("loss", 1 / Double(step + 1), step: step) }
                log.finish()
                try await log.send()
                try await client.ingest.push(
                    paths: [scratch.path + "/w.bin"],
                    PushRequest(model: "chat", run: run, version: .auto))
                try await client.ingest.finishRun(run)
                try await client.ingest.pull("chat@0.1.0", into: scratch.path + "/out")
            }
        }
        #expect(scratch.read("out/w.bin") == weights)
        let state = ingest.state.withLock { $0 }
        #expect(state.batches.flatMap(\.series).flatMap(\.value).count == 100)
        #expect(state.ends.count == 1)
    }

    @Test func aServingProgramRoutesAndReports() async throws {
        let tables = Tables()
        try await withServices { addresses in
            try await withClient(of: addresses, named: "server") { client in
                let router = client.router(for: try TargetName("prod/chat"), named: "router-1") {
                    _ in
                }
                try await withThrowingTaskGroup(of: Void.self) { group in
                    group.addTask { try await router.run() }
                    controller.publish(
                        tables(3, stable: "A", candidate: "B", weight: 5_000, attempt: 1))
                    _ = try await router.waitForTable()
                    for request in 0..<1_000 {
                        let route = try #require(router.route("user-\(request)"))
                        router.record(.answered(latencyMilliseconds: 1), of: route)
                    }
                    try await controller.waitForAck(of: 3, by: "router-1")
                    router.beginShutdown()
                    try await group.waitForAll()
                }
            }
        }
        let outcomes = controller.now.reports.flatMap(\.outcomes)
        #expect(outcomes.reduce(0) { $0 + $1.requestCount } == 1_000)
        #expect(Set(outcomes.map(\.arm)) == [.stable, .candidate])
        #expect(controller.now.messages.contains { $0.message.epoch == 3 })
        #expect(controller.now.messages.last?.message.leaving == true)
    }

    @Test func addressesComeFromTheEnvironment() throws {
        let addresses = try ServiceAddresses(environment: ["CAIRN_INGEST": "ingest.example:7500"])
        #expect(addresses.ingest == .tcp(host: "ingest.example", port: 7500))
        #expect(addresses.controller == ServiceAddresses.standard.controller)
        #expect(throws: RPCError.self) {
            try ServiceAddresses(environment: ["CAIRN_CONTROLLER": "nonsense"])
        }
    }
}
