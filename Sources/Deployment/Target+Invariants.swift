import CairnCore

extension Target {
    /// The rules of `docs/reference/rollout.md` that one target can break by itself; empty when all
    /// hold. Tests ask after every event.
    public func brokenInvariants(at now: Timestamp) -> [String] {
        var broken: [String] = []
        func require(_ holds: Bool, _ rule: String) { if !holds { broken.append(rule) } }
        require(
            route.weight.value + route.baseline.value <= 10_000,
            "I1: weights sum to 10,000")
        if route.weight > .zero {
            require(
                attempt?.stepIndex != nil || attempt?.wayBack?.ramp != nil,
                "I2: the candidate has weight only in a step, or on a ramp back")
        }
        require(
            attempt?.stepIndex != nil
                || (drill?.phase == .out && route.mirror == .zero && route.baseline == .zero)
                || (route.mirror == .zero && route.baseline == .zero && route.pins.isEmpty),
            "I2: mirrors, baselines and pins are only in a step, pins in a drill too")
        if let live = attempt, live.phase == .rolledBack || live.phase == .aborted {
            require(
                participants.values.allSatisfy { $0.epoch <= route.epoch } && route.weight == .zero,
                "I3: nobody serves a rolled-back candidate")
        }
        if let stable {
            require(
                route.stable == stable && route.keep.contains(stable.manifest),
                "I4: what serves is kept")
        }
        require(
            attempt?.isLive != true || next == nil || next?.phase == .queued, "I5: one live attempt"
        )
        if let live = attempt, live.phase == .promoted {
            require(
                live.plan.armed.allSatisfy { live.evidence.broken[$0.name] == nil },
                "I6: a broken guard is never promoted")
        }
        if let live = attempt, live.isLive, live.pausedBy == nil, !live.isHeldBlind {
            var isHeldOpen = false
            switch live.phase {
            case .step(let index, .gate):
                isHeldOpen =
                    live.plan.steps[index].gate.map {
                        $0.expiry == nil || $0.onExpiry == .hold
                            || (isFrozen && $0.onExpiry == .proceed)
                    } ?? false
            case .preflight: isHeldOpen = live.plan.onInconclusive == .hold
            case .step: isHeldOpen = isFrozen || barrier != nil || !live.holds.isEmpty
            case .queued, .watching, .promoted, .rollingBack, .rolledBack, .aborted, .superseded,
                .rejected, .failedRollback:
                break
            }
            require(nextTimer() != nil || isHeldOpen, "I8: every live state ends by itself")
        }
        require(
            calls.count <= Self.callsMax && Set(calls.map(\.key)).count == calls.count,
            "hooks: a key names one call")
        require(
            attempt.map { $0.evidence.verdicts.values.allSatisfy { $0.isConfirmed } } ?? true,
            "verdicts come again from what is stored of them")
        require(
            attempt.map { live in
                live.evidence.verdicts.values.allSatisfy { $0.attempt == live.number }
            } ?? true, "I9: no verdict of another attempt")
        require(
            drill == nil || route.weight == .zero || attempt?.stepIndex != nil,
            "a drill gives nobody weight")
        require(epochs.keys.allSatisfy { $0 <= route.epoch }, "I10: epochs only rise")
        return broken
    }
}
