import CairnCore
import Ingestion
import Testing

@Suite struct RetentionTests {
    /// Versions 1.0.0 to 1.9.0, with an accuracy that is best in the middle.
    static let ten = (0..<10).map { minor in
        RetainedVersion(
            number: VersionNumber(1, UInt32(minor), 0),
            metrics: ["accuracy": 1 - Double((minor - 4) * (minor - 4)) / 100, "loss": 0.5])
    }

    func kept(_ rules: RetentionRules, _ versions: [RetainedVersion] = ten) -> [String] {
        RetentionPlan(rules, over: versions.shuffled()).fates.compactMap { fate in
            fate.keptBecause.isEmpty
                ? nil : "\(fate.number.minor): \(fate.keptBecause.joined(separator: ", "))"
        }
    }

    @Test func theHighestNumbersStay() throws {
        #expect(
            kept(try RetentionRules(keepLast: 2)) == [
                "8: among the last 2", "9: among the last 2",
            ])
        #expect(kept(try RetentionRules(keepLast: 1)) == ["9: the last"])
        #expect(kept(try RetentionRules(keepLast: 99)).count == 10)
    }

    @Test func theBestStayAndOfEqualOnesTheHigherNumber() throws {
        let rules = try RetentionRules(
            keepLast: 1,
            keepBest: [.init("accuracy", count: 3), .init("loss", isLowerBetter: true)])
        #expect(
            kept(rules) == [
                "3: number 3 by accuracy", "4: number 1 by accuracy", "5: number 2 by accuracy",
                "9: the last, number 1 by loss",
            ])
    }

    @Test func whatHasNoSuchMetricOrNoNumberHasNoRank() throws {
        var versions = Self.ten
        versions[4].metrics["accuracy"] = .nan
        versions[5].metrics = [:]
        let rules = try RetentionRules(keepLast: 1, keepBest: [.init("accuracy")])
        #expect(kept(rules, versions) == ["3: number 1 by accuracy", "9: the last"])
    }

    @Test func aliasesPinsAndTagsKeepTheirs() throws {
        var versions = Self.ten
        versions[0].aliases = ["champion"]
        versions[1].pinnedBy = ["target prod/chat"]
        (versions[2].tags, versions[3].tags) = (["keep": "yes"], ["keep": "no"])
        let any = try RetentionRules(keepLast: 1, keepTagged: [.init("keep")])
        #expect(
            kept(any, versions) == [
                "0: alias champion", "1: pinned by target prod/chat", "2: tagged keep=yes",
                "3: tagged keep=no", "9: the last",
            ])
        let one = try RetentionRules(keepLast: 1, keepTagged: [.init("keep", "yes")])
        #expect(kept(one, versions).filter { $0.contains("tagged") } == ["2: tagged keep=yes"])
    }

    @Test func rulesThatKeepNothingAreRefused() {
        #expect(throws: IngestError.self) { try RetentionRules(keepLast: 0) }
        #expect(throws: IngestError.self) {
            try RetentionRules(keepLast: 1, keepBest: [.init("loss", count: 0)])
        }
    }
}
