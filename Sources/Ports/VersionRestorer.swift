import CairnCore

/// Brings the files of a version to a folder on this host, verified against its manifest digest.
public protocol VersionRestorer: Sendable {
    /// Afterwards `folder` holds exactly the files of the manifest; it appears whole or not at all.
    /// A folder that is there already is verified and kept.
    /// - Throws: `RPCError`: `.unavailable` when the source is away, `.dataLoss` when bytes differ.
    func restore(_ manifest: Digest, into folder: String) async throws
}
