import CairnCore
import Deployment

/// A target with a router and an agent that do what they are told, and a clock that tests move.
struct Scene {
    var target: Target
    var now = Timestamp(seconds: 1_800_000_000)
    var sequence: UInt64 = 0
    var notices: [String] = []

    static func release(_ minor: UInt32) -> Release {
        Release(number: VersionNumber(1, minor, 0), manifest: Digest(of: [UInt8(minor)]))
    }

    static func plan() -> Plan {
        var plan = Plan(steps: [500, 2_500, 10_000].map { .init(weight: BasisPoints($0)!) })
        for index in plan.steps.indices {
            plan.steps[index].bake = .seconds(10)
            plan.steps[index].bakeRequests = 50
        }
        plan.guards = [.init(name: "errors", kind: .armEProcess(alpha: 0.01))]
        plan.watch.duration = .seconds(60)
        plan.skipsVerdict = true
        return plan
    }

    /// Of a target without a plan.
    init(of name: TargetName) { target = Target(name: name) }

    init(_ plan: Plan = plan()) throws {
        target = Target(name: try TargetName("prod/chat"))
        try send(.apply(model: try ModelName("chat"), plan: plan, .init(actor: "ann")))
        try send(.joined(name: "router", role: .router))
        try send(.joined(name: "agent", role: .agent))
    }

    /// One that serves v1.0.0 and has v1.1.0 on its way in.
    static func rollingOut(_ plan: Plan = plan()) throws -> Scene {
        var scene = try Scene(plan)
        try scene.deploy(0)
        try scene.deploy(1)
        return scene
    }

    mutating func send(_ event: Event) throws {
        for effect in try target.handle(event, at: now).effects {
            if case .notify(let text) = effect { notices.append(text) }
        }
    }

    mutating func deploy(_ minor: UInt32) throws {
        try send(.deploy(Self.release(minor), .init(actor: "ann")))
        try obey()
    }

    /// Everyone puts the present route in force, until it no longer changes.
    mutating func obey() throws {
        for _ in 0..<4 {
            let route = target.route
            try send(.acknowledged(name: "router", .init(epoch: route.epoch)))
            try send(
                .acknowledged(
                    name: "agent",
                    .init(
                        epoch: route.epoch,
                        held: route.keep, loadedStable: route.stable?.manifest,
                        loadedCandidate: route.candidate?.manifest)))
            if target.route == route { return }
        }
    }

    mutating func pass(_ duration: Duration) throws {
        now = now + duration
        try send(.timer)
    }

    mutating func traffic(
        stable: (Int, Int) = (0, 0), candidate: (Int, Int) = (0, 0), epoch: UInt64? = nil
    ) throws {
        sequence += 1
        let epoch = epoch ?? target.route.epoch
        try send(
            .outcomes(
                .init(
                    reporter: "router", incarnation: 1, sequence: sequence,
                    counts: [
                        .init(epoch: epoch, arm: .stable, requests: stable.0, failures: stable.1),
                        .init(
                            epoch: epoch, arm: .candidate, requests: candidate.0,
                            failures: candidate.1),
                    ])))
    }

    var phase: Attempt.Phase? { target.attempt?.phase }
}
