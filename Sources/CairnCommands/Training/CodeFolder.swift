import CairnCore
import Glibc
import LinuxHost
import Messages

/// What Git knows of a folder of code.
enum CodeFolder {
    /// - Returns: `nil` where there is no Git, no repository or no commit: a run needs none.
    static func origin(of folder: String) async throws -> CodeOrigin? {
        guard let commit = try await git(["rev-parse", "HEAD"], in: folder) else { return nil }
        let branch = try await git(["rev-parse", "--abbrev-ref", "HEAD"], in: folder) ?? ""
        let remote = try await git(["remote", "get-url", "origin"], in: folder) ?? ""
        let changes = try await git(["diff", "HEAD", "--binary"], in: folder) ?? ""
        return CodeOrigin(
            remote: withoutCredentials(remote), commit: commit,
            branch: branch == "HEAD" ? "" : branch,
            dirtyDigest: changes.isEmpty ? [] : Digest(of: Array(changes.utf8)).bytes)
    }

    /// A file as it was at a commit, a tag or a branch; its name is that in `folder`.
    static func text(of name: String, at revision: String, in folder: String) async throws
        -> String?
    {
        if revision.hasPrefix("-") { return nil }
        return try await git(["show", "\(revision):./\(name)"], in: folder)
    }

    static func commit(of revision: String, in folder: String) async throws -> String? {
        try await git(["rev-parse", "--verify", "--quiet", revision + "^{commit}"], in: folder)
    }

    /// `https://name:secret@host/path` without what stands before the `@`.
    static func withoutCredentials(_ remote: String) -> String {
        guard let scheme = remote.firstRange(of: "://") else { return remote }
        let rest = remote[scheme.upperBound...]
        let host = rest.prefix { $0 != "/" }
        guard let at = host.lastIndex(of: "@") else { return remote }
        return String(remote[..<scheme.upperBound] + rest[rest.index(after: at)...])
    }

    /// - Returns: what Git printed, or `nil` when it refused or is not installed.
    private static func git(_ words: [String], in folder: String) async throws -> String? {
        let pipe = try Pipe()
        defer { close(pipe.readEnd) }
        let null = open("/dev/null", O_RDWR | O_CLOEXEC)
        defer { close(null) }
        let child: ChildProcess
        do {
            child = try ChildProcess(
                "git", ["-C", folder] + words,
                descriptors: [
                    .init(0, from: null), .init(1, from: pipe.writeEnd), .init(2, from: null),
                ])
        } catch {
            close(pipe.writeEnd)
            return nil
        }
        close(pipe.writeEnd)
        let bytes = await Readiness.readAll(pipe.readEnd, byteCountMax: 256 << 20)
        guard try await child.wait() == 0 else { return nil }
        let text = String(decoding: bytes, as: UTF8.self)
        return text.hasSuffix("\n") ? String(text.dropLast()) : text
    }
}
