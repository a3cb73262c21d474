/// What one call to ingest may hold; over it, the call is refused with the number.
public enum IngestLimits {
    public static let params = 4_096
    public static let tags = 4_096
    public static let dependencies = 16_384
    public static let datasets = 1_024
    public static let seriesPerBatch = 4_096
    public static let pointsPerBatch = 65_536
    public static let offeredChunks = 4_096
    public static let fetchedChunks = 4_096
    /// Uploads that have begun and not ended; the oldest is forgotten beyond (its chunks stay).
    public static let openUploads = 4_096
    /// Bytes that stay free on the disk: below it new chunks are refused.
    public static let reservedDiskBytes = 64 << 20
}
