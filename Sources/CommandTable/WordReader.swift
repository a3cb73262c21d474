import CairnCore

/// Sorts the words of one command into flags and operands.
struct WordReader {
    let title: String
    let command: Command
    var values: [String: [String]] = [:]
    var loose: [String] = []

    init(title: String, command: Command) { (self.title, self.command) = (title, command) }

    private func error(_ text: String) -> UsageError {
        UsageError(
            "\(title): \(text)\("?.".contains(text.last ?? " ") ? "" : ".") Run `\(title) --help`.")
    }

    /// - Returns: `.help` and its like where a flag asks for that; they outrank every error behind.
    mutating func read(_ words: ArraySlice<String>, isProgram: Bool) throws(UsageError)
        -> Invocation?
    {
        var rest = words
        while let word = rest.popFirst() {
            if word == "--" {
                loose += rest
                return nil
            }
            if word == "--help" || word == "-h" { return .help(command.words) }
            if isProgram, word == "--version" { return .version }
            if isProgram, word == "--man" { return .manual }
            guard word.hasPrefix("-"), word.count > 1, Double(word) == nil else {
                loose.append(word)
                continue
            }
            try readFlag(word, &rest)
        }
        return nil
    }

    private mutating func readFlag(_ word: String, _ rest: inout ArraySlice<String>)
        throws(UsageError)
    {
        let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts[0].hasPrefix("--"), let flag = command.flag(parts[0].dropFirst(2)) else {
            throw error(unknown(String(parts[0])))
        }
        if values[flag.name] != nil, !flag.isRepeated {
            throw error("--\(flag.name) is given twice.")
        }
        var value = parts.count > 1 ? String(parts[1]) : ""
        if flag.value == .none {
            guard parts.count == 1 else { throw error("--\(flag.name) takes no value.") }
        } else {
            if parts.count == 1 {
                guard let next = rest.popFirst() else {
                    throw error("\(flag.usage): the value is missing.")
                }
                value = next
            }
            if let objection = flag.objection(to: value) {
                throw error("--\(flag.name) \(objection)")
            }
        }
        values[flag.name, default: []].append(value)
    }

    private func unknown(_ word: String) -> String {
        let known = command.flags.filter { !$0.isHidden }.map { "--" + $0.name } + ["--help"]
        let hint = Nearest.word(to: word, among: known).map { "; did you mean '\($0)'?" }
        return "unknown flag '\(word)'\(hint ?? ".")"
    }

    mutating func finish(in surroundings: Surroundings) throws(UsageError) -> Arguments {
        let typed = Set(values.keys)
        for flag in command.flags where values[flag.name] == nil {
            try fill(flag, from: surroundings)
        }
        for flag in command.flags where flag.isRequired && values[flag.name] == nil {
            throw error("\(flag.usage) is needed.")
        }
        return Arguments(
            command: command, values: values, operands: try sortOperands(), typed: typed)
    }

    private mutating func fill(_ flag: Flag, from surroundings: Surroundings) throws(UsageError) {
        if let name = flag.environment, let text = surroundings.environment[name], !text.isEmpty {
            if let objection = flag.objection(to: text) { throw error("\(name) \(objection)") }
            values[flag.name] = [text]
        } else if let texts = surroundings.file[flag.name] {
            if flag.value == .none {
                guard ["true", "false"].contains(texts.last ?? "") else {
                    throw error("\(flag.name) in the configuration file is true or false.")
                }
                if texts.last == "true" { values[flag.name] = [""] }
                return
            }
            for text in texts {
                if let objection = flag.objection(to: text) {
                    throw error("\(flag.name) in the configuration file \(objection).")
                }
            }
            values[flag.name] = texts
        } else if let standard = flag.standard {
            values[flag.name] = [standard]
        }
    }

    private func sortOperands() throws(UsageError) -> [String: [String]] {
        var rest = loose[...]
        var sorted: [String: [String]] = [:]
        for operand in command.operands {
            switch operand.count {
            case .one, .optional: sorted[operand.name] = rest.popFirst().map { [$0] } ?? []
            case .any, .atLeastOne:
                sorted[operand.name] = Array(rest)
                rest = []
            }
            let isNeeded = operand.count == .one || operand.count == .atLeastOne
            if isNeeded, sorted[operand.name] == [] {
                throw error("\(operand.name) is missing: \(operand.help).")
            }
        }
        if let extra = rest.first { throw error("'\(extra)' is one word too many.") }
        return sorted
    }
}
