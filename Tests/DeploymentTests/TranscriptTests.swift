import CairnCore
import CairnTestKit
import FoundationEssentials
import Testing

@testable import Deployment

/// Every story and every race as a page that people can read: `Transcripts/*.txt`.
///
/// `CAIRN_RECORD=1` writes the pages anew; what changed is then for people to judge.
@Suite struct TranscriptTests {
    private static let folder = RepoFiles.root + "/Tests/DeploymentTests/Transcripts"

    static let names: [String] = {
        // An empty list fails the test below.
        let all = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        return all.filter { $0.hasSuffix(".txt") }.sorted()
    }()

    @Test func thePagesAreThere() { #expect(Self.names.count >= 28) }

    @Test(arguments: names) func whatAPageTellsHappens(name: String) throws {
        let url = URL(filePath: Self.folder + "/" + name)
        let page = String(decoding: try Data(contentsOf: url), as: UTF8.self)
        let transcript = try Transcript.playing(page)
        let played = transcript.page
        if ProcessInfo.processInfo.environment["CAIRN_RECORD"] != nil {
            try Data(played.utf8).write(to: url)
        }
        #expect(!played.contains("BROKEN"), "\(name)")
        let (want, got) = (page.split(separator: "\n"), played.split(separator: "\n"))
        for (index, line) in got.enumerated() where index >= want.count || want[index] != line {
            Issue.record("\(name), line \(index + 1): \(line)")
            return
        }
        #expect(got.count == want.count)
        var fold = LogFold(try TargetName("prod/chat"))
        for record in transcript.records { try fold.add(record) }
        #expect(fold.target == transcript.target, "\(name): the log folds to the same target")
    }
}
