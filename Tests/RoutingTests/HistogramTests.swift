import CairnCore
import Messages
import Testing

@testable import Routing

@Suite struct HistogramTests {
    private func histogram(_ spec: HistogramSpec) throws -> ServingTable.Histogram {
        try ServingTable.Histogram(checking: spec)
    }

    private static let route = Route(
        arm: .stable, number: "1.0.0", manifest: Digest(of: [1]), epoch: 3, attempt: 2)
    private static let now = Timestamp(seconds: 100)

    @Test func aValueOnAnEdgeBelongsToTheCellThatEndsThere() throws {
        let cells = try histogram(HistogramSpec(column: "score", edges: [0, 1, 2]))
        let values: [(Double, Int)] = [
            (-.infinity, 0), (0, 0), (0.5, 1), (1, 1), (2, 2), (2.1, 3), (.infinity, 3),
        ]
        for (value, cell) in values { #expect(cells.cell(of: .number(value)) == cell, "\(value)") }
        #expect(cells.cell(of: .number(.nan)) == nil && cells.cell(of: .name("a")) == nil)
        #expect(cells.cells == 4)
    }

    @Test func aNameThatIsNotListedIsAmongTheOthers() throws {
        let cells = try histogram(HistogramSpec(column: "input.x", names: ["de", "7"]))
        #expect(cells.cell(of: .name("de")) == 0 && cells.cell(of: .name("fr")) == 2)
        #expect(cells.cell(of: .number(7)) == 1, "classes may be numbers")
        #expect(cells.cell(of: .number(7.5)) == nil)
    }

    @Test func cellsThatMeanNothingAreRefused() {
        for spec in [
            HistogramSpec(column: "a"), HistogramSpec(column: "a", edges: [1], names: ["b"]),
            HistogramSpec(column: "a", edges: [1, 1]), HistogramSpec(column: "a", edges: [.nan]),
            HistogramSpec(column: "a", edges: (0..<64).map(Double.init)),
            HistogramSpec(column: "a", names: ["b", "b"]),
        ] {
            #expect(throws: TableError.self, "\(spec)") { try histogram(spec) }
        }
    }

    @Test func valuesGoIntoOneReportOnce() throws {
        let columns = [
            try histogram(HistogramSpec(column: "score", edges: [0.5])),
            try histogram(HistogramSpec(column: "input.text.length", edges: [3, 10])),
            try histogram(HistogramSpec(column: "output", names: ["ham", "spam"])),
        ]
        var tally = OutcomeTally()
        for text in ["é漢", "four", "a longer text"] {
            var values = LiveValues(inputs: [:], output: .name("spam"), score: 0.7)
            values.set(text: text, ofInput: "text")
            tally.add(.answered(), of: Self.route, at: Self.now)
            tally.add(values, of: Self.route, in: columns, at: Self.now)
        }
        let report = tally.take()
        let taken = try #require(report)
        #expect(taken.histograms.map(\.column) == [0, 1, 2])
        #expect(taken.histograms.map(\.counts) == [[0, 3], [1, 1, 1], [0, 3, 0]])
        #expect(taken.histograms.allSatisfy { $0.epoch == 3 && $0.arm == .stable })
        let nothing = tally.take()
        #expect(nothing == nil && tally.isEmpty)
    }

    @Test func histogramsAreBoundedAndWhatIsLostIsCounted() throws {
        let columns = try (0..<32).map {
            try histogram(HistogramSpec(column: "input.c\($0)", edges: [1]))
        }
        let values = LiveValues(
            inputs: Dictionary(uniqueKeysWithValues: (0..<32).map { ("c\($0)", .number(1)) }))
        var tally = OutcomeTally()
        for epoch in UInt64(1)...20 {
            let route = Route(
                arm: .stable, number: "1.0.0", manifest: Digest(of: [1]), epoch: epoch,
                attempt: 2)
            for _ in 0..<2 { tally.add(values, of: route, in: columns, at: Self.now) }
        }
        #expect(tally.lostCount > 0)
        let taken = tally.take()
        #expect((200...256).contains(taken?.histograms.count ?? 0))
    }

    @Test func comparedPairsAddUpByEpochAndTiesAreLeftOut() throws {
        var tally = OutcomeTally()
        let mirror = Route(
            arm: .mirror, number: "1.1.0", manifest: Digest(of: [2]), epoch: 5, attempt: 2)
        for comparison in [
            MirrorComparison.candidateBetter, .stableBetter, .stableBetter, .tie,
        ] { tally.add(comparison, of: mirror, at: Self.now) }
        let report = tally.take()
        let taken = try #require(report)
        #expect(taken.pairs == [PairOutcomes(epoch: 5, wins: 1, losses: 2)])
        tally.add(.tie, of: mirror, at: Self.now)
        #expect(tally.isEmpty)
    }

    @Test func theBetterAnswerIsTheOneThatDidNotFailElseTheHigherScore() {
        let (good, bad) = (Outcome(score: 0.9), Outcome(failed: true, score: 1))
        #expect(MirrorComparison(stable: good, candidate: bad) == .stableBetter)
        #expect(MirrorComparison(stable: bad, candidate: good) == .candidateBetter)
        #expect(MirrorComparison(stable: bad, candidate: bad) == .tie)
        #expect(MirrorComparison(stable: Outcome(score: 0.5), candidate: good) == .candidateBetter)
        #expect(
            MirrorComparison(stable: Outcome(score: 0.88), candidate: good, margin: 0.05) == .tie)
        #expect(MirrorComparison(stable: Outcome(), candidate: good) == .tie)
    }
}
