import CairnCore
import Testing

@testable import Deployment

/// The log's text: one line for each event, and back.
@Suite struct EventTextTests {
    private static let words = ["", "ann", "a \"b\" \\ c", "line\nbreak\u{7F}", "é — 漢字", "k=v, x"]

    private static func request(_ random: inout SeededRandom) -> Event.Request {
        Event.Request(
            actor: words.randomElement(using: &random)!,
            reason: words.randomElement(using: &random)!,
            revision: Bool.random(using: &random) ? random.next() : nil,
            attempt: Bool.random(using: &random) ? 3 : nil,
            step: Bool.random(using: &random) ? 0 : nil)
    }

    private static func digest(_ random: inout SeededRandom) -> Digest {
        Digest(of: [UInt8.random(in: 0...255, using: &random)])
    }

    private static func plan(_ random: inout SeededRandom) -> Plan {
        var plan = Plan(
            steps: (0..<Int.random(in: 1...3, using: &random)).map { _ in
                var step = Plan.Step(
                    weight: BasisPoints(Int.random(in: 0...10_000, using: &random))!)
                step.bake = .milliseconds(Int.random(in: 0...100_000, using: &random))
                step.bakeRequests = Int.random(in: 0...9, using: &random)
                step.bakeEvents = Int.random(in: 0...9, using: &random)
                step.warm = .nanoseconds(Int.random(in: 0...9, using: &random))
                step.warmRequests = Int.random(in: 0...9, using: &random)
                if Bool.random(using: &random) {
                    step.gate = .init(
                        expiry: Bool.random(using: &random) ? .seconds(7) : nil,
                        onExpiry: Plan.Policy.allCases.randomElement(using: &random)!)
                }
                return step
            })
        plan.guards = [
            .init(name: "a", kind: .armEProcess(alpha: Double.random(in: 0...1, using: &random))),
            .init(
                name: "b \"c\"", kind: .failureRate(bound: 1 / 3, requestsMin: 20), observes: true),
        ]
        plan.watch.delta = Double.random(in: 0...1, using: &random)
        plan.watch.rollsBack = Bool.random(using: &random)
        plan.onBusy = Plan.Busy.allCases.randomElement(using: &random)!
        plan.onInconclusive = Plan.Inconclusive.allCases.randomElement(using: &random)!
        plan.verdictSuite = words.randomElement(using: &random)!
        if Bool.random(using: &random) { addLaterParts(to: &plan, &random) }
        return plan
    }

    /// What the second form of the log added.
    private static func addLaterParts(to plan: inout Plan, _ random: inout SeededRandom) {
        let kinds: [Plan.Kind] = [.shift, .mirror(BasisPoints(7)!), .experiment, .hook("load")]
        for index in plan.steps.indices {
            plan.steps[index].kind = kinds.randomElement(using: &random)!
            plan.steps[index].ramp =
                Bool.random(using: &random) ? .init(over: .seconds(9), parts: 3) : nil
            plan.steps[index].deadline = Bool.random(using: &random) ? .seconds(8) : nil
        }
        plan.guards[0].margin = Bool.random(using: &random) ? 0.015 : nil
        plan.guards[0].eventsMin = Int.random(in: 0...3, using: &random)
        plan.guards += [
            .init(name: "slow", kind: .slowEProcess(alpha: 0.02)),
            .init(name: "score", kind: .scoreMeans(alpha: 0.03, effect: 0.5)),
            .init(name: "pairs", kind: .pairedMixture(alpha: 1 / 3)),
            .init(
                name: "ratio",
                kind: .measured(.init(query: "a{b=\"c\"} / 2", label: "version", limit: 0.05))),
        ]
        plan.rollback.ramp = .init(over: .seconds(30), parts: 4)
        plan.rollback.window = .seconds(Int.random(in: 0...2, using: &random))
        plan.onUnsure = Plan.Policy.allCases.randomElement(using: &random)!
        plan.deadline = Bool.random(using: &random) ? .seconds(77) : nil
        plan.onDeadline = Plan.Blind.allCases.randomElement(using: &random)!
        plan.hooks = TranscriptPlans.hooks
        plan.pins = [
            .init(.key("a \"b\""), to: .candidate), .init(.prefix("é="), to: .stable),
            .init(.cohort("staff"), to: .candidate),
        ]
        plan.rollback.onUnproven = Plan.Unproven.allCases.randomElement(using: &random)!
        if Bool.random(using: &random) {
            var drill = DrillRules()
            drill.every = Bool.random(using: &random) ? .seconds(9) : nil
            drill.cohort = Bool.random(using: &random) ? "staff" : ""
            plan.drill = drill
        }
        plan.rules = Int.random(in: 1...3, using: &random)
    }

