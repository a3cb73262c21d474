import CairnTestKit
import Testing

@testable import Statistics

@Suite struct GroupSequentialTests {
    @Test func fiveEqualLooksHaveTheKnownBoundaries() throws {
        let boundaries = try #require(
            GroupSequentialTest.boundaries(
                informationFractions: [0.2, 0.4, 0.6, 0.8, 1], alpha: 0.05,
                spending: .obrienFleming))
        for (got, want) in zip(boundaries, [4.877, 3.357, 2.680, 2.290, 2.031]) {
            #expect((got - want).magnitude < 5e-4, "\(boundaries)")
        }
    }

    @Test(arguments: GroupSequentialTest.Spending.allCases)
    func oneLookIsTheFixedTest(spending: GroupSequentialTest.Spending) throws {
        var test = try #require(GroupSequentialTest(alpha: 0.05, spending: spending))
        let look = test.look(at: 1)
        let boundary = try #require(look)
        #expect(Vectors.agree(boundary, 1.959963984540054, relative: 1e-9))
    }

    @Test func looksOffThePlanKeepWhatWasSpent() throws {
        var test = try #require(GroupSequentialTest(alpha: 0.05, spending: .pocock))
        _ = test.look(at: 0.3)
        let looks = test.looks
        let refused = [0.3, 0.1, .nan].map { test.look(at: $0) }
        #expect(refused == [nil, nil, nil])
        #expect(test.looks == looks)
        let beyond = test.look(at: 1.2)
        let last = try #require(beyond)
        #expect(last > 1.96 && last < 2.3)
        // Everything is spent: no later look may reject.
        let late = test.look(at: 1.5)
        #expect(late == .infinity)
    }

    /// Many early looks cost nothing measurable, and two looks at nearly the same moment are one.
    @Test func theIntegrationIsFineEnough() throws {
        let many = try #require(
            GroupSequentialTest.boundaries(
                informationFractions: [0.001, 0.002, 0.5, 0.501, 1], alpha: 0.05,
                spending: .obrienFleming))
        let few = try #require(
            GroupSequentialTest.boundaries(
                informationFractions: [0.5, 1], alpha: 0.05, spending: .obrienFleming))
        #expect((many[4] - few[1]).magnitude < 2e-3, "\(many), \(few)")
        #expect(many[0] == .infinity || many[0] > 8)
    }

    @Test func holmOnEvidenceStopsAtTheFirstThatFallsShort() {
        let logs = [5.0, 0.1, 4.0, 2.0]
        // Needs ln 80 = 4.38, ln 60 = 4.09, …
        #expect(EvidenceCombination.holm(logs, alpha: 0.05) == [true, false, false, false])
        #expect(EvidenceCombination.holm([5, 4.2], alpha: 0.05) == [true, true])
        #expect(EvidenceCombination.holm([], alpha: 0.05) == [])
        #expect(EvidenceCombination.independent([1, 2]) == 3)
        #expect(Vectors.agree(EvidenceCombination.dependent([1, 1]), 1, relative: 1e-15))
    }
}
