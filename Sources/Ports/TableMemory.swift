/// What a participant must not forget: the newest table that it let in.
public protocol TableMemory: Sendable {
    /// What was remembered last; `nil` on a new host.
    func recall() async throws -> [UInt8]?
    /// Durable when it returns. At most `ModelFolderLimits.memoryByteCount` bytes.
    func remember(_ bytes: [UInt8]) async throws
}
