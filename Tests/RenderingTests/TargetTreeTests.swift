import CairnTestKit
import Messages
import Rendering
import Testing

private func text(_ lines: [Painted], inColor: Bool = false) -> String {
    lines.map { $0.text(inColor: inColor) + "\n" }.joined()
}

@Suite struct TargetTreeTests {
    @Test func everyStoryFitsEightyColumns() throws {
        var paused = Sample.baking
        (paused.paused, paused.blind) = (true, true)
        let stories: [(String, TargetTree)] = [
            ("baking", TargetTree(Sample.baking)),
            ("baking-5s-later", TargetTree(Sample.baking, ageMilliseconds: 5_000)),
            ("paused", TargetTree(paused, ageMilliseconds: 5_000)),
            ("led", TargetTree(Sample.led)), ("proving", TargetTree(Sample.proving)),
            ("mirrored", TargetTree(Sample.mirrored)),
            ("rolled-back", TargetTree(Sample.rolledBack)), ("idle", TargetTree(Sample.idle)),
        ]
        for (name, tree) in stories {
            let lines = tree.lines(width: 80)
            #expect(lines.allSatisfy { $0.count <= 80 }, "\(name)")
            #expect(try Golden.difference(text(lines), from: "tree-\(name).txt") == nil)
        }
    }

    @Test func colourAddsEscapesAndNothingElse() throws {
        let lines = TargetTree(Sample.rolledBack).lines(width: 80)
        #expect(try Golden.difference(text(lines, inColor: true), from: "tree-colour.txt") == nil)
        #expect(!text(lines).contains("\u{1B}"))
    }

    @Test func noWidthBreaksIt() {
        for width in 1...200 {
            for status in [Sample.baking, Sample.rolledBack, Sample.idle] {
                for line in TargetTree(status).lines(width: width) where width >= 40 {
                    #expect(line.count <= width, "width \(width): \(line.text)")
                }
            }
        }
    }

    @Test func changesAreLines() throws {
        var later = Sample.baking
        later.steps[1].bakedRequests = 900
        later.nowUnixMs += 1_000
        #expect(TargetChanges.lines(from: Sample.baking, to: later) == [])
        var transcript: [String] = []
        var before: TargetStatus?
        for status in [Sample.idle, Sample.baking, later, Sample.rolledBack] {
            transcript += TargetChanges.lines(from: before, to: status)
            before = status
        }
        let text = transcript.map { $0 + "\n" }.joined()
        #expect(try Golden.difference(text, from: "changes.txt") == nil)
    }

    @Test func controlCharactersNeverReachATerminal() {
        var status = Sample.idle
        status.why = "evil \u{1B}[2J\u{7}name\r\n"
        for line in TargetTree(status).lines(width: 80) {
            #expect(!line.text(inColor: false).unicodeScalars.contains { $0.value < 0x20 })
        }
    }
}
