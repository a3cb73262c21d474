import Glibc
import LinuxHost

/// Where `cairn up` puts what: the services of one data folder, their programs and their ports.
struct FleetLayout: Sendable, Equatable {
    struct Service: Sendable, Equatable {
        /// "ingest", as in flags and folders.
        let name: String
        let program: String
        let port: Int
        var address: String { "127.0.0.1:\(port)" }
        var adminAddress: String { "127.0.0.1:\(port + 100)" }
    }

    /// Absolute.
    let data: String
    let services: [Service]

    init(
        data: String, portBase: Int, programs: [(name: String, program: String)] = Self.programs
    ) {
        self.data = data
        services = programs.enumerated().map {
            Service(name: $1.name, program: $1.program, port: portBase + $0)
        }
    }

    /// In the order of their ports.
    static let programs = [
        (name: "ingest", program: "cairn-ingest"), (name: "evaluator", program: "cairn-evaluator"),
        (name: "controller", program: "cairn-deployment-controller"),
    ]

    var logFolder: String { data + "/logs" }
    var stateFile: String { data + "/cairn.json" }
    static let lockName = "up.lock"

    /// Whom each service calls.
    private static let peers = [
        "ingest": ["evaluator"], "evaluator": ["ingest", "controller"],
        "controller": ["ingest", "evaluator"],
    ]

    /// What a service's program is started with.
    func flags(of service: Service) -> [String] {
        let called = Self.peers[service.name] ?? []
        let peers = services.filter { called.contains($0.name) }.flatMap {
            ["--" + $0.name, $0.address]
        }
        return ["--data", data, "--listen", service.address, "--admin", service.adminAddress]
            + peers
    }

    /// The folder that `--data` names, or the user's usual one.
    static func dataFolder(_ text: String?, _ environment: [String: String]) throws(HostError)
        -> String
    {
        if let text { return try absolute(text) }
        if let folder = environment["XDG_DATA_HOME"], folder.hasPrefix("/") {
            return folder + "/cairn"
        }
        guard let home = environment["HOME"], home.hasPrefix("/") else {
            throw HostError("there is no HOME; say where the data are with --data DIR")
        }
        return home + "/.local/share/cairn"
    }

    /// A daemon works elsewhere than the shell that started it.
    static func absolute(_ path: String) throws(HostError) -> String {
        if path.hasPrefix("/") { return path }
        guard let folder = getcwd(nil, 0) else {
            throw HostError("the working folder is not there any more; give an absolute path")
        }
        defer { free(folder) }
        return String(cString: folder) + "/" + path
    }

    /// The running program's file.
    static func programPath() -> String {
        Files.linkTarget("/proc/self/exe") ?? ""
    }

    /// The services' programs lie beside it.
    static func programFolder() -> String {
        let path = programPath()
        return path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
    }
}
