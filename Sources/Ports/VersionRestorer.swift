import CairnCore

/// Brings the files of a version to a folder on this host, verified against its manifest digest.
public protocol VersionRestorer: Sendable {
    /// Afterwards `folder` holds exactly the files of the manifest; it appears whole or not at all.
    /// A folder that is there already is verified and kept.
    /// - Parameter progress: told how many bytes of the version are there, of how many, again and
    ///   again, from any thread.
    /// - Throws: `RPCError`: `.unavailable` when the source is away, `.dataLoss` when bytes differ.
    func restore(
        _ manifest: Digest, into folder: String,
        progress: @escaping @Sendable (_ done: UInt64, _ total: UInt64) -> Void
    ) async throws
}
