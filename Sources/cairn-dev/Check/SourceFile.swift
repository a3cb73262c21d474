/// A file of the repository, as the rules see it.
struct SourceFile {
    /// Relative to the repository.
    let path: String
    let lines: [Substring]

    init(path: String, text: String) {
        self.path = path
        lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    }

    /// `Deployment` for `Sources/Deployment/Rollout.swift`; `nil` outside `Sources` and `Tests`.
    var target: String? {
        let parts = path.split(separator: "/")
        guard parts.count > 2, ["Sources", "Tests"].contains(parts[0]) else { return nil }
        return String(parts[1])
    }

    var isTest: Bool { path.hasPrefix("Tests/") }
    var isSwift: Bool { path.hasSuffix(".swift") }
    var isGenerated: Bool { path.contains("/Generated/") || path.contains(".pb-c.") }

    /// The modules named by import lines, with the single name where only that is taken.
    var imports: [(line: Int, module: String, symbol: String?)] {
        lines.enumerated().compactMap { index, line in
            var words = line.split(separator: " ").map(String.init)
            while let first = words.first, first.hasPrefix("@") || Self.accessWords.contains(first)
            {
                words.removeFirst()
            }
            guard words.first == "import", words.count > 1 else { return nil }
            let isSymbol = [
                "func", "struct", "class", "enum", "protocol", "let", "var", "typealias",
            ]
            .contains(words[1])
            let path = (isSymbol ? words.dropFirst(2) : words.dropFirst()).first ?? ""
            let parts = path.split(separator: ".", maxSplits: 1).map(String.init)
            return (index + 1, parts.first ?? "", isSymbol && parts.count > 1 ? parts[1] : nil)
        }
    }

    private static let accessWords: Set<String> = ["public", "package", "internal", "private"]

    /// The line without what stands in string literals and behind `//`.
    static func code(of line: some StringProtocol) -> String {
        var (code, inText, previous) = ("", false, Character(" "))
        for letter in line {
            if letter == "\"", previous != "\\" {
                inText.toggle()
                code.append(letter)
            } else if !inText {
                if letter == "/", previous == "/" { return String(code.dropLast()) }
                code.append(letter)
            }
            previous = letter
        }
        return code
    }
}

/// Something that breaks a rule of the house.
struct Finding: Equatable, CustomStringConvertible {
    let path: String
    let line: Int
    let text: String
    /// Told, and no reason to fail.
    var isAdvice = false

    var description: String { "\(path):\(line): \(isAdvice ? "advice: " : "")\(text)" }
}
