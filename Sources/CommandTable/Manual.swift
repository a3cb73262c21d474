extension Program {
    /// The manual page in man(7) macros, section 1.
    public func manual() -> String {
        var lines = [
            ".TH \(name.uppercased().roff) 1 \"\" \"cairn \(version.roff)\" \"User Commands\""
        ]
        lines += [".SH NAME", "\(name.roff) \\- \(summary.roff)", ".SH SYNOPSIS"]
        if let only {
            lines += [".B \(name.roff)", only.synopsis, ".SH DESCRIPTION"]
            lines += body(of: only)
        } else {
            lines += [".B \(name.roff)", ".I COMMAND", "[FLAGS]"]
            for section in sections { lines += manual(of: section) }
        }
        for note in notes {
            lines += [".SH \(note.title.uppercased().roff)"] + note.lines.flatMap(Self.item)
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private func manual(of section: String) -> [String] {
        [".SH \(section.uppercased().roff)"]
            + commands.filter { $0.section == section }.flatMap { command in
                [
                    ".SS \(title(of: command).roff)", ".B \(title(of: command).roff)",
                    command.synopsis,
                ]
                    + [".PP", command.summary.roff + "."] + body(of: command)
            }
    }

    private func body(of command: Command) -> [String] {
        var lines = command.details.flatMap { [".PP", $0.roff] }
        for operand in command.operands {
            lines += [".TP", ".I \(operand.name.roff)", operand.help.roff + "."]
        }
        for flag in command.flags where !flag.isHidden {
            lines += [".TP", ".B \(flag.usage.roff)", flag.explanation.roff]
        }
        for example in command.examples {
            lines += [".PP", ".RS", ".nf", example.roff, ".fi", ".RE"]
        }
        return lines
    }

    private static func item(_ line: String) -> [String] { [".PP", line.roff] }
}

extension Command {
    fileprivate var synopsis: String {
        let words = operands.map(\.usage) + (flags.contains { !$0.isHidden } ? ["[FLAGS]"] : [])
        return words.isEmpty ? ".br" : words.joined(separator: " ").roff
    }
}

extension String {
    /// With what roff would take for orders made plain.
    fileprivate var roff: String {
        var text = ""
        for letter in self {
            switch letter {
            case "\\": text += "\\e"
            case "-": text += "\\-"
            case "\"": text += "\\(dq"
            case "…": text += "..."
            default: text.append(letter)
            }
        }
        return text.hasPrefix(".") || text.hasPrefix("'") ? "\\&" + text : text
    }
}
