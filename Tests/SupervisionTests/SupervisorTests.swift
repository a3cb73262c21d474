import CairnCore
import CairnTestKit
import Supervision
import Testing

/// A supervisor with the transcript of what it was told and did.
private struct Story {
    var supervisor = Supervisor(services: ["ingest", "evaluator"])
    var now = Timestamp(seconds: 0)
    var lines: [String] = []

    init() { lines += supervisor.begin().map { "  → \($0)" } }

    mutating func tell(_ event: Supervisor.Event, after wait: Duration = .zero) {
        now = now + wait
        lines.append("\(now.milliseconds) ms: \(event)")
        lines += supervisor.handle(event, at: now).map { effect in
            if case .wake(let at) = effect { return "  → wake at \(at.milliseconds) ms" }
            return "  → \(effect)"
        }
    }

    mutating func comeUp() {
        for (name, pid) in [("ingest", Int32(11)), ("evaluator", 12)] {
            tell(.started(service: name, pid: pid))
            tell(.ready(service: name), after: .milliseconds(20))
        }
    }

    func check(_ name: String, test file: String = #filePath) throws {
        let text = lines.map { $0 + "\n" }.joined()
        #expect(try Golden.difference(text, from: name, test: file) == nil)
    }
}

@Suite struct SupervisorTests {
    @Test func whatDiesStartsAgainAfterGrowingWaits() throws {
        var story = Story()
        story.comeUp()
        for pid in Int32(21)...24 {
            story.tell(.exited(service: "ingest", how: "signal 9"), after: .seconds(1))
            story.tell(.timer, after: .seconds(1))
            story.tell(.started(service: "ingest", pid: pid))
            story.tell(.ready(service: "ingest"), after: .milliseconds(10))
        }
        story.tell(.exited(service: "ingest", how: "signal 9"), after: .seconds(61))
        story.tell(.stop, after: .milliseconds(1))
        story.tell(.exited(service: "evaluator", how: "exit code 0"), after: .seconds(1))
        try story.check("restart.txt")
    }

    @Test func aServiceThatNeverWasReadyEndsEverything() throws {
        var story = Story()
        story.tell(.started(service: "ingest", pid: 11))
        story.tell(.started(service: "evaluator", pid: 12))
        story.tell(.ready(service: "evaluator"))
        story.tell(.exited(service: "ingest", how: "exit code 1"), after: .seconds(1))
        story.tell(.exited(service: "evaluator", how: "exit code 0"))
        try story.check("setup-mistake.txt")
    }

    @Test func whatDoesNotEndIsKilledAtTheDeadline() throws {
        var story = Story()
        story.comeUp()
        story.tell(.stop)
        story.tell(.exited(service: "evaluator", how: "exit code 0"), after: .seconds(1))
        story.tell(.timer, after: .seconds(30))
        story.tell(.exited(service: "ingest", how: "signal 9"))
        story.tell(.stop)
        try story.check("killed.txt")
    }

    @Test func aServiceThatStartsWhileAllEndIsEndedToo() throws {
        var story = Story()
        story.tell(.started(service: "ingest", pid: 11))
        story.tell(.notStarted(service: "evaluator", why: "no such program"))
        story.tell(.started(service: "ingest", pid: 13))
        story.tell(.exited(service: "ingest", how: "exit code 0"))
        try story.check("late-start.txt")
    }

    @Test func waitsDoubleToTenSeconds() {
        for seed in UInt64(0)..<200 {
            var random = SeededRandom(seed: seed)
            var (story, alive) = (Story(), ["ingest", "evaluator"])
            story.comeUp()
            for tick in 0..<200 {
                let name = alive.randomElement(using: &random)!
                story.tell(
                    [
                        .exited(service: name, how: "signal 9"), .timer, .ready(service: name),
                        .started(service: name, pid: Int32(tick)),
                    ].randomElement(using: &random)!,
                    after: .milliseconds(Int.random(in: 0...20_000, using: &random)))
                for service in story.supervisor.services {
                    if case .waiting(let until) = service.state {
                        #expect(until - story.now <= .seconds(10), "seed \(seed), tick \(tick)")
                    }
                }
            }
            story.tell(.stop)
            for name in alive { story.tell(.notStarted(service: name, why: "late")) }
            for name in alive { story.tell(.exited(service: name, how: "exit code 0")) }
            alive = []
            #expect(story.supervisor.phase == .over(because: nil), "seed \(seed)")
        }
    }
}
