import CairnCore

/// A state as a number of 128 bits, for those who look at very many of them.
public struct StateMark: Hashable, Sendable {
    var low: UInt64 = 0x243F_6A88_85A3_08D3
    var high: UInt64 = 0x1319_8A2E_0370_7344

    public init() {}

    /// Source: Stafford, mix13, over two streams.
    mutating func add(_ number: UInt64) {
        low = Self.mixed(low ^ number &* 0x9E37_79B9_7F4A_7C15)
        high = Self.mixed(high &+ number ^ 0xD1B5_4A32_D192_ED03)
    }

    private static func mixed(_ number: UInt64) -> UInt64 {
        var hash = number
        hash = (hash ^ (hash >> 30)) &* 0xBF58_476D_1CE4_E5B9
        hash = (hash ^ (hash >> 27)) &* 0x94D0_49BB_1331_11EB
        return hash ^ (hash >> 31)
    }

    mutating func add(_ number: Int) { add(UInt64(bitPattern: Int64(number))) }
    mutating func add(_ flag: Bool) { add(flag ? 1 : 2 as UInt64) }
    mutating func add(_ number: Double) { add(number.bitPattern) }
    mutating func add(_ duration: Duration?) {
        add(UInt64(bitPattern: duration?.wholeNanoseconds ?? .min))
    }
    mutating func add(_ counts: Counts) {
        add(counts.requests)
        add(counts.failures)
    }
    mutating func add(_ text: String) {
        for byte in text.utf8 { add(UInt64(byte)) }
        add(text.utf8.count)
    }
    mutating func add(_ phase: Attempt.Phase) {
        switch phase {
        case .queued: add(10)
        case .preflight: add(11)
        case .step(let index, let sub):
            add(12)
            add(index)
            add(sub.rawValue)
        case .watching: add(13)
        case .promoted: add(14)
        case .rollingBack: add(15)
        case .rolledBack: add(16)
        case .aborted: add(17)
        case .superseded: add(18)
        case .rejected: add(19)
        case .failedRollback: add(20)
        }
    }
    mutating func add(_ release: Release?) { add(release?.manifest) }
    mutating func add(_ digest: Digest?) {
        guard let digest else { return add(3 as UInt64) }
        withUnsafeBytes(of: digest) { add($0.load(as: UInt64.self)) }
    }
}

extension Target {
    /// Of all that decides what comes next: times as ages, epochs as distances, attempts without
    /// their numbers. Two states with one fingerprint go on alike, whatever happens under the present
    /// route.
    ///
    /// Left out is what only people read (summaries, the last rollback), what tells late reports from
    /// new ones, and the detectors of a watch, which no plan of a model has.
    public func stateMark(at now: Timestamp) -> StateMark {
        var mark = StateMark()
        mark.add(stable)
        mark.add(route.candidate)
        for share in [route.weight, route.baseline, route.mirror] { mark.add(share.value) }
        for flag in [isFrozen, isFrozenByHand, isOutcomeSourceOut, isDeserted] { mark.add(flag) }
        for manifest in quarantine.keys.sorted() { mark.add(manifest) }
        mark.add(proven.count)
        for release in proven { mark.add(release) }
        if let window = plan?.rollback.window, window > .zero {
            for (manifest, until) in servedUntil.sorted(by: { $0.key < $1.key }) {
                mark.add(manifest)
                mark.add(min(now - until, window + .seconds(1)))
            }
        }
        mark.add(next?.release)
        for window in freezeWindows {
            mark.add(window.from - now)
            mark.add(window.until - now)
        }
        mark.add(stableServed.counts)
        mark.add(barrier?.step ?? -1)
        addDrill(to: &mark, at: now)
        addParticipants(to: &mark, at: now)
        addCalls(to: &mark, at: now)
        attempt?.add(to: &mark, at: now)
        return mark
    }

