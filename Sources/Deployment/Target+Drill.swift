import CairnCore

/// Rehearsals of the way back. They hinder nothing: whatever moves traffic overtakes them.
extension Target {
    /// Nothing is under way that a drill could be in the way of.
    var mayDrill: Bool {
        guard let attempt else { return true }
        return !attempt.isBusy || attempt.phase == .watching
    }

    mutating func beginDrill(
        _ request: Event.Request, _ change: inout Change, at now: Timestamp
    ) throws(Refusal) {
        if let drill {
            change.isChange = false
            change.summary = "drill \(drill.number) is under way already"
            return
        }
        guard mayDrill else {
            throw Refusal(
                .refused, .busy,
                "attempt \(attempt?.number ?? 0) of \(name) is under way; a drill waits until it is "
                    + "over: \(stateText)")
        }
        guard !participants.isEmpty else {
            throw Refusal(
                .refused, .wrongState,
                "nobody is joined who serves \(name): there is nothing to rehearse with")
        }
        guard let release = wayBackFromHere else {
            throw Refusal(
                .refused, .notProven,
                "no proven version came before \(stable?.number.description ?? "nothing") on "
                    + "\(name): there is no way back to rehearse yet")
        }
        if isFrozen, plan?.drill?.cohort.isEmpty == false {
            throw Refusal(
                .refused, .frozen,
                "\(name) is frozen\(freezeText(at: now)), and its drills take requests with them")
        }
        begin(release, by: request.actor, &change, at: now)
        change.summary += Self.because(request)
    }

    private mutating func begin(
        _ release: Release, by actor: String, _ change: inout Change, at now: Timestamp
    ) {
        drillCount += 1
        let rules = plan?.drill ?? DrillRules()
        drill = Drill(
            number: drillCount, by: actor, release: release, limit: rules.limit,
            cohort: rules.cohort, startedAt: now)
        change.summary = join(
            change.summary,
            "\(actor) began drill \(drillCount): the way back to \(release.number)")
    }

    /// The drill's next transition, or the beginning of one that is due.
    mutating func advanceDrill(_ change: inout Change, at now: Timestamp) -> Bool {
        guard var present = drill else { return beginDueDrill(&change, at: now) }
        guard mayDrill else {
            end(present, .overtaken, stateSummary, &change, at: now)
            return true
        }
        let late = present.lateHits
        if late > 0 {
            let why =
                "\(late == 1 ? "1 request" : "\(late) requests") went to \(present.release.number) after it was off"
            end(present, .failed, why, &change, at: now)
            return true
        }
        let lagging = drillLaggards(present)
        if lagging.isEmpty, !participants.isEmpty {
            switch present.phase {
            case .out:
                (present.phase, present.outAt) = (.back, now)
                drill = present
                publish(&change, at: now)
                drill?.backEpoch = route.epoch
                change.summary = join(
                    change.summary,
                    "drill \(present.number): \(present.release.number) is loaded everywhere")
            case .back:
                let agents = participants.values.count { $0.role == .agent }
                end(
                    present, .passed,
                    "\(counted(participants.count, "participant")), \(counted(agents, "agent")) "
                        + "among them, took \(present.release.number) in and off again", &change,
                    at: now)
            }
            return true
        }
        guard now - present.startedAt >= present.limit else { return false }
        let who = lagging.isEmpty ? "nobody is joined who serves" : lagging.joined(separator: ", ")
        let what = present.phase == .out ? "in" : "off"
        end(
            present, .failed,
            "\(present.release.number) was not \(what) after \(present.limit.inWords): \(who)",
            &change, at: now)
        return true
    }

    /// Who has not done the present part.
    private func drillLaggards(_ drill: Drill) -> [String] {
        participants.filter { _, participant in
            guard participant.epoch >= route.epoch, participant.problem.isEmpty,
                participant.absentSince == nil
            else { return true }
            guard participant.role == .agent else { return false }
            switch drill.phase {
            case .out:
                return participant.loadedCandidate != drill.release.manifest
                    || participant.loadedStable != stable?.manifest
            case .back:
                return participant.loadedCandidate != nil
                    || participant.loadedStable != stable?.manifest
            }
        }.keys.sorted()
    }

    private mutating func end(
        _ present: Drill, _ result: DrillRecord.Result, _ why: String, _ change: inout Change,
        at now: Timestamp
    ) {
        drill = nil
        drills.append(
            DrillRecord(
                number: present.number, by: present.by, release: present.release,
                startedAt: present.startedAt, out: present.outAt.map { $0 - present.startedAt },
                back: result == .passed ? present.outAt.map { now - $0 } : nil, endedAt: now,
                participantCount: participants.count,
                agentCount: participants.values.count { $0.role == .agent },
                requests: present.requests, result: result, why: why))
        if drills.count > Limits.drills { drills.removeFirst() }
        let milliseconds = (now - present.startedAt).wholeMilliseconds
        change.summary = join(
            change.summary,
            "drill \(present.number) \(result.rawValue) after \(milliseconds) ms: \(why)")
        change.drills += drills.suffix(1)
        switch result {
        case .passed:
            isDrillOverdueTold = false
            drillDueAt = nil
        case .failed:
            drillDueAt = nil
            change.effects.append(
                .notify("\(name): ALERT: drill \(present.number) failed: \(why)"))
        case .overtaken: break
        }
    }

    // MARK: The schedule

    private mutating func beginDueDrill(_ change: inout Change, at now: Timestamp) -> Bool {
        guard let due = drillDueAt, now >= due, mayDrill, !isFrozen, !participants.isEmpty,
            let release = wayBackFromHere
        else { return false }
        begin(release, by: "the schedule", &change, at: now)
        return true
    }

    /// Brings the moment of the next drill in line with the plan, and says when one is overdue.
    mutating func planDrill(_ change: inout Change, at now: Timestamp) {
        guard let every = plan?.drill?.every, wayBackFromHere != nil else {
            (drillDueAt, isDrillOverdueTold) = (nil, false)
            return
        }
        let due = drillDueAt ?? now + every
        drillDueAt = due
        guard drill == nil, !isDrillOverdueTold, now >= due + every else { return }
        isDrillOverdueTold = true
        let why = participants.isEmpty ? "nobody is joined who serves" : stateSummary
        change.summary = join(change.summary, "the drill due at \(due) did not take place: \(why)")
        change.effects.append(
            .notify("\(name): ALERT: the drill due at \(due) did not take place: \(why)"))
    }

    /// A whole interval late.
    public func isDrillOverdue(at now: Timestamp) -> Bool {
        guard let every = plan?.drill?.every, let due = drillDueAt else { return false }
        return now >= due + every
    }

    var drillMoments: [Timestamp] {
        if let drill { return [drill.startedAt + drill.limit] }
        guard let due = drillDueAt, let every = plan?.drill?.every else { return [] }
        return [due] + (isDrillOverdueTold ? [] : [due + every])
    }

    // MARK: Groups

    mutating func setBarrier(_ group: String, _ step: Int?, _ change: inout Change) {
        let wanted = step.map { Barrier(group: group, step: $0) }
        guard barrier != wanted, wanted != nil || barrier?.group == group else {
            change.isChange = false
            return
        }
        barrier = wanted
        change.summary =
            step.map { "group \(group) allows step \($0 + 1)" } ?? "group \(group) holds no longer"
    }
}
