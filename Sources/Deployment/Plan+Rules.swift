import CairnCore

extension Plan {
    public enum Limits {
        public static let steps = 64
        public static let pins = 64
        public static let hooks = 32
        /// No clock runs over: a sum of a moment and a time stays a moment.
        public static let longest = Duration.seconds(10 * 365 * 86_400)
    }

    /// Throws the first rule that the plan breaks.
    public func check() throws(PlanError) {
        guard (1...Limits.steps).contains(steps.count) else {
            throw PlanError("a plan has 1 to 64 steps, this one \(steps.count)")
        }
        for (step, next) in zip(steps, steps.dropFirst())
        where next.weight < step.weight && !allowsDecrease {
            throw PlanError(
                "the weight falls from \(step.weight) to \(next.weight); steps rise unless the plan "
                    + "says allow_decrease")
        }
        guard Set(guards.map(\.name)).count == guards.count else {
            throw PlanError("two guards have one name; names are unique")
        }
        for item in guards { try item.check() }
        try checkSteps()
        try checkHooks()
        try checkPins()
        try checkTimes()
        guard watch.delta > 0, watch.delta < 1, (0...1).contains(watch.failureRateMax) else {
            throw PlanError("watch: delta lies between 0 and 1, failure_rate_max from 0 to 1")
        }
        try watch.check(beside: guards)
        guard (0..<1).contains(rollback.alpha), rollback.alpha != 0, rollback.deadline > .zero
        else {
            throw PlanError("rollback: alpha lies between 0 and 1, the deadline above 0")
        }
        if let ramp = rollback.ramp { try Self.check(ramp, "rollback") }
        if let drill { try drill.check() }
    }

    private func checkSteps() throws(PlanError) {
        var weight = BasisPoints.zero
        for (index, step) in steps.enumerated() {
            let place = "step \(index + 1)"
            if let ramp = step.ramp { try Self.check(ramp, place) }
            switch step.kind {
            case .shift: break
            case .mirror(let share):
                guard share > .zero else { throw PlanError("\(place) mirrors nothing") }
                guard step.weight == weight else {
                    throw PlanError(
                        "\(place) mirrors, so its weight stays \(weight); it says \(step.weight)")
                }
            case .experiment:
                guard step.weight > .zero, step.weight.value <= 5_000 else {
                    throw PlanError(
                        "\(place) is an experiment with \(step.weight): the candidate and the copy of "
                            + "stable get as much each, above 0 % and at most 50 %")
                }
            case .hook(let name):
                guard step.weight == weight else {
                    throw PlanError(
                        "\(place) waits for a hook, so its weight stays \(weight); it says "
                            + "\(step.weight)")
                }
                guard hooks.contains(where: { $0.name == name && $0.point == .step }) else {
                    throw PlanError(
                        "\(place) waits for hook \(name), and no hook of the plan "
                            + "with point step has that name")
                }
            }
            weight = step.weight
        }
    }

    private static func check(_ ramp: Ramp, _ place: String) throws(PlanError) {
        guard (2...100).contains(ramp.parts), ramp.over > .zero, ramp.over <= Limits.longest else {
            throw PlanError("\(place): a ramp takes time and has 2 to 100 parts, not \(ramp.parts)")
        }
    }

    private func checkHooks() throws(PlanError) {
        guard hooks.count <= Limits.hooks else {
            throw PlanError("a plan has at most \(Limits.hooks) hooks, this one \(hooks.count)")
        }
        guard Set(hooks.map(\.name)).count == hooks.count else {
            throw PlanError("two hooks have one name; names are unique")
        }
        for hook in hooks {
            guard Self.isWord(hook.name) else {
                throw PlanError(
                    "'\(hook.name.prefix(80))' is no name of a hook: 1 to 64 of a-z, 0-9, - and _")
            }
            guard hook.timeout > .zero, hook.timeout <= .seconds(86_400),
                (0...20).contains(hook.retries)
            else {
                throw PlanError(
                    "hook \(hook.name): the timeout is above 0 and at most a day, retries 0 to 20")
            }
        }
    }

    private func checkPins() throws(PlanError) {
        guard pins.count <= Limits.pins else {
            throw PlanError("a plan has at most \(Limits.pins) pins, this one \(pins.count)")
        }
        for pin in pins {
            guard pin.arm == .stable || pin.arm == .candidate else {
                throw PlanError("a pin leads to stable or to candidate")
            }
            switch pin.match {
            case .key(let text), .prefix(let text):
                guard (1...256).contains(text.utf8.count) else {
                    throw PlanError("a pin's key or prefix has 1 to 256 bytes")
                }
            case .cohort(let name):
                guard Self.isWord(name) else {
                    throw PlanError("a cohort's name has 1 to 64 of a-z, 0-9, - and _")
                }
            }
        }
    }

    private func checkTimes() throws(PlanError) {
        var times = [
            watch.duration, rollback.deadline, rollback.quiet, rollback.window, ackDeadline,
            preflightDeadline, stepDeadline, blindLimit,
        ]
        times += steps.flatMap { step in
            [step.bake, step.warm] + [step.gate?.expiry, step.deadline].compactMap { $0 }
        }
        if let deadline { times.append(deadline) }
        guard times.allSatisfy({ $0 >= .zero && $0 <= Limits.longest }) else {
            throw PlanError("every time of a plan is from 0 to 10 years")
        }
    }
}

extension Plan.Guard {
    func check() throws(PlanError) {
        guard !name.isEmpty, name.utf8.count <= 128 else {
            throw PlanError("a guard has no name, or one over 128 bytes")
        }
        guard eventsMin >= 0, margin.map({ $0 > 0 && $0 < 1 }) ?? true else {
            throw PlanError("guard \(name): the margin is a difference of rates between 0 and 1")
        }
        switch kind {
        case .failureRate(let bound, let requestsMin):
            guard bound >= 0, bound < 1, requestsMin >= 1 else {
                throw PlanError(
                    "guard \(name): the bound is a rate from 0 up to 1 and requests_min is at "
                        + "least 1; \(bound) and \(requestsMin) would never or always trip")
            }
        case .armEProcess(let alpha), .slowEProcess(let alpha), .pairedMixture(let alpha):
            try check(alpha)
        case .measured(let measure): try measure.check(name)
        case .scoreMeans(let alpha, let effect):
            try check(alpha)
            guard effect >= 1e-6, effect <= 1e6 else {
                throw PlanError(
                    "guard \(name): the effect is in deviations of a difference, above 0")
            }
        }
    }

    private func check(_ alpha: Double) throws(PlanError) {
        guard alpha > 0, alpha < 1 else {
            throw PlanError("guard \(name): alpha is \(alpha); it lies between 0 and 1")
        }
    }
}

/// A plan breaks a rule; nothing was changed.
public struct PlanError: Error, Equatable, CustomStringConvertible {
    public let description: String
    public init(_ description: String) { self.description = description }
}
