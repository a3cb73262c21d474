import CommandTable

extension CairnTable {
    static let routers = [
        Command(
            "router config", "writes what HAProxy or NGINX needs to be split by Cairn",
            section: Section.serving,
            details: [
                "Writes the target's map or include into DIR, where it is not yet, and prints the "
                    + "lines for the router's own configuration. `cairn-agent --haproxy` or `--nginx` "
                    + "drives it from then on."
            ],
            operands: [Operand("ROUTER", "haproxy or nginx"), Common.target],
            flags: [
                Flag(
                    "key", .text("KEY"),
                    "What a request is known by: header:NAME, cookie:NAME, param:NAME or client",
                    isRequired: true),
                Flag(
                    "dir", .text("DIR"), "Where the files lie that the router reads",
                    isRequired: true, completion: .folders),
                Flag(
                    "stable", .text("NAME"),
                    "The backend or upstream of the stable version; chat-stable for prod/chat"),
                Flag(
                    "candidate", .text("NAME"),
                    "That of the candidate; chat-candidate for prod/chat"),
                Flag(
                    "baseline", .text("NAME"),
                    "That of stable's second copy in experiments; else they go to stable's"),
                Flag(
                    "cohorts", .text("KEY"), "Where a request says its cohorts, for pins by cohort"),
                Flag(
                    "socket", .text("PATH"), "HAProxy's admin socket",
                    standard: "/run/haproxy/cairn.sock", completion: .files),
                Flag(
                    "status", .text("HOST:PORT"), "Where NGINX tells its agent what it serves",
                    standard: "127.0.0.1:8099"),
            ],
            examples: [
                "cairn router config haproxy prod/chat --key header:X-User --dir /etc/haproxy/cairn"
            ])
    ]
}
