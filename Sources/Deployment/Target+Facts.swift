import CairnCore

extension Target {
    mutating func take(
        _ verdict: Event.Verdict, of manifest: Digest, _ why: String, _ change: inout Change
    ) {
        // A verdict for another release than the one in preflight is a late one, and where the plan
        // asks for none it has no say: it changes nothing.
        guard var live = attempt, live.phase == .preflight, live.release.manifest == manifest,
            !live.plan.skipsVerdict
        else {
            change.isChange = false
            return
        }
        live.verdict = verdict
        live.verdictWhy = why
        attempt = live
        change.summary =
            "the evaluator's verdict on \(live.release.number): \(verdict.rawValue)"
            + (why.isEmpty ? "" : " (\(why))")
    }

    mutating func join(_ name: String, _ role: Event.Role, _ change: inout Change) {
        if participants[name]?.role == role {
            participants[name]?.absentSince = nil
        } else {
            participants[name] = Participant(role: role)
        }
        isDeserted = false
        change.summary = "\(role.rawValue) \(name) joined"
    }

    mutating func acknowledge(
        _ name: String, _ ack: Event.Acknowledgement, _ change: inout Change
    ) {
        guard var participant = participants[name] else {
            change.isChange = false
            return
        }
        // I10: what a participant has seen never falls.
        participant.epoch = max(participant.epoch, ack.epoch)
        participant.held = Set(ack.held)
        (participant.loadedStable, participant.loadedCandidate) = (
            ack.loadedStable, ack.loadedCandidate
        )
        participant.problem = ack.problem
        participant.absentSince = nil
        participants[name] = participant
        isDeserted = false
        if !ack.problem.isEmpty { change.summary = "\(name) has a problem: \(ack.problem)" }
    }

    mutating func forgetTheAbsent(_ change: inout Change, at now: Timestamp) {
        for (name, participant) in participants.sorted(by: { $0.key < $1.key }) {
            guard let since = participant.absentSince, now - since >= Limits.absence else {
                continue
            }
            participants[name] = nil
            change.summary = join(change.summary, "\(name) is gone and no longer counts")
        }
    }

    // MARK: Outcomes

    /// Counts once per (reporter, incarnation, sequence), each arm under the weight of its own epoch.
    mutating func take(_ outcomes: Event.Outcomes, _ change: inout Change, at now: Timestamp) {
        let mark = ReporterMark(incarnation: outcomes.incarnation, sequence: outcomes.sequence)
        if let last = reporters[outcomes.reporter],
            (mark.incarnation, mark.sequence) <= (last.incarnation, last.sequence)
        {
            change.isChange = false
            return
        }
        reporters[outcomes.reporter] = mark
        isDeserted = false
        attempt?.evidence.beginReport()
        for count in outcomes.counts {
            drill?.add(count)
            guard let epoch = epochs[count.epoch] else { continue }
            apply(count, epoch, at: now)
        }
        for pairs in outcomes.pairs {
            guard let epoch = epochs[pairs.epoch], epoch.attempt == attempt?.number,
                attempt?.stepIndex != nil
            else { continue }
            attempt?.evidence.add(pairs)
        }
        for histogram in outcomes.histograms { apply(histogram, at: now) }
        judge(&change, at: now)
    }

    private mutating func apply(
        _ count: Event.Outcomes.Count, _ epoch: EpochRecord, at now: Timestamp
    ) {
        if count.arm == .stable, epoch.stable == stable?.manifest { stableServed.add(count) }
        guard var live = attempt, epoch.attempt == live.number else { return }
        defer { attempt = live }
        switch live.phase {
        case .step(let index, let sub):
            let step = live.plan.steps[index]
            let isOfThisStep =
                epoch.weight == step.weight && epoch.mirror == step.mirror
                && epoch.baseline == step.baseline
            if sub == .warming {
                // What is late from before the warm-up says nothing about it.
                guard isOfThisStep else { return }
                let warms = step.mirror == .zero ? Arm.candidate : .mirror
                live.evidence.warmRequests += count.arm == warms ? count.requests : 0
                return
            }
            // What comes late from an earlier step is evidence of the attempt, and bakes no other.
            live.evidence.add(count, under: epoch, isOfThisStep: isOfThisStep)
            live.evidence.learn(count, under: epoch, live.plan.watch, at: now)
        case .watching:
            // Late from a step, "stable" is still the version before.
            guard count.arm == .stable, epoch.stable == live.release.manifest else { return }
            live.evidence.observe(count, live.plan.watch, at: now)
        case .rollingBack, .failedRollback: live.wayBack?.add(count, at: now)
        case .queued, .preflight, .promoted, .rolledBack, .aborted, .superseded, .rejected: break
        }
    }
}

extension Attempt.WayBack {
    /// Takes what was served under the way back's route or a later one.
    fileprivate mutating func add(_ count: Event.Outcomes.Count, at now: Timestamp) {
        guard ramp == nil, count.epoch >= epoch else { return }
        switch count.arm {
        case .candidate:
            guard count.requests > 0 else { return }
            candidateHits += count.requests
            lastHitAt = now
            (after, latenciesAfter) = (Counts(), LatencyCounts())
        case .stable:
            after.add(count)
            latenciesAfter.add(count.latencies)
        case .baseline, .mirror: break
        }
    }
}
