import CairnCore
import CairnTestKit
import CommandTable
import ServiceProgram
import Testing
import YAMLFiles

@testable import cairn_agent

/// What lies in `compose/` names programs and flags; they must be those of the tables.
@Suite struct DeploymentFileTests {
    private func file(_ name: String) throws -> String { try RepoFiles.text("compose/" + name) }

    private func arguments(_ words: [String]) throws -> Arguments {
        let name = words.first?.split(separator: "/").last.map(String.init) ?? ""
        let programs = ServiceTable.all.map(\.program) + [AgentTable.program]
        let program = try #require(programs.first { $0.name == name }, "\(name) is no program")
        let around = Surroundings(environment: [
            "CAIRN_DATA": "d", "CAIRN_TARGET": "t/t", "CAIRN_DIR": "d", "CAIRN_NAME": "n",
        ])
        guard case .run(let arguments) = try program.parse(Array(words.dropFirst()), in: around)
        else { throw UsageError("\(words) does not run") }
        return arguments
    }

    @Test func unitsStartTheServicesWithFlagsThatExist() throws {
        for service in ["ingest", "evaluator", "deployment-controller", "agent"] {
            let lines = try file("systemd/cairn-\(service).service").split(separator: "\n").filter {
                !$0.hasPrefix("#")
            }
            let sections = lines.filter { $0.hasPrefix("[") }
            #expect(sections == ["[Unit]", "[Service]", "[Install]"])
            for line in lines where !line.hasPrefix("[") {
                #expect(line.contains("="), "cairn-\(service).service: \(line)")
            }
            let start = try #require(lines.first { $0.hasPrefix("ExecStart=") })
            let words = start.dropFirst(10).split(separator: " ").map(String.init)
            #expect(words[0].hasSuffix("cairn-\(service)"))
            let folder = service == "agent" ? "dir" : "data"
            #expect(try arguments(words).text(folder)?.hasPrefix("/var/lib/cairn") == true)
        }
    }

    @Test func composeStartsTheServicesAndLooksAtTheirReadiness() throws {
        let map = try ConfigMap(
            try YAMLFile.value(of: try file("compose.yaml")), "compose",
            keys: ["name", "services", "volumes"])
        let names = ["ingest", "evaluator", "controller", "agent"]
        let services = try ConfigMap(
            try map.required("services"), "services", keys: names)
        for name in names {
            let service = try ConfigMap(
                try services.required(name), name,
                keys: [
                    "image", "build", "command", "ports", "volumes", "stop_grace_period", "restart",
                    "healthcheck",
                ])
            let parsed = try arguments(try service.required("command").texts())
            let listen = name == "agent" ? nil : parsed.text("listen")?.split(separator: ":").last
            let admin = try #require(parsed.text("admin")?.split(separator: ":").last)
            let ports = [listen, admin].compactMap { $0 }.map { "127.0.0.1:\($0):\($0)" }
            #expect(try service.required("ports").texts() == ports)
            let health = try ConfigMap(
                try service.required("healthcheck"), "a health check",
                keys: ["test", "interval", "timeout", "retries"])
            #expect(
                try health.required("test").texts().last?.hasPrefix("http://127.0.0.1:\(admin)/")
                    == true)
            for peer in names where parsed.command.flags.contains(where: { $0.name == peer }) {
                #expect(parsed.text(peer)?.hasPrefix(peer + ":") == true, "\(name) calls \(peer)")
            }
        }
    }

    @Test func helpOfTheServices() throws {
        for table in ServiceTable.all {
            let name = table.program.name
            #expect(try Golden.difference(table.program.help(), from: "help-\(name).txt") == nil)
            #expect(try Golden.difference(table.program.manual(), from: "\(name).1") == nil)
        }
    }
}
