import CairnCore
import CommandTable
import Messages
import Rendering

/// What needs no service.
enum OtherCommands {
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
