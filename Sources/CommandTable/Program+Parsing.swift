import CairnCore

/// What the command line asks for.
public enum Invocation: Equatable, Sendable {
    case run(Arguments)
    /// The help of a command, of a group of commands, or, without words, of the program.
    case help([String])
    case manual
    case version
}

/// Where values come from beside the command line.
public struct Surroundings: Equatable, Sendable {
    public var environment: [String: String]
    /// From a configuration file, by the names of flags.
    public var file: [String: [String]]

    public init(environment: [String: String] = [:], file: [String: [String]] = [:]) {
        (self.environment, self.file) = (environment, file)
    }
}

extension Program {
    /// Reads the words behind the program's name.
    ///
    /// A flag's value comes from the command line, else from the environment, else from the file,
    /// else from the table. `--flag value` and `--flag=value` are the same; after `--` there are
    /// only operands.
    public func parse(_ words: [String], in surroundings: Surroundings = Surroundings())
        throws(UsageError) -> Invocation
    {
        if let only {
            return try parse(words[...], of: only, in: surroundings)
        }
        switch words.first {
        case nil, "--help", "-h": return .help([])
        case "help": return try parseHelp(Array(words.dropFirst()))
        case "--version": return .version
        case .some(let first) where first.hasPrefix("-"):
            throw UsageError("\(name): the command comes first, then its flags. \(listHint)")
        default: break
        }
        let (command, rest) = try command(of: words)
        guard let command else { return .help(words.filter { !["--help", "-h"].contains($0) }) }
        return try parse(rest, of: command, in: surroundings)
    }

    private var listHint: String { "Run `\(name) help` for the list." }

    private func parseHelp(_ words: [String]) throws(UsageError) -> Invocation {
        if words == ["--man"] { return .manual }
        if words.isEmpty || !commands(under: words).isEmpty { return .help(words) }
        let (command, rest) = try command(of: words)
        guard let command, rest.isEmpty else {
            throw UsageError(
                "\(name): '\(words.joined(separator: " "))' is not a command. \(listHint)")
        }
        return .help(command.words)
    }

    /// The command with the most words that `words` begins with; `nil` asks for a group's help.
    private func command(of words: [String]) throws(UsageError) -> (Command?, ArraySlice<String>) {
        let matches = commands.filter { words.starts(with: $0.words) }
        if let command = matches.max(by: { $0.words.count < $1.words.count }) {
            return (command, words.dropFirst(command.words.count))
        }
        let group = commands(under: [words[0]])
        if group.isEmpty {
            let known = commands.map { $0.words[0] } + ["help"]
            let hint = Nearest.word(to: words[0], among: Set(known)).map {
                "; did you mean '\($0)'?"
            }
            throw UsageError("\(name): unknown command '\(words[0])'\(hint ?? ".") \(listHint)")
        }
        let choices = group.map { $0.words[1] }
        guard words.count > 1 else {
            throw UsageError("\(name): '\(words[0])' needs a word more: \(choices.orList).")
        }
        if ["--help", "-h"].contains(words[1]) { return (nil, []) }
        let hint = Nearest.word(to: words[1], among: choices).map { "; did you mean '\($0)'?" }
        throw UsageError(
            "\(name): unknown command '\(words[0]) \(words[1])'\(hint ?? ".") "
                + "'\(words[0])' has \(choices.orList).")
    }

    private func parse(
        _ words: ArraySlice<String>, of command: Command, in surroundings: Surroundings
    ) throws(UsageError) -> Invocation {
        let title = command.words.isEmpty ? name : "\(name) \(command.name)"
        var reader = WordReader(title: title, command: command)
        if let early = try reader.read(words, isProgram: command.words.isEmpty) { return early }
        return .run(try reader.finish(in: surroundings))
    }
}
