/// The commands that a page of the documents runs, in order.
///
/// ` ```sh run ` holds commands that must succeed. ` ```console run ` holds commands behind `$ `
/// (and `> ` where they go on) with the output that a reader would see: `…` stands for anything on
/// its line, and a line of only `…` for any lines.
struct Document {
    struct Step: Equatable {
        let line: Int
        let command: String
        /// `nil`: whatever it prints.
        var output: [String]?
    }

    let steps: [Step]

    init(parsing text: String) {
        var steps: [Step] = []
        var block: (info: String, first: Int, lines: [String])?
        for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false)
            .enumerated()
        {
            if let open = block, line.hasPrefix("```") {
                steps += Self.steps(of: open.lines, open.info, firstLine: open.first)
                block = nil
            } else if block != nil {
                block?.lines.append(String(line))
            } else if line.hasPrefix("```"), line.count > 3 {
                block = (String(line.dropFirst(3)), index + 2, [])
            }
        }
        self.steps = steps
    }

    private static func steps(of lines: [String], _ info: String, firstLine: Int) -> [Step] {
        switch info {
        case "sh run":
            return [Step(line: firstLine, command: lines.joined(separator: "\n"), output: nil)]
        case "console run":
            var steps: [Step] = []
            for (index, line) in lines.enumerated() {
                if line.hasPrefix("$ ") {
                    steps.append(
                        Step(
                            line: firstLine + index, command: String(line.dropFirst(2)), output: [])
                    )
                } else if line.hasPrefix("> "), let last = steps.last, last.output == [] {
                    steps[steps.count - 1] = Step(
                        line: last.line, command: last.command + "\n" + line.dropFirst(2),
                        output: [])
                } else if !steps.isEmpty {
                    steps[steps.count - 1].output?.append(line)
                }
            }
            return steps
        default: return []
        }
    }

    /// Where output and page part; `nil` where they agree.
    static func difference(_ got: [String], _ want: [String]) -> String? {
        guard let first = want.first else { return got.isEmpty ? nil : "unexpected: \(got[0])" }
        if first == "…" {
            // Any number of lines, as few as make the rest fit.
            for count in 0...got.count
            where difference(Array(got.dropFirst(count)), Array(want.dropFirst())) == nil {
                return nil
            }
            return "nothing fits what follows the line of …"
        }
        guard let line = got.first else { return "missing: \(first)" }
        guard matches(line, first) else { return "got:  \(line)\n    want: \(first)" }
        return difference(Array(got.dropFirst()), Array(want.dropFirst()))
    }

    /// `…` stands for any letters. Runs of spaces are one: columns move with what stands in them.
    static func matches(_ line: String, _ pattern: String) -> Bool {
        let squeeze = { (text: String) in text.split(separator: " ").joined(separator: " ") }
        var rest = squeeze(line)[...]
        let parts = squeeze(pattern).split(separator: "…", omittingEmptySubsequences: false)
        for (index, part) in parts.enumerated() {
            if index == 0 {
                guard rest.hasPrefix(part) else { return false }
                rest = rest.dropFirst(part.count)
            } else if index == parts.count - 1 {
                return rest.hasSuffix(part)
            } else {
                guard
                    let range = part.isEmpty
                        ? rest.startIndex..<rest.startIndex : rest.firstRange(of: part)
                else { return false }
                rest = rest[range.upperBound...]
            }
        }
        return rest.isEmpty
    }
}
