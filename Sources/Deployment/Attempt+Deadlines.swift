import CairnCore

extension Attempt {
    /// Every moment at which this attempt moves by itself, if nothing else happens.
    var deadlines: [Timestamp] {
        if isLive, isBlind, wayBack == nil {
            return [blindClock.moment(of: plan.blindLimit)].compactMap { $0 }
        }
        let whole = plan.deadline.flatMap { rolloutClock.moment(of: $0) }
        switch phase {
        case .preflight:
            return [phaseClock.moment(of: plan.preflightDeadline)].compactMap { $0 }
        case .step(let index, let sub):
            return stepDeadlines(index, sub) + [whole].compactMap { $0 }
        case .watching: return [phaseClock.moment(of: plan.watch.duration)].compactMap { $0 }
        case .rollingBack: return wayBackDeadlines
        case .queued, .promoted, .rolledBack, .aborted, .superseded, .rejected, .failedRollback:
            return []
        }
    }

    private func stepDeadlines(_ index: Int, _ sub: Sub) -> [Timestamp] {
        let step = plan.steps[index]
        let moments: [Timestamp?]
        switch sub {
        case .shifting:
            let pause = ramp?.isAcknowledged == true ? step.ramp?.pause : nil
            moments = [phaseClock.moment(of: pause ?? plan.ackDeadline)]
        case .warming:
            moments = [
                phaseClock.moment(of: step.warm), stepClock.moment(of: plan.deadline(of: index)),
            ]
        case .baking:
            moments = [
                phaseClock.moment(of: step.bake), stepClock.moment(of: plan.deadline(of: index)),
            ]
        case .gate: moments = [step.gate?.expiry.flatMap { phaseClock.moment(of: $0) }]
        }
        return moments.compactMap { $0 }
    }

    private var wayBackDeadlines: [Timestamp] {
        guard let wayBack else { return [] }
        if let place = wayBack.ramp, let ramp = plan.rollback.ramp {
            return [wayBack.startedAt + (ramp.pause * place.part).roundedUp]
        }
        let quiet = wayBack.acknowledgedAt.map {
            max($0, wayBack.lastHitAt ?? $0) + plan.rollback.quiet
        }
        return [wayBack.clock.moment(of: plan.rollback.deadline), quiet].compactMap { $0 }
    }
}
