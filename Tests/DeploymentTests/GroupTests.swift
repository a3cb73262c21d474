import CairnCore
import Testing

@testable import Deployment

/// Targets that move in lockstep: the group's orders are carried out as its service does.
private struct GroupScene {
    var group: Group
    var scenes: [TargetName: Scene] = [:]

    init(_ names: [String], maxUnavailable: Int = 0, plan: Plan = Scene.plan()) throws {
        let members = try names.map { try TargetName($0) }
        group = try Group(name: "eu", members: members, maxUnavailable: maxUnavailable)
        for member in members {
            var scene = Scene(of: member)
            try scene.send(.apply(model: try ModelName("chat"), plan: plan, .init(actor: "ann")))
            try scene.send(.joined(name: "router", role: .router))
            try scene.send(.joined(name: "agent", role: .agent))
            try scene.deploy(0)
            scenes[member] = scene
        }
    }

    var targets: [TargetName: Target] { scenes.mapValues(\.target) }
    var now: Timestamp { scenes.values.map(\.now).max()! }

    mutating func begin() throws {
        try group.begin(Scene.release(1), by: "ann", "new", on: targets, at: now)
        try lead()
    }

    /// Until the group orders nothing more. What it remembers survives each step.
    mutating func lead() throws {
        for _ in 0..<64 {
            let orders = group.advance(targets, at: now)
            #expect(try Group(text: group.text) == group)
            if orders.isEmpty { return }
            for order in orders { try carryOut(order) }
        }
        Issue.record("the group does not come to rest")
    }

    private mutating func carryOut(_ order: Group.Order) throws {
        let who = Event.Request(actor: "group eu (ann)")
        switch order {
        case .barrier(let name, let step):
            try scenes[name]!.send(.barrier(group: "eu", step: step))
        case .deploy(let name): try scenes[name]!.send(.deploy(Scene.release(1), who))
        case .abort(let name): try scenes[name]!.send(.abort(who))
        case .rollBack(let name): try scenes[name]!.send(.rollBack(to: nil, who))
        }
    }

    /// Everyone acknowledges, sees traffic and lets the bake's time pass, on these members.
    mutating func bake(_ names: [String], failures: Int = 0) throws {
        for name in names.map({ try! TargetName($0) }) {
            try scenes[name]!.obey()
            try scenes[name]!.traffic(stable: (200, 2), candidate: (60, failures))
            try scenes[name]!.pass(.seconds(10))
            try scenes[name]!.obey()
        }
        try lead()
    }

    func phase(_ name: String) -> Attempt.Phase? { scenes[try! TargetName(name)]!.phase }
}

@Suite struct GroupTests {
    @Test func noMemberTakesAStepBeforeAllHaveBakedTheOneBefore() throws {
        var scene = try GroupScene(["de/chat", "fr/chat"])
        try scene.begin()
        try scene.bake(["de/chat"])
        try scene.bake(["de/chat"])
        #expect(scene.phase("de/chat") == .step(0, .baking))
        #expect(scene.group.rollout?.barrier == 0)
        #expect(scene.group.waitingFor(scene.targets, at: scene.now).count == 1)
        try scene.bake(["fr/chat"])
        #expect(scene.group.rollout?.barrier == 1)
        #expect(scene.phase("de/chat") == .step(1, .shifting))
        #expect(scene.phase("fr/chat") == .step(1, .shifting))
        for _ in 0..<4 { try scene.bake(["de/chat", "fr/chat"]) }
        for _ in 0..<7 { try scene.bake(["de/chat", "fr/chat"]) }
        #expect(scene.group.rollout?.state == .promoted)
        #expect(scene.targets.values.allSatisfy { $0.barrier == nil })
    }

    @Test func oneThatGoesBackTakesAllBack() throws {
        var scene = try GroupScene(["de/chat", "fr/chat", "it/chat"])
        try scene.begin()
        try scene.bake(["de/chat", "fr/chat", "it/chat"])
        try scene.bake(["fr/chat"], failures: 55)
        #expect(scene.group.rollout?.state == .goingBack)
        #expect(scene.group.rollout?.why.hasPrefix("fr/chat went back: guard errors") == true)
        #expect(scene.phase("de/chat") == .rollingBack)
        for _ in 0..<2 { try scene.bake(["de/chat", "fr/chat", "it/chat"]) }
        #expect(scene.group.rollout?.state == .wentBack)
        #expect(scene.phase("de/chat") == .aborted && scene.phase("it/chat") == .aborted)
        #expect(scene.phase("fr/chat") == .rolledBack)
        for target in scene.targets.values {
            #expect(target.stable == Scene.release(0) && target.barrier == nil)
        }
    }

    @Test func thoseOutOfReachHoldUpNobodyUpToTheirNumber() throws {
        var scene = try GroupScene(["de/chat", "fr/chat", "it/chat"], maxUnavailable: 1)
        try scene.begin()
        let (de, fr) = (try TargetName("de/chat"), try TargetName("fr/chat"))
        try scene.scenes[fr]!.send(.disconnected(name: "router"))
        try scene.scenes[fr]!.send(.disconnected(name: "agent"))
        try scene.bake(["de/chat", "it/chat"])
        #expect(scene.group.rollout?.barrier == 1)
        try scene.scenes[de]!.send(.disconnected(name: "router"))
        try scene.scenes[de]!.send(.disconnected(name: "agent"))
        try scene.bake(["it/chat"])
        #expect(scene.group.rollout?.barrier == 1, "two are out of reach, one may be")
    }

    @Test func nothingBeginsWhereTooManyAreOutOfReach() throws {
        var scene = try GroupScene(["de/chat", "fr/chat"])
        let fr = try TargetName("fr/chat")
        try scene.scenes[fr]!.send(.left(name: "router"))
        try scene.scenes[fr]!.send(.left(name: "agent"))
        #expect(throws: Refusal.self) { try scene.begin() }
        #expect(scene.group.rollout == nil)
    }

    @Test func onlyOneVersionIsOnItsWayIntoAGroup() throws {
        var scene = try GroupScene(["de/chat", "fr/chat"])
        try scene.begin()
        #expect(throws: Refusal.self) { try scene.begin() }
        #expect(try scene.group.turnBack("aborted by ann"))
        #expect(try scene.group.turnBack("again") == false)
        try scene.lead()
        for _ in 0..<2 { try scene.bake(["de/chat", "fr/chat"]) }
        #expect(scene.group.rollout?.state == .wentBack)
        try scene.begin()
        #expect(scene.group.rollout?.number == 2)
    }

    @Test func whatIsNoGroupIsSaidSo() throws {
        let one = try TargetName("de/chat")
        #expect(throws: PlanError.self) {
            try Group(name: "eu", members: [one], maxUnavailable: 0)
        }
        #expect(throws: PlanError.self) {
            try Group(name: "eu", members: [one, one], maxUnavailable: 0)
        }
        #expect(throws: PlanError.self) {
            try Group(name: "E U", members: [one, try TargetName("fr/chat")], maxUnavailable: 0)
        }
        #expect(throws: EventTextError.self) { try Group(text: "group name=\"eu\"") }
    }
}
