import CairnCore

/// Where chunks lie: bytes by their digest, each stored once. For one thread at a time.
///
/// Delta coding, packs and collection are the business of what stands behind; nobody in front can
/// tell how a chunk is kept.
public protocol ChunkStore: AnyObject {
    /// The length of a stored chunk; `nil` when it is not stored.
    func byteCount(of digest: Digest) -> Int?

    /// Takes a chunk whose digest the caller has checked. Not durable before `makeDurable`.
    /// - Returns: false when it was there already.
    /// - Throws: `ChunkStoreError`; nothing of the chunk is stored then.
    func put(_ digest: Digest, _ bytes: SharedBytes) throws -> Bool

    /// Everything that was put so far survives a power cut when this returns.
    func makeDurable() throws

    /// Reads a chunk and checks it against its digest.
    func bytes(of digest: Digest) throws -> SharedBytes

    var chunkCount: Int { get }
    var storedByteCount: UInt64 { get }
    /// Free bytes where the chunks lie; `nil` when it has no such limit.
    func freeByteCount() throws -> UInt64?
}

extension ChunkStore {
    public func contains(_ digest: Digest) -> Bool { byteCount(of: digest) != nil }
}

/// A chunk could not be stored or read.
public struct ChunkStoreError: Error, Equatable, CustomStringConvertible {
    public enum Code: Sendable, Equatable { case notFound, damaged, full, failed }
    public let code: Code
    public let description: String

    public init(_ code: Code, _ description: String) {
        (self.code, self.description) = (code, description)
    }
}

/// Chunks in memory: what tests and the simulator use.
public final class MemoryChunkStore: ChunkStore {
    private var chunks: [Digest: SharedBytes] = [:]
    private var durable: Set<Digest> = []
    /// Bytes that fit; a `put` beyond throws `.full`.
    public var capacity: UInt64

    public init(capacity: UInt64 = .max) { self.capacity = capacity }

    public func byteCount(of digest: Digest) -> Int? { chunks[digest]?.count }

    public func put(_ digest: Digest, _ bytes: SharedBytes) throws -> Bool {
        if chunks[digest] != nil { return false }
        guard storedByteCount + UInt64(bytes.count) <= capacity else {
            throw ChunkStoreError(.full, "the store is full: \(capacity) bytes are all it holds")
        }
        chunks[digest] = bytes
        return true
    }

    public func makeDurable() { durable = Set(chunks.keys) }

    public func bytes(of digest: Digest) throws -> SharedBytes {
        guard let bytes = chunks[digest] else {
            throw ChunkStoreError(.notFound, "chunk \(digest) is not stored")
        }
        guard bytes.withUnsafeBytes({ Digest(of: $0) }) == digest else {
            throw ChunkStoreError(.damaged, "chunk \(digest) does not match its digest")
        }
        return bytes
    }

    public var chunkCount: Int { chunks.count }
    public var storedByteCount: UInt64 { chunks.values.reduce(0) { $0 + UInt64($1.count) } }
    public func freeByteCount() -> UInt64? { nil }

    /// What a power cut leaves: only what was made durable.
    public func losePower() { chunks = chunks.filter { durable.contains($0.key) } }

    /// Changes a stored chunk behind the store's back.
    public func damage(_ digest: Digest) { chunks[digest] = SharedBytes([0xBA, 0xD0]) }
}
