import Ingestion
import Testing

@Suite struct RunRulesTests {
    static func series(_ key: String, _ counts: (Int, Int, Int) = (1, 1, 1))
        -> MetricBatchShape.Series
    {
        .init(key: key, stepCount: counts.0, timeCount: counts.1, valueCount: counts.2)
    }

    @Test func theFirstEndStands() {
        #expect(RunLife.running.takesEnd && !RunLife.ended.takesEnd)
    }

    @Test func aBatchOfEqualArraysIsCounted() throws {
        let shape = try MetricBatchShape([Self.series("a", (3, 3, 3)), Self.series("b")])
        #expect(shape.pointCount == 4 && shape.keys == ["a", "b"])
    }

    static let wrong: [(String, [MetricBatchShape.Series])] = [
        ("'loss' has 2 steps, 2 times and 1 values", [series("loss", (2, 2, 1))]),
        ("'loss' has 2 steps, 1 times and 2 values", [series("loss", (2, 1, 2))]),
        ("occurs twice", [series("loss"), series("loss")]),
        ("expected 1 to 256", [series("")]),
        ("expected 1 to 256", [series(String(repeating: "x", count: 257))]),
        ("at most 65536", [series("loss", (65_537, 65_537, 65_537))]),
        ("at most 4096", (0...4_096).map { series("m\($0)") }),
    ]

    @Test(arguments: wrong.indices) func aWrongBatchIsRefusedWithItsNumbers(index: Int) {
        let (text, series) = Self.wrong[index]
        let error = #expect(throws: IngestError.self) { try MetricBatchShape(series) }
        #expect(error?.code == .invalid)
        #expect(error?.description.contains(text) == true, "\(error?.description ?? "")")
    }

    @Test func aRunHasAtMostSoManyMetrics() throws {
        let shape = try MetricBatchShape([Self.series("a"), Self.series("b")])
        try shape.check(others: IngestLimits.metricsPerRun - 2)
        #expect(throws: IngestError.self) {
            try shape.check(others: IngestLimits.metricsPerRun - 1)
        }
    }

    @Test func pairsHaveUniqueKeysWithinTheirLengths() throws {
        try Amount.checkPairs([("lr", "0.1"), ("seed", "")], atMost: 2, "params")
        let long = String(repeating: "x", count: IngestLimits.valueByteCount + 1)
        for pairs in [[("a", ""), ("a", "")], [("", "")], [("a", long)]] {
            #expect(throws: IngestError.self) { try Amount.checkPairs(pairs, atMost: 9, "params") }
        }
    }
}
