import CairnCore
import Messages
import Ports
import Routing
import ServiceKit
import ServingTestKit
import Synchronization
import TCPTransport
import Testing
import VersionFolders

@testable import AgentService

/// A hundred agents in one process, each with a folder on the disk and a connection over loopback.
@Suite(.timeLimit(.minutes(10))) struct HundredAgentsTests {
    static let count = 100

    @Test func aHundredAgentsPutEveryTableInForce() async throws {
        let scratch = ScratchTree()
        let ingest = MemoryIngest()
        var table = Tables()
        for name in ["A", "B"] {
            let manifest = try ingest.add([
                ("w.bin", Array(repeating: name.utf8.first!, count: 10_000))
            ])
            table.digests[name] = manifest.digest
        }
        let hub = AckHub()
        let tables = table
        try await EventLoops.with { loops in
            let server = try TCPServer(
                hub.routes, on: .tcp(host: "127.0.0.1", port: 0), loops: loops)
            let channels = (0..<Self.count).map { _ in
                TCPChannel(to: server.address, loops: loops, options: ClientOptions(name: "agent"))
            }
            let queues = WorkQueues(label: "fleet")
            let quick = WorkQueues(label: "fleet.quick", count: 4)
            let agents = try channels.enumerated().map { index, channel in
                Agent(
                    .init(target: try TargetName("prod/chat"), name: "host-\(index)"),
                    folder: try ModelFolderOnDisk(
                        scratch.path + "/host-\(index)", source: IngestSource(ingest.channel),
                        queues: queues, quick: quick), controller: channel, clock: ManualClock()
                ) { _ in }
            }
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { try await server.run() }
                for agent in agents { group.addTask { try await agent.run() } }
                hub.publish(tables(1, stable: "A", candidate: "B", weight: 500, attempt: 1))
                try await hub.waitForAcks(of: 1, by: Self.count)
                var times: [Duration] = []
                for epoch in UInt64(2)...41 {
                    let start = ContinuousClock.now
                    hub.publish(
                        epoch % 2 == 0
                            ? tables(epoch, stable: "A", keep: ["A", "B"])
                            : tables(
                                epoch, stable: "A", candidate: "B", weight: 500, attempt: epoch))
                    try await hub.waitForAcks(of: epoch, by: Self.count)
                    if epoch % 2 == 0 { times.append(ContinuousClock.now - start) }
                }
                times.sort()
                print(
                    "rollback to the last of \(Self.count) acks: median \(times[10]), most \(times[19])"
                )
                group.cancelAll()
            }
            for channel in channels { await channel.close() }
        }
        for index in 0..<Self.count {
            #expect(
                scratch.link("host-\(index)/candidate")
                    == "versions/\(tables.digest("B").hex)", "host-\(index)")
        }
    }
}

/// A controller that only hands out tables and counts who put them in force.
private final class AckHub: Sendable {
    private struct State {
        var table: RouteTable?
        var acks: [UInt64: Int] = [:]
        var waiting: (epoch: UInt64, count: Int, continuation: CheckedContinuation<Void, Never>)?
    }

    private let state = Mutex(State())
    private let doorbell = Doorbell()

    func publish(_ table: RouteTable) {
        state.withLock { $0.table = table }
        doorbell.ring()
    }

    func waitForAcks(of epoch: UInt64, by count: Int) async throws {
        await withCheckedContinuation { continuation in
            let isDone = state.withLock { state in
                if state.acks[epoch, default: 0] >= count { return true }
                state.waiting = (epoch, count, continuation)
                return false
            }
            if isDone { continuation.resume() }
        }
        try Task.checkCancellation()
    }

    private func acknowledge(_ epoch: UInt64) {
        let continuation = state.withLock { state -> CheckedContinuation<Void, Never>? in
            state.acks[epoch, default: 0] += 1
            guard let waiting = state.waiting,
                state.acks[waiting.epoch, default: 0] >= waiting.count
            else { return nil }
            state.waiting = nil
            return waiting.continuation
        }
        continuation?.resume()
    }

    var routes: RPCRoutes {
        var routes = RPCRoutes(serviceName: "cairn-deployment-controller")
        routes.bidirectional(ControllerMethods.serve) { [self] messages, tables, _ in
            _ = try await messages.next()
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { [self] in
                    var sent: UInt64 = 0
                    while true {
                        let generation = doorbell.generation
                        if let table = state.withLock({ $0.table }), table.epoch > sent {
                            sent = table.epoch
                            try await tables.send(table)
                        }
                        try await doorbell.wait(after: generation)
                    }
                }
                group.addTask { [self] in
                    var last: UInt64 = 0
                    while let (message, _) = try await messages.next() {
                        if message.epoch > last { acknowledge(message.epoch) }
                        last = max(last, message.epoch)
                    }
                }
                defer { group.cancelAll() }
                try await group.next()
            }
        }
        return routes
    }
}
