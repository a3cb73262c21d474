import CairnCore

/// What the watch is given, and what follows from it.
extension Target {
    /// Pins a reference to an attempt, once. That there is none may still be corrected.
    mutating func pin(_ reference: Reference, to number: UInt64, _ change: inout Change) {
        guard let live = attempt, live.number == number, !live.hasEnded,
            live.reference?.columns.isEmpty ?? true, live.reference != reference
        else {
            change.isChange = false
            return
        }
        attempt?.pin(reference)
        let lacking = reference.lacking.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" }
        let known = reference.columns.map(\.name).joined(separator: ", ")
        change.summary =
            reference.columns.isEmpty
            ? "no reference for \(live.release.number)"
            : "the reference of \(live.release.number) is \(reference.source), of \(known)"
        if !lacking.isEmpty { change.summary += "; lacking " + lacking.joined(separator: "; ") }
    }

    mutating func apply(_ histogram: Event.Outcomes.Histogram, at now: Timestamp) {
        guard let live = attempt, live.phase == .watching, histogram.arm == .stable,
            let epoch = epochs[histogram.epoch], epoch.attempt == live.number,
            epoch.stable == live.release.manifest,
            let columns = live.reference?.columns, columns.indices.contains(histogram.column)
        else { return }
        attempt?.evidence.observe(
            histogram.counts, of: columns[histogram.column].name, live.plan.watch, at: now)
    }

    /// Latches what the watch has seen, and acts on the first of it that may roll back.
    mutating func judgeWatch(_ live: Attempt, _ change: inout Change, at now: Timestamp) {
        var breaches: [(why: String, rollsBack: Bool)] = []
        if !live.evidence.hasDrifted, let why = live.evidence.drift(live.plan.watch) {
            attempt?.evidence.hasDrifted = true
            if let verdict = live.failureVerdict(why, at: now) { change.verdicts.append(verdict) }
            breaches.append((why, live.plan.watch.rollsBack))
        }
        for breach in live.breaches(at: now) {
            attempt?.evidence.verdicts[breach.verdict.guardName] = breach.verdict
            change.verdicts.append(breach.verdict)
            breaches.append(
                ("\(breach.verdict.guardName): \(breach.verdict.why)", breach.rollsBack))
        }
        if let first = breaches.first(where: \.rollsBack), live.from != nil {
            beginRollback(
                cause: "watch: \(first.why)", endsAs: .rolledBack, quarantines: true, ramps: false,
                &change, at: now)
            return
        }
        for breach in breaches {
            change.summary = join(change.summary, "alert: \(breach.why)")
            change.effects.append(
                .notify("\(name): ALERT: \(live.release.number): \(breach.why)"))
        }
    }
}

extension Attempt {
    /// Nothing about it changes any more.
    fileprivate var hasEnded: Bool {
        switch phase {
        case .queued, .preflight, .step, .watching: false
        case .promoted, .rollingBack, .rolledBack, .aborted, .superseded, .rejected,
            .failedRollback:
            true
        }
    }

    fileprivate mutating func pin(_ reference: Reference) {
        self.reference = reference
        evidence.pin(reference)
    }

    /// Whether somebody should ask for the reference: the plan wants columns, and none is pinned.
    public var wantsReference: Bool {
        !hasEnded && reference?.columns.isEmpty ?? true && !plan.watch.columns.isEmpty
    }
}
