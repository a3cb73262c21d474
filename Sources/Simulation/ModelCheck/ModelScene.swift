import CairnCore
import Deployment

/// A target with a router and an agent that do what they are told, and a clock that is moved.
struct ModelScene {
    var target: Target
    var now = Timestamp(seconds: 1_800_000_000)
    /// A source of outcomes has said that it cannot answer.
    var isOut = false
    private var sequence: UInt64 = 0

    static func release(_ minor: UInt32) -> Release {
        Release(number: VersionNumber(1, minor, 0), manifest: Digest(of: [UInt8(minor)]))
    }

    /// One that serves v1.0.0 and has v1.1.0 on its way in.
    init(_ plan: Plan) throws {
        target = Target(name: try TargetName("prod/chat"))
        let who = Event.Request(actor: "ann")
        try send(.apply(model: try ModelName("chat"), plan: plan, who))
        try send(.joined(name: "router", role: .router))
        try send(.joined(name: "agent", role: .agent))
        for minor in [0, 1] as [UInt32] {
            try send(.deploy(Self.release(minor), who))
            try obey()
        }
    }

    @discardableResult
    mutating func send(_ event: Event) throws -> Change { try target.handle(event, at: now) }

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

    mutating func traffic(stable: (Int, Int), candidate: (Int, Int) = (0, 0)) throws {
        sequence += 1
        let epoch = target.route.epoch
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

    /// Of the present attempt; `queued` where only one waits behind it.
    var word: String { target.attempt?.phase.word ?? "idle" }
}
