/// What one call to ingest may hold; over it, the call is refused with the number.
public enum IngestLimits {
    public static let params = 4_096
    public static let tags = 4_096
    public static let dependencies = 16_384
    public static let datasets = 1_024
    /// Of a run's or a checkpoint's record without its files, encoded: both fit in one answer.
    public static let recordByteCount = 384 << 10

    public static let keyByteCount = 256
    public static let valueByteCount = 65_536
    /// Of a note, a reason, a name for people.
    public static let textByteCount = 4_096

    public static let seriesPerBatch = 4_096
    public static let pointsPerBatch = 65_536
    public static let metricsPerRun = 2_048
    /// Points in one message of a history.
    public static let pointsPerPart = 16_384

    public static let offeredChunks = 4_096
    public static let fetchedChunks = 4_096
    /// Chunks in one message of a manifest.
    public static let chunksPerPart = 16_384
    public static let manifestParts = 4_096

    /// Uploads that have begun and not ended; the oldest is forgotten beyond (its chunks stay).
    public static let openUploads = 4_096
    /// Streams of chunks, in each direction, at the same time.
    public static let transfers = 256
    /// Bytes of chunks that were read from streams and wait to be hashed and stored.
    public static let waitingByteCount = 64 << 20
    /// Bytes that stay free on the disk: below it new chunks are refused, so that the catalog can
    /// still write.
    public static let reservedDiskBytes = 64 << 20
    /// Bytes of a list in one message; what is beyond is left out and counted.
    public static let listByteCount = 900 << 10
}
