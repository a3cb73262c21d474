import CairnTestKit
import FoundationEssentials
import Glibc
import LinuxHost

/// The programs of others: `build/interop-venv`, as `scripts/interop-venv.sh` makes it.
enum InteropPrograms {
    static let environment = RepoFiles.root + "/build/interop-venv"
    static let scripts = RepoFiles.root + "/Tests/InteropTests/Scripts"

    /// Where they are installed; CI installs them always.
    static var areInstalled: Bool { isThere("packages") }

    /// PyTorch is not to be had everywhere.
    static var haveTorch: Bool { areInstalled && isThere("torch") }

    private static func isThere(_ mark: String) -> Bool {
        FileManager.default.fileExists(atPath: environment + "/" + mark)
            || ChildProcess.environment["CI"] != nil
    }

    /// Runs a script of `Scripts` in `folder`, which is made, with `cairn` on its path.
    /// - Parameter services: variables that say where they listen.
    static func run(
        _ script: String, _ arguments: [String], in folder: String, services: [String: String]
    ) async throws -> (code: Int32, output: String) {
        try FileManager.default.createDirectory(
            atPath: folder, withIntermediateDirectories: true)
        return try await shell(
            "cd \"$1\" && shift && exec python3 \"$@\"",
            [folder, scripts + "/" + script] + arguments,
            environment: [
                "PATH": "\(environment)/bin:\(BuiltPrograms.folder):/usr/bin:/bin", "HOME": folder,
                "LANG": "C.UTF-8", "PYTHONPATH": scripts, "USER": "you",
            ].merging(services) { $1 })
    }

    private static func shell(
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
