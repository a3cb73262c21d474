import CairnCore
import Messages

/// Statuses as the controller would send them, for the golden files.
enum Sample {
    static let start: Int64 = 1_800_000_000_000

    static func arm(_ number: String, _ weight: UInt32) -> Arm {
        Arm(number: number, manifestDigest: Digest(of: Array(number.utf8)).bytes, weightBp: weight)
    }

    static let baking = TargetStatus(
        target: "prod/chat", model: "chat-7b", revision: 41, state: "step", attempt: 7,
        stable: arm("1.0.0", 7_500), candidate: arm("1.1.0", 2_500), epoch: 12,
        steps: [
            StepStatus(weightBp: 500, state: "done"),
            StepStatus(
                weightBp: 2_500, state: "baking", bakedMs: 41_000, bakeMs: 60_000,
                bakedRequests: 812, bakeRequests: 1_000),
            StepStatus(weightBp: 5_000, state: "waiting"),
            StepStatus(weightBp: 10_000, state: "waiting"),
        ],
        guards: [
            GuardStatus(
                name: "errors", kind: "arm_eprocess", statistic: 3.2, bound: 100,
                stableRequests: 2_436, stableFailures: 31, candidateRequests: 812,
                candidateFailures: 12),
            GuardStatus(
                name: "errors_max", kind: "failure_rate_max", statistic: 0.0148, bound: 0.05,
                observe: true),
        ],
        participants: [
            ParticipantStatus(name: "web-1", role: .router, epoch: 12, connected: true),
            ParticipantStatus(
                name: "host-7", role: .agent, epoch: 11, connected: true, holdsStable: true,
                holdsCandidate: true),
            ParticipantStatus(
                name: "host-8", role: .agent, epoch: 12, connected: false, holdsStable: true,
                problem: "the reload command ended with 3"),
        ],
        waitingFor: ["188 more requests of the candidate", "19 s of baking"],
        nextTimerUnixMs: start + 19_000, lastEvents: ["step 2 warmed", "step 2 baking"],
        why: "Baking at 25 %: 41 s of 1 min, 812 of 1,000 requests.", nowUnixMs: start,
        previousNumber: "1.0.0", step: 1)

    /// Mirrored first, a hook that says no, and a weekend to come.
    static var mirrored: TargetStatus {
        var status = baking
        status.mirrorBp = 1_000
        status.steps[0] = StepStatus(state: "done", kind: "mirror")
        status.steps[1].state = "shifting"
        (status.steps[1].rampPart, status.steps[1].rampParts) = (2, 5)
        status.guards[0].assessment = "inconclusive"
        status.guards.append(
            GuardStatus(
                name: "answers", kind: "paired_beta_mixture", statistic: 1.4, bound: 200,
                assessment: "no_data", events: 4, eventsMin: 30))
        status.hooks = [
            HookStatus(
                key: "prod/chat#7/2/rollout/load-test", name: "load-test", point: "rollout",
                state: "no", text: "may v1.1.0 go on?", answer: "p99 over 2 s", tries: 1,
                awaited: true),
            HookStatus(
                key: "prod/chat#7/2/step/sign-off", name: "sign-off", point: "step",
                state: "waiting", text: "may v1.1.0 go on?", tries: 2, awaited: true),
        ]
        status.freezeWindows = [
            FreezeWindow(
                name: "weekend", fromUnixMs: start + 86_400_000, untilUnixMs: start + 172_800_000,
                everyMs: 604_800_000)
        ]
        return status
    }

    static var rolledBack: TargetStatus {
        var status = baking
        (status.state, status.revision, status.epoch) = ("rolled_back", 47, 13)
        status.stable?.weightBp = 10_000
        status.candidate = nil
        status.steps = []
        status.guards[0].statistic = 131.7
        status.guards[0].tripped = true
        status.participants = [status.participants[0]]
        status.participants[0].epoch = 13
        (status.waitingFor, status.nextTimerUnixMs) = ([], 0)
        status.quarantine = [
            QuarantineEntry(
                number: "1.1.0", manifestDigest: arm("1.1.0", 0).manifestDigest,
                why: "guard errors: e 131.7 over 100", sinceUnixMs: start + 9_000)
        ]
        status.lastRollback = RollbackRecord(
            attempt: 7, cause: "guard errors: e 131.7 over 100", fromNumber: "1.1.0",
            toNumber: "1.0.0", startedUnixMs: start + 9_000, ackedUnixMs: start + 9_012,
            verifiedUnixMs: start + 11_012,
            verification: "every agent loads 9f2c51ab03de; failures 12 of 1,000 as before (p 0.41)",
            startedToAckedMs: 11.6, startedToVerifiedMs: 2_011.6)
        status.lastEvents += ["guard errors tripped", "rolling back", "rolled back"]
        status.why = "Rolled back: guard errors saw e 131.7 over its bound of 100."
        status.nowUnixMs = start + 12_000
        return status
    }

    static var idle: TargetStatus {
        TargetStatus(
            target: "staging/very-long-target-name-that-wants-room",
            model: "a-model-with-a-long-name",
            revision: 3, state: "idle", epoch: 1, frozen: true, why: "Nothing was deployed yet.",
            nowUnixMs: start)
    }
}
