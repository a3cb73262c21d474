/// What no line of the repository may hold.
enum TextRules {
    static func findings(in file: SourceFile) -> [Finding] {
        var findings: [Finding] = []
        for (index, line) in file.lines.enumerated() {
            let add = { (text: String) in
                findings.append(Finding(path: file.path, line: index + 1, text: text))
            }
            if let path = machinePath(in: line) { add("names a path of one machine: \(path)") }
            guard file.isSwift, !file.isGenerated, file.target != nil else { continue }
            let code = SourceFile.code(of: line)
            for (word, why) in words(for: file) where code.contains(word) { add("\(word): \(why)") }
            // With the space: an optional type whose name ends so is no lost error.
            let losesError = code.contains(" try?") || code.hasPrefix("try?")
            if !file.isTest, losesError, !hasReason(above: index, in: file) {
                add("try? loses an error without a comment that says why that is right")
            }
        }
        return findings + length(of: file)
    }

    /// Paths that exist on one machine only, put together so that this file passes its own rule.
    private static let roots = ["work", "root", "Users"].map { "/\($0)/" }

    static func machinePath(in line: Substring) -> String? {
        for root in roots + ["/" + "home/", "/" + "tmp/"] {
            var rest = line
            while let range = rest.firstRange(of: root) {
                let before = rest[..<range.lowerBound].last
                let name = rest[range.upperBound...].prefix {
                    $0.isLetter || $0.isNumber || "._-".contains($0)
                }
                let startsAPath =
                    before.map { !($0.isLetter || $0.isNumber || ".-_~}/)".contains($0)) } ?? true
                if startsAPath, !name.isEmpty { return root + name }
                rest = rest[range.upperBound...]
            }
        }
        return nil
    }

    private static func words(for file: SourceFile) -> [(String, String)] {
        if file.isTest { return testWords }
        let floor = file.target.flatMap { Floors.table[$0] } ?? 0
        return sourceWords + (floor <= 2 ? decisionWords : [])
    }

    private static let testWords = [
        ("Task.sleep", "tests move the clock or wait for an event"),
        ("usleep(", "tests move the clock or wait for an event"),
    ]

    private static let sourceWords = [
        ("fatalError(", "input is answered with an error, a broken invariant with precondition"),
        ("try!", "input is answered with an error, a broken invariant with precondition"),
        ("as!", "input is answered with an error, a broken invariant with precondition"),
    ]

    private static let decisionWords = [
        ("ContinuousClock", "decisions take the time as an argument"),
        ("SuspendingClock", "decisions take the time as an argument"),
        ("SystemRandomNumberGenerator", "decisions take randomness as an argument"),
        (" Task {", "decisions run nothing"), ("async ", "decisions wait for nothing"),
        ("print(", "decisions say nothing; the shell logs"),
    ]

    /// A comment on the line, or in the eight lines above it.
    private static func hasReason(above index: Int, in file: SourceFile) -> Bool {
        file.lines[max(0, index - 8)...index].contains { $0.contains("// ") }
    }

    private static func length(of file: SourceFile) -> [Finding] {
        guard file.isSwift, !file.isGenerated, file.lines.count > 300 else { return [] }
        return [
            Finding(
                path: file.path, line: file.lines.count,
                text: "\(file.lines.count) lines; when a file wants two headings, it is two files",
                isAdvice: true)
        ]
    }
}
