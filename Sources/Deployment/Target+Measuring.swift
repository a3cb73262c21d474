import CairnCore

/// Guards over a metrics store: its numbers judge, its silence judges nothing.
extension Target {
    /// Counts for the attempt that it was asked for, until that goes back or ends.
    mutating func take(_ measurement: Measurement, _ change: inout Change, at now: Timestamp) {
        let name = measurement.guardName
        guard var live = attempt, live.number == measurement.attempt, live.isLive,
            live.wayBack == nil, let item = live.plan.guards.first(where: { $0.name == name }),
            case .measured(let measure) = item.kind,
            case .measured(var record)? = live.evidence.streams[name]
        else {
            change.isChange = false
            return
        }
        let wasOut = record.errors >= measure.errors
        change.isChange = record.take(
            measurement.answer, measure, isJudged: live.isMeasured, at: now)
        live.evidence.streams[name] = .measured(record)
        attempt = live
        let isOut = record.errors >= measure.errors
        if isOut != wasOut {
            change.summary =
                isOut
                ? "guard \(name) got no answer \(record.errors) times in a row: \(record.lastError)"
                : "guard \(name) is answered again"
        }
        judge(&change, at: now)
    }

    /// In the watch the limits hold on as in a step.
    ///
    /// - Returns: whether it goes back.
    mutating func judgeMeasures(
        _ live: Attempt, _ change: inout Change, at now: Timestamp
    ) -> Bool {
        var live = live
        for verdict in live.reached(at: now) where verdict.isMeasured {
            live.evidence.verdicts[verdict.guardName] = verdict
            change.verdicts.append(verdict)
        }
        attempt = live
        let first = live.plan.armed.first { item in
            live.evidence.verdicts[item.name]?.isMeasured ?? false
        }
        guard live.from != nil, let first, let verdict = live.evidence.verdicts[first.name] else {
            return false
        }
        beginRollback(
            cause: "guard \(first.name): \(verdict.why)", endsAs: .rolledBack, quarantines: true,
            ramps: false, &change, at: now)
        return true
    }
}

extension Attempt {
    /// Values count: traffic has settled.
    var isMeasured: Bool {
        switch phase {
        case .step(_, .baking), .step(_, .gate), .watching: true
        case .step(_, .shifting), .step(_, .warming), .queued, .preflight, .promoted, .rollingBack,
            .rolledBack, .aborted, .superseded, .rejected, .failedRollback:
            false
        }
    }

    /// Guards that can roll back and whose store has not answered more often than their plan allows.
    var unanswered: [String] {
        plan.armed.compactMap { item in
            guard case .measured(let measure) = item.kind,
                case .measured(let record)? = evidence.streams[item.name],
                record.errors >= measure.errors
            else { return nil }
            return item.name
        }
    }

    /// What a shell has to ask for now: every guard over a metrics store that has not broken.
    public var questions: [(name: String, measure: Plan.Measure)] {
        let isUnderWay =
            switch phase {
            case .step, .watching: true
            case .queued, .preflight, .promoted, .rollingBack, .rolledBack, .aborted, .superseded,
                .rejected, .failedRollback:
                false
            }
        guard isUnderWay, wayBack == nil else { return [] }
        return plan.guards.compactMap { item in
            guard case .measured(let measure) = item.kind, evidence.verdicts[item.name] == nil
            else {
                return nil
            }
            return (item.name, measure)
        }
    }
}

extension Evidence {
    /// The newest value lies beyond the limit: no step ends on that, broken or not.
    func isBeyond(_ item: Plan.Guard) -> Bool {
        guard case .measured(let measure) = item.kind,
            case .measured(let record)? = streams[item.name], let newest = record.recent.last
        else { return false }
        return measure.isBreached(by: newest.candidate)
    }

    /// The verdict that enough of the newest values lie beyond the limit.
    func measuredVerdict(
        _ verdict: GuardVerdict, _ measure: Plan.Measure, _ record: MeasureRecord
    ) -> GuardVerdict? {
        let breaches = record.breaches(of: measure)
        guard breaches >= measure.breaches,
            let worst = record.recent.last(where: {
                measure.isBreached(by: $0.candidate)
            })
        else { return nil }
        var verdict = verdict
        (verdict.statistic, verdict.bound) = (Double(breaches), Double(measure.breaches))
        verdict.inputs = .measured(
            record.recent.map(\.candidate), limit: measure.limit, isLeast: measure.isLeast)
        let stable = worst.stable.map { ", stable's \($0)" } ?? ""
        verdict.why =
            "the candidate's value is \(worst.candidate), \(measure.isLeast ? "under" : "over") the "
            + "limit of \(measure.limit)\(stable)"
            + (measure.last > 1 ? "; \(breaches) of the last \(record.recent.count) are" : "")
        return verdict
    }
}

extension GuardVerdict {
    var isMeasured: Bool { if case .measured = inputs { true } else { false } }
}

extension Plan.Guard {
    /// No step ends without events of this guard: a metrics store that has no number has not said that
    /// all is well.
    var mustBeHeard: Bool { if case .measured = kind { true } else { eventsMin > 0 } }
}
