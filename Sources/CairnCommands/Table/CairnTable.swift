import CairnCore
import CommandTable

/// Every command of `cairn`: one table feeds parser, help, manual and completions.
public enum CairnTable {
    public static let program = Program(
        "cairn", "keeps every version of a model, and always has a way back",
        version: Build.version,
        commands: services + runs + versions + evaluation + drift + statistics + serving + proving
            + routers + others,
        notes: [
            Program.Note(
                "Names",
                [
                    "Versions are model@number (chat@v1.2.0), model@alias or model@latest; targets "
                        + "are environment/name (prod/chat)."
                ]),
            Program.Note(
                "Environment",
                [
                    "CAIRN_INGEST, CAIRN_EVALUATOR, CAIRN_CONTROLLER: where the services listen; "
                        + "unless set, where the last `cairn up` of this user started them.",
                    "CAIRN_DATA, CAIRN_PORT_BASE, CAIRN_MODEL, CAIRN_ACTOR, "
                        + "CAIRN_DEADLINE_SECONDS: values for the flags of that name.",
                    "NO_COLOR: no colours. Colours and live displays appear on terminals only.",
                ]),
            Program.Note("Exit codes", ["0 done, 1 it failed, 2 it was asked wrongly."]),
        ])

    static let others = [
        Command(
            "demo", "shows the whole way on real data: train, roll out, roll back",
            section: Section.other,
            flags: [
                Flag(
                    "out", .text("DIR"), "Where report.html and report.json go",
                    completion: .folders)
            ]),
        Command(
            "completions", "prints completions for a shell", section: Section.other,
            operands: [Operand("SHELL", "bash, zsh or fish")],
            examples: ["source <(cairn completions bash)"]),
        Command("version", "prints the version", section: Section.other, flags: [Common.json]),
    ]
}
