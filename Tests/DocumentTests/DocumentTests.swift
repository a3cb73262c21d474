import CairnTestKit
import Testing

/// The commands in the documents run, and print what the documents say.
@Suite(.serialized) struct DocumentTests {
    @Test(arguments: [
        "README.md", "docs/start.md", "docs/train.md", "docs/evaluate.md", "docs/runners.md",
        "docs/compare.md", "docs/drift.md", "docs/watch.md", "docs/reference/stats.md",
        "docs/routers.md",
        "docs/promote.md", "docs/serve.md", "docs/roll-back.md", "docs/operate.md",
        "docs/recover.md",
    ])
    func whatAPageShowsIsWhatHappens(_ page: String) async throws {
        let document = Document(parsing: try RepoFiles.text(page))
        #expect(!document.steps.isEmpty, "\(page) runs nothing")
        let results = try await DocumentRunner.run(document)
        for result in results {
            let place = "\(page):\(result.step.line)"
            let shown = result.output.joined(separator: "\n    ")
            guard let want = result.step.output else {
                #expect(
                    result.exitCode == 0, "\(place) ended with \(result.exitCode):\n    \(shown)")
                continue
            }
            let difference = Document.difference(result.output, want)
            #expect(
                difference == nil, "\(place): \(difference ?? "")\n    all of it:\n    \(shown)")
        }
        #expect(
            results.count == document.steps.count, "\(page) stopped after \(results.count) steps")
    }
}

@Suite struct DocumentParsingTests {
    @Test func blocksAreStepsWithTheirLines() {
        let page = """
            # A page
            ```console run
            $ echo a \\
            > b
            a b
            $ true
            ```
            ```sh
            not run
            ```
            ```sh run
            one
            two
            ```
            """
        #expect(
            Document(parsing: page).steps == [
                .init(line: 3, command: "echo a \\\nb", output: ["a b"]),
                .init(line: 6, command: "true", output: []),
                .init(line: 12, command: "one\ntwo", output: nil),
            ])
    }

    @Test func dotsStandForWhatChanges() {
        #expect(Document.matches("ingest   127.0.0.1:7401  pid 12", "ingest 127.0.0.1:… pid …"))
        #expect(!Document.matches("ingest 1", "ingest"))
        #expect(Document.matches("abc", "…b…"))
        #expect(Document.difference(["a", "x", "y", "b"], ["a", "…", "b"]) == nil)
        #expect(Document.difference(["a", "b"], ["a", "…", "b"]) == nil)
        #expect(Document.difference(["a"], ["a", "b"]) == "missing: b")
        #expect(Document.difference(["a", "c"], ["a"]) == "unexpected: c")
    }
}
