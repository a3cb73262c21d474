import CairnCore
import CommandTable
import Glibc
import Messages
import Rendering

/// What needs no service.
enum OtherCommands {
    /// Becomes the demo's own program, which lies beside this one.
    static func demo(_ context: CommandContext) throws {
        let path = FleetLayout.programFolder() + "/cairn-demo"
        let words = [path] + (context.arguments.text("out").map { ["--out", $0] } ?? [])
        let copies = words.map { strdup($0) } + [nil]
        execv(path, copies)
        throw CommandError(
            "\(path) cannot be started: \(String(cString: strerror(errno))). The demo is part of the "
                + "source: `make demo` builds and runs it.")
    }

    static func completions(_ context: CommandContext) throws {
        let word = context.arguments.operand("SHELL") ?? ""
        guard let shell = Shell(rawValue: word) else {
            let known = Shell.allCases.map(\.rawValue)
            let hint = Nearest.word(to: word, among: known).map { "; did you mean '\($0)'?" }
            throw UsageError(
                "there are no completions for '\(word)'\(hint ?? ", only for bash, zsh and fish")")
        }
        context.out.print(String(CairnTable.program.completions(for: shell).dropLast()))
    }

    static func version(_ context: CommandContext) {
        let json: JSONText = ["name": "cairn", "version": .string(Build.version)]
        context.out.print(context.wantsJSON ? json.pretty : "cairn \(Build.version)")
    }
}
