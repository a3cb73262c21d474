import Glibc
import LinuxHost
import Synchronization

/// The processes of a demo: started, waited for, ended by their ids on every way out.
final class Children: Sendable {
    private let folder: String
    private let environment: [String: String]
    private let running = Mutex<[(name: String, process: ChildProcess)]>([])

    /// - Parameter folder: for logs; also their HOME, so that nothing of the user's is touched.
    init(folder: String) {
        self.folder = folder
        var environment = ChildProcess.environment
        environment["HOME"] = folder
        for name in environment.keys where name.hasPrefix("CAIRN_") || name.hasPrefix("XDG_") {
            environment[name] = nil
        }
        self.environment = environment
    }

    private func start(_ program: String, _ arguments: [String], output: String) throws
        -> ChildProcess
    {
        let descriptor = open(output, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw HostError.last(output) }
        defer { close(descriptor) }
        return try ChildProcess(
            program, arguments, environment: environment,
            descriptors: [.init(1, from: descriptor), .init(2, from: descriptor)], ownSession: true)
    }

    /// Starts what runs until `end`.
    func start(_ name: String, _ program: String, _ arguments: [String]) throws {
        let process = try start(program, arguments, output: "\(folder)/\(name).log")
        running.withLock { $0.append((name, process)) }
    }

    /// Runs a command to its end.
    /// - Returns: what it printed.
    @discardableResult
    func run(_ program: String, _ arguments: [String]) async throws -> String {
        let path = "\(folder)/command.out"
        unlink(path)
        let process = try start(program, arguments, output: path)
        running.withLock { $0.append((program, process)) }
        let code = try await process.wait()
        running.withLock { all in all.removeAll { $0.process.pid == process.pid } }
        let text = String(decoding: try Files.require(path), as: UTF8.self)
        guard code == 0 else {
            let command = ([program] + arguments).joined(separator: " ")
            throw HostError("`\(command)` ended with \(code): \(text.trimmed)")
        }
        return text
    }

    /// Ends one, and waits for it.
    func end(_ name: String) async throws {
        let found = running.withLock { all in
            all.firstIndex { $0.name == name }.map { all.remove(at: $0).process }
        }
        if let found { try await end(found) }
    }

    /// Ends all, the newest first.
    func endAll() async {
        while let last = running.withLock({ $0.popLast() }) {
            do {
                try await end(last.process)
            } catch { logLine("\(last.name) was not ended: \(error)") }
        }
    }

    private func end(_ process: ChildProcess) async throws {
        process.send(SIGTERM)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { _ = try await process.wait() }
            group.addTask {
                try await Task.sleep(for: .seconds(8))
                process.send(SIGKILL)
                try await Task.sleep(for: .seconds(60))
            }
            defer { group.cancelAll() }
            try await group.next()
        }
    }
}
