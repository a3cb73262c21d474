import CairnCore
import Testing

@testable import Deployment

import func Glibc.getenv

/// Every order of a small set of events, to a depth: no order breaks an invariant, and from every
/// state that is reached an abort leads out.
///
/// Breadth first. Of two ways to the same state, told by everything but absolute times, epochs and
/// attempt numbers, the shorter one is gone on with. `CAIRN_DEPTH` sets the depth (4 unless it says
/// otherwise; 8 is the long form, for a release build).
@Suite struct ModelCheckTests {
    private enum Move: CaseIterable {
        case deploy, deployOther, everyoneAcknowledges, time, goodTraffic, badTraffic, promote
        case pauseOrResume, abort, rollBack, restartAndRejoin, outageOrEnd, everyoneVanishes
        case freezeOrLift, freezeWindow, skipStep, goToFirst, quarantine, hookSaysYes, hookSaysNo
        case promoteUnderGuards, abortFast, drill, barrierUp, barrierOff
    }

    private static let depth = getenv("CAIRN_DEPTH").flatMap { Int(String(cString: $0)) } ?? 4

    @Test func noOrderOfEventsBreaksAnInvariant() throws {
        var scene = try Scene.rollingOut(Self.plan)
        scene.notices = []
        var level = [scene]
        var seen: Set<String> = [Self.shape(of: scene)]
        var moveCount = 0
        for _ in 0..<Self.depth {
            var next: [Scene] = []
            for scene in level {
                for move in Move.allCases {
                    moveCount += 1
                    guard let reached = try step(move, from: scene) else { continue }
                    guard seen.insert(Self.shape(of: reached)).inserted else { continue }
                    try leadsOut(reached)
                    next.append(reached)
                }
            }
            level = next
        }
        print("model check: depth \(Self.depth), \(moveCount) moves, \(seen.count) states")
        #expect(seen.count > 500)
    }

    private static var plan: Plan {
        var plan = Scene.plan()
        plan.onBusy = .supersede
        plan.steps[0].gate = .init(expiry: .seconds(20), onExpiry: .rollBack)
        plan.steps[1].ramp = .init(over: .seconds(10), parts: 2)
        plan.rollback.ramp = .init(over: .seconds(10), parts: 2)
        plan.hooks = [.init(name: "agree", point: .confirmIncrease)]
        plan.hooks[0].onFailure = .hold
        plan.hooks[0].retries = 0
        plan.deadline = .seconds(100)
        return plan
    }

    /// - Returns: `nil` where the move is refused.
    private func step(_ move: Move, from scene: Scene) throws -> Scene? {
        var next = scene
        do { try make(move, in: &next) } catch is Refusal { return nil }
        let broken = next.target.brokenInvariants(at: next.now)
        if !broken.isEmpty {
            Issue.record("after \(move) in \(scene.target.stateText): \(broken)")
        }
        if next.target.route.epoch < scene.target.route.epoch {
            Issue.record("the epoch fell after \(move) in \(scene.target.stateText)")
        }
        return next
    }

    /// Everything that decides what comes next, times as ages and epochs as distances.
    private static func shape(of scene: Scene) -> String {
        let (target, now) = (scene.target, scene.now)
        var parts = [
            "\(target.stable?.number.description ?? "-") \(target.isFrozen) "
                + "\(target.isOutcomeSourceOut) \(target.isDeserted)",
            "\(target.route.candidate?.number.description ?? "-") \(target.route.weight)",
            target.quarantine.values.map { "\($0.number)" }.sorted().joined(),
            target.proven.map { "\($0.number)" }.joined(separator: " "),
            target.next.map { "\($0.release.number) \($0.phase)" } ?? "-",
            target.freezeWindows.map { "\($0.from - now) \($0.until - now)" }.joined(),
            target.calls.map {
                "\($0.state) \($0.tries) \($0.clock.elapsed(at: now)) "
                    + "\(target.attempt?.awaits($0) ?? false)"
            }.joined(separator: ","),
        ]
        for (name, participant) in target.participants.sorted(by: { $0.key < $1.key }) {
            let absence = participant.absentSince.map { "\(now - $0)" } ?? "here"
            parts.append(
                "\(name) \(Int64(target.route.epoch) - Int64(participant.epoch)) \(absence) "
                    + "\(participant.loadedStable == target.route.stable?.manifest) "
                    + "\(participant.loadedCandidate == target.route.candidate?.manifest) "
                    + "\(participant.held.count)")
        }
        parts.append(
            "\(target.barrier.map { "\($0.step)" } ?? "-") "
                + "\(target.drill.map { "\($0.phase) \(now - $0.startedAt)" } ?? "-")")
        if let live = target.attempt {
            let evidence = live.evidence
            parts.append(
                "\(live.release.number) \(live.from?.number.description ?? "-") \(live.phase) "
                    + "\(live.pausedBy ?? "-") \(live.isBlind) \(live.isHeldBlind) "
                    + "\(live.isBlindnessTold) \(live.phaseClock.elapsed(at: now)) "
                    + "\(live.stepClock.elapsed(at: now)) \(live.blindClock.elapsed(at: now)) "
                    + "\(live.rolloutClock.elapsed(at: now)) \(live.holds.sorted()) "
                    + "\(live.ramp.map { "\($0)" } ?? "-")")
            parts.append(
                "\(evidence.candidate) \(evidence.stable) \(evidence.stepCandidate) "
                    + "\(evidence.warmRequests) \(evidence.broken.keys.sorted()) "
                    + "\(evidence.watched) \(evidence.drifted)")
            if let back = live.wayBack {
                parts.append(
                    "\(back.ramp.map { "\($0)" } ?? "-") \(back.endsAs) \(back.after) \(back.candidateHits) \(back.before) "
                        + "\(back.acknowledgedAt.map { "\(now - $0)" } ?? "-") "
                        + "\(back.lastHitAt.map { "\(now - $0)" } ?? "-") "
                        + "\(back.clock.elapsed(at: now))")
            }
        }
        return parts.joined(separator: "|")
    }

