import Glibc

/// A group of processes that none leaves but by root's hand, where the kernel gives us one: control
/// groups of version 2, in a place where we may make them. Nothing is limited by it; it is there to end
/// all of a command at once, however it forks and whatever it hides.
struct ControlGroup: Sendable {
    let path: String

    /// Makes a group inside our own.
    /// - Returns: `nil` where that is not to be had: no version 2, or not for us.
    static func make(_ name: String) -> ControlGroup? {
        guard let folder = ours else { return nil }
        let group = ControlGroup(path: folder + "/" + name)
        guard mkdir(group.path, 0o755) == 0 || errno == EEXIST,
            access(group.path + "/cgroup.kill", W_OK) == 0
        else { return nil }
        return group
    }

    /// The group that this process is in.
    private static let ours: String? = {
        // Without it, or where it cannot be read, there are no groups for us.
        guard let text = try? Files.readText("/proc/self/cgroup") else { return nil }
        let own = text.split(separator: "\n").first { $0.hasPrefix("0::/") }?.dropFirst(3)
        guard let own else { return nil }
        let roots = ["/sys/fs/cgroup", "/sys/fs/cgroup/unified"]
        let root = roots.first { access($0 + "/cgroup.procs", F_OK) == 0 }
        return root.map { own == "/" ? $0 : $0 + own }
    }()

    /// Where a new process joins by writing `0`; its caller closes it.
    func openToJoin() -> Int32? {
        let descriptor = open(path + "/cgroup.procs", O_WRONLY | O_CLOEXEC)
        return descriptor < 0 ? nil : descriptor
    }

    /// Kills all of its processes and removes the group.
    /// - Returns: how many there were.
    func end() -> Int {
        let processes = count
        let descriptor = open(path + "/cgroup.kill", O_WRONLY | O_CLOEXEC)
        if descriptor >= 0 {
            Files.writeAll("1", to: descriptor)
            close(descriptor)
        }
        // Killed processes leave their group when they are through; that takes them moments.
        for _ in 0..<2_000 {
            if rmdir(path) == 0 || errno == ENOENT { break }
            usleep(1_000)
        }
        return processes
    }

    private var count: Int {
        // A group that is gone has none.
        guard let text = try? Files.readText(path + "/cgroup.procs") else { return 0 }
        return text.split(separator: "\n").count
    }
}
