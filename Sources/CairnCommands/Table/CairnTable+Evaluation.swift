import CommandTable

extension CairnTable {
    static let evaluation = [
        Command(
            "dataset add", "pins a data set by its digest", section: Section.evaluation,
            details: [
                "The same bytes under the same name change nothing; other bytes are the data set's "
                    + "next version. Numbers from different digests are never compared. A schema "
                    + "says of each column its type, range or categories, and whether it may be "
                    + "missing; it is pinned with the digest."
            ],
            operands: [
                Operand(
                    "FILE", "A .csv, .jsonl, .npy, .npz or .cpred file", completion: .files)
            ],
            flags: [
                Flag("name", .text("NAME"), "Its name; the file's without its ending unless given"),
                Flag(
                    "schema", .text("FILE.yaml"),
                    "What the columns shall be; a row that is something else refuses the file",
                    completion: .files),
                Common.json, Common.evaluator,
            ],
            examples: [
                "cairn dataset add digits-test.csv",
                "cairn dataset add mail.csv --schema mail-schema.yaml",
            ]),
        Command(
            "dataset list", "lists the data sets", section: Section.evaluation,
            flags: [Common.json, Common.evaluator, Common.deadline]),
        Command(
            "convert", "writes predictions in another format", section: Section.evaluation,
            details: [
                "The endings of both names say the formats: .jsonl, .ndjson, .csv, .npy, .npz, "
                    + ".cpred. Both are streamed. OUT is written whole or not at all. It has what "
                    + "predictions of the task have; other columns, such as inputs, stay in IN."
            ],
            operands: [
                Operand("IN", "Predictions", completion: .files),
                Operand("OUT", "The file to write", completion: .files),
            ],
            flags: [
                Flag(
                    "task", .text("TASK"),
                    "What the predictions are of: `multiclass`, `regression`, … as in a suite",
                    isRequired: true), Common.json,
            ],
            examples: ["cairn convert p.jsonl p.cpred --task multiclass"]),
        Command(
            "suite apply", "sets a suite to what a file says", section: Section.evaluation,
            operands: [Operand("FILE.yaml", "The suite", completion: .files)],
            flags: [Common.json, Common.evaluator, Common.deadline]),
        Command(
            "suite list", "lists the suites", section: Section.evaluation,
            flags: [
                Flag("model", .text("M"), "Only this model's", environment: "CAIRN_MODEL"),
                Common.json, Common.evaluator, Common.deadline,
            ]),
        Command(
            "eval", "evaluates a version on a suite and shows the verdict",
            section: Section.evaluation,
            details: [
                "Every committed version is evaluated by itself; `eval` waits for that, or starts "
                    + "it. Exit code 0 only when the verdict is `pass`."
            ],
            operands: [Common.version],
            flags: [
                Common.suite,
                Flag(
                    "slice", .text("COLUMN[=VALUE]"),
                    "Every metric of each group of the examples, or of one, the worst first; one of "
                        + "the suite's slices", isRepeated: true),
                Flag("again", "Evaluates once more though a result stands"),
                Flag(
                    "watch",
                    "Tells how far each phase is, with rate and time left; a terminal always does"),
                Flag(
                    "predictions", .text("FILE"),
                    "Predictions to judge; the name's ending says how they are written: .jsonl, "
                        + ".csv, .npy, .npz or .cpred", completion: .files),
                Flag(
                    "skip-invalid",
                    "With --predictions: bad rows are counted and left out, else they are an error"),
                Flag(
                    "priority", .number("N", -1_000_000...1_000_000),
                    "Added to the suite's priority where an evaluation is started; higher ones go "
                        + "first"),
                Flag(
                    "repeat", .number("N", 1...1000),
                    "With --predictions: which of the suite's repeats they are, counted from 1",
                    standard: "1"),
                Common.json, Common.ingest, Common.evaluator, Common.deadline,
            ],
            examples: ["cairn eval chat@v1.2.0 --suite digits"]),
        Command(
            "runner log", "prints what an evaluation's runner printed",
            section: Section.evaluation,
            details: [
                "All that is kept of it, to the limit that the suite sets; the newest run of its "
                    + "command where there were several. While it runs: what there is so far."
            ],
            operands: [
                Operand(
                    "EVALUATION|VERSION",
                    "An evaluation, as `cairn eval` and --json name it, or a version, as "
                        + "chat@v1.2.0: its newest evaluation")
            ],
            flags: [
                Flag("suite", .text("S"), "With a version: on this suite"),
                Common.ingest, Common.evaluator, Common.deadline,
            ],
            examples: [
                "cairn runner log chat@v1.2.0 --suite digits",
                "cairn runner log 01a20b484ebb708d97b91bf87c50dc63",
            ]),
        Command(
            "cancel", "ends the evaluations of a version that are not done",
            section: Section.evaluation,
            details: [
                "A runner that works on one is ended. The verdict is `cancelled`, which passes no "
                    + "rollout; `cairn eval --again` evaluates anew."
            ],
            operands: [Common.version],
            flags: [
                Flag("suite", .text("S"), "Only on this suite"),
                Flag("reason", .text("TEXT"), "Why; kept in the record"),
                Common.json, Common.ingest, Common.evaluator, Common.deadline,
            ],
            examples: ["cairn cancel chat@v1.2.0 --reason \"the wrong data set\""]),
        Command(
            "compare", "compares versions, metric by metric, with tests",
            section: Section.evaluation,
            details: [
                "Of two versions: differences, intervals, tests, effects, and the slices that got "
                    + "worse first. Of several: each against the first."
            ],
            operands: [
                Operand("VERSION", "What the others are held against, as chat@v1.1.0"),
                Operand("OTHER", "One or more, as chat@v1.2.0", .atLeastOne),
            ],
            flags: [
                Common.suite,
                Flag("alpha", .decimal("P"), "The tests' level; 0.05 unless given"),
                Common.json, Common.ingest, Common.evaluator, Common.deadline,
            ],
            examples: [
                "cairn compare chat@v1.1.0 chat@v1.2.0",
                "cairn compare chat@v1.0.0 chat@v1.1.0 chat@v1.2.0 --suite digits",
            ]),
        Command(
            "report", "writes evaluations as one page to mail around",
            section: Section.evaluation,
            details: [
                "One file of HTML that needs nothing else: verdict, metrics with tests, history over "
                    + "versions, curves, calibration, confusions, slices, the worst examples, and "
                    + "which bytes the numbers come from. A version is compared with its parent, the "
                    + "versions of a range with the first of them."
            ],
            operands: [
                Operand(
                    "VERSION|RANGE", "A version, as chat@v1.2.0, or a range: chat@v1.0.0..v1.2.0")
            ],
            flags: [
                Flag(
                    "out", .text("FILE"), "Where the page goes", standard: "report.html",
                    completion: .files),
                Flag("suite", .text("S"), "Only this suite; all of the model unless given"),
                Flag("alpha", .decimal("P"), "The tests' level; 0.05 unless given"),
                Common.ingest, Common.evaluator, Common.deadline,
            ],
            examples: ["cairn report chat@v1.0.0..v1.2.0 --out chat.html"]),
        Command(
            "history", "shows a metric over a model's life, or what served on a target",
            section: Section.evaluation,
            details: [
                "`history MODEL --metric K` draws a metric as evaluations measured it, version by "
                    + "version, and as runs logged it, step by step. `history TARGET` prints the "
                    + "audit log of a target: every change of what serves, with who, why and on "
                    + "what evidence; --at shows what served at a moment."
            ],
            operands: [Operand("MODEL|TARGET", "A model (chat) or a target (prod/chat)")],
            flags: [
                Flag("metric", .text("K"), "Of a model: the metric"),
                Flag("run", .text("ID"), "Of a model: only this run"),
                Flag("at", .text("TIME"), "Of a target: a moment in UTC, as 2026-11-24T10:00Z"),
                Common.json, Common.ingest, Common.evaluator, Common.controller, Common.deadline,
            ],
            examples: [
                "cairn history chat --metric accuracy", "cairn history prod/chat --at 2026-11-24",
            ]),
    ]
}
