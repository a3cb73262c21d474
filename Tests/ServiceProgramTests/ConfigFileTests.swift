import CairnCore
import CommandTable
import Testing

@testable import ServiceProgram

@Suite struct ConfigFileTests {
    private let table = ServiceTable(
        name: "cairn-stone", summary: "stones", details: [], port: 9,
        flags: [Flag("peer", .text("P"), "Peers", isRepeated: true)])

    private var command: Command { table.program.commands[0] }

    @Test func keysAreTheNamesOfFlags() throws {
        let values = try ConfigFile.values(
            "data: d\nlisten: 127.0.0.1:1\npeer: [a, b]\ndrain-seconds: 3\n", of: command)
        #expect(values["data"] == ["d"])
        #expect(values["peer"] == ["a", "b"])
        guard case .run(let arguments) = try table.program.parse([], in: Surroundings(file: values))
        else { throw UsageError("not run") }
        #expect(arguments.number("drain-seconds") == 3)
        #expect(arguments.text("admin") == "127.0.0.1:109")
    }

    @Test func aWrongKeyIsNamedWithItsLineAndTheNearest() {
        do {
            _ = try ConfigFile.values("data: d\nlissen: x\n", of: command)
            Issue.record("accepted")
        } catch {
            #expect(
                error.text(in: "c.yaml")
                    == "c.yaml:2:1: unknown key 'lissen' in a configuration; did you mean 'listen'?"
            )
        }
    }
}
