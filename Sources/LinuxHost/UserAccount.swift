import CLinux
import Glibc

/// A user of this host whom a command runs as.
struct UserAccount: Sendable, Equatable {
    let name: String
    let id: UInt32
    let groupID: UInt32
    let groups: [UInt32]

    /// - Returns: `nil` for our own user, as whom everything runs unless it is said otherwise.
    /// - Throws: where there is no such user, or we may not run anything as him.
    static func toBecome(_ name: String) throws(HostError) -> UserAccount? {
        guard !name.isEmpty else { return nil }
        let account = try UserAccount(named: name)
        if account.id == geteuid() { return nil }
        guard geteuid() == 0 else {
            throw HostError(
                "the runner is to run as the user '\(name)', and only root can do that: start the "
                    + "evaluator as root, or as '\(name)', or take the user out of the suite or of "
                    + "--runner-user", number: EPERM)
        }
        return account
    }

    private init(named name: String) throws(HostError) {
        var entry = passwd()
        var found: UnsafeMutablePointer<passwd>?
        var text = [CChar](repeating: 0, count: 1 << 16)
        let result = getpwnam_r(name, &entry, &text, text.count, &found)
        guard found != nil else {
            let why = result == 0 ? "" : ": \(String(cString: strerror(result)))"
            throw HostError(
                "the runner is to run as the user '\(name)', whom this host does not have\(why)",
                number: result == 0 ? ENOENT : result)
        }
        (self.name, id, groupID) = (name, entry.pw_uid, entry.pw_gid)
        var groups = [UInt32](repeating: 0, count: 1 << 12)
        let count = cairn_groups_of(name, groupID, &groups, Int32(groups.count))
        guard count >= 0 else {
            throw HostError("the user '\(name)' is in more than \(groups.count) groups")
        }
        self.groups = Array(groups.prefix(Int(count)))
    }
}
