import CairnCore

@testable import Deployment

/// The plans that transcripts name.
enum TranscriptPlans {
    static func plan(_ name: String) throws -> Plan {
        var plan = Scene.plan()
        switch name {
        case "canary": break
        case "gated":
            plan.steps[0].gate = .init(expiry: .seconds(60), onExpiry: .rollBack)
        case "gated-proceeds":
            plan.steps[0].gate = .init(expiry: .seconds(60), onExpiry: .proceed)
        case "gated-for-ever": plan.steps[0].gate = .init(expiry: nil, onExpiry: .hold)
        case "queues": plan.onBusy = .queue
        case "supersedes": plan.onBusy = .supersede
        case "judged": plan.skipsVerdict = false
        case "judged-proceeds":
            plan.skipsVerdict = false
            plan.onInconclusive = .proceed
        case "judged-rejects":
            plan.skipsVerdict = false
            plan.onInconclusive = .reject
        case "alerts": plan.watch.rollsBack = false
        case "blind-rolls-back": plan.onBlind = .rollBack
        case "measured", "measured-impatient":
            var measure = Plan.Measure(query: "ratio", label: "version", limit: 0.05)
            (measure.breaches, measure.last) = (2, 3)
            plan.guards.append(.init(name: "ratio", kind: .measured(measure)))
            if name == "measured-impatient" { plan.stepDeadline = .seconds(120) }
        case "impatient": plan.stepDeadline = .seconds(120)
        case "observing": plan.guards[0].observes = true
        case "deadline": plan.deadline = .seconds(60)
        case "deadline-holds": (plan.deadline, plan.onDeadline) = (.seconds(60), .hold)
        case "impatient-holds": (plan.stepDeadline, plan.onNoData) = (.seconds(120), .hold)
        case "supersede-deadline":
            (plan.deadline, plan.onBusy) = (.seconds(60), .supersede)
        case "deadline-and-gate":
            plan.deadline = .seconds(60)
            plan.steps[0].gate = .init(expiry: .seconds(50), onExpiry: .proceed)
        case "ramped": plan.steps[1].ramp = .init(over: .seconds(20), parts: 5)
        case "ramped-back": plan.rollback.ramp = .init(over: .seconds(30), parts: 4)
        case "windowed": plan.rollback.window = .seconds(3_600)
        case "mirrored":
            var mirror = Plan.Step(weight: .zero)
            mirror.kind = .mirror(BasisPoints(1_000)!)
            mirror.bakeRequests = 50
            plan.steps.insert(mirror, at: 0)
            plan.guards = [.init(name: "answers", kind: .pairedMixture(alpha: 0.01))]
            plan.guards[0].eventsMin = 10
        case "experiment":
            plan.steps[0].kind = .experiment
        case "hooked": plan.hooks = Self.hooks
        case "hook-step":
            var wait = Plan.Step(weight: plan.steps[0].weight)
            wait.kind = .hook("load-test")
            plan.steps.insert(wait, at: 1)
            plan.hooks = [.init(name: "load-test", point: .step)]
            plan.hooks[0].retries = 1
        case "pinned":
            plan.pins = [
                .init(.key("ann"), to: .candidate), .init(.cohort("staff"), to: .candidate),
                .init(.prefix("bank-"), to: .stable),
            ]
        case "slow": plan.guards = [.init(name: "p95", kind: .slowEProcess(alpha: 0.01))]
        case "scored":
            plan.guards = [.init(name: "score", kind: .scoreMeans(alpha: 0.01, effect: 0.5))]
        case "proven":
            plan.guards[0].margin = 0.02
            plan.stepDeadline = .seconds(120)
            plan.onUnsure = .rollBack
        case "drilled":
            plan.drill = DrillRules()
            plan.drill?.every = .seconds(3_600)
            plan.drill?.limit = .seconds(30)
        case "drilled-cohort":
            plan.drill = DrillRules()
            plan.drill?.cohort = "staff"
        case "accepts": plan.rollback.onUnproven = .accept
        case "two-guards":
            plan.guards.append(.init(name: "p95", kind: .slowEProcess(alpha: 0.01)))
        default: throw EventTextError("no plan is called '\(name)'")
        }
        return plan
    }

    /// One hook at each point, those that are asked with each policy once.
    static var hooks: [Plan.Hook] {
        Plan.Hook.Point.allCases.filter { $0 != .step }.map { point in
            var hook = Plan.Hook(
                name: point.rawValue.replacing("_", with: "-"), point: point)
            hook.retries = 1
            switch point {
            case .rollout: hook.onFailure = .hold
            case .confirmIncrease: hook.onFailure = .proceed
            case .confirmRollout, .preRollout, .confirmPromotion, .postRollout, .rollback, .event,
                .step:
                break
            }
            return hook
        }
    }
}
