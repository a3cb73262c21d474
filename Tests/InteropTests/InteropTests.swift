import CairnTestKit
import FoundationEssentials
import Glibc
import LinuxHost
import Testing

/// The real programs of others against real services.
@Suite(.serialized, .timeLimit(.minutes(5))) struct InteropTests {
    static let environment = RepoFiles.root + "/build/interop-venv"

    /// Where they are installed; CI installs them always.
    static var isInstalled: Bool {
        FileManager.default.fileExists(atPath: environment + "/packages")
            || ChildProcess.environment["CI"] != nil
    }

    @Test(
        .enabled(
            if: isInstalled, "build/interop-venv is missing: scripts/interop-venv.sh makes it"),
        arguments: [
            ["tensor_formats.py", "Tests/TensorFormatsTests/Fixtures/pytorch/state_dict.pt"],
            ["tracked_by_dvc.py"],
        ])
    func script(_ words: [String]) async throws {
        let scratch = try ScratchFolder()
        let service = try await RunningIngest(in: scratch.path + "/data")
        let folder = scratch.path + "/work"
        try FileManager.default.createDirectory(
            atPath: folder, withIntermediateDirectories: true)
        let scripts = RepoFiles.root + "/Tests/InteropTests/Scripts"
        let result = try await Shell.run(
            "cd \"$1\" && shift && exec python3 \"$@\"",
            [folder, scripts + "/" + words[0]]
                + words.dropFirst().map { RepoFiles.root + "/" + $0 },
            environment: [
                "PATH": "\(Self.environment)/bin:\(BuiltPrograms.folder):/usr/bin:/bin",
                "HOME": scratch.path, "LANG": "C.UTF-8", "PYTHONPATH": scripts,
                "CAIRN_INGEST": service.address,
            ])
        await service.stop()
        #expect(result.code == 0, "\(words[0]):\n\(result.output)")
    }
}

/// A `cairn-ingest` of its own.
private struct RunningIngest {
    let address: String
    private let child: ChildProcess
    /// Closed with this process, however it ends: the service ends with it.
    private let lifeline: Pipe

    init(in folder: String) async throws {
        let socket = folder + ".socket"
        address = "unix:" + socket
        let ready = try Pipe()
        defer { close(ready.readEnd) }
        let null = open("/dev/null", O_RDWR | O_CLOEXEC)
        defer { close(null) }
        lifeline = try Pipe()
        child = try ChildProcess(
            BuiltPrograms.path("cairn-ingest"),
            [
                "--data", folder, "--listen", address, "--admin", "none", "--ready-fd", "3",
                "--lifeline-fd", "4",
            ],
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

private enum Shell {
    static func run(
        _ script: String, _ arguments: [String], environment: [String: String]
    ) async throws -> (code: Int32, output: String) {
        let pipe = try Pipe()
        defer { close(pipe.readEnd) }
        let null = open("/dev/null", O_RDONLY | O_CLOEXEC)
        let child = try ChildProcess(
            "sh", ["-c", script, "sh"] + arguments, environment: environment,
            descriptors: [
                .init(0, from: null), .init(1, from: pipe.writeEnd), .init(2, from: pipe.writeEnd),
            ])
        close(pipe.writeEnd)
        close(null)
        let output = await Readiness.readAll(pipe.readEnd, byteCountMax: 1 << 20)
        return (try await child.wait(), String(decoding: output, as: UTF8.self))
    }
}
