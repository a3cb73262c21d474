import Synchronization

/// A bounded queue of bytes that survives the process: what must reach somebody who is away now.
public protocol Spool: Sendable {
    /// Durable when it returns.
    /// - Throws: `RPCError.resourceExhausted` when the spool is full; then nothing was added.
    func append(_ bytes: [UInt8]) async throws
    /// The oldest entry, with its number; `nil` when there is none.
    func first() async throws -> (number: UInt64, bytes: [UInt8])?
    /// Forgets the entries up to `number`. After a crash some of them may be there again.
    func remove(through number: UInt64) async throws
    func count() async throws -> Int
}

/// A spool that lives as long as its process, for simulations and tests.
public final class MemorySpool: Spool {
    private let state = Mutex((first: UInt64(1), entries: [[UInt8]]()))
    private let capacity: Int

    public init(capacity: Int = 1_000) { self.capacity = capacity }

    public func append(_ bytes: [UInt8]) throws {
        try state.withLock { state in
            guard state.entries.count < capacity else {
                throw RPCError(.resourceExhausted, "\(capacity) entries wait already")
            }
            state.entries.append(bytes)
        }
    }

    public func first() -> (number: UInt64, bytes: [UInt8])? {
        state.withLock { state in state.entries.first.map { (state.first, $0) } }
    }

    public func remove(through number: UInt64) {
        state.withLock { state in
            guard number >= state.first else { return }
            let count = min(state.entries.count, Int(number - state.first) + 1)
            state.entries.removeFirst(count)
            state.first += UInt64(count)
        }
    }

    public func count() -> Int { state.withLock { $0.entries.count } }
}
