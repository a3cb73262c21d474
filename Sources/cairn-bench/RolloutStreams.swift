import CairnCore
import Deployment
import Simulation
import Statistics

extension TrialRandom {
    /// How many of n happen, each with chance p: by the waits between them.
    mutating func binomial(_ n: Int, _ p: Double) -> Int {
        guard p > 0 else { return 0 }
        guard p < 1 else { return n }
        var (place, count) = (waiting(for: p), 0)
        while place <= n {
            count += 1
            place += waiting(for: p)
        }
        return count
    }
}

/// A minute of a rollout: what each arm did.
struct RolloutMinute {
    var minute: Int
    var step: Int
    var stable: (requests: Int, failures: Int)
    var candidate: (requests: Int, failures: Int)
}

/// The traffic of one rollout: 5, 10, 25 and 50 %, twenty minutes each, a thousand requests a minute,
/// of which a share fails.
struct RolloutStream {
    static let weights = [0.05, 0.1, 0.25, 0.5]
    static let minutesPerStep = 20
    static let requestsPerMinute = 1_000

    /// - Parameter risk: how much more often the candidate's requests fail.
    static func minutes(rate: Double, risk: Double, _ random: inout TrialRandom)
        -> [RolloutMinute]
    {
        (0..<weights.count * minutesPerStep).map { minute in
            let step = minute / minutesPerStep
            let ofCandidate = Int(Double(requestsPerMinute) * weights[step])
            let ofStable = requestsPerMinute - ofCandidate
            return RolloutMinute(
                minute: minute, step: step,
                stable: (ofStable, random.binomial(ofStable, rate)),
                candidate: (ofCandidate, random.binomial(ofCandidate, min(1, rate * risk))))
        }
    }
}

/// What decides over a rollout, minute by minute.
protocol RolloutRule {
    /// - Returns: whether it rolls back now.
    mutating func rollsBack(on minute: RolloutMinute) throws -> Bool
}

/// Flagger and Argo Rollouts: a check each minute, rolled back when so many have failed.
struct ThresholdRule: RolloutRule {
    let successMin: Double
    let failedMax: Int
    private var failed = 0

    init(successMin: Double, failedMax: Int) {
        (self.successMin, self.failedMax) = (successMin, failedMax)
    }

    mutating func rollsBack(on minute: RolloutMinute) -> Bool {
        let (requests, failures) = minute.candidate
        if Double(requests - failures) / Double(requests) < successMin - 1e-12 { failed += 1 }
        return failed >= failedMax
    }
}

/// Kayenta's judge at the end of each step: the canary's error rate of each minute beside stable's.
struct JudgeRule: RolloutRule {
    let usesShiftRule: Bool
    private var points: (candidate: [Double], stable: [Double]) = ([], [])

    init(usesShiftRule: Bool) { self.usesShiftRule = usesShiftRule }

    mutating func rollsBack(on minute: RolloutMinute) -> Bool {
        let rate = { (arm: (requests: Int, failures: Int)) in
            Double(arm.failures) / Double(arm.requests)
        }
        points.candidate.append(rate(minute.candidate))
        points.stable.append(rate(minute.stable))
        guard points.candidate.count == RolloutStream.minutesPerStep else { return false }
        defer { points = ([], []) }
        var rule = CanaryRule()
        rule.direction = .increase
        let judgement = CanaryJudgement(
            candidate: points.candidate, baseline: points.stable, rule: rule)
        return (usesShiftRule ? judgement.shiftRuleClass : judgement.metricClass) == .high
    }
}

/// Cairn's own machine, whole: a target with the plan, one report a minute.
struct MachineRule: RolloutRule {
    private var target: Target
    private var now = Timestamp(seconds: 1_800_000_000)
    private var sequence: UInt64 = 0

    init(alpha: Double) throws {
        var plan = Plan(
            steps: RolloutStream.weights.map {
                var step = Plan.Step(weight: BasisPoints(Int($0 * 10_000))!)
                step.bake = .seconds(60 * RolloutStream.minutesPerStep)
                return step
            })
        plan.guards = [.init(name: "errors", kind: .armEProcess(alpha: alpha))]
        plan.skipsVerdict = true
        target = Target(name: try TargetName("bench/rollout"))
        let request = Event.Request(actor: "bench")
        try take(.apply(model: try ModelName("bench"), plan: plan, request))
        for minor in UInt32(0)...1 {
            try take(
                .deploy(
                    Release(
                        number: VersionNumber(1, minor, 0), manifest: Digest(of: [UInt8(minor)])),
                    request))
        }
    }

    private mutating func take(_ event: Event) throws { _ = try target.handle(event, at: now) }

    mutating func rollsBack(on minute: RolloutMinute) throws -> Bool {
        // Reports come evenly, and a bake ends with the clock.
        now = now + .seconds(60)
        sequence += 1
        let epoch = target.route.epoch
        let expected = Int(RolloutStream.weights[minute.step] * 10_000)
        guard target.route.weight.value == expected else {
            throw BenchError(
                "minute \(minute.minute): the machine has \(target.route.weight), the stream "
                    + "\(expected) basis points")
        }
        try take(
            .outcomes(
                .init(
                    reporter: "host", incarnation: 1, sequence: sequence,
                    counts: [
                        .init(
                            epoch: epoch, arm: .stable, requests: minute.stable.requests,
                            failures: minute.stable.failures),
                        .init(
                            epoch: epoch, arm: .candidate, requests: minute.candidate.requests,
                            failures: minute.candidate.failures),
                    ])))
        return target.attempt?.wayBack != nil
    }
}
