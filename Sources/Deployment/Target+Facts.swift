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
        for count in outcomes.counts {
            guard let epoch = epochs[count.epoch] else { continue }
            apply(count, epoch, &change, at: now)
        }
        judge(&change, at: now)
    }

    private mutating func apply(
        _ count: Event.Outcomes.Count, _ epoch: EpochRecord, _ change: inout Change,
        at now: Timestamp
    ) {
        if count.arm == .stable, epoch.stable == stable?.manifest { stableCounts.add(count) }
        guard var live = attempt, epoch.attempt == live.number else { return }
        defer { attempt = live }
        switch live.phase {
        case .step(let index, .warming):
            guard epoch.weight == live.plan.steps[index].weight else { return }
            live.evidence.warmRequests += count.arm == .candidate ? count.requests : 0
        case .step(let index, _):
            // What comes late from an earlier step is evidence of the attempt, and bakes no other.
            let isOfThisStep = epoch.weight == live.plan.steps[index].weight
            if count.arm == .candidate {
                live.evidence.candidate.add(count)
                if isOfThisStep { live.evidence.stepCandidate.add(count) }
            } else {
                live.evidence.stable.add(count)
                if isOfThisStep { live.evidence.stepStable.add(count) }
            }
            for name in live.evidence.processes.keys {
                live.evidence.processes[name]?.add(
                    failuresCandidate: count.arm == .candidate ? count.failures : 0,
                    failuresStable: count.arm == .stable ? count.failures : 0, weight: epoch.weight)
            }
        case .watching:
            // Late from a step, "stable" is still the version before.
            guard count.arm == .stable, epoch.stable == live.release.manifest else { return }
            live.evidence.observe(count)
        case .rollingBack, .failedRollback:
            guard count.epoch >= live.wayBack?.epoch ?? .max else { return }
            if count.arm == .candidate {
                guard count.requests > 0 else { return }
                live.wayBack?.candidateHits += count.requests
                live.wayBack?.lastHitAt = now
                live.wayBack?.after = Counts()
            } else {
                live.wayBack?.after.add(count)
            }
        case .queued, .preflight, .promoted, .rolledBack, .aborted, .superseded, .rejected: break
        }
    }

    /// Latches every guard that broke, and acts on the first that may roll back.
    private mutating func judge(_ change: inout Change, at now: Timestamp) {
        guard var live = attempt else { return }
        switch live.phase {
        case .step:
            for item in live.plan.guards where live.evidence.broken[item.name] == nil {
                if let why = live.evidence.breach(of: item, live.plan) {
                    live.evidence.broken[item.name] = why
                }
            }
            attempt = live
            guard
                let first = live.plan.armed.first(where: { live.evidence.broken[$0.name] != nil }),
                let why = live.evidence.broken[first.name]
            else { return }
            beginRollback(
                cause: "guard \(first.name): \(why)", endsAs: .rolledBack, quarantines: true,
                &change,
                at: now)
        case .watching:
            guard !live.evidence.hasDrifted, let why = live.evidence.drift(live.plan.watch) else {
                return
            }
            live.evidence.hasDrifted = true
            attempt = live
            if live.plan.watch.rollsBack, live.from != nil {
                beginRollback(
                    cause: "watch: \(why)", endsAs: .rolledBack, quarantines: true, &change, at: now
                )
            } else {
                change.summary = "alert: \(why)"
                change.effects.append(.notify("\(name): ALERT: \(live.release.number): \(why)"))
            }
        case .queued, .preflight, .promoted, .rollingBack, .rolledBack, .aborted, .superseded,
            .rejected, .failedRollback:
            break
        }
    }
}

extension Evidence {
    /// Why a guard broke, with its statistic and its bound; `nil` while it holds.
    func breach(of item: Plan.Guard, _ plan: Plan) -> String? {
        switch item.kind {
        case .failureRate(let bound, let requestsMin):
            guard candidate.requests >= requestsMin, let rate = candidate.rate, rate > bound else {
                return nil
            }
            return
                "\(candidate.failures) of \(candidate.requests) requests failed on the candidate, "
                + "\(percent(rate)), over the limit of \(percent(bound))"
        case .armEProcess(let alpha):
            let bound = plan.bound(alpha: alpha)
            guard let process = processes[item.name], process.rejects(atLevel: 1 / bound) else {
                return nil
            }
            return "the candidate fails more often: \(candidate.failures) of \(candidate.requests) "
                + "against \(stable.failures) of \(stable.requests), evidence over \(Int(bound))"
        }
    }

    /// Feeds a count to the window as evenly spread bits; at most 4,096 of them, in proportion.
    /// Failures beyond the requests (late labels) wait for the next requests.
    mutating func observe(_ count: Event.Outcomes.Count) {
        watched.add(count)
        unseen.add(count)
        let bits = min(unseen.requests, 4_096)
        guard bits > 0 else { return }
        let failures = min(unseen.failures, unseen.requests)
        let ones = failures * bits / unseen.requests
        unseen = Counts(requests: 0, failures: unseen.failures - failures)
        let before = watch.mean ?? 0
        for bit in 0..<bits {
            let isOne = (bit + 1) * ones / bits > bit * ones / bits
            if watch.add(isOne ? 1 : 0).isDrift, (watch.mean ?? 0) > before { drifted = true }
        }
    }

    func drift(_ rules: Plan.Watch) -> String? {
        if drifted {
            return "the failure rate has drifted up to \(percent(watch.mean ?? 0)) "
                + "(\(percent(watched.rate ?? 0)) over all)"
        }
        guard rules.failureRateMax > 0, watched.requests >= rules.requestsMin,
            let rate = watched.rate, rate > rules.failureRateMax
        else { return nil }
        return
            "\(percent(rate)) of requests failed, over the limit of \(percent(rules.failureRateMax))"
    }
}
