import CairnCore
import Testing

@testable import Deployment

/// G7 in the core: a log that ends anywhere gives the state, the weights and the next decision that
/// the run had there.
@Suite struct CutLogTests {
    /// A run of every kind of event, with what stood after each record.
    private struct Run {
        var log: LogFold
        var records: [LogRecord] = []
        var folds: [LogFold] = []

        mutating func take(_ event: Event, at now: Timestamp) {
            do throws(Refusal) {
                guard let record = try log.take(event, at: now).record else { return }
                records.append(record)
                folds.append(log)
            } catch { return }  // What is refused is in no log.
        }
    }

    private static func run(seed: UInt64, count: Int) throws -> Run {
        var random = SeededRandom(seed: seed)
        let apply = Event.apply(
            model: try ModelName("chat"), plan: RandomRunTests.randomPlan(&random),
            .init(actor: "ann"))
        // Whole nanoseconds, as plans come from outside.
        let first = try Event(text: apply.text)
        guard case .apply(_, let plan, _) = first else { throw EventTextError("no plan") }
        var scene = try Scene(plan)
        var run = Run(log: LogFold(scene.target.name))
        run.take(first, at: scene.now)
        run.take(.joined(name: "router", role: .router), at: scene.now)
        run.take(.joined(name: "agent", role: .agent), at: scene.now)
        while run.records.count < count {
            scene.now = scene.now + .milliseconds(.random(in: 0...4_000, using: &random))
            scene.target = run.log.target
            run.take(RandomRunTests.randomEvent(scene, &random), at: scene.now)
        }
        return run
    }

    /// What each of these events would do, and when time alone does something.
    private static func nextDecisions(of log: LogFold) -> [String] {
        let now = log.target.nextTimer() ?? log.target.lastEventAt + .seconds(1)
        let who = Event.Request(actor: "ann", reason: "to see")
        let events: [Event] = [
            .timer, .abort(who), .promote(full: false, who), .rollBack(to: nil, who), .restarted,
            .acknowledged(name: "router", .init(epoch: log.target.route.epoch)),
        ]
        return events.map { event in
            var log = log
            do {
                let (change, record) = try log.take(event, at: now)
                return "\(change) \(record?.link.hex ?? "-") \(log.target.nextTimer() as Any)"
            } catch { return "\(error)" }
        }
    }

    @Test(arguments: [1, 7, 42] as [UInt64]) func aLogThatEndsAtAnyRecordGoesOnAlike(seed: UInt64)
        throws
    {
        let run = try Self.run(seed: seed, count: 300)
        var fold = LogFold(try TargetName("prod/chat"))
        for (index, record) in run.records.enumerated() {
            try fold.add(record)
            let before = run.folds[index]
            let place = "seed \(seed), record \(index + 1)"
            let isSame = fold == before
            #expect(isSame, "\(place)")
            #expect(fold.target.route.weight == before.target.route.weight, "\(place)")
            #expect(fold.target.nextTimer() == before.target.nextTimer(), "\(place)")
            let goesOnAlike = Self.nextDecisions(of: fold) == Self.nextDecisions(of: before)
            #expect(goesOnAlike, "\(place)")
        }
    }

    /// A record that is there in part is refused whole, and the log goes on from the one before.
    @Test(arguments: [1, 7] as [UInt64]) func aLogThatEndsWithinARecordEndsBeforeIt(seed: UInt64)
        throws
    {
        let run = try Self.run(seed: seed, count: 120)
        var random = SeededRandom(seed: seed)
        for _ in 0..<100 {
            let index = Int.random(in: 1..<run.records.count, using: &random)
            var torn = run.records[index]
            let bytes = Array(torn.event.utf8)
            torn.event = String(
                decoding: bytes[..<Int.random(in: 0..<bytes.count, using: &random)], as: UTF8.self)
            var fold = run.folds[index - 1]
            #expect(throws: LogDamage.self) { try fold.add(torn) }
            #expect(fold.head == run.folds[index - 1].head)
            var again = run.folds[index - 1]
            try again.add(run.records[index])
            let isWhole = again == run.folds[index]
            #expect(isWhole, "record \(index + 1)")
        }
    }
}
