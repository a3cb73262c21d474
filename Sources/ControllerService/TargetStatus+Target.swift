import CairnCore
import Deployment
import Messages

import func Glibc.exp

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
        guard let live else { return }
        (attempt, paused, blind) = (live.number, live.pausedBy != nil, live.isBlind)
        step = UInt32(live.stepIndex ?? 0)
        steps = live.steps(at: now)
        guards = live.guards
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
                bakeRequests: UInt64(step.bakeRequests))
            if index == present, case .step(_, let sub) = phase {
                status.state = sub.rawValue
                if sub == .baking {
                    status.bakedMs = UInt64(clamping: phaseClock.elapsed(at: now).wholeMilliseconds)
                }
                status.bakedRequests = UInt64(evidence.stepCandidate.requests)
            }
            return status
        }
    }

    /// Each guard with its evidence, and the watch's while it watches.
    fileprivate var guards: [GuardStatus] {
        let bounds = evidence.bounds(of: plan)
        var all = plan.guards.map { item in
            var status = GuardStatus(
                name: item.name, stableRequests: UInt64(evidence.stable.requests),
                stableFailures: UInt64(evidence.stable.failures),
                candidateRequests: UInt64(evidence.candidate.requests),
                candidateFailures: UInt64(evidence.candidate.failures),
                tripped: evidence.broken[item.name] != nil, observe: item.observes,
                why: evidence.broken[item.name] ?? "")
            status.kind = item.kind.word
            if case .failureRate(let bound, _) = item.kind {
                (status.statistic, status.bound) = (evidence.candidate.rate ?? 0, bound)
            } else {
                let verdict = evidence.verdicts[item.name]
                let logEvidence =
                    verdict?.statistic ?? evidence.streams[item.name]?.logEvidence ?? 0
                // 700: the largest exponent whose power is a number.
                status.statistic = exp(min(logEvidence, 700))
                status.bound = exp(min(verdict?.bound ?? bounds[item.name] ?? 0, 700))
            }
            return status
        }
        if phase == .watching {
            let limit = plan.watch.failureRateMax
            all.append(
                GuardStatus(
                    name: "watch", kind: "adwin", statistic: evidence.watch.mean ?? 0,
                    bound: limit > 0 ? limit : 1,
                    stableRequests: UInt64(evidence.watched.requests),
                    stableFailures: UInt64(evidence.watched.failures),
                    tripped: evidence.hasDrifted, observe: !plan.watch.rollsBack))
        }
        return all
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
            problem: participant.problem)
    }
}

extension Messages.RollbackRecord {
    fileprivate init(_ record: Target.RollbackRecord) {
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
            startedToVerifiedMs: after(record.verifiedAt))
    }
}
