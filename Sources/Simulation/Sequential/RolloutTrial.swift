import Statistics

/// A rollout whose guards are arm e-processes over failures, looked at after every failure.
public struct RolloutTrial: SequentialTrial {
    /// The candidate's share of traffic, and for how many requests of both arms together.
    public struct Step: Sendable {
        public let weight: Double
        public let requests: Int

        public init(weight: Double, requests: Int) {
            (self.weight, self.requests) = (weight, requests)
        }
    }

    /// One kind of failure that a guard watches.
    public struct Guard: Sendable {
        /// The chance that a request of the stable version fails so.
        public let rate: Double
        /// How many times as often one of the candidate's does.
        public let risk: Double

        public init(rate: Double, risk: Double) { (self.rate, self.risk) = (rate, risk) }
    }

    public let steps: [Step]
    public let guards: [Guard]
    public let alpha: Double

    public init(steps: [Step], guards: [Guard], alpha: Double) {
        (self.steps, self.guards, self.alpha) = (steps, guards, alpha)
    }

    /// 5, 10, 25 and 50 percent.
    public static func plan(requestsPerStep: Int) -> [Step] {
        [0.05, 0.1, 0.25, 0.5].map { Step(weight: $0, requests: requestsPerStep) }
    }

    public func run(_ random: inout TrialRandom) -> TrialEnd {
        var processes = guards.map { _ in ArmEProcess() }
        // Each guard gets its share of alpha, as a plan shares it.
        let level = alpha / Double(guards.count)
        var passed = 0
        for step in steps {
            let (w, end) = (step.weight, passed + step.requests)
            let rates = guards.map { $0.rate * (w * $0.risk + 1 - w) }
            let rate = rates.reduce(0, +)
            while true {
                let next = passed + random.waiting(for: rate)
                guard next <= end else { break }
                passed = next
                var (kind, point) = (0, random.unit() * rate)
                while kind + 1 < guards.count && point > rates[kind] {
                    point -= rates[kind]
                    kind += 1
                }
                let risk = guards[kind].risk
                let isCandidate = random.coin(w * risk / (w * risk + 1 - w))
                processes[kind].add(
                    failuresCandidate: isCandidate ? 1 : 0, failuresStable: isCandidate ? 0 : 1,
                    weight: w)
                if processes[kind].rejects(atLevel: level) { return .worse(at: passed) }
            }
            // Waiting has no memory: what was left over at the step's end is drawn anew.
            passed = end
        }
        return .quiet
    }
}
