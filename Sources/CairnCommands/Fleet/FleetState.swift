import CairnCore
import LinuxHost

/// What runs on a data folder, as `DIR/cairn.json` says it: for `down`, for `status`, and for every
/// command that looks for a service.
struct FleetState: Sendable, Equatable {
    struct Service: Sendable, Equatable {
        var name: String
        var address: String
        var adminAddress: String
        /// 0 while it does not run.
        var pid: Int32
        /// "starting", "running", "waiting", "ended".
        var state: String
        var restartCount: Int
    }

    var supervisorPID: Int32
    var data: String
    var services: [Service]

    var json: JSONText {
        [
            "version": .string(Build.version), "supervisor_pid": JSONText(supervisorPID),
            "data": .string(data),
            "services": .array(
                services.map {
                    [
                        "name": .string($0.name), "address": .string($0.address),
                        "admin_address": .string($0.adminAddress), "pid": JSONText($0.pid),
                        "state": .string($0.state), "restart_count": JSONText($0.restartCount),
                    ]
                }),
        ]
    }

    init(supervisorPID: Int32, data: String, services: [Service]) {
        (self.supervisorPID, self.data, self.services) = (supervisorPID, data, services)
    }

    init?(_ json: JSONText) {
        guard let pid = json["supervisor_pid"]?.int.flatMap(Int32.init(exactly:)),
            let data = json["data"]?.string, let items = json["services"]?.array
        else { return nil }
        var services: [Service] = []
        for item in items {
            guard let name = item["name"]?.string, let address = item["address"]?.string,
                let admin = item["admin_address"]?.string,
                let pid = item["pid"]?.int.flatMap(Int32.init(exactly:)),
                let state = item["state"]?.string, let count = item["restart_count"]?.int
            else { return nil }
            services.append(
                Service(
                    name: name, address: address, adminAddress: admin, pid: pid, state: state,
                    restartCount: count))
        }
        self.init(supervisorPID: pid, data: data, services: services)
    }

    /// - Returns: `nil` when nothing was started on `data`, or it ended cleanly.
    static func read(_ data: String) throws -> FleetState? {
        let path = data + "/cairn.json"
        guard let text = try Files.readText(path) else { return nil }
        guard let state = FleetState(try JSONText(parsing: text)) else {
            throw CommandError(
                "\(path) does not say what runs; end the services by hand, then remove it")
        }
        return state
    }
}

/// The data folder of this user's last `cairn up`, so that other commands need no flags.
enum LastUp {
    static func path(_ environment: [String: String]) -> String? {
        if let folder = environment["XDG_STATE_HOME"], folder.hasPrefix("/") {
            return folder + "/cairn/last-up.json"
        }
        return environment["HOME"].map { $0 + "/.local/state/cairn/last-up.json" }
    }

    static func data(_ environment: [String: String]) throws -> String? {
        guard let path = path(environment), let text = try Files.readText(path) else { return nil }
        return try JSONText(parsing: text)["data"]?.string
    }

    static func record(_ data: String, _ environment: [String: String]) throws {
        guard let path = path(environment), let slash = path.lastIndex(of: "/") else { return }
        try Files.makeFolder(String(path[..<slash]))
        try Files.write(JSONText.object([.init("data", .string(data))]).pretty + "\n", to: path)
    }
}
