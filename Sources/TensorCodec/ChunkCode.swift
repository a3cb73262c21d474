/// How the bytes of a chunk are kept. Raw values are in packs and on the wire.
public enum ChunkCode: UInt8, Sendable, CaseIterable {
    /// As they are.
    case raw = 0
    /// One element, repeated.
    case fill = 1
    /// Byte planes of the chunk alone.
    case planes = 2
    /// Differences to a parent chunk.
    case delta = 3
    /// Differences to a parent chunk, parted by the parent's exponents.
    case deltaByExponent = 4
    /// Rounded from a chunk of float32 with the same elements, to nearest even; nothing is kept.
    case cast = 5
    /// Zstandard.
    case zstd = 6

    /// Another chunk is needed to read it.
    public var needsParent: Bool {
        switch self {
        case .delta, .deltaByExponent, .cast: true
        case .raw, .fill, .planes, .zstd: false
        }
    }
}
