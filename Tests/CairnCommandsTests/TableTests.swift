import CairnTestKit
import CommandTable
import Testing

@testable import CairnCommands

@Suite struct TableTests {
    private let program = CairnTable.program

    @Test func helpOfTheProgramAndOfEveryCommand() throws {
        #expect(try Golden.difference(program.help(), from: "help.txt") == nil)
        #expect(try Golden.difference(program.help(for: ["run"]), from: "help-run.txt") == nil)
        for command in program.commands {
            let name = "help-" + command.words.joined(separator: "-") + ".txt"
            #expect(try Golden.difference(program.help(for: command.words), from: name) == nil)
        }
    }

    @Test func manualAndCompletions() throws {
        #expect(try Golden.difference(program.manual(), from: "cairn.1") == nil)
        for shell in Shell.allCases {
            let text = program.completions(for: shell)
            #expect(try Golden.difference(text, from: "completions.\(shell.rawValue)") == nil)
        }
    }

    @Test func helpFitsEightyColumns() {
        for command in program.commands {
            for line in program.help(for: command.words).split(separator: "\n") {
                #expect(line.count <= 84, "\(command.name): \(line)")
            }
        }
    }

    @Test func everyCommandHasItsHandlerAndEveryHandlerItsCommand() {
        let names = Set(program.commands.map(\.name))
        #expect(names == Set(CairnMain.handlers.keys))
    }

    /// Whoever changes what serves can ask first what would happen, and says why.
    @Test func everyVerbOnATargetHasPlanAndReason() {
        let reading = [
            "target list", "freeze list", "hook list", "drill list", "group list", "notify list",
            "notify test", "audit verify", "audit verdict", "audit rollback",
            "router config",
        ]
        let serving = program.commands.filter { $0.section == Section.serving }
        for command in serving where !reading.contains(command.name) {
            let flags = command.flags.map(\.name)
            #expect(flags.contains("plan"), "\(command.name)")
            #expect(flags.contains("reason"), "\(command.name)")
            #expect(flags.contains("actor"), "\(command.name)")
        }
    }

    @Test func everyExampleParses() throws {
        for example in program.commands.flatMap(\.examples) where example.hasPrefix("cairn ") {
            var words: [String] = []
            for (index, part) in example.split(separator: "\"").enumerated() {
                words +=
                    index % 2 == 0 ? part.split(separator: " ").map(String.init) : [String(part)]
            }
            guard case .run = try program.parse(Array(words.dropFirst())) else {
                Issue.record("\(example) is not a command")
                continue
            }
        }
    }
}
