import CommandTable

extension CairnTable {
    /// What live traffic is held against.
    static let drift = [
        Command(
            "reference", "shows the distributions that live traffic is compared with",
            section: Section.evaluation,
            details: [
                "Of inputs, scores and outputs on the test set, made with every evaluation and kept "
                    + "with it. --json has every quantile and count."
            ],
            operands: [Common.version],
            flags: [
                driftSuite, Common.json, Common.ingest, Common.evaluator, Common.deadline,
            ],
            examples: ["cairn reference chat@v1.2.0"]),
        Command(
            "drift", "compares live traffic with a version's reference, column by column",
            section: Section.evaluation,
            details: [
                "FILE has what came in and what was answered, a row each, by the columns of the data "
                    + "set and of predictions. Numbers are compared by PSI, Jensen–Shannon and "
                    + "Kolmogorov–Smirnov, names by χ², PSI and Jensen–Shannon, vectors by their "
                    + "means. A column has drifted when chance does not explain the difference at "
                    + "samples of these sizes, and the difference is as large as matters. All columns "
                    + "share --alpha: it bounds the chance that any of them is flagged when nothing "
                    + "changed. With a schema, what breaks it is listed too."
            ],
            operands: [
                Common.version,
                Operand("FILE", "Live traffic, in a format of predictions", completion: .files),
            ],
            flags: [
                driftSuite,
                Flag(
                    "alpha", .decimal("P"),
                    "The chance of a false alarm, for all columns together; 0.01 unless given"),
                Flag(
                    "smallest-effect", .decimal("X"),
                    "The least PSI, distance or gap that matters; 0.1 unless given"),
                Flag("exit-code", "Exits with 1 where a column drifted or the schema is broken"),
                Common.json, Common.ingest, Common.evaluator, Common.deadline,
            ],
            examples: ["cairn drift chat@v1.2.0 yesterday.jsonl --exit-code"]),
    ]

    private static let driftSuite = Flag(
        "suite", .text("S"), "Of this suite; the newest evaluation's unless given")
}
