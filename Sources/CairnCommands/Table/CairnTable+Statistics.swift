import CommandTable
import StatisticsTools

extension CairnTable {
    static let statistics =
        [
            Command(
                "stats", "runs a statistical test or a change detector on your data",
                section: Section.evaluation,
                details: [
                    "`cairn stats` lists them; `cairn stats TEST --help` explains one. Data are CSV, "
                        + "JSON Lines or plain numbers, from a file or standard input; no service is "
                        + "needed."
                ],
                operands: [Operand("TEST", "Which one", .optional)], flags: [Common.json],
                examples: ["cairn stats", "cairn stats welch latency.csv --a new --b old"])
        ] + StatTool.all.map(command)

    private static func command(_ tool: StatTool) -> Command {
        Command(
            "stats \(tool.name)", tool.summary, section: Section.evaluation, details: tool.details,
            operands: operands(tool),
            flags: tool.readingFlags + tool.flags + [
                Flag(
                    "fail-if", .choice(["rejected", "kept", "undecided"]),
                    "Ends with exit code 1 if this became of the null hypothesis",
                    isRepeated: true), Common.json,
            ], examples: tool.examples, isListed: false)
    }

    private static func operands(_ tool: StatTool) -> [Operand] {
        if tool.need == .nothing { return [] }
        let file = Operand(
            "FILE", "The data; - or none is standard input", .optional, completion: .files)
        guard tool.canReadTwoFiles else { return [file] }
        return [
            file,
            Operand("OTHER", "In place of columns: the file of b", .optional, completion: .files),
        ]
    }
}
