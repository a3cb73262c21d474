extension Program {
    /// The help of a command or a group, or of the whole program for no words. 80 columns.
    public func help(for words: [String] = []) -> String {
        if let command = commands.first(where: { $0.words == words }) { return help(of: command) }
        let members = words.isEmpty ? commands.filter(\.isListed) : commands(under: words)
        var lines = [
            "\(([name] + words).joined(separator: " ")) – \(words.isEmpty ? summary : "commands")",
            "",
        ]
        lines += ["Usage: \(([name] + words).joined(separator: " ")) COMMAND [FLAGS]", ""]
        let column = (members.map(\.name.count).max() ?? 0) + 4
        for section in sections where members.contains(where: { $0.section == section }) {
            lines.append("\(section):")
            for command in members where command.section == section {
                lines += TextBlock.hanging(command.name, command.summary, column: column)
            }
            lines.append("")
        }
        if words.isEmpty { lines += notes.flatMap(Self.lines) }
        lines.append("`\(name) help COMMAND` explains one of them.")
        return lines.joined(separator: "\n") + "\n"
    }

    private func help(of command: Command) -> String {
        var lines = [
            "\(title(of: command)) – \(command.words.isEmpty ? summary : command.summary)", "",
        ]
        lines += TextBlock.wrapped("Usage: \(usage(of: command))", indent: 0, hanging: 4) + [""]
        for paragraph in command.details { lines += TextBlock.wrapped(paragraph) + [""] }
        if !command.operands.isEmpty {
            let column = (command.operands.map(\.name.count).max() ?? 0) + 4
            lines +=
                command.operands.flatMap {
                    TextBlock.hanging($0.name, $0.help + ".", column: column)
                } + [""]
        }
        let flags = command.flags.filter { !$0.isHidden }
        if !flags.isEmpty {
            lines.append("Flags:")
            let column = min(28, (flags.map(\.usage.count).max() ?? 0) + 4)
            lines += flags.flatMap { TextBlock.hanging($0.usage, $0.explanation, column: column) }
            lines.append("")
        }
        if !command.examples.isEmpty {
            lines += ["Examples:"] + command.examples.map { "  " + $0 } + [""]
        }
        if command.words.isEmpty { lines += notes.flatMap(Self.lines) }
        while lines.last == "" { lines.removeLast() }
        return lines.joined(separator: "\n") + "\n"
    }

    private static func lines(of note: Note) -> [String] {
        ["\(note.title):"]
            + note.lines.flatMap { TextBlock.wrapped($0, indent: 2, hanging: 4) } + [""]
    }

    func title(of command: Command) -> String {
        command.words.isEmpty ? name : "\(name) \(command.name)"
    }

    func usage(of command: Command) -> String {
        let needed = command.flags.filter { $0.isRequired && !$0.isHidden }.map(\.usage)
        let hasMore = command.flags.contains { !$0.isRequired && !$0.isHidden }
        return
            ([title(of: command)] + command.operands.map(\.usage) + needed
            + (hasMore ? ["[FLAGS]"] : [])).joined(separator: " ")
    }
}

extension Flag {
    /// The help with what the record adds: repetition, range, default, environment.
    var explanation: String {
        var facts: [String] = []
        if isRepeated { facts.append("may be repeated") }
        if let standard { facts.append("default \(standard)") }
        if let environment { facts.append("or \(environment)") }
        return help + "." + (facts.isEmpty ? "" : " (\(facts.joined(separator: "; ")))")
    }
}

/// Text in 80 columns.
enum TextBlock {
    static let width = 80

    /// `  name      text`, with the text's later lines under its first.
    static func hanging(_ name: String, _ text: String, column: Int) -> [String] {
        var lines = wrapped(text, indent: column, hanging: column)
        if name.count + 3 > column { return ["  " + name] + lines }
        lines[0] = "  " + name + String(lines[0].dropFirst(name.count + 2))
        return lines
    }

    static func wrapped(_ text: String, indent: Int = 0, hanging: Int = 0) -> [String] {
        var lines: [String] = []
        var line = String(repeating: " ", count: indent)
        var isEmpty = true
        for word in text.split(separator: " ") {
            if !isEmpty, line.count + 1 + word.count > width {
                lines.append(line)
                (line, isEmpty) = (String(repeating: " ", count: hanging), true)
            }
            line += (isEmpty ? "" : " ") + word
            isEmpty = false
        }
        return lines + [line]
    }
}
