import CairnCore
import Evaluation
import Testing

@Suite struct EvaluationJobTests {
    private let start = Timestamp(seconds: 1_000)
    private let id = EvaluationID(high: 1, low: 2)

    private func job(hasRunner: Bool = true, repeats: Int = 1) -> EvaluationJob {
        EvaluationJob(id: id, hasRunner: hasRunner, repeats: repeats, at: start)
    }

    private func file(_ index: Int) -> PredictionsFile {
        PredictionsFile(repeatIndex: index, writer: "w", ending: "jsonl", skipsInvalid: false)
    }

    private func line(_ job: EvaluationJob, _ effects: [EvaluationJob.Effect]) -> String {
        let names = effects.map { "\($0)" }.joined(separator: " ")
        return "\(job.phase)" + (names.isEmpty ? "" : " > \(names)")
    }

    @Test func aRunnersJobGoesThroughEveryPhaseOnce() {
        var job = job(repeats: 2)
        let events: [EvaluationJob.Event] = [
            .taken(by: "w"), .restored, .predicted(repeatIndex: 0, file(0)),
            .predicted(repeatIndex: 0, file(0)),
            .predicted(repeatIndex: 1, file(1)), .judged(.pass), .judged(.fail), .taken(by: "w"),
        ]
        let lines = events.map { event in
            let effects = job.handle(event, at: start)
            return line(job, effects)
        }
        #expect(
            lines == [
                "restoring > persist restore",
                "running > persist run(repeatIndex: 0)",
                "running > persist run(repeatIndex: 1)",
                "running",
                "computing > persist compute",
                "done > finish",
                "done",
                "done",
            ])
        #expect(job.phase == .done(.pass))
    }

    @Test func uploadedRepeatsWaitForEachOther() {
        var job = job(hasRunner: false, repeats: 3)
        #expect(job.handle(.taken(by: "w"), at: start) == [])
        #expect(job.handle(.uploaded(repeatIndex: 2, file(2)), at: start) == [.persist])
        #expect(job.waitsFor == "predictions of repeat 1, 2 to be uploaded")
        #expect(job.handle(.uploaded(repeatIndex: 3, file(3)), at: start) == [])
        _ = job.handle(.uploaded(repeatIndex: 0, file(0)), at: start)
        _ = job.handle(.uploaded(repeatIndex: 1, file(1)), at: start)
        #expect(job.phase == .queued(notBefore: start))
        #expect(job.handle(.taken(by: "w"), at: start) == [.persist, .compute])
    }

    @Test func aRestartTakesTheJobAgainFromEveryPhase() {
        for step in 0...3 {
            var job = job()
            let events: [EvaluationJob.Event] = [
                .taken(by: "w"), .restored, .predicted(repeatIndex: 0, file(0)),
            ]
            for event in events.prefix(step) { _ = job.handle(event, at: start) }
            let before = job.phase
            let effects = job.handle(.interrupted(isClean: false), at: start)
            #expect(job.phase == .queued(notBefore: start), "interrupted in \(before)")
            #expect(effects == (step == 0 ? [] : [.persist]), "interrupted in \(before)")
            // Predictions that are on disk are not made again.
            let next = job.handle(.taken(by: "w"), at: start)
            #expect(next == [.persist, step == 3 ? .compute : .restore], "after \(before)")
        }
    }

    @Test func aJobThatBringsTheEvaluatorDownAgainAndAgainEnds() {
        var job = job()
        for crash in 1...EvaluationJob.crashCountMax {
            _ = job.handle(.taken(by: "w"), at: start)
            let effects = job.handle(.interrupted(isClean: false), at: start)
            #expect((job.phase == .done(.error)) == (crash == EvaluationJob.crashCountMax))
            #expect(effects.isEmpty == false)
        }
        var restarted = self.job()
        for _ in 0..<100 {
            _ = restarted.handle(.taken(by: "w"), at: start)
            _ = restarted.handle(.interrupted(isClean: true), at: start)
        }
        #expect(restarted.phase == .queued(notBefore: start), "orderly stops do not count")
    }

    /// Seed 318974 of the kill test: a busy host killed it twenty times, and it got further meanwhile.
    @Test func crashesBetweenWhichItGotFurtherAreForgotten() {
        var job = job(repeats: 3)
        for index in 0..<3 {
            for _ in 2..<EvaluationJob.crashCountMax {
                _ = job.handle(.taken(by: "w"), at: start)
                _ = job.handle(.interrupted(isClean: false), at: start)
            }
            _ = job.handle(.taken(by: "w"), at: start)
            _ = job.handle(.restored, at: start)
            _ = job.handle(.predicted(repeatIndex: index, file(index)), at: start)
            #expect(job.crashCount == 0)
            _ = job.handle(.interrupted(isClean: false), at: start)
            #expect(job.phase == .queued(notBefore: start), "after repeat \(index)")
        }
    }

    @Test func anAbsentSourceIsWaitedForLongerAndLonger() {
        var job = job()
        var now = start
        var waits: [Duration] = []
        for _ in 0..<9 {
            _ = job.handle(.taken(by: "w"), at: now)
            _ = job.handle(.restoringFailed("ingest is away", canRetry: true), at: now)
            guard case .queued(let time) = job.phase else { break }
            #expect(job.handle(.taken(by: "w"), at: time - .milliseconds(1)) == [])
            waits.append(time - now)
            now = time
        }
        #expect(waits.map { $0.inSeconds } == [1, 2, 4, 8, 16, 32, 60, 60, 60])
        #expect(job.waitsFor == "ingest is away")
        _ = job.handle(.taken(by: "w"), at: now)
        #expect(
            job.handle(.restoringFailed("no such version", canRetry: false), at: now)
                == [.fail("no such version")])
    }

    @Test func everyEventInEveryPhaseIsDefinedAndDoneStaysDone() {
        let events: [EvaluationJob.Event] = [
            .taken(by: "w"), .restored, .restoringFailed("x", canRetry: true),
            .restoringFailed("x", canRetry: false), .predicted(repeatIndex: 0, file(0)),
            .predicted(repeatIndex: 1, file(1)), .runnerFailed("x"),
            .uploaded(repeatIndex: 0, file(0)),
            .uploaded(repeatIndex: 1, file(1)), .judged(.pass), .computingFailed("x"),
            .interrupted(isClean: true), .interrupted(isClean: false),
        ]
        for seed in UInt64(0)..<300 {
            var random = SeededRandom(seed: seed)
            var job = job(hasRunner: seed % 2 == 0, repeats: 2)
            var (now, ends) = (start, 0)
            for _ in 0..<60 {
                let event = events.randomElement(using: &random)!
                let before = job
                let effects = job.handle(event, at: now)
                now = now + .seconds(Int64.random(in: 0...90, using: &random))
                if before.isDone { #expect(job == before && effects.isEmpty, "seed \(seed)") }
                ends += effects.count { effect in
                    if case .fail = effect { true } else { effect == .finish }
                }
                #expect(ends == (job.isDone ? 1 : 0), "seed \(seed), \(event)")
                if job.isActive, !before.isActive || before.phase != job.phase {
                    #expect(effects.first == .persist, "seed \(seed): work before it is durable")
                }
            }
        }
    }
}

