import CairnTestKit
import Testing

/// `cairn convert`, as a person would see it.
@Suite struct ConvertTranscriptTests {
    /// The scores are such that every format holds them without rounding.
    private static let lines = """
        {"id":"r1","prediction":"cat","scores":{"cat":0.75,"dog":0.25}}
        {"id":"r2","prediction":"dog","scores":{"cat":0.125,"dog":0.875}}
        {"id":"r3","prediction":"cat","scores":{"cat":0.5,"dog":0.5}}

        """
    private static let table = """
        id,prediction,scores.cat,scores.dog
        r1,cat,0.75,0.25
        r2,dog,0.125,0.875
        r3,cat,0.5,0.5

        """

    /// `IN OUT` and more, between files of one folder.
    private func convert(_ conversions: [String], in folder: ScratchFolder) async throws -> String {
        let lines = conversions.map { words in
            let words = words.split(separator: " ").map { word in
                word.contains(".") ? "\(folder.path)/\(word)" : String(word)
            }
            return "convert " + words.joined(separator: " ")
        }
        let text = try await CommandTranscriptTests().transcript(lines, [:])
        return text.split(separator: folder.path).joined(separator: "DIR")
    }

    private func text(_ name: String, in folder: ScratchFolder) throws -> String {
        String(decoding: try folder.read(name), as: UTF8.self)
    }

    @Test func everyFormatBecomesColumnsAndComesBack() async throws {
        let folder = try ScratchFolder()
        try folder.write("p.jsonl", Array(Self.lines.utf8))
        try folder.write("p.csv", Array(Self.table.utf8))
        let text = try await convert(
            [
                "p.jsonl lines.cpred --task multiclass", "p.csv table.cpred --task multiclass",
                "p.jsonl p.npz --task multiclass", "p.npz arrays.cpred --task multiclass",
                "arrays.cpred again.jsonl --task multiclass",
                "arrays.cpred again.csv --task multiclass --json",
                "p.csv p.csv --task multiclass",
            ], in: folder)
        let difference = try Golden.difference(text, from: "convert.txt")
        #expect(difference == nil, "\(difference ?? "")")

        let columns = try folder.read("lines.cpred")
        #expect(Array(columns.prefix(8)) == [0x89] + Array("CPRED".utf8) + [0x0D, 0x0A])
        #expect(try folder.read("table.cpred") == columns)
        #expect(try folder.read("arrays.cpred") == columns)
        // Written with spaces behind colons and commas; no value has one.
        #expect(try self.text("again.jsonl", in: folder).filter { $0 != " " } == Self.lines)
        #expect(try self.text("again.csv", in: folder) == Self.table)
        #expect(try self.text("p.csv", in: folder) == Self.table, "onto itself")
    }

    @Test func whatCannotBeConvertedIsSaidAndNothingIsWritten() async throws {
        let folder = try ScratchFolder()
        let files = [
            "p.jsonl": Self.lines, "empty.jsonl": "", "text.cpred": "no columns",
            "broken.jsonl": Self.lines + "{\"id\":\"r4\",\"prediction\":\n",
            "mixed.csv": "id,prediction\nr1,cat\n,dog\n", "kept.cpred": "as it was",
            "regression.jsonl": "{\"prediction\":1.5}\n",
        ]
        for (name, text) in files { try folder.write(name, Array(text.utf8)) }
        let text = try await convert(
            [
                "none.jsonl out.cpred --task multiclass", "p.txt out.cpred --task multiclass",
                "p.jsonl out.txt --task multiclass", "p.jsonl out.cpred --task multi-class",
                "p.jsonl out.cpred", "p.jsonl", "empty.jsonl out.cpred --task multiclass",
                "broken.jsonl kept.cpred --task multiclass",
                "text.cpred out.jsonl --task multiclass", "mixed.csv out.npz --task multiclass",
                "p.jsonl out.npy --task multiclass", "p.jsonl out.cpred --task regression",
                "p.jsonl nowhere.d/out.cpred --task multiclass",
                "regression.jsonl columns.cpred --task regression",
                "columns.cpred out.jsonl --task multiclass",
            ], in: folder)
        let difference = try Golden.difference(text, from: "convert-wrong.txt")
        #expect(difference == nil, "\(difference ?? "")")
        #expect(try self.text("kept.cpred", in: folder) == "as it was")
        for ending in ["cpred", "jsonl", "npz", "npy", "txt"] {
            #expect(throws: (any Error).self, "out.\(ending)") { try folder.read("out.\(ending)") }
        }
    }
}
