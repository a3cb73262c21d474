import CairnCore
import Synchronization

/// Chunks in memory: what tests and the simulator use.
public final class MemoryChunkStore: ChunkStore {
    struct State {
        var chunks: [Digest: SharedBytes] = [:]
        var durable: Set<Digest> = []
        var damaged: Set<Digest> = []
        var storedByteCount: UInt64 = 0
        var capacity: UInt64
        var faults = FaultPlan()
    }

    private let shared: Mutex<State>

    public init(capacity: UInt64 = .max) { shared = Mutex(State(capacity: capacity)) }

    public func state(of digest: Digest) -> ChunkState? {
        shared.withLock { state in
            guard let bytes = state.chunks[digest], !state.damaged.contains(digest) else {
                return nil
            }
            return ChunkState(byteCount: bytes.count, isDurable: state.durable.contains(digest))
        }
    }

    public func form(_ digest: Digest, _ bytes: SharedBytes, _ hint: ChunkHint) -> ChunkForm {
        ChunkForm(raw: digest, bytes, hint.element)
    }

    public func put(_ chunk: ChunkForm) throws(ChunkStoreError) -> Bool {
        let (digest, bytes) = (chunk.digest, chunk.bytes)
        return try shared.withLock { (state) throws(ChunkStoreError) -> Bool in
            if state.chunks[digest] != nil && !state.damaged.contains(digest) { return false }
            try state.pass("storing chunk \(digest.short)")
            guard state.storedByteCount + UInt64(bytes.count) <= state.capacity else {
                throw ChunkStoreError(
                    .full, "the store is full: \(state.capacity) bytes are all it holds")
            }
            state.chunks[digest] = bytes
            state.storedByteCount += UInt64(bytes.count)
            state.damaged.remove(digest)
            state.durable.remove(digest)
            return true
        }
    }

    public func makeDurable() throws(ChunkStoreError) {
        try shared.withLock { (state) throws(ChunkStoreError) -> Void in
            do throws(ChunkStoreError) {
                try state.pass("syncing")
            } catch {
                state.losePower()
                throw error
            }
            state.durable = Set(state.chunks.keys)
        }
    }

    public func bytes(of digest: Digest) throws(ChunkStoreError) -> SharedBytes {
        try shared.withLock { (state) throws(ChunkStoreError) -> SharedBytes in
            guard let bytes = state.chunks[digest] else { throw .notStored(digest) }
            let found = bytes.withUnsafeBytes { Digest(of: $0) }
            guard found == digest else {
                state.damaged.insert(digest)
                throw .damaged(digest, "its bytes hash to \(found.short)")
            }
            return bytes
        }
    }

    public func difference(of digest: Digest, to base: Digest) -> ChunkForm? { nil }

    public func digests() -> [Digest] { shared.withLock { Array($0.chunks.keys) } }

    public func figures() -> ChunkStoreFigures {
        shared.withLock { state in
            ChunkStoreFigures(
                chunkCount: state.chunks.count, storedByteCount: state.storedByteCount,
                freeByteCount: state.capacity == .max
                    ? nil : state.capacity - state.storedByteCount,
                damagedChunkCount: state.damaged.count)
        }
    }

    public func survey(keeping roots: Set<Digest>) -> ChunkSurvey {
        shared.withLock { state in
            state.chunks.reduce(into: ChunkSurvey()) { survey, chunk in
                if roots.contains(chunk.key) {
                    survey.kept.add(chunk.value.count)
                } else {
                    survey.garbage.add(chunk.value.count)
                }
            }
        }
    }

    public func collect(
        keeping roots: Set<Digest>, unless isHeld: @Sendable (Digest) -> Bool
    ) throws(ChunkStoreError) -> UInt64 {
        shared.withLock { state in
            let garbage = state.chunks.filter { !roots.contains($0.key) && !isHeld($0.key) }
            let freed = garbage.values.reduce(0) { $0 + UInt64($1.count) }
            for digest in garbage.keys {
                state.chunks[digest] = nil
                state.durable.remove(digest)
                state.damaged.remove(digest)
            }
            state.storedByteCount -= freed
            return freed
        }
    }

    // MARK: Faults

    /// Bytes that fit; a `put` beyond throws `.full`.
    public var capacity: UInt64 {
        get { shared.withLock { $0.capacity } }
        set { shared.withLock { $0.capacity = newValue } }
    }

    /// The `put` or `makeDurable` of that number fails, counted from now and from 0. A failed
    /// `makeDurable` loses what was not durable.
    public func fail(after count: Int) { shared.withLock { $0.faults.fail(after: count) } }

    /// What a power cut leaves: what was made durable, and of the rest what `keeps` says.
    public func losePower(keeping keeps: (Digest) -> Bool = { _ in false }) {
        shared.withLock { $0.losePower(keeping: keeps) }
    }

    /// Changes a stored chunk behind the store's back.
    public func damage(_ digest: Digest) {
        shared.withLock { $0.chunks[digest] = SharedBytes([0xBA, 0xD0]) }
    }
}

extension MemoryChunkStore.State {
    fileprivate mutating func pass(_ what: String) throws(ChunkStoreError) {
        if faults.isDue() { throw ChunkStoreError(.failed, "\(what) failed: input/output error") }
    }

    fileprivate mutating func losePower(keeping keeps: (Digest) -> Bool = { _ in false }) {
        // In one order: a seed makes the same history again.
        for digest in chunks.keys.filter({ !durable.contains($0) }).sorted() where !keeps(digest) {
            guard let bytes = chunks[digest] else { continue }
            storedByteCount -= UInt64(bytes.count)
            chunks[digest] = nil
        }
    }
}

/// Lets one of the coming operations fail.
struct FaultPlan {
    private var left: Int?

    mutating func fail(after count: Int) { left = count }

    /// Counts an operation; true for the one that shall fail.
    mutating func isDue() -> Bool {
        guard let count = left else { return false }
        left = count == 0 ? nil : count - 1
        return count == 0
    }
}
