import CairnTestKit
import Testing
import YAMLFiles

@testable import Specs

/// docs/reference/suites.md has the keys that are read, all of them, and its example is one.
@Suite struct SuitesPageTests {
    private static let page = Result { try RepoFiles.text("docs/reference/suites.md") }

    /// The names at the start of each row of the tables, section by section; the first has no heading.
    private func keys() throws -> [String: Set<String>] {
        var (keys, section) = ([String: Set<String>](), "")
        for line in try Self.page.get().split(separator: "\n") {
            if line.hasPrefix("## ") { section = String(line.dropFirst(3)) }
            guard line.hasPrefix("| `"), let cell = line.split(separator: "|").first else {
                continue
            }
            let names = cell.split(separator: "`").enumerated().filter { $0.offset % 2 == 1 }
            keys[section, default: []].formUnion(names.map { String($0.element) })
        }
        return keys
    }

    @Test func thePageHasTheKeysThatAreRead() throws {
        let keys = try keys()
        #expect(keys[""] == Set(SuiteFile.keys))
        #expect(keys["Runner"] == Set(RunnerFile.keys))
        #expect(keys["Gates"] == Set(SuiteFile.gateKeys))
    }

    @Test func itsExampleHasEveryKeyAndIsRead() throws {
        let text = try Self.page.get()
        let start = try #require(text.firstRange(of: "```yaml suite\n"))
        let rest = text[start.upperBound...]
        let end = try #require(rest.firstRange(of: "```"))
        let value = try YAMLFile.value(of: String(rest[..<end.lowerBound]))
        let file = try SuiteFile(value)
        #expect(file.spec.gates.count == 4)
        #expect(file.spec.runner?.user == "nobody")
        guard case .map(let entries) = value.content else {
            Issue.record("the example is no map")
            return
        }
        #expect(Set(entries.map(\.key)) == Set(SuiteFile.keys))
    }

    /// Of every example runner: one that copies it begins with something that is applied.
    @Test func theExamplesAreSuites() throws {
        let folders = try RepoFiles.names("examples/runners").filter { !$0.contains(".") }
        #expect(folders.count >= 3)
        for folder in folders {
            let text = try RepoFiles.text("examples/runners/\(folder)/suite.yaml")
            let spec = try SuiteFile(try YAMLFile.value(of: text)).spec
            #expect(spec.runner?.memoryByteCountMax ?? 0 > 0, "\(folder) has no memory_limit")
            #expect(!spec.gates.isEmpty)
        }
    }
}
