import CairnCore
import Messages

extension Sample {
    /// A member of a group, with what was observed, what is left, and its drills.
    static var led: TargetStatus {
        var status = baking
        status.observed = ObservedShare(
            requestCount: 3_248, candidateCount: 640, wantedBp: 2_500, low: 0.2249, high: 0.2751)
        (status.guards[0].requestsLeft, status.guards[0].leftMs) = (2_410, 122_000)
        status.guards[0].leftFor = "trip"
        (status.group, status.barrier) = ("eu", 1)
        status.participants[1].loadsStable = true
        status.participants[1].loadsCandidate = true
        status.drill = DrillState(
            target: "prod/chat", everyMs: 86_400_000, dueUnixMs: start + 7_200_000,
            lastPassedUnixMs: start - 79_200_000, count: 12, drills: [drills[0]])
        return status
    }

    /// On its way back, with what is shown and what is not yet.
    static var proving: TargetStatus {
        var status = rolledBack
        status.state = "rolling_back"
        status.waitingFor = ["8 more requests on stable, or quiet"]
        status.lastRollback = proofs.rollbacks[0]
        status.lastRollback?.checks = [
            .init(
                name: "acknowledged", state: "met",
                finding: "3 participants acknowledged epoch 13"),
            .init(name: "loaded", state: "met", finding: "2 agents have loaded 51ab00112233"),
            .init(
                name: "requests", state: "waiting",
                finding: "8 more requests on stable, or quiet"),
        ]
        status.lastRollback?.acceptedBy = ""
        return status
    }

    static let drills = [
        DrillRecord(
            number: 12, by: "the schedule", releaseNumber: "1.0.0",
            startedUnixMs: start - 79_200_000, outMs: 182.4, backMs: 61.2, tookMs: 243.6,
            participantCount: 3, agentCount: 2, result: "passed",
            why: "3 participants, 2 agents among them, took v1.0.0 in and off again"),
        DrillRecord(
            number: 13, by: "ann", releaseNumber: "1.0.0", startedUnixMs: start - 3_600_000,
            tookMs: 30_000, participantCount: 3, agentCount: 2, result: "failed",
            why: "v1.0.0 was not in after 30 s: host-8"),
    ]

    static let drillStates = [
        DrillState(
            target: "prod/chat", everyMs: 86_400_000, dueUnixMs: start + 7_200_000,
            lastPassedUnixMs: start - 79_200_000, count: 12, drills: [drills[0]]),
        DrillState(
            target: "prod/vision", everyMs: 3_600_000, dueUnixMs: start - 7_200_000, overdue: true,
            count: 1, drills: [drills[1]]),
        DrillState(target: "lab/chat", count: 2, present: 2, phase: "out"),
    ]

    static let proofs = ProofList(
        rollbacks: [
            RollbackRecord(
                attempt: 7, cause: "guard errors: e 212 of 100", fromNumber: "1.1.0",
                toNumber: "1.0.0", startedUnixMs: start, ackedUnixMs: start + 12,
                startedToAckedMs: 12.4,
                checks: [
                    .init(
                        name: "acknowledged", state: "met",
                        finding: "3 participants acknowledged epoch 13"),
                    .init(
                        name: "loaded", state: "open",
                        finding: "no agent is joined whose bytes could be asked for"),
                ], acceptedBy: "ann")
        ], sequences: [412], recordCount: 413)

    static let notices = [
        NoticeRecord(
            id: "prod/chat#412.1", target: "prod/chat", level: "page",
            text: "prod/chat: PAGE: the rollback of v1.1.0 is not verified", timeUnixMs: start,
            deliveries: [
                .init(endpoint: "oncall", state: "delivered", tries: 1),
                .init(endpoint: "chat", state: "waiting", tries: 3, error: "status 503"),
                .init(endpoint: "old", state: "given_up", tries: 40, error: "refused"),
            ]),
        NoticeRecord(
            id: "prod/chat#410.0", target: "prod/chat", level: "info",
            text: "prod/chat: v1.1.0 serves everything", timeUnixMs: start - 60_000),
    ]

    static let endpoints = [
        NoticeEndpoint(
            name: "oncall", kind: "webhook", least: "page", perMinute: 30, waitingCount: 0),
        NoticeEndpoint(
            name: "chat", kind: "slack", least: "info", perMinute: 6, waitingCount: 1),
    ]

    static let group = GroupStatus(
        group: "eu",
        members: [
            .init(target: "de/chat", state: "step", step: 1, attempt: 3, ready: true),
            .init(target: "fr/chat", state: "step", step: 1, attempt: 5),
            .init(target: "it/chat", state: "preflight", attempt: 2, unavailable: true),
        ], maxUnavailable: 1, state: "rolling_out", number: "1.2.0", barrier: 1,
        waitingFor: ["fr/chat: 120 more requests on the candidate"])
}
