import CairnCore
import Deployment
import Messages

/// A target as people and programs see it.
extension TargetStatus {
    init(_ target: Target, at now: Timestamp) {
        self.init()
        let (route, live) = (target.route, target.attempt)
        (self.target, model) = ("\(target.name)", target.model.map { "\($0)" } ?? "")
        (revision, epoch, frozen) = (target.revision, route.epoch, target.isFrozen)
        (stable, candidate) = (
            route.stable.map { Messages.Arm($0, route.weight.complement) },
            route.candidate.map { Messages.Arm($0, route.weight) }
        )
        state = live?.phase.word ?? "idle"
        (why, nowUnixMs) = (live?.why ?? target.stateText, now.milliseconds)
        waitingFor = target.waitingFor(at: now)
        nextTimerUnixMs = target.nextTimer()?.milliseconds ?? 0
        participants = target.participants.sorted { $0.key < $1.key }.map {
            ParticipantStatus($0.key, $0.value, route)
        }
        quarantine = target.quarantine.sorted { $0.value.since < $1.value.since }.map {
            QuarantineEntry(
                number: $0.value.number.number, manifestDigest: $0.key.bytes, why: $0.value.why,
                sinceUnixMs: $0.value.since.milliseconds)
        }
        lastRollback = target.lastRollback.map { Messages.RollbackRecord($0) }
        lastEvents = target.recent
        previousNumber = target.wayBackFromHere?.number.number ?? ""
        (baselineBp, mirrorBp) = (UInt32(route.baseline.value), UInt32(route.mirror.value))
        pinCount = UInt32(route.pins.count)
        freezeWindows = target.freezeWindows.map { Messages.FreezeWindow($0) }
        drill =
            target.drillCount > 0 || target.plan?.drill != nil
            ? DrillState(target, at: now, last: 1) : nil
        if let held = target.barrier { (group, barrier) = (held.group, UInt32(held.step)) }
        hooks = target.calls.suffix(32).map { HookStatus($0, awaitedBy: live) }
        guard let live else { return }
        (attempt, paused, blind) = (live.number, live.pausedBy != nil, live.isBlind)
        step = UInt32(live.stepIndex ?? 0)
        steps = live.steps(at: now)
        guards = live.guards(at: now)
        observed = live.observedShare
        (planDigest, overrides) = (live.planDigest.bytes, live.overrides)
    }
}

extension Attempt.Phase {
    /// As the wire names it.
    var word: String {
        switch self {
        case .queued: "queued"
        case .preflight: "preflight"
        case .step: "step"
        case .watching: "watching"
        case .promoted: "promoted"
        case .rollingBack: "rolling_back"
        case .rolledBack: "rolled_back"
        case .aborted: "aborted"
        case .superseded: "superseded"
        case .rejected: "rejected"
        case .failedRollback: "failed_rollback"
        }
    }
}

extension Attempt {
    /// Empty once the attempt has turned back.
    fileprivate func steps(at now: Timestamp) -> [StepStatus] {
        let present: Int
        switch phase {
        case .queued, .preflight: present = -1
        case .step(let index, _): present = index
        case .watching, .promoted: present = plan.steps.count
        case .rollingBack, .rolledBack, .aborted, .superseded, .rejected, .failedRollback:
            return []
        }
        return plan.steps.enumerated().map { index, step in
            var status = StepStatus(
                weightBp: UInt32(step.weight.value),
                state: index < present ? "done" : "waiting",
                bakeMs: UInt64(clamping: step.bake.wholeMilliseconds),
                bakeRequests: UInt64(step.bakeRequests), kind: step.kind.word)
            if index == present, case .step(_, let sub) = phase {
                status.state = sub.rawValue
                status.rampPart = UInt32(ramp?.part ?? 0)
                status.rampParts = UInt32(ramp == nil ? 0 : step.ramp?.parts ?? 0)
                if sub == .baking {
                    status.bakedMs = UInt64(clamping: phaseClock.elapsed(at: now).wholeMilliseconds)
                }
                status.bakedRequests = UInt64(evidence.stepCandidate.requests)
            }
            return status
        }
    }
}

extension ParticipantStatus {
    fileprivate init(_ name: String, _ participant: Target.Participant, _ route: Route) {
        let holds = { (release: Release?) in
            release.map { participant.held.contains($0.manifest) } ?? false
        }
        self.init(
            name: name, role: participant.role == .agent ? .agent : .router,
            epoch: participant.epoch, connected: participant.absentSince == nil,
            holdsStable: holds(route.stable), holdsCandidate: holds(route.candidate),
            problem: participant.problem,
            loadsStable: participant.role == .agent && route.stable != nil
                && participant.loadedStable == route.stable?.manifest,
            loadsCandidate: participant.loadedCandidate != nil)
    }
}

extension Messages.RollbackRecord {
    init(_ record: Target.RollbackRecord) {
        func after(_ time: Timestamp?) -> Double {
            time.map { ($0 - record.startedAt).inSeconds * 1_000 } ?? 0
        }
        self.init(
            attempt: record.attempt, cause: record.cause, fromNumber: record.from.number.number,
            toNumber: record.to?.number.number ?? "",
            startedUnixMs: record.startedAt.milliseconds,
            ackedUnixMs: record.acknowledgedAt?.milliseconds ?? 0,
            verifiedUnixMs: record.verifiedAt?.milliseconds ?? 0,
            verification: record.verification,
            startedToAckedMs: after(record.acknowledgedAt),
            startedToVerifiedMs: after(record.verifiedAt),
            checks: record.proof?.checks.map {
                ProofCheck(
                    name: $0.name.rawValue, state: $0.state.rawValue, finding: $0.finding)
            } ?? [], acceptedBy: record.proof?.acceptedBy ?? "")
    }
}
