import CairnTestKit
import FoundationEssentials
import Glibc
import LinuxHost

/// Runs the commands of a page in one shell, with a home, a data folder and ports of their own.
struct DocumentRunner {
    struct Result {
        let step: Document.Step
        let exitCode: Int32
        let output: [String]
    }

    private static let marker = "@@cairn-document@@"

    static func run(_ document: Document) async throws -> [Result] {
        let temporary = try ScratchFolder()
        let home = temporary.path
        try script(document).write(toFile: home + "/script.sh", atomically: true, encoding: .utf8)

        let pipe = try Pipe()
        defer { close(pipe.readEnd) }
        let null = open("/dev/null", O_RDONLY | O_CLOEXEC)
        let child = try ChildProcess(
            "bash", [home + "/script.sh"],
            environment: [
                "PATH": BuiltPrograms.folder + ":"
                    + (ChildProcess.environment["PATH"] ?? "/usr/bin:/bin"),
                "HOME": home, "USER": "you", "LANG": "C.UTF-8", "CAIRN_REPOSITORY": RepoFiles.root,
                "CAIRN_PORT_BASE": "\(PortBase.free())",
            ],
            descriptors: [
                .init(0, from: null), .init(1, from: pipe.writeEnd), .init(2, from: pipe.writeEnd),
            ], ownSession: true)
        close(pipe.writeEnd)
        close(null)
        let text = String(
            decoding: await Readiness.readAll(pipe.readEnd, byteCountMax: 16 << 20), as: UTF8.self)
        _ = try await child.wait()
        return results(of: document, text)
    }

    /// Everything that a page starts is ended with it.
    private static func script(_ document: Document) -> String {
        var lines = [
            "cd \"$HOME\"", "trap 'cairn down >/dev/null 2>&1; kill $(jobs -p) 2>/dev/null' EXIT",
        ]
        for (index, step) in document.steps.enumerated() {
            lines += ["echo '\(marker) \(index)'", step.command, "echo \"\(marker) code $?\""]
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private static func results(of document: Document, _ text: String) -> [Result] {
        var (results, open, output) = ([Result](), nil as Int?, [String]())
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            if line.hasPrefix(marker + " code ") {
                guard let index = open, let code = Int32(line.dropFirst(marker.count + 6)) else {
                    continue
                }
                results.append(
                    Result(step: document.steps[index], exitCode: code, output: output))
                open = nil
            } else if line.hasPrefix(marker + " ") {
                (open, output) = (Int(line.dropFirst(marker.count + 1)), [])
            } else {
                output.append(String(line))
            }
        }
        return results
    }
}

/// Six ports in a row that nobody listens on now: for the services, and a hundred above for admin.
enum PortBase {
    static func free() -> Int {
        while true {
            let base = Int.random(in: 20_000...59_000)
            if [0, 1, 2, 100, 101, 102].allSatisfy({ isFree(base + $0) }) { return base }
        }
    }

    private static func isFree(_ port: Int) -> Bool {
        let socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(socket) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = UInt16(port).bigEndian
        return withUnsafePointer(to: address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(socket, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
            }
        }
    }
}
