import Glibc

/// A group of processes that none leaves but by root's hand, where the kernel gives us one: control
/// groups of version 2, in a place where we may make them. It is there to end all of a command at once,
/// however it forks and whatever it hides, and to limit its memory where the kernel does that for us.
struct ControlGroup: Sendable {
    let path: String
    /// Of all its processes together, what they map of files and caches too; `nil`: not limited.
    let memoryByteCountMax: UInt64?

    /// Makes a group at home, limited where that is asked for and to be had.
    ///
    /// - Parameter memoryByteCountMax: 0: no limit.
    /// - Returns: `nil` where that is not to be had: no version 2, or not for us.
    static func make(
        _ name: String, memoryByteCountMax: UInt64 = 0, in home: ControlGroupHome? = .ours
    ) -> ControlGroup? {
        guard let home else { return nil }
        let path = home.path + "/" + name
        guard mkdir(path, 0o755) == 0 || errno == EEXIST,
            access(path + "/cgroup.kill", W_OK) == 0
        else { return nil }
        var isLimited = memoryByteCountMax > 0 && home.memory == .limited
        if isLimited {
            // Without accounting of swap there is no such file, and no limit of swap.
            _ = ControlFile.write("0", path + "/memory.swap.max")
            // One that has no memory left takes the whole command with it, not a part of it.
            _ = ControlFile.write("1", path + "/memory.oom.group")
            isLimited = ControlFile.write("\(memoryByteCountMax)", path + "/memory.max") == nil
        }
        return ControlGroup(path: path, memoryByteCountMax: isLimited ? memoryByteCountMax : nil)
    }

    /// Whether the kernel killed processes of it because they had no memory left.
    var ranOutOfMemory: Bool {
        // Without limits of memory there is no such file, and nothing ran out.
        guard let text = ControlFile.read(path + "/memory.events") else { return false }
        return text.split(separator: "\n").contains { line in
            let words = line.split(separator: " ")
            return words.count == 2 && words[0] == "oom_kill" && words[1] != "0"
        }
    }

    /// Where a new process joins by writing `0`; its caller closes it.
    func openToJoin() -> Int32? {
        let descriptor = open(path + "/cgroup.procs", O_WRONLY | O_CLOEXEC)
        return descriptor < 0 ? nil : descriptor
    }

    /// Kills all of its processes and removes the group.
    /// - Returns: how many there were.
    func end() -> Int {
        let processes = count
        _ = ControlFile.write("1", path + "/cgroup.kill")
        // Killed processes leave their group when they are through; that takes them moments.
        for _ in 0..<2_000 {
            if rmdir(path) == 0 || errno == ENOENT { break }
            usleep(1_000)
        }
        return processes
    }

    private var count: Int {
        // A group that is gone has none.
        guard let text = ControlFile.read(path + "/cgroup.procs") else { return 0 }
        return text.split(separator: "\n").count
    }
}
