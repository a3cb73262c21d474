import CommandTable
import HAProxyRouter

/// Which router an agent drives; read once.
enum RouterSettings: Sendable {
    case haproxy(AdminAddress, map: String)
    case nginx(NGINXSettings)

    struct NGINXSettings: Sendable {
        let include: String
        let status: String
        let pidFile: String
        let test: [String]
        let reload: [String]
    }

    /// - Returns: `nil` where neither router is named.
    init?(_ arguments: Arguments) throws(UsageError) {
        switch (arguments.text("haproxy"), arguments.text("nginx")) {
        case (nil, nil):
            if arguments.text("haproxy-map") != nil {
                throw UsageError("--haproxy-map goes with --haproxy SOCKET")
            }
            return nil
        case (_?, _?):
            throw UsageError("--haproxy and --nginx are two routers: give each an agent of its own")
        case (let socket?, nil):
            guard let address = AdminAddress(socket) else {
                throw UsageError(
                    "--haproxy needs the admin socket's path of at most 107 bytes, from / on, or "
                        + "HOST:PORT, not '\(socket)'")
            }
            let map = arguments.text("haproxy-map") ?? ""
            guard map.hasPrefix("/"), !map.contains(where: { " ;\\\t\n\"'#".contains($0) }) else {
                throw UsageError(
                    "--haproxy-map needs the map's whole path, as HAProxy's configuration has it and "
                        + "without blanks and quotes, not '\(map)'")
            }
            self = .haproxy(address, map: map)
        case (nil, let include?):
            func words(_ flag: String) throws(UsageError) -> [String] {
                let words = (arguments.text(flag) ?? "").split(separator: " ").map(String.init)
                if words.isEmpty { throw UsageError("--\(flag) needs a command") }
                return words
            }
            self = .nginx(
                NGINXSettings(
                    include: include, status: arguments.text("nginx-status") ?? "",
                    pidFile: arguments.text("nginx-pid") ?? "", test: try words("nginx-test"),
                    reload: try words("nginx-reload")))
        }
    }
}