    /// One event of each kind; the compiler demands a new one here for a new case.
    private static func events(_ random: inout SeededRandom) throws -> [Event] {
        let all: [Event] = [
            .apply(model: try ModelName("chat-7b"), plan: plan(&random), request(&random)),
            .deploy(
                Release(number: VersionNumber(1, 2, 3), manifest: digest(&random)),
                request(&random)),
            .promote(
                full: Bool.random(using: &random), keepsGuards: Bool.random(using: &random),
                request(&random)),
            .skipStep(request(&random)),
            .goTo(step: Int.random(in: 0...3, using: &random), request(&random)),
            .pause(request(&random)), .resume(request(&random)),
            .abort(quarantines: Bool.random(using: &random), request(&random)),
            .retry(request(&random)),
            .rollBack(
                to: Bool.random(using: &random) ? VersionNumber(0, 1, 0) : nil,
                fast: Bool.random(using: &random), request(&random)),
            .quarantine(
                Release(number: VersionNumber(1, 2, 3), manifest: digest(&random)),
                request(&random)),
            .unquarantine(digest(&random), request(&random)),
            .freeze(Bool.random(using: &random), request(&random)),
            .addFreezeWindow(
                FreezeWindow(
                    name: words.randomElement(using: &random)!, from: Timestamp(seconds: 5),
                    until: Timestamp(seconds: 9),
                    every: Bool.random(using: &random) ? .seconds(100) : nil), request(&random)),
            .removeFreezeWindow(
                name: words.randomElement(using: &random)!, request(&random)),
            .drill(request(&random)),
            .barrier(group: words.randomElement(using: &random)!, step: 3),
            .barrier(group: "eu", step: nil),
            .hookAnswered(
                key: "prod/chat#3/1/step/load", isYes: Bool.random(using: &random),
                why: words.randomElement(using: &random)!),
            .verdict(
                manifest: digest(&random), Event.Verdict.allCases.randomElement(using: &random)!,
                why: words.randomElement(using: &random)!),
            .joined(name: words.randomElement(using: &random)!, role: .agent),
            .acknowledged(
                name: "agent",
                .init(
                    epoch: random.next(), held: [digest(&random), digest(&random)],
                    loadedStable: digest(&random),
                    loadedCandidate: Bool.random(using: &random) ? digest(&random) : nil,
                    problem: words.randomElement(using: &random)!)),
            .disconnected(name: "x"), .left(name: "y z"),
            .outcomes(
                .init(
                    reporter: "r", incarnation: random.next(), sequence: 2,
                    counts: [
                        .init(epoch: 4, arm: .stable, requests: 10, failures: 2),
                        .init(epoch: 4, arm: .candidate, requests: 0, failures: 0),
                        Self.rich(&random),
                    ],
                    pairs: Bool.random(using: &random)
                        ? [.init(epoch: 4, wins: 1, losses: 2)] : [])),
            .measured(
                .init(
                    guardName: "errors", attempt: 3,
                    .points([
                        .init(at: Timestamp(seconds: 5), candidate: 0.1, stable: 1 / 3),
                        .init(at: Timestamp(seconds: 6), candidate: -1e-7),
                    ]))),
            .measured(.init(guardName: "errors", attempt: 3, .noData("NaN"))),
            .measured(.init(guardName: "errors", attempt: 3, .failed("no \"answer\""))),
            .alerted(
                .init(
                    name: "High \"errors\"", fingerprint: "f8e4", startsAt: Timestamp(seconds: 5),
                    number: VersionNumber(1, 2, 3), summary: words.randomElement(using: &random)!)),
            .reference(
                attempt: 3, .absent(["a"], words.randomElement(using: &random)!)),
            .outage(Bool.random(using: &random)), .restarted, .led(token: random.next()),
            .timer,
        ]
        for event in all {
            switch event {
            case .apply, .deploy, .promote, .skipStep, .goTo, .pause, .resume, .abort, .retry,
                .rollBack, .quarantine, .unquarantine, .freeze, .addFreezeWindow,
                .removeFreezeWindow, .drill, .barrier, .hookAnswered, .verdict, .reference,
                .joined, .acknowledged, .disconnected,
                .left,
                .outcomes, .measured, .alerted, .outage, .restarted, .led, .timer:
                break
            }
        }
        return all
    }

    /// With scores and latencies.
    private static func rich(_ random: inout SeededRandom) -> Event.Outcomes.Count {
        var count = Event.Outcomes.Count(
            epoch: 4, arm: .baseline, requests: 9, failures: 1,
            scores: ScoreSum(count: 3, sum: Double.random(in: -1...1, using: &random)))
        for _ in 0..<Int.random(in: 0...3, using: &random) {
            _ = count.latencies.add(2, in: Int.random(in: 0..<512, using: &random))
        }
        return count
    }

    @Test(arguments: 1...20) func everyEventComesBackFromItsText(seed: Int) throws {
        var random = SeededRandom(seed: UInt64(seed))
        for event in try Self.events(&random) {
            let text = event.text
            #expect(!text.contains("\n"))
            #expect(try Event(text: text) == event, "seed \(seed): \(text)")
        }
    }

    @Test(arguments: 1...20) func aChangedTextIsRefusedOrMeansWhatItSays(seed: Int) throws {
        var random = SeededRandom(seed: UInt64(seed))
        for event in try Self.events(&random) {
            for _ in 0..<50 {
                var bytes = Array(event.text.utf8)
                let place = Int.random(in: 0..<bytes.count, using: &random)
                switch Int.random(in: 0..<3, using: &random) {
                case 0: bytes[place] = UInt8.random(in: 0...255, using: &random)
                case 1: bytes.remove(at: place)
                default: bytes.removeSubrange(place...)
                }
                let text = String(decoding: bytes, as: UTF8.self)
                // A refusal is as good as an event here: that neither crashes is the claim.
                if let read = try? Event(text: text) {
                    #expect(read.text == text, "seed \(seed)")
                }
            }
        }
    }

    @Test func aRefusalSaysWhatWasExpected() {
        #expect(throws: EventTextError("'banana' is no event")) { try Event(text: "banana") }
        #expect(
            throws: EventTextError("'disconnected': expected name, a text in quotes, got the end")
        ) { try Event(text: "disconnected") }
        #expect(throws: EventTextError("the text of name does not end")) {
            try Event(text: "left name=\"x")
        }
    }
}
