import CairnTestKit
import Testing

@testable import CairnCommands

/// Comparing, looking back, reports and statistics, as a person would see them.
@Suite struct LookingTranscriptTests {
    private func transcript(_ lines: [String], _ extra: [String: String] = [:]) async throws
        -> String
    {
        try await CommandTranscriptTests().transcript(
            lines,
            ["CAIRN_EVALUATOR": FakeServices.evaluator, "CAIRN_INGEST": FakeServices.ingest], extra)
    }

    private func expectGolden(_ text: String, _ name: String) throws {
        let difference = try Golden.difference(text, from: name)
        #expect(difference == nil, "\(difference ?? "")")
    }

    @Test func versionsAreCompared() async throws {
        let text = try await transcript([
            "compare chat@v1.0.0 chat@v1.2.0", "compare chat@v1.0.0 chat@v1.1.0 chat@v1.2.0",
            "compare chat@v1.0.0 chat@v9.0.0", "compare chat@v1.0.0",
            "compare chat@v1.0.0 chat@v1.1.0 --json",
        ])
        try expectGolden(text, "compare.txt")
    }

    @Test func aRunnersLogIsPrintedAsItIs() async throws {
        let text = try await transcript([
            "runner log chat@v1.2.0 --suite digits",
            "runner log 07070000000000000000000000000000", "runner log chat@v1.0.0",
            "runner log 0707", "runner log 07070000000000000000000000000000 --suite digits",
        ])
        try expectGolden(text, "runner-log.txt")
    }

    /// A terminal obeys control characters, so it gets none of a log's.
    @Test func onATerminalLogLinesAreReadable() {
        var lines = LogLines()
        let first = lines.take(Array("one\n\ntw\u{1B}[2J".utf8))
        let second = lines.take(Array("o\n".utf8) + [0xFF, 0x0A] + Array("open".utf8))
        #expect(first.map(\.text) == ["one", ""])
        #expect(second.map(\.text) == ["tw\u{FFFD}[2Jo", "\u{FFFD}"])
        #expect(lines.rest().map(\.text) == ["open"] && lines.rest().isEmpty)
        let long = lines.take([UInt8](repeating: 0x78, count: 200_000))
        #expect(long.map(\.count) == [65_536, 65_536, 65_536])
        #expect(lines.rest().map(\.count) == [200_000 - 3 * 65_536])
    }

    @Test func aMetricIsDrawnWhereverItComesFrom() async throws {
        let ascii = try await transcript([
            "history chat --metric accuracy", "history chat --metric x",
        ])
        let blocks = try await transcript(
            [
                "history chat --metric accuracy",
                "history chat --metric accuracy --run 01a20b484ebb708d97b91bf87c50dc63",
            ], ["LANG": "de_DE.UTF-8"])
        let alone = try await transcript(
            ["history chat --metric accuracy --ingest 127.0.0.1:1 --deadline-seconds 5"],
            ["LC_ALL": "C.utf8"])
        try expectGolden(ascii + blocks + alone, "history.txt")
    }

    @Test func aReportIsOneFile() async throws {
        let folder = try ScratchFolder()
        let text = try await transcript([
            "report chat@v1.2.0 --out \(folder.path)/one.html",
            "report chat@v1.0.0..v1.2.0 --out \(folder.path)/range.html",
            "report chat@v1.2.0..v1.0.0", "report chat@v1.0.0..other@v1.0.0",
            "report chat@v1.2.0 --suite digit", "report chat@v7.0.0",
            "report chat@v1.2.0 --out \(folder.path)/none/one.html",
        ])
        // The size of a page is no fact to hold on to.
        let shown = text.split(separator: folder.path).joined(separator: "DIR")
            .split(separator: "\n", omittingEmptySubsequences: false)
            .map {
                $0.hasSuffix(" kB")
                    ? $0.split(separator: ", ").dropLast().joined(separator: ", ") : $0 + ""
            }
            .joined(separator: "\n")
        try expectGolden(shown, "report.txt")
        let page = String(decoding: try folder.read("range.html"), as: UTF8.self)
        #expect(page.contains("chat v1.0.0 to v1.2.0") && page.contains("e17"))
    }

    @Test func testsRunOnAnybodysData() async throws {
        let folder = try ScratchFolder()
        let rows = (0..<40).map { "\(Double($0 % 7) / 10),\(Double($0 % 5) / 10 + 0.3)" }
        try folder.write("ab.csv", Array((["new,old"] + rows).joined(separator: "\n").utf8))
        let stream = (0..<300).map { $0 < 200 ? "0" : "1" }.joined(separator: "\n")
        try folder.write("errors.txt", Array(stream.utf8))
        let other = try ScratchFolder()
        try other.write("errors.txt", Array("1\n0\n1\n1\n0\n".utf8))
        try folder.write("bad.csv", Array("new,old\n1,2\n3,x\n".utf8))
        let text = try await transcript([
            "stats", "stats welsh", "stats welch \(folder.path)/ab.csv --a new --b old",
            "stats welch \(folder.path)/ab.csv --a new --b old --json",
            "stats adwin \(folder.path)/errors.txt", "stats adwin \(folder.path)/errors.txt --json",
            "stats mcnemar --only-a 10 --only-b 30 --fail-if rejected",
            "stats group-sequential --fractions 0.25,0.5,0.75,1 --z 1.1,3.4",
            "stats welch \(folder.path)/bad.csv", "stats welch \(folder.path)/none.csv",
            "stats binomial --successes 3", "stats welch --alpha 2 \(folder.path)/ab.csv",
            "stats welch \(folder.path)/errors.txt \(other.path)/errors.txt",
            "stats welch \(folder.path)/errors.txt \(folder.path)/errors.txt",
        ])
        let shown = text.split(separator: folder.path).joined(separator: "DIR")
            .split(separator: other.path).joined(separator: "OTHER")
        try expectGolden(shown, "stats.txt")
    }
}
