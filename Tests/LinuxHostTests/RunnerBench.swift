import CLinux
import CairnCore
import CairnTestKit
import Glibc
import Ports

@testable import LinuxHost

/// A folder of an evaluator, and what runs commands in it.
struct RunnerBench {
    let folder: EvaluationFolder
    let id = EvaluationID(high: 6, low: UInt64.random(in: 0 ... .max))
    private let scratch: ScratchFolder?

    /// - Parameter path: an empty folder; one in the place for temporary ones unless given.
    init(in path: String? = nil) throws {
        scratch = path == nil ? try ScratchFolder() : nil
        let path = path ?? scratch?.path ?? ""
        folder = try EvaluationFolder(path: path, worker: "worker-1")
        try Files.write("id,label\n", to: "\(path)/datasets/\(Digest(of: [1]))")
    }

    static var hasControlGroups: Bool {
        guard let group = ControlGroup.make("cairn-probe-\(getpid())") else { return false }
        _ = group.end()
        return true
    }

    static let freezer = "/sys/fs/cgroup/freezer"
    static var canFreeze: Bool { access(freezer + "/tasks", W_OK) == 0 }

    func order(
        _ words: [String], limit: Duration = .seconds(60), byteCountMax: UInt64 = 1 << 20,
        memory: UInt64 = 0, user: String = "", environment: [String: String] = [:]
    ) async throws -> RunnerOrder {
        let work = try await folder.prepareWork(
            WorkOrder(
                evaluation: id, lease: 1, dataset: Digest(of: [1]), datasetName: "d.csv",
                predictionsName: "predictions.jsonl", user: user))
        return RunnerOrder(
            evaluation: id, lease: 1, words: words, environment: environment, timeLimit: limit,
            outputByteCountMax: byteCountMax, memoryByteCountMax: memory, user: user, work: work)
    }

    /// Runs a script as a runner, with a short time between a request to end and the end.
    func shell(
        _ script: String, limit: Duration = .seconds(60), memory: UInt64 = 0, user: String = "",
        environment: [String: String] = [:], limits: ProcessRunner.Limits? = nil
    ) async throws -> RunnerOutcome {
        var usual = ProcessRunner.Limits()
        usual.grace = .milliseconds(200)
        let runner = ProcessRunner(owner: folder.owner, limits: limits ?? usual)
        let order = try await order(
            ["sh", "-c", script], limit: limit, memory: memory, user: user,
            environment: environment)
        return try await runner.run(order) { _ in }
    }

    func log() async throws -> String {
        guard let file = try await folder.open(.log(id)) else { return "" }
        return String(decoding: try await file.read(at: 0, count: 1 << 20).bytes, as: UTF8.self)
    }

    /// The processes with this command line.
    static func processes(named line: String) -> [Int32] {
        // Processes come and go while we look: one that is gone has no command line.
        let pids = (try? FileTree.names(in: "/proc").compactMap { Int32($0) }) ?? []
        return pids.filter { pid in
            let bytes = (try? Files.read("/proc/\(pid)/cmdline")) ?? nil
            return bytes.map { String(decoding: $0, as: UTF8.self) == line } ?? false
        }
    }

    /// Waits for a script, given a path as its `$1`.
    static func runShell(_ script: String, _ path: String) -> Int32 {
        var pid: Int32 = 0
        let result = ChildProcess.withCStrings(["sh", "-c", script, "sh", path]) {
            posix_spawn(&pid, "/bin/sh", nil, nil, $0, environ)
        }
        guard result == 0 else { return -1 }
        var status: Int32 = 0
        while waitpid(pid, &status, 0) < 0, errno == EINTR {}
        return cairn_exit_code(status)
    }
}

func cairnFreeBytes(_ path: String) -> Int64 { cairn_free_bytes(path) }

extension Files {
    /// Into a file that cannot be replaced: one of the kernel's.
    static func overwrite(_ path: String, _ text: String) throws {
        let descriptor = open(path, O_WRONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw HostError.last("\(path) cannot be written") }
        writeAll(text, to: descriptor)
        close(descriptor)
    }
}
