/// The shells that completions are written for.
public enum Shell: String, CaseIterable, Sendable { case bash, zsh, fish }

extension Program {
    /// A script that the shell sources. All words stand in it: it asks no program while one types.
    public func completions(for shell: Shell) -> String {
        switch shell {
        case .bash: bash()
        case .zsh: zsh()
        case .fish: fish()
        }
    }

    private var first: [String] {
        commands.reduce(into: ["help"]) { if !$0.contains($1.words[0]) { $0.append($1.words[0]) } }
    }

    private var groups: [String] { first.filter { !commands(under: [$0]).isEmpty } }

    private func bash() -> String {
        let function = "_" + name
        var lines = [
            "# bash completion for \(name), written by `\(name) completions bash`",
            "\(function)() {",
            "    local word=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD-1]}",
            "    local command=${COMP_WORDS[1]} flags= words=", "    COMPREPLY=()",
            "    if [ \"$COMP_CWORD\" -eq 1 ]; then",
            "        COMPREPLY=($(compgen -W \"\(first.joined(separator: " "))\" -- \"$word\"))",
            "        return", "    fi", "    case $command in",
        ]
        for group in groups {
            let words = commands(under: [group]).map { $0.words[1] }.joined(separator: " ")
            lines += ["        \(group))", "            if [ \"$COMP_CWORD\" -eq 2 ]; then"]
            lines += ["                words=\"\(words)\"", "            else"]
            lines += ["                command=\"$command ${COMP_WORDS[2]}\"", "            fi ;;"]
        }
        lines += ["    esac", "    case $command in"]
        for command in commands {
            lines.append("        '\(command.name)') flags=\"\(command.flagWords)\" ;;")
        }
        lines += ["    esac", "    case \"$command $previous\" in"]
        for (command, flag, words) in choices {
            lines.append(
                "        '\(command) --\(flag)') words=\"\(words.joined(separator: " "))\"; flags= ;;"
            )
        }
        lines += [
            "    esac", "    case $word in",
            "        -*) COMPREPLY=($(compgen -W \"$flags\" -- \"$word\")) ;;",
            "        *) COMPREPLY=($(compgen -W \"$words\" -- \"$word\"))",
            "           [ -n \"$words\" ] || COMPREPLY=($(compgen -f -- \"$word\")) ;;", "    esac",
            "}",
            "complete -o filenames -F \(function) \(name)",
        ]
        return lines.joined(separator: "\n") + "\n"
    }

    /// Every flag that takes one word of a few.
    private var choices: [(command: String, flag: String, words: [String])] {
        commands.flatMap { command in
            command.flags.compactMap { flag in
                guard !flag.isHidden, case .choice(let words) = flag.value else { return nil }
                return (command.name, flag.name, words)
            }
        }
    }

    private func zsh() -> String {
        var lines = [
            "#compdef \(name)", "# written by `\(name) completions zsh`", "_\(name)() {",
            "    local -a words_1 flags", "    words_1=(",
        ]
        for word in first {
            let summary = commands.first { $0.words == [word] }?.summary ?? "\(word) …"
            lines.append("        '\(word):\(summary.zshQuoted)'")
        }
        lines += [
            "    )", "    if (( CURRENT == 2 )); then", "        _describe command words_1; return",
            "    fi",
        ]
        lines += ["    local command=$words[2]", "    case $command in"]
        for group in groups {
            let members = commands(under: [group]).map {
                "'\($0.words[1]):\($0.summary.zshQuoted)'"
            }
            lines += ["        \(group))", "            if (( CURRENT == 3 )); then"]
            lines += ["                flags=(\(members.joined(separator: " ")))"]
            lines += ["                _describe command flags; return", "            fi"]
            lines += ["            command=\"$command $words[3]\" ;;"]
        }
        lines += ["    esac", "    case $command in"]
        for command in commands {
            let specs = command.flags.filter { !$0.isHidden }.map { "'\($0.zsh)'" }
            lines.append(
                "        '\(command.name)') _arguments \((specs + ["'*:file:_files'"]).joined(separator: " ")) ;;"
            )
        }
        lines += ["        *) _files ;;", "    esac", "}", "_\(name) \"$@\""]
        return lines.joined(separator: "\n") + "\n"
    }

    private func fish() -> String {
        var lines = ["# written by `\(name) completions fish`"]
        for word in first {
            let summary = commands.first { $0.words == [word] }?.summary ?? "\(word) …"
            lines.append(
                "complete -c \(name) -n __fish_use_subcommand -f -a \(word) -d '\(summary.quoted)'")
        }
        for group in groups {
            let members = commands(under: [group])
            let words = members.map { $0.words[1] }.joined(separator: " ")
            for member in members {
                lines.append(
                    "complete -c \(name) -n '__fish_seen_subcommand_from \(group); and not "
                        + "__fish_seen_subcommand_from \(words)' -f -a \(member.words[1]) "
                        + "-d '\(member.summary.quoted)'")
            }
        }
        for command in commands {
            let condition = command.words.map { "__fish_seen_subcommand_from \($0)" }
                .joined(separator: "; and ")
            for flag in command.flags where !flag.isHidden {
                lines.append("complete -c \(name) -n '\(condition)' \(flag.fish)")
            }
        }
        return lines.joined(separator: "\n") + "\n"
    }
}

extension Command {
    fileprivate var flagWords: String {
        (flags.filter { !$0.isHidden }.map { "--" + $0.name } + ["--help"]).joined(separator: " ")
    }
}

extension Flag {
    fileprivate var zsh: String {
        let head =
            (isRepeated ? "*" : "") + "--\(name)\(value == .none ? "" : "=")[\(help.zshQuoted)]"
        return switch value {
        case .none: head
        case .choice(let words): "\(head):value:(\(words.joined(separator: " ")))"
        default:
            switch completion {
            case .files: "\(head):file:_files"
            case .folders: "\(head):folder:_files -/"
            case .nothing: "\(head):\((placeholder ?? "value").lowercased()): "
            }
        }
    }

    fileprivate var fish: String {
        let head = "-l \(name) -d '\(help.quoted)'"
        return switch value {
        case .none: head
        case .choice(let words): "\(head) -x -a '\(words.joined(separator: " "))'"
        default:
            switch completion {
            case .files: "\(head) -r"
            case .folders: "\(head) -x -a '(__fish_complete_directories)'"
            case .nothing: "\(head) -x"
            }
        }
    }
}

extension String {
    /// Safe between single quotes in all three shells, and in zsh's specs.
    fileprivate var quoted: String {
        String(
            compactMap { letter -> String? in
                switch letter {
                case "'": "’"
                case "[": "("
                case "]": ")"
                default: String(letter)
                }
            }.joined())
    }

    fileprivate var zshQuoted: String {
        quoted.split(separator: ":", omittingEmptySubsequences: false).joined(separator: "\\:")
    }
}
