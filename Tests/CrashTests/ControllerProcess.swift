import CairnClient
import CairnCore
import CairnTestKit
import Glibc
import LinuxHost
import Messages
import TCPTransport

/// One controller as a process, over a folder that others may work on too.
final class ControllerProcess {
    let folder: String
    let index: Int
    private var process: ChildProcess?
    private var ready: Int32 = -1

    init(folder: String, index: Int = 0) { (self.folder, self.index) = (folder, index) }

    var addresses: ServiceAddresses {
        get throws {
            func address(_ name: String) throws -> SocketAddress {
                guard let address = SocketAddress("unix:\(folder)/\(name)") else {
                    throw HostError("no address in \(folder)")
                }
                return address
            }
            return ServiceAddresses(
                ingest: try address("nobody"), evaluator: try address("nobody"),
                controller: try address("c\(index)"))
        }
    }

    /// - Parameter killing: `17:before`, of the record at which it shall die.
    func start(leaseSeconds: Int? = nil, killing: String? = nil) throws {
        let log = open("\(folder)/c\(index).log", O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o644)
        guard log >= 0 else { throw HostError("no log in \(folder)") }
        defer { close(log) }
        let pipe = try Pipe()
        var words = [
            "--data", folder, "--listen", "unix:\(folder)/c\(index)", "--admin", "none",
            "--ingest", "unix:\(folder)/nobody", "--evaluator", "unix:\(folder)/nobody",
            "--ready-fd", "3",
        ]
        if let leaseSeconds { words += ["--lease-seconds", "\(leaseSeconds)"] }
        var environment: [String: String] = [:]
        environment["CAIRN_KILL_AT_RECORD"] = killing
        process = try ChildProcess(
            BuiltPrograms.path("cairn-deployment-controller"), words, environment: environment,
            descriptors: [.init(1, from: log), .init(2, from: log), .init(3, from: pipe.writeEnd)])
        close(pipe.writeEnd)
        ready = pipe.readEnd
    }

    /// Until it answers, or has ended.
    func waitTillReady() async {
        _ = await Readiness.readAll(ready, byteCountMax: 1 << 10)
        close(ready)
    }

    func send(_ signal: Int32) { process?.send(signal) }

    /// Returns once all its threads stand: after the signal alone some still work for a while.
    func stop() {
        guard let process else { return }
        process.send(SIGSTOP)
        var change = siginfo_t()
        while waitid(P_PID, id_t(process.pid), &change, WSTOPPED | WEXITED | WNOWAIT) != 0,
            errno == EINTR
        {}
    }

    @discardableResult
    func wait() async throws -> Int32 {
        guard let process else { return 0 }
        self.process = nil
        return try await process.wait()
    }

    func end() async throws {
        send(SIGCONT)
        send(SIGTERM)
        try await wait()
    }
}
