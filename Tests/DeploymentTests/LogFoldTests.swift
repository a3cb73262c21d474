import CairnCore
import Testing

@testable import Deployment

/// The hash-chained log: what was written comes back, what was edited shows.
@Suite struct LogFoldTests {
    /// A rollout with its log.
    private static func written() throws -> (target: Target, records: [LogRecord]) {
        var log = LogFold(try TargetName("prod/chat"))
        var records: [LogRecord] = []
        var now = Timestamp(seconds: 1_800_000_000)
        let events: [Event] = [
            .apply(model: try ModelName("chat"), plan: Scene.plan(), .init(actor: "ann")),
            .joined(name: "router", role: .router), .deploy(Scene.release(0), .init(actor: "ann")),
            .acknowledged(name: "router", .init(epoch: 1)), .timer,
            .deploy(Scene.release(1), .init(actor: "ann", reason: "better")),
            .acknowledged(name: "router", .init(epoch: 3)),
            .abort(.init(actor: "bob", reason: "no")),
        ]
        for event in events {
            now = now + .seconds(1)
            records.append(try #require(try log.take(event, at: now).record))
        }
        return (log.target, records)
    }

    @Test func foldingTheLogGivesTheTargetThatWroteIt() throws {
        let (target, records) = try Self.written()
        var fold = LogFold(target.name)
        for record in records { try fold.add(record) }
        #expect(fold.target == target)
        #expect(fold.target.nextTimer() == target.nextTimer())
        #expect(fold.head == records.last?.head)
    }

    @Test(arguments: 0..<11) func everyEditedFieldBreaksTheChain(field: Int) throws {
        var (target, records) = try Self.written()
        switch field {
        case 0: records[5].actor = "eve"
        case 1: records[5].reason = "worse"
        case 2: records[5].summary += "."
        case 3: records[5].time = records[5].time + .nanoseconds(1)
        case 4: records[5].epoch += 1
        case 5: records[5].weight = .all
        case 6: records[5].stable = Scene.release(7)
        case 7: records[5].candidate = nil
        case 8: records[5].event = Event.timer.text
        case 9: records.remove(at: 5)
        default: records.swapAt(4, 5)
        }
        if field == 7 { records[5].candidate = Scene.release(8) }
        var fold = LogFold(target.name)
        #expect(throws: LogDamage.self) {
            for record in records { try fold.add(record) }
        }
        #expect(fold.head.sequence <= 5)
    }

    @Test func aForgedLinkIsFoundByTheNextRecord() throws {
        var (target, records) = try Self.written()
        records[5].reason = "worse"
        records[5].link = records[5].digest(after: records[4].link)
        var fold = LogFold(target.name)
        for record in records[...5] { try fold.add(record) }
        #expect(throws: LogDamage.self) { try fold.add(records[6]) }
    }
}
