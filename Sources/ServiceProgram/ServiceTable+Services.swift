import CommandTable

extension ServiceTable {
    public static let ingest = ServiceTable(
        name: "cairn-ingest",
        summary: "takes checkpoints, versions and metrics, and gives them back",
        details: [
            "Keeps runs and versions in DIR/ingest/catalog.sqlite and chunks in DIR/ingest/chunks. "
                + "Tells the evaluator of every version that is committed; while that is away, it "
                + "goes on."
        ], port: 7401,
        flags: [
            peer("evaluator", port: 7402, why: "Whom to tell of new versions"),
            Flag(
                "scrub-mib-per-second", .number("N", 0...10_000),
                "How fast stored chunks are read back and checked, again and again; 0 is never",
                environment: "CAIRN_SCRUB_MIB_PER_SECOND", standard: "8"),
        ])

    public static let evaluator = ServiceTable(
        name: "cairn-evaluator",
        summary: "runs the standard test sets on every version, and compares versions",
        details: [
            "Keeps data sets, suites and results in DIR/evaluator. Fetches versions from ingest, and "
                + "tells the controller of every verdict; while either is away, it waits for that "
                + "and goes on.",
            "Several evaluators may share a data folder on one host, each with ports of its own: "
                + "they work on one queue. One that ends leaves its evaluations to the others.",
        ], port: 7402, sharing: .always,
        flags: [
            peer("ingest", port: 7401, why: "Where versions come from"),
            peer("controller", port: 7403, why: "Whom to tell of verdicts"),
            Flag(
                "jobs", .number("N", 1...64), "How many evaluations run at once",
                environment: "CAIRN_JOBS", standard: "1"),
            Flag(
                "runner-user", .text("USER"),
                "Whom all runners run as; needs root. Unless given: whom their suite names, or who "
                    + "started this", environment: "CAIRN_RUNNER_USER"),
            Flag(
                "lease-seconds", .number("N", 1...3600),
                "After how long others take up what an evaluator that lives says nothing of",
                environment: "CAIRN_LEASE_SECONDS", standard: "30"),
            Flag(
                "runner-log-count", .number("N", 0...1_000_000),
                "So many logs of runners are kept of each model; 0 is no limit",
                environment: "CAIRN_RUNNER_LOG_COUNT", standard: "200"),
            Flag(
                "runner-log-days", .number("N", 0...36_500),
                "For so long they are kept after an evaluation's end; 0 is no limit",
                environment: "CAIRN_RUNNER_LOG_DAYS", standard: "90"),
            Flag(
                "runner-log-mib", .number("N", 0...1_000_000_000),
                "So much of them is kept of all models together; 0 is no limit",
                environment: "CAIRN_RUNNER_LOG_MIB", standard: "4096"),
        ])

    public static let controller = ServiceTable(
        name: "cairn-deployment-controller",
        summary: "holds the version that serves, moves a new one in by steps, and rolls back",
        details: [
            "Keeps targets and the log of every rollout in DIR/controller. Asks the evaluator for "
                + "verdicts and tells ingest what must not be collected; a rollback needs neither.",
            "With --lease-seconds several controllers may share a data folder on one host, each with "
                + "ports of its own: one leads, the others wait, and answer nobody, until it has said "
                + "nothing for so long. Whoever led before changes nothing any more.",
        ], port: 7403, sharing: .with(flag: "lease-seconds"),
        flags: [
            peer("ingest", port: 7401, why: "Whom to tell what serves"),
            peer("evaluator", port: 7402, why: "Whom to ask for verdicts"),
            Flag(
                "notify", .text("FILE"), "A YAML file that says who is told of what happens",
                environment: "CAIRN_NOTIFY", completion: .files),
            Flag(
                "compact-days", .number("N", 0...3_650),
                "Packs records of the log that are older; nothing of them is lost. 0 is never",
                environment: "CAIRN_COMPACT_DAYS", standard: "7"),
            Flag(
                "lease-seconds", .number("N", 1...3600),
                "After how long another controller over the same folder takes over; unless given, "
                    + "this one has the folder for itself",
                environment: "CAIRN_CONTROLLER_LEASE_SECONDS"),
            Flag(
                "alerts", .text("HOST:PORT"),
                "Where Alertmanager posts to (/alertmanager); needs --alerts-token-file",
                environment: "CAIRN_ALERTS"),
            Flag(
                "alerts-token-file", .text("FILE"),
                "Holds what it has to send as Authorization: Bearer",
                environment: "CAIRN_ALERTS_TOKEN_FILE", completion: .files),
            Flag(
                "prometheus", .text("URL"),
                "Whom guards of kind prometheus ask, as http://127.0.0.1:9090",
                environment: "CAIRN_PROMETHEUS"),
            Flag(
                "prometheus-token-file", .text("FILE"),
                "Holds what is sent to it as Authorization: Bearer",
                environment: "CAIRN_PROMETHEUS_TOKEN_FILE", completion: .files),
        ])

    public static let all = [ingest, evaluator, controller]
}
