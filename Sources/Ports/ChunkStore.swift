import CairnCore
import TensorCodec

/// Where chunks lie: bytes by their digest, each stored once.
///
/// Delta coding, packs and collection are the business of what stands behind; nobody in front can
/// tell how a chunk is kept. Any thread may call; all but `state` wait for the disk.
public protocol ChunkStore: Sendable {
    /// What stands of a chunk; `nil` when it is not stored, or was found damaged: then it is wanted
    /// again, and what comes takes the place of what was damaged.
    func state(of digest: Digest) -> ChunkState?

    /// Finds the form that a chunk is kept in: work for a processor, while others write. Its digest
    /// was checked by the caller. What the hint names and is not there, or does not fit, is left out.
    func form(_ digest: Digest, _ bytes: SharedBytes, _ hint: ChunkHint) -> ChunkForm

    /// Takes a chunk. Not durable before `makeDurable`.
    /// - Returns: false when it was there already.
    /// - Throws: `ChunkStoreError`; nothing of the chunk is stored then.
    func put(_ chunk: ChunkForm) throws(ChunkStoreError) -> Bool

    /// Everything that was put before the call survives a power cut when this returns. Calls that
    /// come while one is under way share the next.
    /// - Throws: chunks that were not durable yet may be stored no longer; `state` tells.
    func makeDurable() throws(ChunkStoreError)

    /// Reads a chunk and checks it against its digest.
    func bytes(of digest: Digest) throws(ChunkStoreError) -> SharedBytes

    /// A chunk as a difference to another one, for whoever holds that; `nil` where it would not be
    /// smaller, or nothing is known of the other.
    func difference(of digest: Digest, to base: Digest) throws(ChunkStoreError) -> ChunkForm?

    func figures() throws(ChunkStoreError) -> ChunkStoreFigures

    /// Every stored chunk, in any order.
    func digests() -> [Digest]

    /// What would stay and what would go if only `roots`, and what they need, were kept.
    func survey(keeping roots: Set<Digest>) -> ChunkSurvey

    /// Gives back the room of chunks that nobody needs. Others go on reading and writing meanwhile;
    /// what they write is kept. A crash at any moment loses nothing but the work.
    ///
    /// - Parameters:
    ///   - roots: chunks to keep, with all that they need.
    ///   - isHeld: asked just before a chunk goes, while nothing is written: what is held stays.
    /// - Returns: how many bytes became free.
    func collect(
        keeping roots: Set<Digest>, unless isHeld: @Sendable (Digest) -> Bool
    ) throws(ChunkStoreError) -> UInt64
}

/// What a collection keeps and what it gives back.
public struct ChunkSurvey: Sendable, Equatable {
    public struct Part: Sendable, Equatable {
        public var chunkCount = 0
        /// Where they lie.
        public var byteCount: UInt64 = 0

        public init() {}

        public mutating func add(_ byteCount: Int) {
            chunkCount += 1
            self.byteCount += UInt64(byteCount)
        }
    }

    /// The roots that are stored.
    public var kept = Part()
    /// No root, but one is kept as a difference to it.
    public var keptAsParents = Part()
    public var garbage = Part()

    public init() {}
}

extension ChunkStore {
    public func contains(_ digest: Digest) -> Bool { state(of: digest) != nil }

    /// Takes a chunk of which nothing is known but its bytes.
    public func put(_ digest: Digest, _ bytes: SharedBytes) throws(ChunkStoreError) -> Bool {
        try put(form(digest, bytes, ChunkHint()))
    }
}

/// What whoever sends a chunk knows of it. Where it is wrong it costs room, and nothing else.
public struct ChunkHint: Sendable, Equatable {
    public var element: ElementType
    /// The same part of the same tensor in another version.
    public var parent: Digest?
    /// The float32 elements that these are the rounded ones of.
    public var source: Digest?

    public init(
        element: ElementType = .opaque, parent: Digest? = nil, source: Digest? = nil
    ) {
        (self.element, self.parent, self.source) = (element, parent, source)
    }
}

/// A chunk and how it will be kept.
public struct ChunkForm: Sendable {
    public let digest: Digest
    /// The chunk itself.
    public let bytes: SharedBytes
    public let element: ElementType
    public let code: ChunkCode
    /// What is stored; `bytes` where `code` is raw.
    public let payload: SharedBytes
    /// The chunk that `code` needs.
    public let parent: Digest?

    public init(raw digest: Digest, _ bytes: SharedBytes, _ element: ElementType = .opaque) {
        self.init(digest, bytes, element, .raw, bytes, parent: nil)
    }

    public init(
        _ digest: Digest, _ bytes: SharedBytes, _ element: ElementType, _ code: ChunkCode,
        _ payload: SharedBytes, parent: Digest?
    ) {
        (self.digest, self.bytes, self.element) = (digest, bytes, element)
        (self.code, self.payload, self.parent) = (code, payload, parent)
    }
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
    /// Found damaged, and no good copy has come yet.
    public var damagedChunkCount: Int

    public init(
        chunkCount: Int, storedByteCount: UInt64, freeByteCount: UInt64?, damagedChunkCount: Int
    ) {
        (self.chunkCount, self.damagedChunkCount) = (chunkCount, damagedChunkCount)
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
