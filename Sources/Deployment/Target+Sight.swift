import CairnCore

/// Whether anyone would tell of failures. An attempt that nobody would tell of is blind: its clocks
/// stand, it gets no more traffic, and after its plan's limit its policy decides.
extension Target {
    /// Silence proves nothing then.
    var isWithoutOutcomes: Bool { isOutcomeSourceOut || isDeserted }

    mutating func outage(_ isOut: Bool, _ change: inout Change) {
        guard isOutcomeSourceOut != isOut else {
            change.isChange = false
            return
        }
        isOutcomeSourceOut = isOut
        change.summary =
            isOut ? "a source of outcomes does not answer" : "the source of outcomes answers again"
    }

    /// Where nobody ever joined there is nobody to miss.
    mutating func noticeDesertion() {
        if !participants.isEmpty, participants.values.allSatisfy({ $0.absentSince != nil }) {
            isDeserted = true
        }
    }

    /// Brings the attempt's blindness in line with what is known of the sources of outcomes.
    ///
    /// Until its first acknowledgement a step has its own deadline for those who serve, and a way
    /// back needs their acknowledgements, not their outcomes.
    mutating func bringSightInLine(_ change: inout Change, at now: Timestamp) {
        guard var live = attempt, live.isLive, live.wayBack == nil else { return }
        let unanswered = live.unanswered
        let isBlind =
            isOutcomeSourceOut || (isDeserted && live.isJudged) || !unanswered.isEmpty
        if isBlind != live.isBlind {
            let wasTold = live.isBlindnessTold
            if isBlind { live.beBlind(at: now) } else { live.seeAgain(at: now) }
            let sentence = isBlind ? "no outcomes come; clocks stand" : "outcomes come again"
            change.summary = join(change.summary, sentence)
            if wasTold { change.effects.append(.notify("\(name): \(sentence)")) }
        }
        // A participant that is back within moments is nobody's alarm.
        let isOut = isOutcomeSourceOut || !unanswered.isEmpty
        if live.isBlind, !live.isBlindnessTold, isOut || participants.isEmpty {
            live.isBlindnessTold = true
            let who =
                !unanswered.isEmpty
                ? "nobody answers guard \(unanswered.joined(separator: ", "))"
                : isOut ? "a source of outcomes is out" : "nobody who serves is there"
            change.effects.append(
                .notify("\(name): ALERT: \(who); the clocks of \(live.release.number) stand"))
        }
        attempt = live
    }

    /// Blind for as long as the plan allows: its policy, once.
    mutating func endBlindness(
        _ live: Attempt, _ change: inout Change, at now: Timestamp
    ) -> Bool {
        guard !live.isHeldBlind, live.blindClock.elapsed(at: now) >= live.plan.blindLimit else {
            return false
        }
        let why = "no outcomes for \(live.plan.blindLimit.inSeconds) s"
        switch live.plan.onBlind {
        case .hold:
            attempt?.isHeldBlind = true
            change.summary = join(change.summary, "\(why); held for a person")
            change.effects.append(
                .notify("\(name): PAGE: \(why); \(live.release.number) is held for a person"))
        case .rollBack:
            beginRollback(
                cause: "blind: \(why)", endsAs: .rolledBack, quarantines: false, ramps: false,
                &change, at: now)
        }
        return true
    }
}
