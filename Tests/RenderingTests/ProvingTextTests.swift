import CairnTestKit
import Rendering
import Testing

/// Drills, proofs, notices and groups as people read them.
@Suite struct ProvingTextTests {
    @Test func everyPageIsAsItWas() throws {
        let pages: [(String, [Painted])] = [
            ("drills", DrillText.table(Sample.drills).lines(width: 120)),
            (
                "drills-of-all",
                DrillText.table(Sample.drillStates, now: Sample.start).lines(width: 120)
            ),
            ("proofs", ProofText.lines(Sample.proofs)),
            ("notices", NoticeText.table(Sample.notices).lines(width: 160)),
            ("endpoints", NoticeText.table(Sample.endpoints).lines(width: 80)),
            ("group", GroupText.lines(Sample.group)),
        ]
        for (name, lines) in pages {
            let text = lines.map { $0.text(inColor: false) + "\n" }.joined()
            #expect(try Golden.difference(text, from: "\(name).txt") == nil)
        }
    }
}
