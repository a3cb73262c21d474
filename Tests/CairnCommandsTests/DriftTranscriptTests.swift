import CairnTestKit
import Testing

/// References, live traffic and schemas, as a person would see them.
@Suite struct DriftTranscriptTests {
    private func transcript(_ lines: [String], in folder: ScratchFolder) async throws -> String {
        let text = try await CommandTranscriptTests().transcript(
            lines,
            ["CAIRN_EVALUATOR": FakeServices.evaluator, "CAIRN_INGEST": FakeServices.ingest])
        return text.split(separator: folder.path).joined(separator: "DIR")
    }

    private func expectGolden(_ text: String, _ name: String) throws {
        let difference = try Golden.difference(text, from: name)
        #expect(difference == nil, "\(difference ?? "")")
    }

    /// Rows as the reference has them, but for what `change` does.
    private func rows(_ count: Int, _ age: (Int) -> String, _ language: (Int) -> String) -> [UInt8]
    {
        let rows = (0..<count).map { row in
            // 37 and 100 have no common factor: every residue comes.
            let score = Double(row * 13 % 100 + 1) / 100
            return "r\(row),\(age(row * 37 % 100 + 1)),\(language(row * 7 % 10)),\(score),x"
        }
        return Array((["id,age,language,score,campaign"] + rows).joined(separator: "\n").utf8)
    }

    @Test func liveTrafficIsHeldAgainstAReference() async throws {
        let folder = try ScratchFolder()
        let usual = { (row: Int) in row < 5 ? "de" : row < 9 ? "en" : "fr" }
        try folder.write("quiet.csv", rows(500, { "\($0)" }, usual))
        try folder.write("older.csv", rows(500, { "\(60 + $0)" }, { $0 < 3 ? "it" : usual($0) }))
        try folder.write("few.csv", rows(20, { "\($0)" }, usual))
        try folder.write("answers.jsonl", Array("{\"score\": 0.5}\nnot JSON\n".utf8))
        try folder.write("broken.csv", Array("age,language\n1,\"de\n".utf8))
        let text = try await transcript(
            [
                "reference chat@v1.2.0", "reference chat@v1.1.0",
                "drift chat@v1.2.0 \(folder.path)/quiet.csv --exit-code",
                "drift chat@v1.2.0 \(folder.path)/older.csv",
                "drift chat@v1.2.0 \(folder.path)/older.csv --exit-code --smallest-effect 0.2",
                "drift chat@v1.2.0 \(folder.path)/few.csv",
                "drift chat@v1.2.0 \(folder.path)/few.csv --json",
                "drift chat@v1.2.0 \(folder.path)/answers.jsonl --exit-code",
                "drift chat@v1.2.0 \(folder.path)/broken.csv",
                "drift chat@v1.2.0 \(folder.path)/none.csv",
                "drift chat@v1.2.0 \(folder.path)/few.csv --alpha 2",
                "drift chat@v1.2.0 \(folder.path)/few.csv --smallest-effect -1",
                "drift chat@v1.2.0 \(folder.path)", "drift chat@v1.2.0",
            ], in: folder)
        try expectGolden(text, "drift.txt")
    }

    @Test func liveTrafficMayBeInEveryFormat() async throws {
        let folder = try ScratchFolder()
        try folder.write("live.csv", rows(500, { "\($0)" }, { _ in "de" }))
        try folder.write("torn.cpred", Array("no stream".utf8))
        try folder.write("page.html", Array("<table>".utf8))
        let files = ["cpred", "npz", "jsonl"]
        let text = try await transcript(
            files.flatMap {
                [
                    "convert \(folder.path)/live.csv \(folder.path)/live.\($0) --task binary",
                    "drift chat@v1.2.0 \(folder.path)/live.\($0)",
                ]
            } + [
                "drift chat@v1.2.0 \(folder.path)/torn.cpred",
                "drift chat@v1.2.0 \(folder.path)/page.html",
            ], in: folder)
        try expectGolden(text, "drift-formats.txt")
    }

    @Test func dataSetsCarrySchemas() async throws {
        let folder = try ScratchFolder()
        try folder.write("a.csv", Array("age\n3\n".utf8))
        try folder.write("twice.csv", Array("age\n4\n".utf8))
        let schemas = [
            "good": "columns:\n  age: {type: integer, range: [0, 120]}\nothers: refuse\n",
            "word": "columns:\n  age: {type: integr}\n",
            "bounds": "columns:\n  age: {type: integer}\n  size:\n    type: number\n"
                + "    range: [5, 1]\n",
            "keys": "columns:\n  age: {type: text, maximum: 3}\n",
            "both": "columns:\n  age: {type: number, range: [0, 1], at_most: 3}\n",
            "none": "columns: {}\n",
        ]
        for (name, text) in schemas { try folder.write("\(name).yaml", Array(text.utf8)) }
        let text = try await transcript(
            schemas.keys.sorted().map {
                "dataset add \(folder.path)/a.csv --schema \(folder.path)/\($0).yaml"
            } + [
                "dataset add \(folder.path)/twice.csv",
                "dataset add \(folder.path)/a.csv --schema \(folder.path)/no.yaml",
            ], in: folder)
        try expectGolden(text, "schemas.txt")
    }
}
