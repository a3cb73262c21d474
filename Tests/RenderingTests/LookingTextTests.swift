import CairnTestKit
import Messages
import Testing

@testable import Rendering

@Suite struct SparklineTests {
    @Test func tallerLettersForLargerValues() {
        #expect(Sparkline([0, 1, 2, 3, 4, 5, 6, 7], width: 20, .blocks).text == "▁▂▃▄▅▆▇█")
        #expect(Sparkline([0, 1, 2, 3, 4, 5, 6, 7], width: 20, .ascii).text == "_.:-=+*#")
        #expect(Sparkline([3, 3, 3], width: 20, .blocks).text == "▅▅▅")
        #expect(Sparkline([1, .nan, 2], width: 20, .blocks).text == "▁ █")
        #expect(Sparkline([], width: 20, .blocks).text == "")
        #expect(Sparkline([.nan, .infinity], width: 20, .blocks).text == "  ")
        let far = [-Double.greatestFiniteMagnitude, 0, .greatestFiniteMagnitude]
        #expect(Sparkline(far, width: 20, .blocks).text == "▁▅█")
    }

    @Test func ofALongSeriesEachLetterIsAMean() {
        let values = (0..<1_000).map { Double($0 / 500) }
        let spark = Sparkline(values, width: 10, .blocks)
        #expect(spark.text == "▁▁▁▁▁█████")
        #expect(spark.valuesPerLetter == 100)
        #expect(Sparkline(values, width: 7, .blocks).text.count == 7)
    }

    @Test(arguments: [
        (["LANG": "en_US.UTF-8"], true), (["LANG": "C.utf8"], true), (["LANG": "C"], false),
        ([:], false), (["LANG": "de_DE.UTF-8", "LC_ALL": "C"], false),
        (["LANG": "C", "LC_CTYPE": "C.UTF-8"], true), (["LC_ALL": "", "LANG": "C.UTF-8"], true),
    ])
    func lettersAreWhatTheLocaleShows(_ environment: [String: String], _ blocks: Bool) {
        #expect((Sparkline.Letters(environment: environment) == .blocks) == blocks)
    }
}

@Suite struct EvaluationPaceTests {
    private func record(
        _ state: String, _ phase: String = "", _ done: UInt64 = 0, _ total: UInt64 = 0
    )
        -> EvaluationRecord
    {
        var record = EvaluationRecord(suite: "digits", verdict: .pending, state: state)
        if !phase.isEmpty {
            record.progress = EvaluationProgress(
                phase: phase, done: done, total: total, unit: "examples")
        }
        return record
    }

    @Test func aPhaseIsABarWithRateAndTimeLeft() {
        var pace = EvaluationPace(record("queued"), atMilliseconds: 0)
        #expect(pace.line(width: 80, atMilliseconds: 0).text == "digits  queued   ")
        pace.take(record("running", "reading", 100, 1_000), atMilliseconds: 1_000)
        #expect(
            pace.line(width: 80, atMilliseconds: 1_000).text
                == "digits  reading    ██······················   10 %  100 of 1,000 examples")
        pace.take(record("running", "reading", 400, 1_000), atMilliseconds: 4_000)
        let line = pace.line(width: 100, atMilliseconds: 4_000).text
        #expect(line.hasSuffix("40 %  400 of 1,000 examples  100/s  6 s left"))
        // A new phase is timed anew.
        pace.take(record("computing", "judging", 5, 10), atMilliseconds: 5_000)
        #expect(!pace.line(width: 100, atMilliseconds: 5_000).text.contains("left"))
        var done = record("done")
        done.verdict = .pass
        pace.take(done, atMilliseconds: 6_000)
        #expect(pace.line(width: 80, atMilliseconds: 6_000).text == "digits  pass")
        for width in 1...120 {
            #expect(pace.line(width: width, atMilliseconds: 6_000).count <= width)
        }
    }

    @Test func withoutATotalThereIsNoBar() {
        var pace = EvaluationPace(record("running", "reading", 0, 0), atMilliseconds: 0)
        pace.take(record("running", "reading", 500, 0), atMilliseconds: 1_000)
        #expect(
            pace.line(width: 80, atMilliseconds: 1_000).text
                == "digits  reading    500 examples  500/s")
    }

    @Test func linesTellStatesAndTenths() {
        let queued = EvaluationPace(record("queued"), atMilliseconds: 0)
        #expect(queued.changes(since: nil, tenths: false) == ["digits: queued"])
        var running = queued
        running.take(record("running", "reading", 350, 1_000), atMilliseconds: 1_000)
        #expect(running.changes(since: queued, tenths: false) == ["digits: running"])
        #expect(
            running.changes(since: queued, tenths: true)
                == ["digits: running", "digits: reading 30 %, 350 of 1,000 examples"])
        var more = running
        more.take(record("running", "reading", 390, 1_000), atMilliseconds: 1_100)
        #expect(more.changes(since: running, tenths: true) == [])
        more.take(record("running", "reading", 700, 1_000), atMilliseconds: 2_000)
        #expect(
            more.changes(since: running, tenths: true)
                == ["digits: reading 70 %, 700 of 1,000 examples  350/s  857 ms left"])
        var done = more
        done.take(record("done"), atMilliseconds: 3_000)
        #expect(done.changes(since: more, tenths: true) == [])
    }
}