    private func addDrill(to mark: inout StateMark, at now: Timestamp) {
        mark.add(drillDueAt.map { $0 - now })
        guard let drill else { return mark.add(5 as UInt64) }
        mark.add(drill.release)
        mark.add(drill.phase == .out)
        mark.add(now - drill.startedAt)
        mark.add(drill.requests)
        mark.add(drill.lateHits)
        mark.add(drill.backEpoch.map { $0 <= route.epoch } ?? false)
    }

    private func addParticipants(to mark: inout StateMark, at now: Timestamp) {
        for (name, participant) in participants.sorted(by: { $0.key < $1.key }) {
            mark.add(name)
            mark.add(participant.epoch >= route.epoch)
            mark.add(participant.absentSince.map { now - $0 })
            mark.add(participant.loadedStable)
            mark.add(participant.loadedCandidate)
            mark.add(participant.problem.isEmpty)
            for manifest in participant.held.sorted() { mark.add(manifest) }
        }
    }

    /// Those that are still to be answered, or that the rollout waits for.
    private func addCalls(to mark: inout StateMark, at now: Timestamp) {
        for call in calls {
            let isAwaited = attempt?.awaits(call) ?? false
            // A yes stands for good while its step lasts.
            let isOfNow =
                attempt.map {
                    call.attempt == $0.number && call.entry == $0.entryCount
                        && call.hook.point.isAsked
                } ?? false
            guard call.state == .waiting || isAwaited || isOfNow else { continue }
            mark.add(call.hook.name)
            mark.add(call.state.rawValue)
            mark.add(isOfNow)
            if call.state == .waiting {
                mark.add(call.tries)
                mark.add(call.clock.elapsed(at: now))
            }
        }
    }
}

extension Attempt {
    fileprivate func add(to mark: inout StateMark, at now: Timestamp) {
        mark.add(release)
        mark.add(from)
        mark.add(phase)
        // What has ended has no clock any more, and nobody judges it.
        guard isBusy else { return }
        mark.add(pausedBy ?? "")
        for flag in [isBlind, isHeldBlind, isBlindnessTold, isVerdictWaived] { mark.add(flag) }
        mark.add(verdict?.rawValue ?? "")
        for clock in [phaseClock, stepClock, blindClock, rolloutClock] {
            mark.add(clock.elapsed(at: now))
        }
        for hold in holds.sorted() { mark.add(hold) }
        add(ramp, to: &mark)
        if let back = wayBack {
            return add(back, to: &mark, at: now)
        }
        for counts in [
            evidence.candidate, evidence.stable, evidence.baseline, evidence.mirrored,
            evidence.stepCandidate, evidence.stepStable, evidence.watched,
        ] { mark.add(counts) }
        mark.add(evidence.warmRequests)
        mark.add(evidence.drifted)
        mark.add(evidence.hasDrifted)
        mark.add(evidence.watch.window.width)
        mark.add(evidence.watch.window.total)
        for name in evidence.verdicts.keys.sorted() { mark.add(name) }
        for (name, stream) in evidence.streams.sorted(by: { $0.key < $1.key }) {
            mark.add(name)
            mark.add(stream.logEvidence)
            mark.add(stream.eventCount)
        }
    }

    private func add(_ place: RampPlace?, to mark: inout StateMark) {
        guard let place else { return mark.add(4 as UInt64) }
        mark.add(place.from.value)
        mark.add(place.part)
        mark.add(place.isAcknowledged)
    }

    private func add(_ back: WayBack, to mark: inout StateMark, at now: Timestamp) {
        mark.add(back.endsAs)
        mark.add(back.to)
        for counts in [back.after, back.before] { mark.add(counts) }
        mark.add(back.candidateHits)
        mark.add(back.clock.elapsed(at: now))
        mark.add(back.acknowledgedAt.map { now - $0 })
        mark.add(back.lastHitAt.map { now - $0 })
        add(back.ramp, to: &mark)
        if back.ramp != nil { mark.add(now - back.startedAt) }
    }
}
