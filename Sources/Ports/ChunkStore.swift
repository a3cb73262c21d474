import CairnCore

/// Where chunks lie: bytes by their digest, each stored once.
///
/// Delta coding, packs and collection are the business of what stands behind; nobody in front can
/// tell how a chunk is kept. Any thread may call; all but `state` wait for the disk.
public protocol ChunkStore: Sendable {
    /// What stands of a chunk; `nil` when it is not stored, or was found damaged: then it is wanted
    /// again, and what comes takes the place of what was damaged.
    func state(of digest: Digest) -> ChunkState?

    /// Takes a chunk whose digest the caller has checked. Not durable before `makeDurable`.
    /// - Returns: false when it was there already.
    /// - Throws: `ChunkStoreError`; nothing of the chunk is stored then.
    func put(_ digest: Digest, _ bytes: SharedBytes) throws(ChunkStoreError) -> Bool

    /// Everything that was put before the call survives a power cut when this returns. Calls that
    /// come while one is under way share the next.
    /// - Throws: chunks that were not durable yet may be stored no longer; `state` tells.
    func makeDurable() throws(ChunkStoreError)

    /// Reads a chunk and checks it against its digest.
    func bytes(of digest: Digest) throws(ChunkStoreError) -> SharedBytes

    func figures() throws(ChunkStoreError) -> ChunkStoreFigures
}

extension ChunkStore {
    public func contains(_ digest: Digest) -> Bool { state(of: digest) != nil }
}

/// A chunk as its store knows it, without a look at its bytes.
public struct ChunkState: Sendable, Equatable {
    /// Of the chunk, however few bytes it takes where it lies.
    public let byteCount: Int
    /// It survives a power cut.
    public let isDurable: Bool

    public init(byteCount: Int, isDurable: Bool) {
        (self.byteCount, self.isDurable) = (byteCount, isDurable)
    }
}

public struct ChunkStoreFigures: Sendable, Equatable {
    public var chunkCount: Int
    /// What the chunks take where they lie.
    public var storedByteCount: UInt64
    /// Free bytes there; `nil` when there is no limit.
    public var freeByteCount: UInt64?

    public init(chunkCount: Int, storedByteCount: UInt64, freeByteCount: UInt64?) {
        self.chunkCount = chunkCount
        (self.storedByteCount, self.freeByteCount) = (storedByteCount, freeByteCount)
    }
}

/// A chunk could not be stored or read.
public struct ChunkStoreError: Error, Equatable, CustomStringConvertible {
    public enum Code: Sendable, Equatable { case notFound, damaged, full, failed }
    public let code: Code
    public let description: String

    public init(_ code: Code, _ description: String) {
        (self.code, self.description) = (code, description)
    }

    public static func notStored(_ digest: Digest) -> ChunkStoreError {
        ChunkStoreError(.notFound, "chunk \(digest) is not stored")
    }

    public static func damaged(_ digest: Digest, _ how: String) -> ChunkStoreError {
        ChunkStoreError(.damaged, "chunk \(digest.short) is damaged: \(how)")
    }
}
