import CLinux
import Glibc

/// A program started by this one, until it ends.
public struct ChildProcess: Sendable {
    public let pid: Int32

    /// What a child finds open: its descriptor number, and ours.
    public struct Descriptor: Sendable {
        let theirs: Int32
        let ours: Int32
        public init(_ theirs: Int32, from ours: Int32) { (self.theirs, self.ours) = (theirs, ours) }
    }

    /// Starts `program` with default signals, no descriptor open but those given, and, where
    /// `ownSession` is set, away from this terminal, as the leader of a process group.
    ///
    /// - Parameter folder: where it works; ours unless given.
    public init(
        _ program: String, _ arguments: [String], environment: [String: String]? = nil,
        folder: String? = nil, descriptors: [Descriptor], ownSession: Bool = false
    ) throws(HostError) {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        // Moved out of the way first: a descriptor's own number may be another's place.
        let parking: Int32 = 512
        for (index, descriptor) in descriptors.enumerated() {
            posix_spawn_file_actions_adddup2(&actions, descriptor.ours, parking + Int32(index))
        }
        for (index, descriptor) in descriptors.enumerated() {
            posix_spawn_file_actions_adddup2(&actions, parking + Int32(index), descriptor.theirs)
        }
        let free = (descriptors.map(\.theirs).max() ?? 2) + 1
        cairn_spawn_close_from(&actions, max(3, free))
        if let folder { cairn_spawn_change_folder(&actions, folder) }

        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var signals = sigset_t()
        sigemptyset(&signals)
        posix_spawnattr_setsigmask(&attributes, &signals)
        for signal in [SIGTERM, SIGINT, SIGHUP, SIGPIPE, SIGWINCH, SIGXFSZ] {
            sigaddset(&signals, signal)
        }
        posix_spawnattr_setsigdefault(&attributes, &signals)
        let flags = POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK | (ownSession ? 0x80 : 0)
        posix_spawnattr_setflags(&attributes, Int16(flags))

        var pid: Int32 = 0
        let inherited = environment ?? ChildProcess.environment
        let result = Self.withCStrings([program] + arguments) { argv in
            Self.withCStrings(inherited.map { "\($0)=\($1)" }.sorted()) { envp in
                posix_spawnp(&pid, program, &actions, &attributes, argv, envp)
            }
        }
        guard result == 0 else {
            throw HostError(
                "\(program) cannot be started: \(String(cString: strerror(result)))", number: result
            )
        }
        self.pid = pid
    }

    /// Of this process.
    public static var environment: [String: String] {
        var values: [String: String] = [:]
        var entry = environ
        while let text = entry.pointee {
            let parts = String(cString: text).split(
                separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            if parts.count == 2 { values[String(parts[0])] = String(parts[1]) }
            entry += 1
        }
        return values
    }

    static func withCStrings<Result>(
        _ texts: [String], _ body: ([UnsafeMutablePointer<CChar>?]) -> Result
    ) -> Result {
        let copies = texts.map { strdup($0) }
        defer { for copy in copies { free(copy) } }
        return body(copies + [nil])
    }

    /// Waits until it has ended and collects it. Once for each child.
    /// - Returns: its exit code, or minus the signal that ended it.
    public func wait() async throws(HostError) -> Int32 {
        try await Self.waitForEnd(of: pid)
        var status: Int32 = 0
        while waitpid(pid, &status, 0) < 0 {
            guard errno == EINTR else { throw .last("process \(pid) cannot be waited for") }
        }
        return cairn_exit_code(status)
    }

    public func send(_ signal: Int32) { kill(pid, signal) }

    /// Waits until a process has ended that need not be a child. At once when there is none.
    public static func waitForEnd(of pid: Int32) async throws(HostError) {
        let descriptor = cairn_pidfd_open(pid)
        guard descriptor >= 0 else {
            if errno == ESRCH { return }
            throw .last("process \(pid) cannot be watched")
        }
        await Readiness.wait(for: descriptor)
        close(descriptor)
    }
}
