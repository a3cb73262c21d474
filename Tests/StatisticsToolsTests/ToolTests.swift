import StatisticsTools
import Testing

@Suite struct ToolTests {
    private func answer(_ name: String, _ samples: [[Double]], _ settings: [String: String] = [:])
        throws -> StatAnswer
    {
        let tool = try #require(StatTool.all.first { $0.name == name })
        guard case .whole(let work) = tool.work else { throw StatError("\(name) is a stream") }
        return try work(StatData(numbers: samples), StatSettings(settings))
    }

    @Test func namesAreUniqueAndNoFlagStandsTwice() {
        #expect(Set(StatTool.all.map(\.name)).count == StatTool.all.count)
        for tool in StatTool.all {
            let flags = (tool.readingFlags + tool.flags).map(\.name)
            #expect(Set(flags).count == flags.count, "\(tool.name): \(flags)")
        }
    }

    /// Whatever the numbers, an answer is an answer: no crash, no NaN among the figures.
    @Test(arguments: StatTool.all.map(\.name)) func everyToolAnswersAnything(_ name: String) throws
    {
        let awkward: [[Double]] = [
            [], [0], [1, 1, 1], [0, 1, 0, 1], [.infinity, 1], [.nan, 2, 3], [1e308, -1e308, 1e308],
            [.leastNonzeroMagnitude, 0, 1],
        ]
        let settings = [
            "margin": "0", "rate": "0.5", "fractions": "0.5,1", "variance": "1",
            "smallest-effect": "1", "threshold": "1", "share": "0.5", "permutations": "9",
            "resamples": "20", "counts": "1,2", "table": "1 2;3 4", "only-a": "1", "only-b": "0",
        ]
        let tool = try #require(StatTool.all.first { $0.name == name })
        for a in awkward {
            for b in awkward {
                do {
                    let answer = try self.answer(tool, a, b, StatSettings(settings))
                    #expect(!answer.json.compact.contains("\"NaN\""), "\(name) of \(a) and \(b)")
                    #expect(answer.outcome != .rejected || answer.status.isDecided)
                } catch is StatError {
                    continue  // Said in words why not.
                }
            }
        }
    }

    private func answer(
        _ tool: StatTool, _ a: [Double], _ b: [Double], _ settings: StatSettings
    ) throws -> StatAnswer {
        switch tool.work {
        case .whole(let work): return try work(StatData(numbers: [a, b]), settings)
        case .stream(let make):
            var stream = try make(settings)
            for (a, b) in zip(a, b) { _ = try stream.add([a, b]) }
            return stream.answer()
        }
    }

    @Test func verdictsSayWhichWay() throws {
        let (low, high) = ([1.0, 1.1, 0.9, 1.05], [2.0, 2.1, 1.9, 2.05])
        #expect(try answer("welch", [high, low]).verdict.hasSuffix("a is larger"))
        #expect(try answer("welch", [low, high]).verdict.hasSuffix("a is smaller"))
        let none = try answer("welch", [low, low])
        #expect(none.outcome == .kept)
        #expect(none.verdict.contains("would mostly go unseen"))
        let few = try answer("welch", [[1], [2]])
        #expect(few.outcome == .undecided)
        #expect(few.verdict.hasPrefix("not decided; too few data"))
    }

    @Test func aQuestionOfOneSideLooksAtOneSide() throws {
        let (low, high) = ([1.0, 1.1, 0.9, 1.05], [2.0, 2.1, 1.9, 2.05])
        let wrong = try answer("welch", [low, high], ["alternative": "greater"])
        #expect(wrong.outcome == .kept)
        #expect(try answer("welch", [low, high], ["alternative": "less"]).outcome == .rejected)
    }

    @Test func cusumLearnsItsThresholdFromQuietValues() throws {
        let tool = try #require(StatTool.all.first { $0.name == "cusum" })
        guard case .stream(let make) = tool.work else { return }
        var stream = try make(StatSettings(["calibrate": "100"]))
        // A quiet saw between -1 and 1, then a step up by two.
        let saw = (0..<1_000).map { Double($0 % 5 - 2) / 2 }
        let events = try (saw + saw.map { $0 + 2 }).enumerated().compactMap { index, value in
            try stream.add([value]).map { (index, $0.signal) }
        }
        #expect(events.first?.0 == 99)
        #expect(events.first?.1 == "calibrated")
        let first = try #require(events.dropFirst().first)
        #expect(first.1 == "drift up")
        #expect((1_000..<1_040).contains(first.0), "first alarm at \(first.0)")
    }

    @Test func looksAreReadAgainstTheirBoundaries() throws {
        let plan = ["fractions": "0.25,0.5,0.75,1"]
        #expect(try answer("group-sequential", [], plan).outcome == .none)
        let early = try answer("group-sequential", [], plan.merging(["z": "2.5"]) { $1 })
        #expect(early.outcome == .kept)
        let late = try answer("group-sequential", [], plan.merging(["z": "2.5,3.2"]) { $1 })
        #expect(late.verdict.hasPrefix("rejected at look 2"))
    }
}
