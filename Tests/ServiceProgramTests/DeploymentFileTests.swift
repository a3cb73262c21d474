import CairnCore
import CairnTestKit
import CommandTable
import ServiceProgram
import Testing
import YAMLFiles

/// What lies in `compose/` names programs and flags; they must be those of the tables.
@Suite struct DeploymentFileTests {
    private func file(_ name: String) throws -> String { try RepoFiles.text("compose/" + name) }

    private func arguments(_ words: [String]) throws -> Arguments {
        let name = words.first?.split(separator: "/").last.map(String.init) ?? ""
        let table = try #require(
            ServiceTable.all.first { $0.program.name == name }, "\(name) is no service")
        let around = Surroundings(environment: ["CAIRN_DATA": "d"])
        guard
            case .run(let arguments) = try table.program.parse(Array(words.dropFirst()), in: around)
        else { throw UsageError("\(words) does not run") }
        return arguments
    }

    @Test func unitsStartTheServicesWithFlagsThatExist() throws {
        for service in ["ingest", "evaluator", "deployment-controller"] {
            let lines = try file("systemd/cairn-\(service).service").split(separator: "\n")
            let sections = lines.filter { $0.hasPrefix("[") }
            #expect(sections == ["[Unit]", "[Service]", "[Install]"])
            for line in lines where !line.hasPrefix("[") {
                #expect(line.contains("="), "cairn-\(service).service: \(line)")
            }
            let start = try #require(lines.first { $0.hasPrefix("ExecStart=") })
            let words = start.dropFirst(10).split(separator: " ").map(String.init)
            #expect(words[0].hasSuffix("cairn-\(service)"))
            #expect(try arguments(words).text("data") == "/var/lib/cairn")
        }
    }

    @Test func composeStartsTheServicesAndLooksAtTheirReadiness() throws {
        let map = try ConfigMap(
            try YAMLFile.value(of: try file("compose.yaml")), "compose",
            keys: ["name", "services", "volumes"])
        let names = ["ingest", "evaluator", "controller"]
        let services = try ConfigMap(
            try map.required("services"), "services", keys: names + ["agent"])
        for name in names {
            let service = try ConfigMap(
                try services.required(name), name,
                keys: [
                    "image", "build", "command", "ports", "volumes", "stop_grace_period", "restart",
                    "healthcheck",
                ])
            let parsed = try arguments(try service.required("command").texts())
            let listen = try #require(parsed.text("listen")?.split(separator: ":").last)
            let admin = try #require(parsed.text("admin")?.split(separator: ":").last)
            #expect(
                try service.required("ports").texts()
                    == [listen, admin].map { "127.0.0.1:\($0):\($0)" })
            let health = try ConfigMap(
                try service.required("healthcheck"), "a health check",
                keys: ["test", "interval", "timeout", "retries"])
            #expect(
                try health.required("test").texts().last == "http://127.0.0.1:\(admin)/readyz")
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
