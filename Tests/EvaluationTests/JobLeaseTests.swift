import CairnCore
import Evaluation
import Testing

/// Who works on a job, and what a moved clock does to it.
@Suite struct JobLeaseTests {
    private let start = Timestamp(seconds: 100_000)

    private func job(priority: Int = 0) -> EvaluationJob {
        EvaluationJob(
            id: EvaluationID(high: 1, low: 1), hasRunner: true, repeats: 1, priority: priority,
            at: start)
    }

    private let file = PredictionsFile(
        repeatIndex: 0, writer: "l1", ending: "jsonl", skipsInvalid: false)

    @Test func everyTakingHasItsOwnNumber() {
        var job = job()
        #expect(job.lease == nil)
        for number in 1...3 {
            _ = job.handle(.taken(by: "worker-1"), at: start)
            #expect(job.lease == JobLease(worker: "worker-1", number: number))
            _ = job.handle(.interrupted(isClean: true), at: start)
            #expect(job.lease == nil && job.leaseCount == number)
        }
    }

    @Test func anHeirHasTheLeaseInEveryPhaseAndThePhaseStays() {
        for step in 1...3 {
            var job = job()
            let events: [EvaluationJob.Event] = [
                .taken(by: "worker-1"), .restored, .predicted(repeatIndex: 0, file),
            ]
            for event in events.prefix(step) { _ = job.handle(event, at: start) }
            let phase = job.phase
            #expect(job.handle(.inherited(by: "worker-2"), at: start) == [.persist])
            #expect(job.lease == JobLease(worker: "worker-2", number: 2) && job.phase == phase)
        }
        var queued = job()
        #expect(queued.handle(.inherited(by: "worker-2"), at: start) == [])
        #expect(queued == job())
    }

    @Test func whoWorksOnNothingHoldsNothing() {
        let ends: [[EvaluationJob.Event]] = [
            [.restoringFailed("away", canRetry: true)],
            [.restoringFailed("gone", canRetry: false)],
            [.restored, .runnerFailed("x")], [.restored, .runnerPutOff("no room")],
            [.restored, .predicted(repeatIndex: 0, file), .judged(.pass)],
            [.restored, .predicted(repeatIndex: 0, file), .computingFailed("x")],
            [.interrupted(isClean: false)], [.cancelled("x")],
        ]
        for events in ends {
            var job = job()
            _ = job.handle(.taken(by: "worker-1"), at: start)
            for event in events {
                #expect(job.lease != nil, "before \(event)")
                _ = job.handle(event, at: start)
            }
            #expect(job.lease == nil, "after \(events)")
        }
    }

    @Test func cancellingEndsEveryPhaseButDone() {
        for step in 0...3 {
            var job = job()
            let events: [EvaluationJob.Event] = [
                .taken(by: "worker-1"), .restored, .predicted(repeatIndex: 0, file),
            ]
            for event in events.prefix(step) { _ = job.handle(event, at: start) }
            #expect(job.handle(.cancelled("a typo"), at: start) == [.cancel("a typo")])
            #expect(job.phase == .done(.cancelled))
            #expect(job.handle(.judged(.pass), at: start) == [])
            #expect(job.handle(.cancelled("again"), at: start) == [])
        }
        var waiting = EvaluationJob(
            id: EvaluationID(high: 1, low: 1), hasRunner: false, repeats: 1, at: start)
        #expect(waiting.handle(.cancelled(""), at: start) == [.cancel("")])
        var done = job()
        for event: EvaluationJob.Event in [
            .taken(by: "w"), .restored, .predicted(repeatIndex: 0, file), .judged(.fail),
        ] { _ = done.handle(event, at: start) }
        #expect(done.handle(.cancelled("late"), at: start) == [] && done.phase == .done(.fail))
    }

    /// Set back by a day, the clock would have jobs wait for tomorrow.
    @Test func nobodyWaitsForAMomentOfAnotherClock() {
        var job = job()
        let yesterday = start - .seconds(86_400)
        #expect(job.handle(.taken(by: "w"), at: start - .seconds(60)) == [])
        #expect(job.handle(.taken(by: "w"), at: yesterday) == [.persist, .restore])
    }
}

@Suite struct JobPriorityTests {
    private let now = Timestamp(seconds: 1_000)

    private func place(
        _ number: UInt64, _ version: String, priority: Int, parent: String? = nil
    ) -> JobQueue.Place {
        let job = EvaluationJob(
            id: EvaluationID(high: number, low: 0), hasRunner: true, repeats: 1,
            priority: priority, at: now)
        return JobQueue.Place(
            job: job, version: version, parent: parent, suite: Digest(of: [1]))
    }

    /// The order in which all of them are taken, one ending before the next is taken.
    private func order(_ places: [JobQueue.Place]) -> [UInt64] {
        var (rest, order): ([JobQueue.Place], [UInt64]) = (places, [])
        while let next = JobQueue.next(of: rest, in: .running, at: now) {
            rest.removeAll { $0.job.id == next }
            order.append(next.high)
        }
        return order
    }

    @Test func theMostUrgentGoesFirstAndOfEqualsTheOldest() {
        let places = [
            place(1, "a", priority: 0), place(2, "b", priority: 5), place(3, "c", priority: -1),
            place(4, "d", priority: 5),
        ]
        #expect(order(places) == [2, 4, 1, 3])
        #expect(order(places.reversed()) == [2, 4, 1, 3])
    }

    @Test func aParentIsAsUrgentAsTheMostUrgentThatWaitsForIt() {
        let places = [
            place(1, "other", priority: 3), place(2, "a", priority: 0),
            place(3, "b", priority: -7, parent: "a"), place(4, "c", priority: 9, parent: "b"),
        ]
        #expect(order(places) == [2, 3, 4, 1], "c waits for b, which waits for a")
        let circle = [
            place(1, "a", priority: 0, parent: "b"), place(2, "b", priority: 4, parent: "a"),
            place(3, "c", priority: 2),
        ]
        #expect(order(circle) == [3, 1, 2], "two that wait for each other end, after all others")
    }

    @Test func everyJobIsTakenOnceWhateverTheirPrioritiesAndParents() {
        for seed in UInt64(0)..<200 {
            var random = SeededRandom(seed: seed)
            let places = (1...12).map { number in
                place(
                    UInt64(number), "v\(number)", priority: Int.random(in: -2...2, using: &random),
                    parent: Bool.random(using: &random)
                        ? "v\(Int.random(in: 1...14, using: &random))" : nil)
            }
            #expect(order(places).sorted() == Array(1...12), "seed \(seed)")
        }
    }
}
