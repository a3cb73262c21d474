import CairnCore

/// Where things lie in a model folder.
///
/// ```
/// versions/<digest>/            the files of a version, as its manifest lists them
/// versions/.manifest-<digest>   the manifest's canonical bytes
/// versions/.verified-<digest>   what the file system said of the files when they were verified
/// versions/.partial-<digest>/   a version that is being built
/// stable, candidate             links to versions/<digest>
/// current                       a link to stable
/// agent.state                   what the agent remembers
/// ```
struct ModelLayout: Sendable {
    let root: String

    var versions: String { root + "/versions" }
    var state: String { root + "/agent.state" }
    var stable: String { root + "/stable" }
    var candidate: String { root + "/candidate" }
    var current: String { root + "/current" }

    func version(_ digest: Digest) -> String { versions + "/" + digest.hex }
    func manifest(_ digest: Digest) -> String { versions + "/.manifest-" + digest.hex }
    func verified(_ digest: Digest) -> String { versions + "/.verified-" + digest.hex }
    func partial(_ digest: Digest) -> String { FolderRestore.partial(of: version(digest)) }

    /// The digest in a name of `versions`; `nil` for anything else that lies there.
    static func digest(in name: String) -> Digest? {
        Digest(hex: name.split(separator: "-", maxSplits: 1).last ?? "")
    }

    func linkTarget(_ digest: Digest) -> String { "versions/" + digest.hex }

    static func digest(ofTarget target: String) -> Digest? {
        guard target.hasPrefix("versions/") else { return nil }
        return Digest(hex: target.dropFirst(9))
    }
}
