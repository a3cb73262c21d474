import CairnTestKit
import Simulation
import Testing

@Suite struct SimulationTests {
    /// Seeds that have failed once, with why, one a line; they are run for ever.
    private static let kept: [UInt64] = {
        // Without the file the first expectation fails.
        let text = (try? RepoFiles.text("Tests/SimulationTests/seeds.txt")) ?? ""
        return text.split(separator: "\n").compactMap { line in
            UInt64(line.prefix { $0.isNumber })
        }
    }()

    @Test func theKeptSeedsAreRead() { #expect(!Self.kept.isEmpty) }

    @Test(arguments: Array(1...4) + kept) func everyRuleHolds(seed: UInt64) throws {
        let report = try World(.init(seed: seed, eventCount: 1_500)).run()
        #expect(report.violation == nil, "seed \(seed), event \(report.handledCount)")
        #expect(report.versionCount > 3 && report.crashCount > 0)
    }

    @Test func theSameSeedMakesTheSameHistory() throws {
        let (first, second) = (
            try World(.init(seed: 5, eventCount: 600)).run(),
            try World(.init(seed: 5, eventCount: 600)).run()
        )
        #expect(first.digest == second.digest)
        #expect(try World(.init(seed: 6, eventCount: 600)).run().digest != first.digest)
    }

    /// Checkers that cannot fail are worth nothing: each broken world is caught under some seed.
    @Test(arguments: World.Mutant.allCases) func aBrokenWorldIsCaught(mutant: World.Mutant) throws {
        let isCaught = try (1...12 as ClosedRange<UInt64>).contains { seed in
            try World(.init(seed: seed, eventCount: 3_000, mutant: mutant)).run().violation != nil
        }
        #expect(isCaught, "\(mutant)")
    }
}