@Suite struct ComparisonTextTests {
    static func comparison(_ b: String, _ difference: Double) -> Comparison {
        Comparison(
            model: "chat", numberA: "0.1.0", numberB: b, suite: "digits",
            datasetDigest: [UInt8](repeating: 7, count: 32), exampleCount: 500,
            metrics: [
                MetricComparison(
                    name: "accuracy", valueA: 0.91, valueB: 0.91 + difference,
                    difference: difference, intervalLow: difference - 0.028,
                    intervalHigh: difference + 0.028, test: "McNemar exact", statistic: 8,
                    p: 0.0042, conclusion: difference > 0 ? "b is better" : "a is better",
                    minimumDetectable: 0.03, effectName: "odds ratio", effect: 3.5),
                MetricComparison(
                    name: "log_loss", valueA: 0.3, valueB: 0.29, difference: -0.01,
                    intervalLow: -0.03, intervalHigh: 0.01, test: "paired t", statistic: -1,
                    p: 0.31, conclusion: "no difference shown", minimumDetectable: 0.028),
            ], onlyACorrect: 8, onlyBCorrect: 28,
            summary: "v\(b) is better on accuracy",
            slices: (0..<12).map { index in
                SliceComparison(
                    column: "language", value: "l\(index)", exampleCount: 40,
                    metrics: [
                        MetricComparison(
                            name: "accuracy", valueA: 0.9, valueB: 0.8, difference: -0.1,
                            intervalLow: .nan, intervalHigh: .nan, test: "McNemar exact", p: 0.01,
                            conclusion: index == 0 ? "a is better" : "no difference shown",
                            minimumDetectable: .nan)
                    ])
            })
    }

    private func text(_ lines: [Painted]) -> String { lines.map { $0.text + "\n" }.joined() }

    @Test func twoVersionsFitEightyColumnsAndUseMore() throws {
        let comparison = Self.comparison("0.2.0", 0.04)
        let narrow = ComparisonText.page(comparison, width: 80)
        #expect(narrow.allSatisfy { $0.count <= 80 })
        let all = text(narrow) + "\n" + text(ComparisonText.page(comparison, width: 160))
        let difference = try Golden.difference(all, from: "comparison-two.txt")
        #expect(difference == nil, "\(difference ?? "")")
    }

    @Test func severalVersionsStandSideBySideWhileThereIsRoom() throws {
        let several = (2...7).map { Self.comparison("0.\($0).0", $0 == 3 ? -0.05 : 0.04) }
        let narrow = ComparisonsText.page(several, width: 80)
        #expect(narrow.allSatisfy { $0.count <= 80 })
        let all = text(narrow) + "\n" + text(ComparisonsText.page(several, width: 160))
        let difference = try Golden.difference(all, from: "comparison-several.txt")
        #expect(difference == nil, "\(difference ?? "")")
        for width in 1...60 {
            #expect(
                ComparisonsText.page(several, width: width).allSatisfy {
                    $0.count <= max(20, width)
                })
        }
    }
}
