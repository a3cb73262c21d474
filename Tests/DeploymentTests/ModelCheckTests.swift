import CairnCore
import Testing

@testable import Deployment

import func Glibc.getenv

/// Every order of a small set of events, to a depth: no order breaks an invariant, and from every
/// state that is reached an abort leads out.
///
/// `CAIRN_DEPTH` sets the depth (4 unless it says otherwise; 8 is the long form, in release).
@Suite struct ModelCheckTests {
    private enum Move: CaseIterable {
        case deploy, deployOther, everyoneAcknowledges, time, goodTraffic, badTraffic, promote
        case pauseOrResume, abort, rollBack, restartAndRejoin
    }

    private static let depth = getenv("CAIRN_DEPTH").flatMap { Int(String(cString: $0)) } ?? 4

    @Test func noOrderOfEventsBreaksAnInvariant() throws {
        var scene = try Scene.rollingOut(Self.plan)
        scene.notices = []
        var stateCount = 0
        try explore(scene, depth: Self.depth, &stateCount)
        print("model check: depth \(Self.depth), \(stateCount) states")
        #expect(stateCount > 1_000)
    }

    private static var plan: Plan {
        var plan = Scene.plan()
        plan.onBusy = .supersede
        plan.steps[0].gate = .init(expiry: .seconds(20), onExpiry: .rollBack)
        return plan
    }

    private func explore(_ scene: Scene, depth: Int, _ stateCount: inout Int) throws {
        stateCount += 1
        try leadsOut(scene)
        if depth == 0 { return }
        for move in Move.allCases {
            var next = scene
            do { try make(move, in: &next) } catch is Refusal { continue }
            let broken = next.target.brokenInvariants(at: next.now)
            if !broken.isEmpty {
                Issue.record("after \(move) in \(scene.target.stateText): \(broken)")
                return
            }
            if next.target.route.epoch < scene.target.route.epoch {
                Issue.record("the epoch fell after \(move) in \(scene.target.stateText)")
            }
            if next.target == scene.target { continue }
            try explore(next, depth: depth - 1, &stateCount)
        }
    }

    /// Whatever happened: abort, everyone obeys, traffic on stable, and nothing is under way.
    private func leadsOut(_ scene: Scene) throws {
        var scene = scene
        for _ in 0..<2 {
            // Refused where nothing is under way; then that is the end looked for.
            do { try scene.send(.abort(.init(actor: "ann"))) } catch is Refusal {}
            try scene.obey()
            try scene.traffic(stable: (100, 0))
            try scene.pass(.seconds(5))
        }
        if scene.target.attempt?.isBusy == true {
            Issue.record("no way out of: \(scene.target.stateText)")
        }
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
        }
    }
}
