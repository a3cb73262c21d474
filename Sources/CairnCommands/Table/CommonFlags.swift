import CommandTable

/// Flags that many commands share, each one record.
enum Common {
    static let json = Flag("json", "Prints JSON for programs")
    static let data = Flag(
        "data", .text("DIR"), "The data folder", environment: "CAIRN_DATA", completion: .folders)
    static let deadline = Flag(
        "deadline-seconds", .number("N", 1...86_400), "Gives up on a service after this long",
        environment: "CAIRN_DEADLINE_SECONDS", standard: "30")
    static let ingest = Flag(
        "ingest", .text("HOST:PORT"), "Where ingest listens, if not where `cairn up` said",
        environment: "CAIRN_INGEST")
    static let evaluator = Flag(
        "evaluator", .text("HOST:PORT"),
        "Where the evaluator listens, if not where `cairn up` said",
        environment: "CAIRN_EVALUATOR")
    static let controller = Flag(
        "controller", .text("HOST:PORT"),
        "Where the controller listens, if not where `cairn up` said",
        environment: "CAIRN_CONTROLLER")

    static let model = Flag("model", .text("M"), "The model", environment: "CAIRN_MODEL")
    static let suite = Flag("suite", .text("S"), "The suite; needed where the model has several")
    static let plan = Flag("plan", "Says what would happen and stops there")
    static let actor = Flag(
        "actor", .text("NAME"), "Who asks, for the audit log; your user name unless given",
        environment: "CAIRN_ACTOR")
    static let reason = Flag("reason", .text("TEXT"), "Why, for the audit log")
    static let revision = Flag(
        "expect-revision", .number("N", 1...Int64.max),
        "Refuses unless the target is at this revision")
    static let attempt = Flag(
        "attempt", .number("N", 1...Int64.max), "Refuses unless this attempt is the live one")
    static let step = Flag(
        "expect-step", .number("N", 1...64),
        "Refuses unless the rollout is at this step, counted from 1 as in `status`")

    /// What every verb on a target takes.
    static let verb = [plan, actor, reason, revision, attempt, step, json, controller, deadline]

    static let wait = Flag(
        "no-wait", "Returns when the controller has taken it down, not when it is done")

    static let target = Operand("TARGET", "Where it serves, as prod/chat")
    static let version = Operand("VERSION", "A version: chat@v1.2.0, chat@champion, chat@latest")
}

/// The headings of the list of commands.
enum Section {
    static let services = "Services on this machine"
    static let training = "Runs and versions"
    static let evaluation = "Data sets, suites, evaluations"
    static let serving = "Targets and rollouts"
    static let other = "Other"
}
