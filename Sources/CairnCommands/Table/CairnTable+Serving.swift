import CommandTable

extension CairnTable {
    private static func verb(
        _ name: String, _ summary: String, details: [String] = [], operands: [Operand] = [],
        flags: [Flag] = [], examples: [String] = []
    ) -> Command {
        Command(
            name, summary, section: Section.serving, details: details,
            operands: [Common.target] + operands, flags: flags + Common.verb, examples: examples)
    }

    static let serving = [
        Command(
            "target apply", "sets a target's plan to what a file says", section: Section.serving,
            details: ["A running rollout keeps the plan that it started with."],
            operands: [Operand("FILE.yaml", "The target", completion: .files)],
            flags: [Common.plan, Common.actor, Common.json, Common.controller, Common.deadline]),
        Command(
            "target list", "lists the targets with what serves", section: Section.serving,
            flags: [Common.json, Common.controller, Common.deadline]),
        verb(
            "deploy", "brings a version out, step by step",
            details: [
                "Preflight first: the evaluator's verdict, the bytes on every agent, no freeze, no "
                    + "quarantine. Then the plan's steps, judged as live outcomes arrive; a broken "
                    + "guard rolls back by itself."
            ],
            operands: [Common.version],
            flags: [Flag("watch", "Shows the rollout until it is settled"), Common.ingest],
            examples: ["cairn deploy prod/chat chat@v1.2.0 --watch"]),
        verb(
            "promote", "opens the gate that the rollout waits at",
            flags: [Flag("full", "Goes to the end at once, recorded as an override")]),
        verb("pause", "stops every clock of the rollout; guards stay armed"),
        verb("resume", "lets the clocks go on"),
        verb(
            "abort", "ends the rollout: stable serves everything again",
            details: ["The version is not quarantined. Works from every live state."],
            flags: [Common.wait]),
        verb("retry", "starts the ended rollout's version again, as a new attempt"),
        verb(
            "rollback", "goes back to the version before, verified",
            details: [
                "From a live rollout to the stable version, else to the version that served before. "
                    + "Needs neither ingest nor evaluator. Returns when every router has "
                    + "acknowledged and the way back is verified."
            ],
            flags: [
                Flag("to", .text("X.Y.Z"), "To this version instead"), Common.wait,
            ],
            examples: ["cairn rollback prod/chat --reason \"wrong answers in French\""]),
        verb(
            "unquarantine", "lets a version out again that was rolled back",
            operands: [Operand("NUMBER", "The version number, as v1.2.0")]),
        Command(
            "freeze add", "holds a target: no rollout starts or gains weight",
            section: Section.serving, details: ["Abort and rollback always work."],
            operands: [Common.target], flags: Common.verb),
        Command(
            "freeze remove", "ends a freeze", section: Section.serving,
            operands: [Common.target], flags: Common.verb),
        Command(
            "freeze list", "lists the targets that are frozen", section: Section.serving,
            flags: [Common.json, Common.controller, Common.deadline]),
        Command(
            "audit verify", "checks that nobody edited the log", section: Section.serving,
            operands: [Operand("TARGET", "Only this target's", .optional)],
            flags: [Common.json, Common.controller, Common.deadline]),
    ]
}
