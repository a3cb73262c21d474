import AgentService
import CairnCore
import CommandTable
import TCPTransport

/// The flags, read once.
struct AgentSettings: Sendable {
    let controller: SocketAddress
    let ingest: SocketAddress
    let socket: SocketAddress?
    let folder: String
    let reload: [String]
    let reloadTime: Duration
    let admin: String?
    let agent: Agent.Options
    let router: RouterSettings?

    init(_ arguments: Arguments) throws {
        func address(_ flag: String) throws -> SocketAddress {
            let text = arguments.text(flag) ?? ""
            guard let address = SocketAddress(text) else {
                throw UsageError("--\(flag) needs HOST:PORT or unix:PATH, not '\(text)'")
            }
            return address
        }
        (controller, ingest) = (try address("controller"), try address("ingest"))
        socket = try arguments.text("socket").map { path in
            guard let address = SocketAddress("unix:" + path) else {
                throw UsageError("--socket needs a path of at most 107 bytes, not '\(path)'")
            }
            return address
        }
        folder = arguments.text("dir") ?? ""
        reload = (arguments.text("reload") ?? "").split(separator: " ").map(String.init)
        reloadTime = .seconds(arguments.number("reload-seconds") ?? 60)
        admin = arguments.text("admin").flatMap { $0 == "none" ? nil : $0 }
        let target: TargetName
        do {
            target = try TargetName(arguments.text("target") ?? "")
        } catch {
            throw UsageError(error.description)
        }
        let name = arguments.text("name") ?? ""
        guard name.utf8.count <= 128 else { throw UsageError("--name takes at most 128 bytes") }
        var agent = Agent.Options(target: target, name: name)
        agent.machine.keepCount = Int(arguments.number("keep") ?? 3)
        agent.machine.grace = .seconds(arguments.number("grace-seconds") ?? 600)
        self.agent = agent
        router = try RouterSettings(arguments)
        if router != nil, socket != nil || !reload.isEmpty {
            throw UsageError(
                "an agent of a router holds no models: --socket and --reload are for another one, of "
                    + "the host that serves")
        }
    }
}
