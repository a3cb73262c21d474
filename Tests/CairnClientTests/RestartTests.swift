import CairnCore
import FileBlobs
import IngestService
import Ports
import SQLiteStores
import ServiceKit
import ServingTestKit
import Synchronization
import TCPTransport
import Testing
import VersionFolders

@testable import CairnClient

/// Pushes and pulls over loopback while ingest, as it is, goes down and comes back.
@Suite(.timeLimit(.minutes(10))) struct RestartTests {
    let scratch = ScratchTree()

    @Test func pushAndPullOutliveRestartsOfIngest() async throws {
        var random = SeededRandom(seed: 5)
        let weights = (0..<4_000_000).map { _ in UInt8(truncatingIfNeeded: random.next()) }
        scratch.write("w.bin", weights)
        try await EventLoops.with { loops in
            let life = IngestLife(folder: scratch.path, loops: loops)
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { try await life.run() }
                let address = try await life.firstAddress()
                try await pushAndPull(to: address, loops, life)
                #expect(scratch.read("out/w.bin") == weights)
                #expect(life.count > 5, "it was restarted")
                group.cancelAll()
            }
        }
    }

    private func pushAndPull(
        to address: SocketAddress, _ loops: EventLoops, _ life: IngestLife
    ) async throws {
        let options = ClientOptions(name: "trainer")
        try await TCPChannel.with(to: address, loops: loops, options: options) { channel in
            let retries = Retries(
                policy: RetryPolicy(first: .milliseconds(5), most: .milliseconds(50)))
            var client = IngestClient(
                RetryingChannel(
                    channel, service: "ingest", address: "\(address)", retries: retries),
                retries: retries)
            client.chunkByteCount = 10_000
            let pushed = try await client.push(
                paths: [scratch.path + "/w.bin"], PushRequest(model: "chat", version: .auto)
            ) { _ in
                // The next batch is under way when ingest breaks off.
                life.restart(every: 3)
            }
            #expect(pushed.version?.number == "0.1.0")
            try await client.pull("chat@latest", into: scratch.path + "/out") { _ in
                life.restart(every: 150)
            }
        }
    }
}

/// An ingest that is started again whenever it is asked to end, on the same port and folder.
private final class IngestLife: Sendable {
    private struct State {
        var address = SocketAddress.tcp(host: "127.0.0.1", port: 0)
        var end = Doorbell()
        var asked = 0
        var count = 0
    }

    private let folder: String
    private let loops: EventLoops
    private let state = Mutex(State())
    private let up = Doorbell()

    init(folder: String, loops: EventLoops) { (self.folder, self.loops) = (folder, loops) }

    /// How often it was started.
    var count: Int { state.withLock { $0.count } }

    func firstAddress() async throws -> SocketAddress {
        try await up.wait(after: 0)
        return state.withLock { $0.address }
    }

    /// Ends it at every n-th call.
    func restart(every n: Int) {
        state.withLock { state in
            state.asked += 1
            if state.asked % n == 0 { state.end.ring() }
        }
    }

    func run() async throws {
        while !Task.isCancelled {
            let end = Doorbell()
            let ingest = try IngestService(
                catalog: SQLiteIngestCatalog(path: folder + "/ingest.db"),
                chunks: PackStore(folder: folder + "/chunks"), clock: ManualClock())
            var options = ServerOptions()
            options.drainTime = .zero
            let server = try TCPServer(
                ingest.routes(), on: state.withLock { $0.address }, loops: loops, options: options)
            state.withLock { state in
                (state.address, state.end) = (server.address, end)
                state.count += 1
            }
            up.ring()
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { try await server.run() }
                try await end.wait(after: 0)
                server.shutDown()
                try await group.waitForAll()
            }
        }
    }
}
