import FoundationEssentials
import Glibc
import LinuxHost
import ServingTestKit
import Synchronization

/// Debian's programs, as `scripts/setup.sh test` installs them, in a folder of one test's own.
final class Programs: Sendable {
    let scratch = ScratchTree()
    /// Closed at the end, whatever happens: nothing that was started here outlives its test.
    private let lifeline: Pipe
    private let started = Mutex<[ChildProcess]>([])

    init() throws {
        lifeline = try Pipe()
        // What several users read and write below it.
        chmod(scratch.path, 0o755)
    }

    deinit {
        for end in [lifeline.readEnd, lifeline.writeEnd] { close(end) }
        for child in started.withLock({ $0 }) { Self.end(child.pid) }
    }

    /// A child that nobody has waited for yet, and what it started: they end and are forgotten. One that
    /// stayed as a zombie would keep the tests' own wait for their children from ever seeing another.
    private static func end(_ pid: Int32) {
        var found = siginfo_t()
        guard waitid(P_PID, id_t(pid), &found, WEXITED | WNOHANG | WNOWAIT) == 0 else { return }
        if getpgid(pid) == pid { kill(-pid, SIGKILL) } else { kill(pid, SIGKILL) }
        waitpid(pid, nil, 0)
    }

    private func note(_ child: ChildProcess) -> ChildProcess {
        started.withLock { $0.append(child) }
        return child
    }

    /// Where this package's programs were built: the tests' own.
    private static let folder: String = {
        let path = Files.linkTarget("/proc/self/exe") ?? ""
        return "/" + path.split(separator: "/").dropLast().joined(separator: "/")
    }()

    static func isInstalled(_ name: String) -> Bool {
        ["/usr/sbin/", "/usr/bin/"].contains { access($0 + name, X_OK) == 0 }
    }

    /// Starts a program of the system under a shell that ends it when the test is gone.
    func start(_ command: String, log: String) throws -> ChildProcess {
        let null = open("/dev/null", O_RDONLY | O_CLOEXEC)
        let file = open(scratch.path + "/" + log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o644)
        defer { for descriptor in [null, file] { close(descriptor) } }
        // The watcher sees the lifeline's end and takes the program and its workers with it.
        let script = """
            \(command) 3<&- &
            child=$!
            trap 'kill -TERM $child' TERM
            ( read -r gone <&3; kill -KILL 0 ) 2>/dev/null &
            watcher=$!
            while kill -0 $child 2>/dev/null; do wait $child; done
            kill $watcher 2>/dev/null
            """
        return note(
            try ChildProcess(
                "/bin/sh", ["-c", script],
                descriptors: [
                    .init(0, from: null), .init(1, from: file), .init(2, from: file),
                    .init(3, from: lifeline.readEnd),
                ], ownSession: true))
    }

    /// One of this package's programs, which watch the lifeline themselves.
    func start(own program: String, _ arguments: [String], log: String) throws -> ChildProcess {
        let null = open("/dev/null", O_RDONLY | O_CLOEXEC)
        let file = open(scratch.path + "/" + log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o644)
        defer { for descriptor in [null, file] { close(descriptor) } }
        return note(
            try ChildProcess(
                Self.folder + "/" + program, arguments + ["--lifeline-fd", "3"],
                descriptors: [
                    .init(0, from: null), .init(1, from: file), .init(2, from: file),
                    .init(3, from: lifeline.readEnd),
                ]))
    }

    func text(_ name: String) -> String {
        scratch.read(name).map { String(decoding: $0, as: UTF8.self) } ?? ""
    }

    func write(_ name: String, _ text: String) -> String {
        scratch.write(name, Array(text.utf8))
    }

    func stop(_ child: ChildProcess) async throws {
        child.send(SIGTERM)
        _ = try await child.wait()
    }
}

/// A port of the loopback that nobody listens on now.
func freePort() -> Int {
    let socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    defer { close(socket) }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    return withUnsafeMutablePointer(to: &address) {
        $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
            precondition(
                bind(socket, pointer, length) == 0 && getsockname(socket, pointer, &length) == 0)
        }
        return Int(UInt16(bigEndian: $0.pointee.sin_port))
    }
}
