import Testing

@testable import cairn_dev

private func findings(_ path: String, _ text: String) -> [String] {
    let file = SourceFile(path: path, text: text)
    return (ImportRules.findings(in: file) + TextRules.findings(in: file)).map {
        "\($0.line): \($0.text)"
    }
}

@Suite struct HouseRuleTests {
    @Test func importsGoDownward() {
        #expect(findings("Sources/Deployment/A.swift", "import CairnCore\nimport Statistics") == [])
        #expect(findings("Sources/Ports/A.swift", "public import Messages") == [])
        #expect(
            findings("Sources/Messages/A.swift", "import Ports") == [
                "1: Messages on floor 2 imports Ports on floor 3; imports go downward"
            ])
        #expect(
            findings("Sources/SQLiteStores/A.swift", "@preconcurrency import LinuxHost").count == 1)
        #expect(findings("Sources/Stranger/A.swift", "import CairnCore").count == 1)
        #expect(findings("Sources/cairn/A.swift", "import Stranger").count == 1)
    }

    @Test func decisionsImportNoWorld() {
        #expect(findings("Sources/Statistics/A.swift", "import func Glibc.lgamma") == [])
        #expect(findings("Sources/Statistics/A.swift", "import Glibc").count == 1)
        #expect(findings("Sources/Deployment/A.swift", "import Dispatch").count == 1)
        #expect(findings("Sources/Framing/A.swift", "import CSQLite").count == 1)
        #expect(findings("Sources/Framing/A.swift", "let t = ContinuousClock.now").count == 1)
        #expect(findings("Sources/TCPTransport/A.swift", "let t = ContinuousClock.now") == [])
    }

    @Test func fullFoundationStaysOut() {
        for path in [
            "Sources/cairn/A.swift", "Tests/PortsTests/A.swift", "Sources/cairn-dev/A.swift",
        ] {
            #expect(findings(path, "import Foundation").count == 1, "\(path)")
        }
        #expect(findings("Tests/PortsTests/A.swift", "import FoundationEssentials") == [])
        #expect(findings("Sources/cairn-dev/A.swift", "import FoundationEssentials") == [])
        #expect(findings("Sources/IngestService/A.swift", "import FoundationEssentials").count == 1)
    }

    @Test func noLineNamesAPathOfOneMachine() {
        let slash = "/"
        let bad = [
            "cd \(slash)work/x", "see \"\(slash)home/anna/notes\"", "\(slash)root/.cache",
            "=\(slash)tmp/cairn-1",
            "open \(slash)Users/anna",
        ]
        for line in bad { #expect(findings("docs/a.md", line).count == 1, "\(line)") }
        let good = [
            "https://example.org\(slash)work/x", "$HOME\(slash)work/x", "mktemp -d \(slash)tmp",
            "a/tmp/b",
            "~\(slash)work/x", "~/.local/state", "\(slash)tmp/",
        ]
        for line in good { #expect(findings("docs/a.md", line) == [], "\(line)") }
    }

    @Test func errorsAreNotLostAndInputDoesNotTrap() {
        #expect(findings("Sources/Ports/A.swift", "let x = try? f()").count == 1)
        #expect(findings("Sources/Ports/A.swift", "// Best effort.\nlet x = try? f()") == [])
        #expect(findings("Sources/Ports/A.swift", "let x = try! f()").count == 1)
        #expect(
            findings("Sources/Ports/A.swift", "// never fatalError(\nlet s = \"as! try!\"") == [])
        #expect(
            findings("Tests/PortsTests/A.swift", "try await Task.sleep(for: .seconds(1))").count
                == 1)
    }

    @Test func recursiveMessagesAreFound() throws {
        let text = """
            syntax = "proto3";
            message A {
              repeated B b = 1;
            }
            message B {
              C c = 1;
            }
            message C {
              cairn.A a = 1;
              string text = 2;
            }
            message D {
              A a = 1;
            }
            """
        let file = try ProtoFile(parsing: text, named: "x.proto")
        #expect(
            ProtoRules.recursions(in: [file]).map { $0.prefix(9) } == [
                "message A", "message B", "message C",
            ])
    }
}