    /// Whatever happened: abort, everyone obeys, traffic on stable, and nothing is under way.
    private func leadsOut(_ scene: Scene) throws {
        var scene = scene
        for _ in 0..<2 {
            // Refused where nothing is under way; then that is the end looked for.
            do { try scene.send(.abort(.init(actor: "ann"))) } catch is Refusal {}
            try scene.send(.outage(false))
            try scene.obey()
            try scene.traffic(stable: (100, 0))
            try scene.pass(.seconds(11))
            try scene.obey()
            try scene.traffic(stable: (100, 0))
            try scene.pass(.seconds(5))
        }
        if scene.target.attempt?.isBusy == true {
            Issue.record("no way out of: \(scene.target.stateText)")
        }
    }

    private func answer(_ isYes: Bool, in scene: inout Scene) throws {
        guard let call = scene.target.calls.first(where: { $0.state != .yes }) else { return }
        try scene.send(.hookAnswered(key: call.key, isYes: isYes, why: ""))
    }

    private func make(_ move: Move, in scene: inout Scene) throws {
        let who = Event.Request(actor: "ann")
        switch move {
        case .deploy: try scene.send(.deploy(Scene.release(1), who))
        case .deployOther: try scene.send(.deploy(Scene.release(2), who))
        case .everyoneAcknowledges: try scene.obey()
        case .time: try scene.pass(.seconds(11))
        case .goodTraffic: try scene.traffic(stable: (200, 2), candidate: (60, 0))
        case .badTraffic: try scene.traffic(stable: (200, 2), candidate: (60, 50))
        case .promote: try scene.send(.promote(full: false, who))
        case .pauseOrResume:
            try scene.send(scene.target.attempt?.pausedBy == nil ? .pause(who) : .resume(who))
        case .abort: try scene.send(.abort(who))
        case .rollBack: try scene.send(.rollBack(to: nil, who))
        case .restartAndRejoin:
            try scene.send(.restarted)
            try scene.send(.joined(name: "router", role: .router))
            try scene.send(.joined(name: "agent", role: .agent))
        case .outageOrEnd: try scene.send(.outage(!scene.target.isOutcomeSourceOut))
        case .everyoneVanishes:
            try scene.send(.disconnected(name: "router"))
            try scene.send(.disconnected(name: "agent"))
        case .freezeWindow:
            try scene.send(
                .addFreezeWindow(
                    FreezeWindow(
                        name: "w", from: scene.now + .seconds(5), until: scene.now + .seconds(16)),
                    who))
        case .skipStep: try scene.send(.skipStep(who))
        case .goToFirst: try scene.send(.goTo(step: 0, who))
        case .quarantine:
            try scene.send(
                .quarantine(Scene.release(1), .init(actor: "ann", reason: "wrong answers")))
        case .hookSaysYes: try answer(true, in: &scene)
        case .hookSaysNo: try answer(false, in: &scene)
        case .promoteUnderGuards: try scene.send(.promote(full: true, keepsGuards: true, who))
        case .abortFast: try scene.send(.rollBack(to: nil, fast: true, who))
        case .drill: try scene.send(.drill(who))
        case .barrierUp: try scene.send(.barrier(group: "eu", step: 0))
        case .barrierOff: try scene.send(.barrier(group: "eu", step: nil))
        case .freezeOrLift: try scene.send(.freeze(!scene.target.isFrozen, who))
        }
    }
}
