import CairnCore
import CairnTestKit
import Testing

@testable import Deployment

/// The watch's detectors: what they find, what follows, and that it comes out again.
@Suite struct WatchTests {
    private static func plan(_ detectors: [Plan.Detector]) -> Plan {
        var plan = Scene.plan()
        plan.watch.duration = .seconds(7 * 86_400)
        plan.watch.detectors = detectors
        return plan
    }

    /// A version that was promoted and is watched.
    private static func watching(_ detectors: [Plan.Detector]) throws -> Scene {
        var scene = try Scene.rollingOut(plan(detectors))
        for _ in 0..<3 {
            try scene.traffic(stable: (400, 4), candidate: (400, 0))
            try scene.pass(.seconds(10))
            try scene.obey()
        }
        #expect(scene.phase == .watching)
        return scene
    }

    /// A minute of traffic: failures, scores around a mean, latencies, cells of the first column.
    private static func minute(
        _ scene: inout Scene, score: Double = 0.8, bucket: Int = 200, slow: Int = 5,
        cells: [Int] = [], _ random: inout SeededRandom
    ) throws {
        scene.sequence += 1
        let epoch = scene.target.route.epoch
        var count = Event.Outcomes.Count(epoch: epoch, arm: .stable, requests: 100, failures: 1)
        let noise = (0..<100).reduce(0.0) { sum, _ in
            sum + Double.random(in: -0.2...0.2, using: &random)
        }
        count.scores = ScoreSum(count: 100, sum: 100 * score + noise)
        for _ in 0..<(100 - slow) {
            _ = count.latencies.add(1, in: bucket + Int.random(in: -5...5, using: &random))
        }
        _ = count.latencies.add(slow, in: 300)
        let histograms =
            cells.isEmpty
            ? [] : [Event.Outcomes.Histogram(epoch: epoch, arm: .stable, column: 0, counts: cells)]
        scene.now = scene.now + .seconds(60)
        try scene.send(
            .outcomes(
                .init(
                    reporter: "router", incarnation: 1, sequence: scene.sequence, counts: [count],
                    histograms: histograms)))
    }

    private static let reference = Reference(
        source: "suite quality on test@1",
        columns: [
            .init(
                name: "score", cells: .numbers(edges: [0.2, 0.4, 0.6, 0.8]),
                counts: [200, 200, 200, 200, 200])
        ])

    @Test func fallingScoresRollBackAndRisingOnesAlert() throws {
        for (score, falls) in [(0.74, true), (0.86, false)] {
            var random = SeededRandom(seed: 5)
            var scene = try Self.watching([
                .init(name: "scores", kind: .scoreMeans(smallestEffect: 0))
            ])
            for _ in 0..<60 { try Self.minute(&scene, &random) }
            #expect(scene.phase == .watching)
            scene.notices = []
            for _ in 0..<60 where scene.phase == .watching {
                try Self.minute(&scene, score: score, &random)
            }
            #expect(scene.phase == (falls ? .rollingBack : .watching))
            let told = scene.notices.joined(separator: "\n")
            #expect(told.contains("scores have drifted \(falls ? "down" : "up")"), "\(told)")
            #expect(scene.notices.count { $0.contains("drifted") } == 1, "once: \(told)")
            let verdicts = scene.target.attempt!.evidence.verdicts
            let verdict = try #require(verdicts[falls ? "scores" : "scores: better"])
            #expect(verdict.isConfirmed && verdict.statistic > verdict.bound)
            #expect(scene.target.quarantine.isEmpty == !falls)
        }
    }

    @Test func latencyIsWatchedByItsMeanAndByItsSlowShare() throws {
        var random = SeededRandom(seed: 6)
        for kind in [Plan.Detector.Kind.latencyMeans(smallestEffect: 0.1), .slowRate] {
            var scene = try Self.watching([.init(name: "it", kind: kind)])
            for _ in 0..<60 { try Self.minute(&scene, &random) }
            #expect(scene.phase == .watching)
            for _ in 0..<100 where scene.phase == .watching {
                try Self.minute(&scene, bucket: 206, slow: 20, &random)
            }
            #expect(scene.phase == .rollingBack)
            let verdict = try #require(scene.target.attempt?.evidence.verdicts["it"])
            #expect(verdict.isConfirmed, "\(verdict)")
            #expect(verdict.kind == kind.word)
            #expect(scene.target.attempt?.wayBack?.cause.contains(verdict.why) == true)
        }
    }

    @Test func aDistributionIsHeldAgainstTheTestSets() throws {
        var random = SeededRandom(seed: 7)
        var scene = try Self.watching([
            .init(
                name: "answers", kind: .histogram(column: "score", smallestEffect: 0.1),
                rollsBack: true)
        ])
        let epoch = scene.target.route.epoch
        try scene.send(.reference(attempt: 2, Self.reference))
        #expect(scene.target.route.epoch == epoch + 1, "hosts are told the cells")
        #expect(scene.target.route.reference == Self.reference.columns)
        try scene.obey()
        for _ in 0..<30 { try Self.minute(&scene, cells: [20, 20, 20, 20, 20], &random) }
        guard case .histogram(let watch)? = scene.target.attempt?.evidence.detectors["answers"]
        else { throw EventTextError("no histogram") }
        #expect(watch.checkCount > 4 && watch.breach == nil)
        for _ in 0..<10 where scene.phase == .watching {
            try Self.minute(&scene, cells: [50, 20, 10, 10, 10], &random)
        }
        #expect(scene.phase == .rollingBack)
        let verdict = try #require(scene.target.attempt?.evidence.verdicts["answers"])
        #expect(verdict.isConfirmed && verdict.why.contains("score is not distributed"))
        if case .cells(let reference, let live) = verdict.inputs {
            #expect(reference == [200, 200, 200, 200, 200] && live.reduce(0, +) >= 100)
        } else {
            Issue.record("\(verdict.inputs)")
        }
    }

