import CairnCore
import CommandTable

/// The table of a service's program: what all services take, and what one takes beside it.
public struct ServiceTable: Sendable {
    public let program: Program
    public let sharing: Sharing

    /// Whether several processes may work on one data folder.
    public enum Sharing: Sendable {
        case never, always
        /// Those that were started with a flag of this name.
        case with(flag: String)

        func holds(for arguments: Arguments) -> Bool {
            switch self {
            case .never: false
            case .always: true
            case .with(let flag): arguments.has(flag)
            }
        }
    }

    public init(
        name: String, summary: String, details: [String], port: Int, sharing: Sharing = .never,
        flags: [Flag] = []
    ) {
        self.sharing = sharing
        let common = [
            Flag(
                "data", .text("DIR"),
                "The data folder; this service works in DIR/\(Self.folder(name))",
                isRequired: true, environment: "CAIRN_DATA", completion: .folders),
            Flag(
                "listen", .text("HOST:PORT"), "Where calls come in, or unix:PATH",
                environment: "CAIRN_LISTEN", standard: "127.0.0.1:\(port)"),
            Flag(
                "admin", .text("HOST:PORT"), "Where /healthz, /readyz and /metrics are, or none",
                environment: "CAIRN_ADMIN", standard: "127.0.0.1:\(port + 100)"),
        ]
        let last = [
            Flag(
                "drain-seconds", .number("N", 0...3600), "How long calls may go on after SIGTERM",
                environment: "CAIRN_DRAIN_SECONDS", standard: "10"),
            Flag(
                "config", .text("FILE"), "A YAML file with these flags as keys",
                environment: "CAIRN_CONFIG", completion: .files),
            Flag("ready-fd", .number("FD", 3...1024), "Where to say ready", isHidden: true),
            Flag("lifeline-fd", .number("FD", 3...1024), "Ends when this closes", isHidden: true),
        ]
        program = Program(
            name, summary, version: Build.version,
            commands: [Command("", summary, details: details, flags: common + flags + last)],
            notes: [
                Program.Note(
                    "Signals",
                    [
                        "SIGTERM and SIGINT: /readyz turns to 503, no new calls are taken, those that "
                            + "run may end within the drain time. A second one ends at once."
                    ]),
                Program.Note(
                    "Exit codes", ["0 ended as asked, 1 it failed, 2 it was set up wrongly."]),
            ])
    }

    /// `ingest` for `cairn-ingest`, `controller` for `cairn-deployment-controller`.
    public static func folder(_ name: String) -> String {
        String(name.split(separator: "-").last ?? "")
    }

    /// Where another service is called: `--evaluator HOST:PORT`.
    public static func peer(_ name: String, port: Int, why: String) -> Flag {
        Flag(
            name, .text("HOST:PORT"), why, environment: "CAIRN_" + name.uppercased(),
            standard: "127.0.0.1:\(port)")
    }
}
