import CairnTestKit
import Simulation
import Testing

@Suite struct SimulationTests {
    /// Worlds that have failed once, as `cairn-sim --keep` writes them; they are run for ever.
    private static let kept: [World.Settings] = {
        // Without the file the first expectation fails.
        let text = (try? RepoFiles.text("Tests/SimulationTests/seeds.txt")) ?? ""
        return text.split(separator: "\n").compactMap { line in
            let words = line.prefix { $0 != ":" }.split(separator: " ")
            guard words.count >= 5, let seed = UInt64(words[0]), let events = Int(words[2]) else {
                return nil
            }
            let without = words[4].split(separator: ",").compactMap {
                Ingredient(rawValue: String($0))
            }
            return .init(seed: seed, eventCount: events, without: Set(without))
        }
    }()

    @Test func theKeptSeedsAreRead() { #expect(!Self.kept.isEmpty) }

    @Test(arguments: 1...4 as ClosedRange<UInt64>) func everyRuleHolds(seed: UInt64) throws {
        let report = try World(.init(seed: seed, eventCount: 1_500)).run()
        #expect(report.violation == nil, "seed \(seed), event \(report.handledCount)")
        #expect(report.versionCount > 0 && report.recordCount > 10)
    }

    /// What never happens is not tested: under some seeds all that goes wrong does.
    @Test func everyKindOfFaultHappens() throws {
        var faults: Set<String> = []
        for seed in 1...30 as ClosedRange<UInt64>
        where faults.count < Sightings.Fault.allCases.count - 1 {
            faults.formUnion(
                try World(.init(seed: seed, eventCount: 1_500)).run().seen.faults.keys)
        }
        let missing = Sightings.Fault.allCases.filter { !faults.contains($0.rawValue) }
        #expect(missing.count <= 1, "\(missing)")
    }

    @Test func whatFailedOnceHoldsNow() throws {
        for settings in Self.kept {
            let report = try World(settings).run()
            #expect(report.violation == nil, "seed \(settings.seed)")
        }
    }

    @Test func theSameSeedMakesTheSameHistory() throws {
        let (first, second) = (
            try World(.init(seed: 5, eventCount: 600)).run(),
            try World(.init(seed: 5, eventCount: 600)).run()
        )
        #expect(first.digest == second.digest)
        #expect(try World(.init(seed: 6, eventCount: 600)).run().digest != first.digest)
    }

    /// A careless router needs no freeze and no hook to break a rule; the smaller world shows it too.
    @Test func aFailureIsMinimized() throws {
        var settings = World.Settings(seed: 1, eventCount: 3_000, mutant: .carelessRouter)
        var violation: String?
        for seed in 1...12 as ClosedRange<UInt64> where violation == nil {
            settings.seed = seed
            violation = try World(settings).run().violation
        }
        let (smaller, report) = try World.minimized(settings, violation: try #require(violation))
        #expect(!smaller.without.isEmpty && smaller.eventCount <= settings.eventCount)
        #expect(try World(smaller).run().violation == report.violation)
        #expect(report.violation != nil)
    }

    /// Checkers that cannot fail are worth nothing: each broken world is caught under some seed.
    @Test(arguments: World.Mutant.allCases) func aBrokenWorldIsCaught(mutant: World.Mutant) throws {
        let isCaught = try (1...12 as ClosedRange<UInt64>).contains { seed in
            try World(.init(seed: seed, eventCount: 3_000, mutant: mutant)).run().violation != nil
        }
        #expect(isCaught, "\(mutant)")
    }
}
