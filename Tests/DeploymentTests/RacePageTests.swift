import CairnTestKit
import FoundationEssentials
import Testing

/// `docs/reference/races.md` names what is there, and every race.
@Suite struct RacePageTests {
    private static let root = RepoFiles.root

    /// What stands between backticks in tables.
    private static func names() throws -> [String] {
        let page = try RepoFiles.text("docs/reference/races.md")
        return page.split(separator: "\n").filter { $0.hasPrefix("|") }.flatMap { line in
            line.split(separator: "`", omittingEmptySubsequences: false).enumerated()
                .filter { $0.offset % 2 == 1 }.map { String($0.element) }
        }
    }

    @Test func everyPageAndTestThatIsNamedIsThere() throws {
        let all = try FileManager.default.subpathsOfDirectory(atPath: Self.root + "/Tests")
        let files = all.filter { $0.hasSuffix(".swift") }
        let names = try Self.names()
        #expect(names.count > 60)
        for name in Set(names) {
            if name.hasPrefix("race-") || name.hasPrefix("story-") {
                let page = "DeploymentTests/Transcripts/\(name).txt"
                #expect(all.contains(page), "\(name)")
                continue
            }
            let halves = name.split(separator: ".").map(String.init)
            let file = try #require(
                files.first { $0.hasSuffix("/\(halves[0]).swift") }, "no tests called \(name)")
            let text = try RepoFiles.text("Tests/" + file)
            if halves.count > 1 { #expect(text.contains("func \(halves[1])("), "\(name)") }
        }
    }

    @Test func everyRaceHasALine() throws {
        let named = Set(try Self.names())
        // Races between things that no table of others has: the page of each says what it is.
        let others = [16, 17, 18, 19, 20, 30]
        let pages = try FileManager.default.contentsOfDirectory(
            atPath: Self.root + "/Tests/DeploymentTests/Transcripts")
        for page in pages where page.hasPrefix("race-") {
            let number = Int(page.dropFirst(5).prefix(2)) ?? 0
            #expect(
                named.contains(String(page.dropLast(4))) || others.contains(number), "\(page)")
        }
    }
}
