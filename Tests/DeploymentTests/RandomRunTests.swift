import CairnCore
import Deployment
import Testing

import func Glibc.getenv

@Suite struct RandomRunTests {
    /// `CAIRN_EVENTS` of each seed; the long form is 1,000,000.
    private static let eventCount =
        getenv("CAIRN_EVENTS").flatMap { Int(String(cString: $0)) } ?? 4_000

    /// Events at random, whether they fit or not; every invariant after each, and a replay at the end.
    @Test(arguments: [1, 2, 3, 7, 42, 4_211]) func invariantsHold(seed: UInt64) throws {
        var random = SeededRandom(seed: seed)
        var scene = try Scene(Self.randomPlan(&random))
        var log: [(Event, Timestamp)] = []
        var twin = scene.target
        var lastEpoch: UInt64 = 0
        for step in 0..<Self.eventCount {
            scene.now = scene.now + .milliseconds(.random(in: 0...4_000, using: &random))
            let event = Self.randomEvent(scene, &random)
            do {
                _ = try scene.target.handle(event, at: scene.now)
                log.append((event, scene.now))
            } catch { #expect(!error.description.isEmpty) }
            let broken = scene.target.brokenInvariants(at: scene.now)
            #expect(broken.isEmpty, "seed \(seed), step \(step), after \(event): \(broken)")
            #expect(scene.target.route.epoch >= lastEpoch, "seed \(seed), step \(step)")
            lastEpoch = scene.target.route.epoch
            if !broken.isEmpty { return }
        }
        for (event, time) in log { _ = try twin.handle(try Event(text: event.text), at: time) }
        #expect(twin == scene.target, "seed \(seed): the log replays to the same state")
        #expect(twin.nextTimer() == scene.target.nextTimer(), "seed \(seed)")
    }

    static func randomPlan(_ random: inout SeededRandom) -> Plan {
        var plan = Scene.plan()
        plan.onBusy = Plan.Busy.allCases.randomElement(using: &random)!
        plan.onNoData = .rollBack
        plan.onBlind = Plan.Blind.allCases.randomElement(using: &random)!
        plan.blindLimit = .seconds(.random(in: 1...100, using: &random))
        plan.skipsVerdict = Bool.random(using: &random)
        plan.onInconclusive = Plan.Inconclusive.allCases.randomElement(using: &random)!
        plan.stepDeadline = .seconds(300)
        if Bool.random(using: &random) { addLaterParts(to: &plan, &random) }
        if Bool.random(using: &random) {
            plan.steps[1].gate = .init(expiry: .seconds(20), onExpiry: .proceed)
        }
        return plan
    }

    static func addLaterParts(to plan: inout Plan, _ random: inout SeededRandom) {
        let policies = Plan.Policy.allCases
        plan.deadline = .seconds(.random(in: 100...2_000, using: &random))
        plan.onDeadline = Plan.Blind.allCases.randomElement(using: &random)!
        plan.onNoData = policies.randomElement(using: &random)!
        plan.onUnsure = policies.randomElement(using: &random)!
        plan.rollback.ramp = .init(over: .seconds(9), parts: .random(in: 2...5, using: &random))
        plan.rollback.window = .seconds(.random(in: 0...200, using: &random))
        plan.steps[1].ramp = .init(over: .seconds(10), parts: .random(in: 2...6, using: &random))
        plan.steps[0].kind = .experiment
        var mirror = Plan.Step(weight: .zero)
        mirror.kind = .mirror(BasisPoints(2_000)!)
        mirror.bakeRequests = 20
        var wait = Plan.Step(weight: plan.steps[0].weight)
        wait.kind = .hook("wait")
        plan.steps.insert(wait, at: 1)
        plan.steps.insert(mirror, at: 0)
        plan.hooks = Plan.Hook.Point.allCases.map { point in
            var hook = Plan.Hook(
                name: point == .step ? "wait" : point.rawValue, point: point)
            hook.timeout = .seconds(.random(in: 5...20, using: &random))
            hook.retries = .random(in: 0...2, using: &random)
            hook.onFailure = policies.randomElement(using: &random)!
            return hook
        }
        plan.pins = [.init(.key("ann"), to: .candidate)]
        plan.drill = DrillRules()
        plan.drill?.every = .seconds(60)
        plan.drill?.limit = .seconds(20)
        plan.drill?.cohort = Bool.random(using: &random) ? "staff" : ""
        plan.guards += [
            .init(name: "p95", kind: .slowEProcess(alpha: 0.01)),
            .init(name: "answers", kind: .pairedMixture(alpha: 0.01), observes: true),
            .init(
                name: "ratio",
                kind: .measured(.init(query: "ratio", label: "version", limit: 0.9))),
            .init(name: "score", kind: .scoreMeans(alpha: 0.02, effect: 0.5)),
        ]
    }

    static func randomEvent(_ scene: Scene, _ random: inout SeededRandom) -> Event {
        let route = scene.target.route
        let who = Event.Request(actor: "op", reason: "random")
        switch Int.random(in: 0..<38, using: &random) {
        case 26: return .skipStep(who)
        case 27: return .goTo(step: .random(in: 0...5, using: &random), who)
        case 28:
            return .quarantine(Scene.release(.random(in: 0...3, using: &random)), who)
        case 29:
            return .addFreezeWindow(
                FreezeWindow(
                    name: "w\(Int.random(in: 0...3, using: &random))",
                    from: scene.now + .seconds(.random(in: -5...5, using: &random)),
                    until: scene.now + .seconds(.random(in: 0...20, using: &random)),
                    every: Bool.random(using: &random) ? .seconds(60) : nil), who)
        case 30:
            return .removeFreezeWindow(name: "w\(Int.random(in: 0...3, using: &random))", who)
        case 31, 32, 33:
            let call = scene.target.calls.randomElement(using: &random)
            return .hookAnswered(
                key: call?.key ?? "none", isYes: .random(in: 0..<4, using: &random) > 0,
                why: "random")
        case 34: return .drill(who)
        case 35:
            return .barrier(
                group: "eu",
                step: Bool.random(using: &random) ? .random(in: 0...4, using: &random) : nil)
        case 24:
            return .verdict(
                manifest: Scene.release(.random(in: 0...3, using: &random)).manifest,
                Event.Verdict.allCases.randomElement(using: &random)!, why: "random")
        case 25: return .disconnected(name: "agent")
        case 0, 1: return .deploy(Scene.release(.random(in: 0...3, using: &random)), who)
        case 2:
            return .promote(
                full: .random(using: &random), keepsGuards: .random(using: &random), who)
        case 3: return .pause(who)
        case 4, 5: return .resume(who)
        case 6: return .abort(quarantines: .random(using: &random), who)
        case 7: return .retry(who)
        case 8: return .rollBack(to: nil, fast: .random(using: &random), who)
        case 9:
            return .unquarantine(Scene.release(.random(in: 0...3, using: &random)).manifest, who)
        case 10: return .freeze(.random(in: 0..<4, using: &random) == 0, who)
        case 11: return .disconnected(name: "router")
        case 12: return .joined(name: "router", role: .router)
        case 36:
            let answers: [Measurement.Answer] = [
                .failed("away"), .noData("NaN"),
                .points([.init(at: scene.now, candidate: .random(in: 0...1, using: &random))]),
                .points([.init(at: scene.now, candidate: 0)]),
            ]
            return .measured(
                Measurement(
                    guardName: "ratio", attempt: scene.target.attemptCount,
                    answers.randomElement(using: &random)!))
        case 37:
            return .alerted(
                .init(
                    name: "a", fingerprint: "f",
                    startsAt: scene.now + .seconds(.random(in: -30...0, using: &random)),
                    number: Scene.release(.random(in: 0...3, using: &random)).number, summary: ""))
        case 13: return .outage(.random(in: 0..<3, using: &random) == 0)
        case 14: return .restarted
        case 15, 16: return .acknowledged(name: "router", .init(epoch: route.epoch))
        case 17, 18:
            return .acknowledged(
                name: "agent",
                .init(
                    epoch: route.epoch, held: route.keep, loadedStable: route.stable?.manifest,
                    loadedCandidate: route.candidate?.manifest))
        case 19, 20, 21:
            let requests = Int.random(in: 0...60, using: &random)
            let failures =
                Bool.random(using: &random) ? 0 : Int.random(in: 0...requests, using: &random)
            return .outcomes(
                .init(
                    reporter: "r", incarnation: 1,
                    sequence: .random(in: 1...1 << 40, using: &random),
                    counts: Arm.allCases.map { arm in
                        var count = Event.Outcomes.Count(
                            epoch: route.epoch, arm: arm, requests: requests,
                            failures: arm == .candidate ? failures : 0,
                            scores: ScoreSum(
                                count: requests, sum: Double(requests - failures)))
                        _ = count.latencies.add(
                            requests, in: .random(in: 100...110, using: &random))
                        return count
                    }, pairs: [.init(epoch: route.epoch, wins: 1, losses: failures / 8)]))
        default: return .timer
        }
    }
}
