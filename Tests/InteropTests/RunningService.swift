import CairnTestKit
import Glibc
import LinuxHost

/// A service of its own, on a socket beside its data folder.
struct RunningService {
    let address: String
    private let child: ChildProcess
    /// Closed with this process, however it ends: the service ends with it.
    private let lifeline: Pipe

    /// Known before it runs, for those who call each other.
    static func address(of program: String, in folder: String) -> String {
        "unix:\(folder).\(program)"
    }

    /// - Parameters:
    ///   - program: `cairn-ingest`, `cairn-evaluator`.
    ///   - peers: flags that say where others listen.
    init(_ program: String, in folder: String, _ peers: [String] = []) async throws {
        address = Self.address(of: program, in: folder)
        let ready = try Pipe()
        defer { close(ready.readEnd) }
        let null = open("/dev/null", O_RDWR | O_CLOEXEC)
        defer { close(null) }
        lifeline = try Pipe()
        child = try ChildProcess(
            BuiltPrograms.path(program),
            [
                "--data", folder, "--listen", address, "--admin", "none", "--ready-fd", "3",
                "--lifeline-fd", "4",
            ] + peers,
            descriptors: [
                .init(0, from: null), .init(1, from: null), .init(2, from: null),
                .init(3, from: ready.writeEnd), .init(4, from: lifeline.readEnd),
            ])
        close(ready.writeEnd)
        close(lifeline.readEnd)
        // Ready, or ended: then calls say so.
        _ = await Readiness.readAll(ready.readEnd, byteCountMax: 1 << 10)
    }

    func stop() async {
        child.send(SIGTERM)
        // Its exit code is not what is tested here.
        _ = try? await child.wait()
        close(lifeline.writeEnd)
    }
}
