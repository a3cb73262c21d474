import CLinux
import CairnCore
import Glibc

/// Processes that carry a mark in their environment, which children inherit: found even where they
/// left their process group and their parent is gone.
enum MarkedProcesses {
    static let variable = "CAIRN_RUNNER"

    /// What the kernel holds longer than this cannot be ended now.
    static let patience = Duration.seconds(5)

    /// Sends SIGKILL to all processes whose mark begins with `prefix`, until there are none.
    /// - Returns: how many there were.
    static func end(markedWith prefix: String) -> Int {
        let giveUpAt = ContinuousClock.now + patience
        var ended: Set<Int32> = []
        var emptyRounds = 0
        // Who forks while we look is found in the next round. In the moment in which a process
        // becomes another program it shows no environment: one look that finds nobody proves nothing.
        while emptyRounds < 2, ContinuousClock.now < giveUpAt {
            let found = find(markedWith: prefix)
            emptyRounds = found.isEmpty ? emptyRounds + 1 : 0
            for pid in found {
                ended.insert(pid)
                kill(pid, SIGKILL)
            }
            if let last = found.last { waitForEnd(of: last) } else { usleep(1_000) }
        }
        return ended.count
    }

    private static func find(markedWith prefix: String) -> [Int32] {
        guard let folder = opendir("/proc") else { return [] }
        defer { closedir(folder) }
        let entry = Array("\(variable)=\(prefix)".utf8)
        var found: [Int32] = []
        while let item = readdir(folder) {
            let name = withUnsafePointer(to: &item.pointee.d_name) {
                String(cString: UnsafeRawPointer($0).assumingMemoryBound(to: CChar.self))
            }
            guard let pid = Int32(name), pid != getpid() else { continue }
            if hasEntry(entry, pid) { found.append(pid) }
        }
        return found
    }

    /// False also for processes of others, whose environment we may not read, and for zombies, which
    /// have none.
    private static func hasEntry(_ entry: [UInt8], _ pid: Int32) -> Bool {
        let descriptor = open("/proc/\(pid)/environ", O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        var part = [UInt8](repeating: 0, count: 1 << 16)
        while bytes.count < 4 << 20 {
            let count = read(descriptor, &part, part.count)
            if count <= 0 { break }
            bytes += part[..<count]
        }
        return bytes.split(separator: 0).contains { $0.starts(with: entry) }
    }

    /// A moment at most: the others of its round may take longer, and are looked for again.
    private static func waitForEnd(of pid: Int32) {
        let descriptor = cairn_pidfd_open(pid)
        guard descriptor >= 0 else { return }
        defer { close(descriptor) }
        var ready = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        poll(&ready, 1, 20)
    }
}
