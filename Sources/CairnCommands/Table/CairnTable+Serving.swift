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
            flags: [
                Common.plan, Common.actor, Common.reason, Common.json, Common.controller,
                Common.deadline,
            ]),
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
            flags: [
                Flag("full", "Goes to the end at once, recorded as an override"),
                Flag("keep-guards", "With --full: to the last step, which is baked and judged"),
            ]),
        verb(
            "skip-step", "goes to the next step at once, recorded as an override",
            examples: ["cairn skip-step prod/chat --expect-step 2 --reason \"seen enough\""]),
        verb(
            "goto", "goes to a step of the plan",
            details: [
                "Back is always allowed and begins that step's bake anew; forward is an override. "
                    + "Evidence is kept either way."
            ],
            operands: [Operand("STEP", "From 1, as `status` counts them")],
            examples: ["cairn goto prod/chat 1 --reason \"p99 looks odd\""]),
        verb("pause", "stops every clock of the rollout; guards stay armed"),
        verb("resume", "lets the clocks go on"),
        verb(
            "abort", "ends the rollout: stable serves everything again",
            details: [
                "The version is not quarantined unless --quarantine says so. Works from every live "
                    + "state."
            ],
            flags: [
                Flag("quarantine", "Keeps the version out until `cairn unquarantine`"), Common.wait,
            ]),
        verb("retry", "starts the ended rollout's version again, as a new attempt"),
        verb(
            "rollback", "goes back to the version before, verified",
            details: [
                "From a live rollout to the stable version, else to the version that served before. "
                    + "Needs neither ingest nor evaluator. Returns when every router has "
                    + "acknowledged and the way back is verified."
            ],
            flags: [
                Flag("to", .text("X.Y.Z"), "To this version instead"),
                Flag("fast", "At once, whatever ramp the plan has for the way back"), Common.wait,
            ],
            examples: ["cairn rollback prod/chat --reason \"wrong answers in French\""]),
        verb(
            "quarantine", "keeps a version out of a target",
            details: [
                "One that is on its way in goes back. What serves cannot be kept out: roll back "
                    + "first. Needs --reason."
            ],
            operands: [
                Operand("VERSION", "As chat@v1.2.0; of what the target shows, v1.2.0 is enough")
            ], flags: [Common.ingest]),
        verb(
            "unquarantine", "lets a version out again that was rolled back",
            operands: [Operand("NUMBER", "The version number, as v1.2.0")]),
        verb(
            "freeze add", "holds a target: no rollout starts or gains weight",
            details: [
                "Until `freeze remove`; or with --window from one time to another, once or again and "
                    + "again. Abort and rollback always work."
            ],
            flags: [
                Flag("window", .text("NAME"), "A window of this name, in place of one that has it"),
                Flag("from", .text("TIME"), "Its start, as 2026-12-24T18:00Z"),
                Flag("until", .text("TIME"), "Its end"),
                Flag("every", .text("DURATION"), "From one start to the next, as 168h for a week"),
            ],
            examples: [
                "cairn freeze add prod/chat --window xmas --from 2026-12-23 --until 2027-01-02"
            ]),
        verb(
            "freeze remove", "ends a freeze",
            flags: [Flag("window", .text("NAME"), "Removes this window instead")]),
        Command(
            "freeze list", "lists the targets that are frozen", section: Section.serving,
            flags: [Common.json, Common.controller, Common.deadline]),
        Command(
            "hook list", "shows the calls of a target's hooks and their answers",
            section: Section.serving, operands: [Common.target],
            flags: [Common.json, Common.controller, Common.deadline]),
        Command(
            "hook answer", "answers a call of a hook", section: Section.serving,
            details: [
                "Programs answer by the RPC AnswerHook; this is for people and scripts. Answering "
                    + "twice is answering once."
            ],
            operands: [Common.target, Operand("KEY", "Of the call, as `hook list` shows it")],
            flags: [
                Flag("yes", "The rollout may go on"), Flag("no", "It may not"), Common.plan,
                Common.reason, Common.actor, Common.json, Common.controller, Common.deadline,
            ],
            examples: ["cairn hook answer prod/chat prod/chat#3/1/rollout/load-test --yes"]),
        Command(
            "audit verdict", "computes the verdicts of guards again from the log",
            section: Section.serving,
            details: [
                "Folds the whole log, and computes each verdict's statistic from the inputs that were "
                    + "stored of it; ends with 1 where one does not come out again."
            ],
            operands: [Common.target],
            flags: [
                Flag("attempt", .number("N", 1...Int64.max), "Only this attempt's"), Common.json,
                Common.controller, Common.deadline,
            ]),
        Command(
            "audit verify", "checks that nobody edited the log", section: Section.serving,
            operands: [Operand("TARGET", "Only this target's", .optional)],
            flags: [Common.json, Common.controller, Common.deadline]),
    ]
}
