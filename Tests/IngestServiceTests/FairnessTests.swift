import CairnCore
import CairnTestKit
import Ingestion
import Messages
import Ports
import Synchronization
import TensorCodec
import Testing

@testable import IngestService

/// Many trainers at once: who sends little does not wait for who sends much.
@Suite(.timeLimit(.minutes(10))) struct FairnessTests {
    @Test func aSmallCheckpointPassesBetweenTheChunksOfALargeOne() async throws {
        let store = OrderedStore()
        let cluster = Cluster(catalog: MemoryIngestCatalog(), chunks: store)
        // Seven large ones, each 400 chunks.
        try await withThrowingTaskGroup(of: Void.self) { group in
            for trainer in 1...7 {
                let bytes = (0..<400_000).map {
                    UInt8(truncatingIfNeeded: $0 / 1_000 ^ trainer * 37)
                }
                let salted = bytes.enumerated().map { index, byte in
                    index % 1_000 == 0 ? UInt8(trainer) : byte &+ UInt8(index / 100_000)
                }
                group.addTask {
                    _ = try await cluster.push(
                        ["w": salted + [UInt8(trainer)]], model: "large", version: nil)
                }
            }
            group.addTask {
                while store.putCount < 200 { await Task.yield() }
                let small = (0..<8).flatMap { part in
                    [UInt8](repeating: 200 + UInt8(part), count: 1_000)
                }
                store.watch(
                    Set(
                        (0..<8).map { part in
                            Digest(of: [UInt8](repeating: 200 + UInt8(part), count: 1_000))
                        }))
                _ = try await cluster.push(["w": small], model: "small", version: nil)
            }
            try await group.waitForAll()
        }
        let order = store.watchedOrder
        #expect(order.count == 8)
        // Each stream has 8 chunks in hand at most: in front of each of ours stand 7 times as many.
        let between = (order.last ?? 0) - (order.first ?? 0)
        #expect(
            between <= 8 * 7 * 8, "\(between) chunks of others came between the first and the last")
    }
}

/// A store that notes when certain chunks came.
private final class OrderedStore: ChunkStore {
    private struct State {
        var putCount = 0
        var watched: Set<Digest> = []
        var order: [Int] = []
    }

    private let store = MemoryChunkStore()
    private let state = Mutex(State())

    var putCount: Int { state.withLock { $0.putCount } }
    var watchedOrder: [Int] { state.withLock { $0.order } }
    func watch(_ digests: Set<Digest>) { state.withLock { $0.watched = digests } }

    func put(_ chunk: ChunkForm) throws(ChunkStoreError) -> Bool {
        state.withLock { state in
            state.putCount += 1
            if state.watched.contains(chunk.digest) { state.order.append(state.putCount) }
        }
        return try store.put(chunk)
    }

    func state(of digest: Digest) -> ChunkState? { store.state(of: digest) }
    func form(_ digest: Digest, _ bytes: SharedBytes, _ hint: ChunkHint) -> ChunkForm {
        store.form(digest, bytes, hint)
    }
    func makeDurable() throws(ChunkStoreError) { try store.makeDurable() }
    func bytes(of digest: Digest) throws(ChunkStoreError) -> SharedBytes {
        try store.bytes(of: digest)
    }
    func difference(of digest: Digest, to base: Digest) -> ChunkForm? { nil }
    func figures() -> ChunkStoreFigures { store.figures() }
    func digests() -> [Digest] { store.digests() }
    func survey(keeping roots: Set<Digest>) -> ChunkSurvey { store.survey(keeping: roots) }
    func collect(
        keeping roots: Set<Digest>, unless isHeld: @Sendable (Digest) -> Bool
    ) throws(ChunkStoreError) -> UInt64 { try store.collect(keeping: roots, unless: isHeld) }
}
