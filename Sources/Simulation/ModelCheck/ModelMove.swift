import CairnCore
import Deployment

/// What may happen next in the model: every verb, and everything that hosts, programs and time do.
public enum ModelMove: String, CaseIterable, Sendable {
    case deploy, deployOther, everyoneAcknowledges, time, goodTraffic, badTraffic, promote
    case pauseOrResume, abort, rollBack, restartAndRejoin, outageOrEnd, everyoneVanishes
    case freezeOrLift, freezeWindow, skipStep, goToFirst, quarantine, hookSaysYes, hookSaysNo
    case promoteUnderGuards, abortFast, retry, agentHasProblem
    case drill, barrierUp, barrierOff
}

extension ModelScene {
    mutating func make(_ move: ModelMove) throws {
        let who = Event.Request(actor: "ann")
        switch move {
        case .deploy: try send(.deploy(Self.release(1), who))
        case .deployOther: try send(.deploy(Self.release(2), who))
        case .everyoneAcknowledges: try obey()
        case .time: try pass(.seconds(11))
        case .goodTraffic: try traffic(stable: (200, 2), candidate: (60, 0))
        case .badTraffic: try traffic(stable: (200, 2), candidate: (60, 50))
        case .promote: try send(.promote(full: false, who))
        case .pauseOrResume:
            try send(target.attempt?.pausedBy == nil ? .pause(who) : .resume(who))
        case .abort: try send(.abort(who))
        case .rollBack: try send(.rollBack(to: nil, who))
        case .abortFast: try send(.rollBack(to: nil, fast: true, who))
        case .retry: try send(.retry(who))
        case .restartAndRejoin:
            try send(.restarted)
            try send(.joined(name: "router", role: .router))
            try send(.joined(name: "agent", role: .agent))
        case .outageOrEnd:
            isOut.toggle()
            try send(.outage(isOut))
        case .everyoneVanishes:
            try send(.disconnected(name: "router"))
            try send(.disconnected(name: "agent"))
        case .agentHasProblem:
            try send(
                .acknowledged(
                    name: "agent", .init(epoch: target.route.epoch, problem: "no room")))
        case .drill: try send(.drill(who))
        case .barrierUp: try send(.barrier(group: "eu", step: 0))
        case .barrierOff: try send(.barrier(group: "eu", step: nil))
        case .freezeOrLift: try send(.freeze(!target.isFrozen, who))
        case .freezeWindow:
            try send(
                .addFreezeWindow(
                    FreezeWindow(name: "w", from: now + .seconds(5), until: now + .seconds(16)),
                    who))
        case .skipStep: try send(.skipStep(who))
        case .goToFirst: try send(.goTo(step: 0, who))
        case .quarantine:
            try send(.quarantine(Self.release(1), .init(actor: "ann", reason: "wrong answers")))
        case .hookSaysYes: try answerHook(true)
        case .hookSaysNo: try answerHook(false)
        case .promoteUnderGuards: try send(.promote(full: true, keepsGuards: true, who))
        }
    }

    private mutating func answerHook(_ isYes: Bool) throws {
        guard let call = target.calls.first(where: { $0.state != .yes }) else { return }
        try send(.hookAnswered(key: call.key, isYes: isYes, why: ""))
    }

    /// Whatever happened: abort, everyone obeys, traffic on stable, and nothing is under way.
    ///
    /// - Returns: false where something still is.
    func leadsOut() throws -> Bool {
        var scene = self
        for _ in 0..<2 {
            if scene.target.attempt?.isBusy != true { return true }
            // Refused where only a failed way back is left, which goes on by itself.
            do { try scene.send(.abort(.init(actor: "ann"))) } catch is Refusal {}
            scene.isOut = false
            try scene.send(.outage(false))
            try scene.obey()
            try scene.traffic(stable: (100, 0))
            try scene.pass(.seconds(11))
            try scene.obey()
            try scene.traffic(stable: (100, 0))
            try scene.pass(.seconds(5))
        }
        return scene.target.attempt?.isBusy != true
    }
}
