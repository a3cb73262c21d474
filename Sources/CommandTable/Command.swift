/// One command: its words, what it takes, and all that its help says.
public struct Command: Equatable, Sendable {
    /// The words that name it: `["dataset", "add"]`; empty where the program is the command.
    public let words: [String]
    /// One line, without a full stop.
    public let summary: String
    /// Paragraphs below the summary.
    public let details: [String]
    /// Only the last may take more than one.
    public let operands: [Operand]
    public let flags: [Flag]
    /// Whole command lines, as a person would type them.
    public let examples: [String]
    /// The heading in the list of commands.
    public let section: String
    /// Whether the program's own list has it. One of a group of very many is in its group's list only.
    public let isListed: Bool

    public init(
        _ words: String, _ summary: String, section: String = "", details: [String] = [],
        operands: [Operand] = [], flags: [Flag] = [], examples: [String] = [],
        isListed: Bool = true
    ) {
        self.words = words.split(separator: " ").map(String.init)
        (self.summary, self.details, self.section) = (summary, details, section)
        (self.operands, self.flags, self.examples) = (operands, flags, examples)
        self.isListed = isListed
        precondition(Set(flags.map(\.name)).count == flags.count, "\(words): a flag occurs twice")
    }

    public var name: String { words.joined(separator: " ") }

    func flag(_ name: some StringProtocol) -> Flag? { flags.first { $0.name == name } }
}

/// A program with its commands. A program without words in its only command is that command.
public struct Program: Equatable, Sendable {
    public let name: String
    /// One line, without a full stop.
    public let summary: String
    public let version: String
    public let commands: [Command]
    /// Below the list of commands: files, environment, exit codes.
    public let notes: [Note]

    /// A titled paragraph or list of the manual.
    public struct Note: Equatable, Sendable {
        public let title: String
        public let lines: [String]
        public init(_ title: String, _ lines: [String]) {
            (self.title, self.lines) = (title, lines)
        }
    }

    public init(
        _ name: String, _ summary: String, version: String, commands: [Command], notes: [Note] = []
    ) {
        (self.name, self.summary, self.version) = (name, summary, version)
        (self.commands, self.notes) = (commands, notes)
        precondition(Set(commands.map(\.words)).count == commands.count, "a command occurs twice")
    }

    /// The one command of a program that has no words.
    var only: Command? { commands.first { $0.words.isEmpty } }

    /// The commands whose words begin with `words`.
    func commands(under words: [String]) -> [Command] {
        commands.filter { $0.words.starts(with: words) && $0.words.count > words.count }
    }

    /// The sections in the order in which the table names them first.
    var sections: [String] {
        commands.reduce(into: []) { if !$0.contains($1.section) { $0.append($1.section) } }
    }
}
