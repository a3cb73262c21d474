import Glibc

/// What Linux knows about this process, for `/metrics`.
public struct ProcessFigures: Sendable, Equatable {
    public var residentByteCount = 0
    public var cpuSeconds = 0.0
    public var openDescriptorCount = 0
    public var threadCount = 0
    public var startedUnixSeconds = 0.0

    /// Reads `/proc/self`; a figure that is not there stays 0.
    public init() {
        guard let text = Self.text("/proc/self/stat"), let end = text.lastIndex(of: ")") else {
            return
        }
        // Source: proc_pid_stat(5); fields count from 3 behind the name in parentheses.
        let fields = text[text.index(after: end)...].split(separator: " ")
        let field = { (number: Int) in
            fields.count > number - 3 ? Double(fields[number - 3]) ?? 0 : 0
        }
        let ticks = Double(sysconf(Int32(_SC_CLK_TCK)))
        cpuSeconds = (field(14) + field(15)) / ticks
        threadCount = Int(field(20))
        residentByteCount = Int(field(24)) * sysconf(Int32(_SC_PAGESIZE))
        startedUnixSeconds = Self.bootUnixSeconds + field(22) / ticks
        openDescriptorCount = Self.entryCount("/proc/self/fd")
    }

    private static var bootUnixSeconds: Double {
        let line = text("/proc/stat")?.split(separator: "\n").first { $0.hasPrefix("btime ") }
        return line.flatMap { Double($0.dropFirst(6)) } ?? 0
    }

    private static func text(_ path: String) -> String? {
        // Without /proc there are no figures, and nothing else depends on them.
        (try? Files.readText(path)) ?? nil
    }

    private static func entryCount(_ path: String) -> Int {
        guard let folder = opendir(path) else { return 0 }
        defer { closedir(folder) }
        var count = 0
        while readdir(folder) != nil { count += 1 }
        return max(0, count - 3)
    }
}
