import CairnTestKit
import CommandTable
import Glibc
import LinuxHost
import Testing

@testable import CairnCommands

/// The scripts in the shells that they are for, where those are installed.
@Suite struct CompletionTests {
    private func run(_ shell: String, _ arguments: [String]) async throws -> String {
        let pipe = try Pipe()
        defer { close(pipe.readEnd) }
        let child = try ChildProcess(
            shell, arguments,
            descriptors: [.init(1, from: pipe.writeEnd), .init(2, from: pipe.writeEnd)])
        close(pipe.writeEnd)
        let text = String(decoding: await Readiness.readAll(pipe.readEnd), as: UTF8.self)
        #expect(try await child.wait() == 0, "\(text)")
        return text
    }

    private func script(_ shell: Shell) throws -> ScratchFolder {
        let folder = try ScratchFolder()
        try folder.write("completions", Array(CairnTable.program.completions(for: shell).utf8))
        return folder
    }

    private static func isInstalled(_ shell: String) -> Bool {
        ["/usr/bin/", "/bin/"].contains { access($0 + shell, X_OK) == 0 }
    }

    @Test(
        .enabled(if: isInstalled("bash"), "bash is not installed"),
        arguments: [
            ("cairn statu", "status"), ("cairn run fi", "finish"),
            ("cairn run finish --sta", "--status"),
            ("cairn run finish --status k", "killed"),
            ("cairn completions --h", "--help"),
        ])
    func bashOffersTheWord(_ typed: String, _ offered: String) async throws {
        let folder = try script(.bash)
        let words = typed.split(separator: " ")
        let program = """
            source \(folder.path)/completions
            COMP_WORDS=(\(typed)) COMP_CWORD=\(words.count - 1)
            _cairn && echo "${COMPREPLY[*]}"
            """
        #expect(try await run("bash", ["-c", program]) == offered + "\n")
    }

    @Test(.enabled(if: isInstalled("zsh"), "zsh is not installed")) func zshReadsTheScript()
        async throws
    {
        let folder = try script(.zsh)
        #expect(try await run("zsh", ["-n", folder.path + "/completions"]) == "")
    }

    @Test(.enabled(if: isInstalled("fish"), "fish is not installed")) func fishOffersTheWord()
        async throws
    {
        let folder = try script(.fish)
        let program = "source \(folder.path)/completions; complete -C 'cairn run fin'"
        #expect(try await run("fish", ["-c", program]) == "finish\tends a run\n")
    }
}
