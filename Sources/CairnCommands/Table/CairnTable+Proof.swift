import CommandTable

/// Drills, proofs, notices and groups.
extension CairnTable {
    private static let group = Operand("GROUP", "The group's name, as eu")
    private static let listing = [Common.json, Common.controller, Common.deadline]

    static let proving = [
        Command(
            "drill rollback", "rehearses the way back on every host, timed",
            section: Section.serving,
            details: [
                "The version before comes in everywhere without weight and is taken off again, as a "
                    + "rollback takes one off. Nothing that serves changes; with a cohort in the "
                    + "plan its requests go along. A rollout or a real way back overtakes it."
            ],
            operands: [Common.target], flags: Common.verb + [Common.wait],
            examples: ["cairn drill rollback prod/chat"]),
        Command(
            "drill list", "shows drills with their times, and when the next is due",
            section: Section.serving,
            operands: [
                Operand("TARGET", "Its last hundred; unless given, every target", .optional)
            ],
            flags: listing),
        Command(
            "audit rollback", "shows what proved each way back, from the log",
            section: Section.serving,
            details: [
                "Folds the whole log; for each rollback every check with what was found: "
                    + "acknowledgements, loaded bytes, requests, failures, latencies."
            ],
            operands: [Common.target], flags: listing),
        Command(
            "notify list", "shows what people were told, and whether it reached them",
            section: Section.serving,
            flags: [
                Flag("limit", .number("N", 1...1_000), "So many of the newest", standard: "50"),
                Flag("undelivered", "Only those that somebody has not got"),
            ] + listing),
        Command(
            "notify test", "sends a notice to one endpoint, and waits for its first try",
            section: Section.serving,
            operands: [Operand("ENDPOINT", "As the controller's --notify file names it")],
            flags: [Common.actor, Common.wait] + listing),
        Command(
            "group apply", "makes targets a group, as a file says", section: Section.serving,
            operands: [Operand("FILE.yaml", "The group", completion: .files)],
            flags: [Common.plan, Common.actor, Common.reason] + listing),
        Command(
            "group list", "shows groups and how far each member is", section: Section.serving,
            operands: [Operand("GROUP", "Only this one", .optional)], flags: listing),
        Command(
            "group deploy", "brings a version out on all targets of a group in lockstep",
            section: Section.serving,
            details: [
                "A step begins nowhere before the one before it has baked everywhere. One member "
                    + "that goes back takes all others back."
            ],
            operands: [group, Common.version],
            flags: [Common.plan, Common.actor, Common.reason, Common.ingest] + listing,
            examples: ["cairn group deploy eu chat@v1.2.0 --reason \"new corpus\""]),
        Command(
            "group abort", "takes every target of a group back", section: Section.serving,
            operands: [group],
            flags: [Common.plan, Common.actor, Common.reason] + listing),
    ]
}
