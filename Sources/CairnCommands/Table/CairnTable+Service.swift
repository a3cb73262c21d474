import CommandTable

extension CairnTable {
    static let services = [
        Command(
            "up", "starts the three services on this machine", section: Section.services,
            details: [
                "Starts ingest, evaluator and deployment-controller as separate processes on "
                    + "loopback, waits until all are ready, and leaves a supervisor that starts "
                    + "again what dies, with growing waits. Logs are in DIR/logs; DIR/cairn.json "
                    + "says what runs. A second `up` on the same folder is refused.",
                "Ports: ingest N, evaluator N+1, controller N+2; their admin ports for /healthz, "
                    + "/readyz and /metrics are N+100, N+101 and N+102.",
            ],
            flags: [
                Common.data,
                Flag(
                    "port-base", .number("N", 1024...65_400), "The first of the ports",
                    environment: "CAIRN_PORT_BASE", standard: "7401"),
                Flag("foreground", "Stays in the foreground until Ctrl-C, logs on standard error"),
                Flag(
                    "ready-seconds", .number("N", 1...600),
                    "Ends everything again when not all are ready by then",
                    standard: "30"),
                Common.json,
                Flag("ready-fd", .number("FD", 3...1024), "Where to report", isHidden: true),
            ],
            examples: ["cairn up --data ~/cairn-data", "cairn up --port-base 9401"]),
        Command(
            "down", "ends what `cairn up` started", section: Section.services,
            details: [
                "Ends the services cleanly: they finish what runs, within their drain time, and "
                    + "`down` returns when all have ended."
            ],
            flags: [
                Common.data,
                Flag(
                    "within-seconds", .number("N", 1...600), "Fails when they still run by then",
                    standard: "60"),
            ]),
        Command(
            "status", "shows the services, or what happens on a target", section: Section.services,
            details: [
                "Without a target: the three services, with what they hold. With one: what serves, "
                    + "what is on its way, each step, each guard's evidence against its bound, "
                    + "every agent and router with its epoch, and why it stands where it stands.",
                "--watch keeps it live: a tree on a terminal, else one line for each change.",
            ],
            operands: [Operand("TARGET", "Where it serves, as prod/chat", .optional)],
            flags: [
                Flag("watch", "Shows every change until Ctrl-C"),
                Flag(
                    "until-settled",
                    "With --watch: ends when no rollout is live; fails when it was rolled back"),
                Common.json, Common.ingest, Common.evaluator, Common.controller, Common.deadline,
            ],
            examples: ["cairn status", "cairn status prod/chat --watch"]),
    ]
}
