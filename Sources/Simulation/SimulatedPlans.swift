import CairnCore
import Deployment

/// Plans of every kind: each step, guard, gate, hook, pin, ramp, deadline and policy there is.
extension World {
    func randomPlan() -> Plan {
        // Parts that do not fit together are refused by `check`; then another one is thought of.
        for _ in 0..<20 {
            let plan = thinkOfPlan()
            do throws(PlanError) {
                try plan.check()
                return plan
            } catch { note("no plan: \(error)") }
        }
        return Plan(steps: [.init(weight: BasisPoints(1_000)!)])
    }

    private func thinkOfPlan() -> Plan {
        var plan = Plan(steps: randomSteps())
        plan.guards = randomGuards()
        plan.watch.duration = .milliseconds(milliseconds(500...4_000))
        plan.watch.rollsBack = chance(of: 3, in: 4)
        plan.watch.failureRateMax = chance(of: 1, in: 4) ? 0.3 : 0
        plan.rollback.quiet = .milliseconds(milliseconds(200...1_000))
        plan.rollback.deadline = .milliseconds(milliseconds(2_000...10_000))
        plan.rollback.verifyRequests = Int.random(in: 0...40, using: &random)
        plan.rollback.window = chance(of: 1, in: 4) ? .seconds(20) : .zero
        if chance(of: 1, in: 3) { plan.rollback.ramp = randomRamp() }
        setDeadlines(of: &plan)
        setPolicies(of: &plan)
        if chance(of: 1, in: 3) {
            plan.pins = [
                .init(.key("staff"), to: .candidate), .init(.cohort("inside"), to: .stable),
            ]
        }
        if does(.hooks), chance(of: 1, in: 2) { addHooks(to: &plan) }
        return plan
    }

    private func setDeadlines(of plan: inout Plan) {
        plan.ackDeadline = .milliseconds(milliseconds(2_000...10_000))
        plan.preflightDeadline = .milliseconds(milliseconds(3_000...20_000))
        plan.stepDeadline = .milliseconds(milliseconds(3_000...20_000))
        if chance(of: 1, in: 3) { plan.deadline = .milliseconds(milliseconds(5_000...30_000)) }
        plan.blindLimit = .milliseconds(milliseconds(500...8_000))
    }

    private func setPolicies(of plan: inout Plan) {
        func pick<Policy: CaseIterable>(_ policy: Policy.Type) -> Policy {
            Array(Policy.allCases).randomElement(using: &random)!
        }
        (plan.onBusy, plan.onInconclusive) = (
            pick(Plan.Busy.self), pick(Plan.Inconclusive.self)
        )
        (plan.onNoData, plan.onUnsure) = (pick(Plan.Policy.self), pick(Plan.Policy.self))
        (plan.onDeadline, plan.onBlind) = (pick(Plan.Blind.self), pick(Plan.Blind.self))
        plan.skipsVerdict = chance(of: 1, in: 3)
        plan.verdictSuite = "suite"
        plan.agentsMin = chance(of: 1, in: 2) ? 1 : 0
    }

    private func randomRamp() -> Plan.Ramp {
        Plan.Ramp(
            over: .milliseconds(milliseconds(200...1_500)),
            parts: Int.random(in: 2...4, using: &random))
    }

    private func randomSteps() -> [Plan.Step] {
        var (steps, weight): ([Plan.Step], Int) = ([], 0)
        for _ in 0..<Int.random(in: 1...4, using: &random) {
            var step = Plan.Step(weight: BasisPoints(weight)!)
            switch Int.random(in: 0..<8, using: &random) {
            case 0:
                step.kind = .mirror(BasisPoints(5_000)!)
            case 1 where does(.hooks): step.kind = .hook("wait")
            case 2 where weight < 4_000:
                weight = Int.random(in: weight + 1...4_500, using: &random)
                step.kind = .experiment
            default:
                weight = min(10_000, weight + Int.random(in: 100...5_000, using: &random))
                if chance(of: 1, in: 3) { step.ramp = randomRamp() }
            }
            step.weight = BasisPoints(weight)!
            step.bake = .milliseconds(milliseconds(100...1_000))
            step.bakeRequests = weight > 0 ? Int.random(in: 0...20, using: &random) : 0
            if chance(of: 1, in: 4) {
                step.warm = .milliseconds(milliseconds(50...400))
                step.warmRequests = weight > 0 ? Int.random(in: 0...5, using: &random) : 0
            }
            if chance(of: 1, in: 8) { step.bakeEvents = 2 }
            if chance(of: 1, in: 4) { step.gate = randomGate() }
            if chance(of: 1, in: 6) { step.deadline = .milliseconds(milliseconds(800...5_000)) }
            steps.append(step)
        }
        return steps
    }

    private func randomGate() -> Plan.Gate {
        Plan.Gate(
            expiry: chance(of: 3, in: 4) ? .milliseconds(milliseconds(500...4_000)) : nil,
            onExpiry: Plan.Policy.allCases.randomElement(using: &random)!)
    }

    private func randomGuards() -> [Plan.Guard] {
        let all: [Plan.Guard] = [
            .init(name: "errors", kind: .armEProcess(alpha: 0.01)),
            .init(name: "rate", kind: .failureRate(bound: 0.25, requestsMin: 20)),
            .init(name: "p95", kind: .slowEProcess(alpha: 0.01)),
            .init(name: "score", kind: .scoreMeans(alpha: 0.02, effect: 0.5)),
            .init(name: "answers", kind: .pairedMixture(alpha: 0.05)),
        ]
        return all.filter { _ in chance(of: 2, in: 5) }.map { item in
            var item = item
            item.observes = chance(of: 1, in: 5)
            if chance(of: 1, in: 8) { item.eventsMin = 1 }
            if item.name == "errors", chance(of: 1, in: 6) { item.margin = 0.2 }
            return item
        }
    }

    private func addHooks(to plan: inout Plan) {
        let points = Plan.Hook.Point.allCases.filter { _ in chance(of: 1, in: 3) }
        let waits = plan.steps.contains { $0.kind == .hook("wait") }
        plan.hooks = (waits ? points.filter { $0 != .step } + [.step] : points).map { point in
            var hook = Plan.Hook(
                name: point == .step ? "wait" : point.rawValue, point: point)
            hook.timeout = .milliseconds(milliseconds(200...1_500))
            hook.retries = Int.random(in: 0...2, using: &random)
            hook.onFailure = Plan.Policy.allCases.randomElement(using: &random)!
            return hook
        }
    }
}