    @Test func aReferenceIsPinnedOnceAndItsAbsenceMayBeCorrected() throws {
        var scene = try Self.watching([
            .init(name: "answers", kind: .histogram(column: "score", smallestEffect: 0.1))
        ])
        #expect(scene.target.attempt?.wantsReference == true)
        try scene.send(.reference(attempt: 2, .absent(["score"], "the evaluator is away")))
        #expect(scene.target.attempt?.reference?.lacking["score"] == "the evaluator is away")
        #expect(scene.target.attempt?.wantsReference == true)
        let revision = scene.target.revision
        try scene.send(.reference(attempt: 2, .absent(["score"], "the evaluator is away")))
        try scene.send(.reference(attempt: 1, Self.reference))
        #expect(scene.target.revision == revision, "said before, or of another attempt")
        try scene.send(.reference(attempt: 2, Self.reference))
        #expect(scene.target.attempt?.wantsReference == false)
        var other = Self.reference
        other.columns[0].counts[0] = 1
        try scene.send(.reference(attempt: 2, other))
        #expect(scene.target.attempt?.reference == Self.reference)
    }

    @Test func cellsOfAnotherTableAreNoEvidence() throws {
        var random = SeededRandom(seed: 8)
        var scene = try Self.watching([
            .init(name: "answers", kind: .histogram(column: "score", smallestEffect: 0.1))
        ])
        try Self.minute(&scene, cells: [900, 0, 0, 0, 0], &random)
        try scene.send(.reference(attempt: 2, Self.reference))
        try scene.obey()
        for _ in 0..<10 { try Self.minute(&scene, cells: [900, 0, 0], &random) }
        #expect(scene.phase == .watching)
        guard case .histogram(let watch)? = scene.target.attempt?.evidence.detectors["answers"]
        else { throw EventTextError("no histogram") }
        #expect(watch.checkCount == 0 && watch.live == [0, 0, 0, 0, 0])
    }

    @Test func anAlertingDetectorTellsOnceAndRollsNothingBack() throws {
        var random = SeededRandom(seed: 9)
        var scene = try Self.watching([
            .init(name: "scores", kind: .scoreMeans(smallestEffect: 0), rollsBack: false)
        ])
        for _ in 0..<60 { try Self.minute(&scene, &random) }
        scene.notices = []
        for _ in 0..<120 { try Self.minute(&scene, score: 0.7, &random) }
        #expect(scene.phase == .watching)
        #expect(scene.notices.count { $0.contains("ALERT") } == 1, "\(scene.notices)")
    }

    @Test func plansSayWhatTheyCannotMean() throws {
        func problem(_ change: (inout Plan.Watch) -> Void) -> String {
            var plan = Scene.plan()
            change(&plan.watch)
            do throws(PlanError) { try plan.check() } catch { return error.description }
            return ""
        }
        let twice = Plan.Detector(name: "a", kind: .slowRate)
        #expect(problem { $0.detectors = [twice, twice] }.contains("no other's"))
        #expect(
            problem { $0.detectors = [.init(name: "errors", kind: .slowRate)] }.contains("guard's"))
        #expect(
            problem { $0.detectors = [.init(name: "watch", kind: .slowRate)] }.contains("'watch'"))
        #expect(
            problem {
                $0.detectors = [
                    .init(name: "a", kind: .histogram(column: "", smallestEffect: 0.1))
                ]
            }.contains("cairn reference"))
        #expect(problem { $0.window = .zero }.contains("window"))
        #expect(problem { $0.runLength = .seconds(1) }.contains("run length"))
        #expect(problem { _ in } == "")
    }

    @Test func plansAndReferencesAreTheirText() throws {
        var plan = Self.plan([
            .init(name: "slow", kind: .slowRate),
            .init(name: "a \"b\"", kind: .scoreMeans(smallestEffect: 0.01), rollsBack: false),
            .init(name: "ms", kind: .latencyMeans(smallestEffect: 0.2)),
            .init(name: "input", kind: .histogram(column: "input.a=b c", smallestEffect: 0.25)),
        ])
        (plan.watch.runLength, plan.watch.window) = (.seconds(86_400), .seconds(10))
        let reference = Reference(
            source: "suite \"x\"",
            columns: Self.reference.columns + [
                .init(
                    name: "input.language", cells: .names(["de", "en", "x y=\"z\""]),
                    counts: [1, 2, 3, 0])
            ], lacking: ["b": "why not", "a": "no such column"])
        let events: [Event] = [
            .apply(model: try ModelName("chat"), plan: plan, .init(actor: "ann")),
            .reference(attempt: 3, reference),
            .reference(attempt: 3, .absent(["a"], "away")),
            .outcomes(
                .init(
                    reporter: "r", incarnation: 1, sequence: 2, counts: [],
                    histograms: [
                        .init(epoch: 4, arm: .stable, column: 1, counts: [1, 0, 3]),
                        .init(epoch: 5, arm: .stable, column: 0, counts: []),
                    ].filter { !$0.counts.isEmpty })),
        ]
        for event in events { #expect(try Event(text: event.text) == event, "\(event.text)") }
    }
}