@Suite struct JobQueueTests {
    private let now = Timestamp(seconds: 1_000)
    private let suite = Digest(of: [1])

    private func place(
        _ number: UInt64, _ version: String, parent: String? = nil, notBefore: Timestamp? = nil,
        suite: Digest? = nil
    ) -> JobQueue.Place {
        let job = EvaluationJob(
            id: EvaluationID(high: number, low: 0), hasRunner: true, repeats: 1,
            at: notBefore ?? now)
        return JobQueue.Place(
            job: job, version: version, parent: parent, suite: suite ?? self.suite)
    }

    private func next(_ places: [JobQueue.Place]) -> UInt64? {
        JobQueue.next(of: places, in: .running, at: now)?.high
    }

    @Test func theOldestGoesFirst() {
        #expect(next([place(2, "b"), place(1, "a")]) == 1)
        #expect(next([]) == nil)
        #expect(next([place(1, "a", notBefore: now + .seconds(1)), place(2, "b")]) == 2)
    }

    @Test func aParentGoesBeforeItsChildEvenWhereItWaits() {
        #expect(next([place(1, "b", parent: "a"), place(2, "a")]) == 2)
        let later = now + .seconds(5)
        #expect(next([place(1, "b", parent: "a"), place(2, "a", notBefore: later)]) == nil)
        let other = Digest(of: [2])
        #expect(next([place(1, "b", parent: "a"), place(2, "a", suite: other)]) == 1)
    }

    @Test func versionsThatNameEachOtherAsParentsDoNotWaitForEver() {
        #expect(next([place(1, "b", parent: "a"), place(2, "a", parent: "b")]) == 1)
        #expect(next([place(1, "a", parent: "a")]) == 1)
    }
}
