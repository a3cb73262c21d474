import CairnCore
import CommandTable

/// What `cairn-agent` takes.
enum AgentTable {
    static let program = Program(
        "cairn-agent", "Keeps a serving host's model folder as the controller wants it",
        version: Build.version,
        commands: [
            Command(
                "", "Keeps a serving host's model folder as the controller wants it",
                details: [
                    "Follows one target: fetches and verifies what it may need into DIR/versions, "
                        + "points DIR/stable and DIR/candidate (DIR/current is DIR/stable), runs the "
                        + "reload command, and tells the controller once that is done.",
                    "Goes on from its own disk while ingest or the controller are away: going back "
                        + "needs no byte that is not here.",
                    "With --haproxy or --nginx it is a router's agent instead: it holds no models, has "
                        + "the router split requests as the table says, and tells the controller once "
                        + "the router does. `cairn router config` writes what the router needs.",
                ], flags: flags + routerFlags,
                examples: [
                    "cairn-agent --target prod/chat --dir /srv/chat --name host-7 "
                        + "--reload 'systemctl reload chat'",
                    "cairn-agent --target prod/chat --dir /var/lib/edge --name edge-1 "
                        + "--nginx /etc/nginx/cairn/prod-chat.conf",
                ])
        ],
        notes: [
            .init(
                "The reload command",
                [
                    "Sees CAIRN_TARGET, CAIRN_STABLE and CAIRN_CANDIDATE (folders; empty where "
                        + "there is none). It runs whenever a link has moved, at the start, and "
                        + "again after it failed, so it must be harmless to repeat. While it fails, "
                        + "the route table is not acknowledged."
                ]),
            .init(
                "Signals",
                [
                    "SIGTERM and SIGINT: says goodbye to the controller and ends; a second one ends "
                        + "at once. What serves goes on serving."
                ]),
            .init("Exit codes", ["0 ended as asked, 1 it failed, 2 it was set up wrongly."]),
        ])

    private static let flags = [
        Flag(
            "controller", .text("HOST:PORT"), "The deployment-controller",
            environment: "CAIRN_CONTROLLER", standard: "127.0.0.1:7403"),
        Flag(
            "ingest", .text("HOST:PORT"), "Where versions are fetched from",
            environment: "CAIRN_INGEST", standard: "127.0.0.1:7401"),
        Flag(
            "target", .text("ENV/NAME"), "The target that this host serves", isRequired: true,
            environment: "CAIRN_TARGET"),
        Flag(
            "dir", .text("DIR"),
            "The model folder, this agent's alone; a router's agent remembers here",
            isRequired: true,
            environment: "CAIRN_DIR", completion: .folders),
        Flag(
            "name", .text("NAME"), "This host's name: stable, and no other host's",
            isRequired: true, environment: "CAIRN_NAME"),
        Flag(
            "reload", .text("COMMAND"),
            "Run when a link has moved: a program and its arguments, split at blanks",
            environment: "CAIRN_RELOAD"),
        Flag(
            "reload-seconds", .number("N", 1...3600), "How long the reload command may take",
            environment: "CAIRN_RELOAD_SECONDS", standard: "60"),
        Flag(
            "keep", .number("N", 0...64),
            "Versions that once served here and stay, beside those "
                + "that the controller names", environment: "CAIRN_KEEP", standard: "3"),
        Flag(
            "grace-seconds", .number("N", 0...604_800),
            "How long a version that nobody needs stays", environment: "CAIRN_GRACE_SECONDS",
            standard: "600"),
        Flag(
            "socket", .text("PATH"),
            "Where programs of this host report outcomes (the call ReportOutcomes)",
            environment: "CAIRN_SOCKET", completion: .files),
        Flag(
            "admin", .text("HOST:PORT"), "Where /healthz, /readyz and /metrics are, or none",
            environment: "CAIRN_ADMIN", standard: "none"),
        Flag("ready-fd", .number("FD", 3...1024), "Where to say ready", isHidden: true),
        Flag("lifeline-fd", .number("FD", 3...1024), "Ends when this closes", isHidden: true),
    ]

    private static let routerFlags = [
        Flag(
            "haproxy", .text("SOCKET"), "HAProxy's admin socket: a path, or HOST:PORT",
            environment: "CAIRN_HAPROXY", completion: .files),
        Flag(
            "haproxy-map", .text("FILE"), "The target's map, as HAProxy's configuration names it",
            environment: "CAIRN_HAPROXY_MAP", completion: .files),
        Flag(
            "nginx", .text("FILE"), "The include that NGINX reads for the target",
            environment: "CAIRN_NGINX", completion: .files),
        Flag(
            "nginx-status", .text("HOST:PORT"),
            "Where NGINX tells what it serves, or unix:PATH", environment: "CAIRN_NGINX_STATUS",
            standard: "127.0.0.1:8099"),
        Flag(
            "nginx-pid", .text("FILE"), "The file with NGINX's process number",
            environment: "CAIRN_NGINX_PID", standard: "/run/nginx.pid", completion: .files),
        Flag(
            "nginx-test", .text("COMMAND"), "Tests NGINX's configuration; split at blanks",
            environment: "CAIRN_NGINX_TEST", standard: "nginx -t"),
        Flag(
            "nginx-reload", .text("COMMAND"), "Has NGINX read its configuration; split at blanks",
            environment: "CAIRN_NGINX_RELOAD", standard: "nginx -s reload"),
    ]
}
