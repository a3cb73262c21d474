import CairnCore
import Deployment
import Messages
import Ports
import ServiceKit

/// Routers and agents: they get every table, say what is in force, and report what requests came to.
extension ControllerService {
    func addServing(to routes: inout RPCRoutes) {
        routes.bidirectional(ControllerMethods.serve) { [self] messages, tables, _ in
            try await answering { try await serve(messages, tables) }
        }
        routes.unary(ControllerMethods.reportOutcomes) { [self] report, _ in
            try await answering { try await take(report) }
        }
    }

    private func serve(
        _ messages: Incoming<ParticipantMessage>, _ tables: Outgoing<RouteTable>
    ) async throws {
        guard let (join, _) = try await messages.next() else { return }
        let target = try Checks.target(join.target)
        let name = try Checks.participant(join.name)
        let role: Event.Role = join.role == .agent ? .agent : .router
        _ = try board.known(target)
        let seat = seats.take(target, name)
        do {
            _ = try await desk.submit(.joined(name: name, role: role), to: target)
            try await acknowledge(join, name, target)
            let isLeaving = try await converse(messages, tables, target, name, seat)
            await goodbye(target, name, seat, isLeaving: isLeaving)
        } catch {
            await goodbye(target, name, seat, isLeaving: false)
            throw error
        }
    }

    private func goodbye(
        _ target: TargetName, _ name: String, _ seat: UInt64, isLeaving: Bool
    ) async {
        guard seats.leave(target, name, seat) else { return }
        do {
            _ = try await desk.submit(
                isLeaving ? .left(name: name) : .disconnected(name: name), to: target)
        } catch { log("the goodbye of \(name) to \(target) was not written: \(error)") }
    }

    /// - Returns: whether it was a clean goodbye.
    private func converse(
        _ messages: Incoming<ParticipantMessage>, _ tables: Outgoing<RouteTable>,
        _ target: TargetName, _ name: String, _ seat: UInt64
    ) async throws -> Bool {
        try await withThrowingTaskGroup(of: Bool.self) { group in
            group.addTask { [self] in
                try await tell(tables, of: target)
                return false
            }
            group.addTask { [self] in
                while let (message, _) = try await messages.next() {
                    if message.leaving { return true }
                    guard seats.isTaken(target, name, by: seat) else {
                        throw RPCError(
                            .conflict, "\(name) has joined \(target) again elsewhere")
                    }
                    try await acknowledge(message, name, target)
                }
                return false
            }
            defer { group.cancelAll() }
            return try await group.next() ?? false
        }
    }

    /// The newest table, each time there is a newer one; what was passed over needs nobody.
    private func tell(_ tables: Outgoing<RouteTable>, of target: TargetName) async throws {
        let bell = try board.known(target).bell
        var sent: UInt64 = 0
        while true {
            let generation = bell.generation
            let present = try board.known(target).target
            if present.route.epoch > sent {
                try await tables.send(RouteTable(present.route, of: present))
                sent = present.route.epoch
            }
            try await bell.wait(after: generation)
        }
    }

    private func acknowledge(
        _ message: ParticipantMessage, _ name: String, _ target: TargetName
    ) async throws {
        let present = try board.known(target).target.route.epoch
        guard message.epoch <= present else {
            throw RPCError(
                .conflict,
                "\(name) has epoch \(message.epoch) of \(target) in force and the newest here is "
                    + "\(present): this controller's log is older than what it once said")
        }
        let acknowledgement = Event.Acknowledgement(
            epoch: message.epoch,
            held: try message.heldDigests.map { try WireChecks.digest($0, "held_digests") },
            loadedStable: try Checks.optionalDigest(
                message.loadedStableDigest, "loaded_stable_digest"),
            loadedCandidate: try Checks.optionalDigest(
                message.loadedCandidateDigest, "loaded_candidate_digest"),
            problem: try Checks.text(message.problem, atMost: 4_096, "problem"))
        _ = try await desk.submit(.acknowledged(name: name, acknowledgement), to: target)
    }

    private func take(_ report: ReportOutcomes) async throws -> OutcomesAccepted {
        let target = try Checks.target(report.target)
        guard report.outcomes.count <= 256, report.pairs.count <= 256,
            report.histograms.count <= 256
        else {
            throw RPCError(
                .invalidArgument,
                "\(report.outcomes.count) outcomes, \(report.pairs.count) pairs and "
                    + "\(report.histograms.count) histograms in one report; at most 256 of each")
        }
        let outcomes = Event.Outcomes(
            reporter: try Checks.participant(report.reporter), incarnation: report.incarnation,
            sequence: report.sequence, counts: try report.outcomes.map(Self.count),
            pairs: try report.pairs.map(Self.pairs),
            histograms: try report.histograms.map(Event.Outcomes.Histogram.init))
        let outcome = try await desk.submit(.outcomes(outcomes), to: target)
        return OutcomesAccepted(existed: !outcome.isChange, epoch: outcome.epoch)
    }

    private static func count(_ outcome: ArmOutcomes) throws -> Event.Outcomes.Count {
        let requests = try Checks.count(outcome.requestCount, "request_count")
        // May exceed the requests: a label that comes late counts against a request of earlier.
        let failures = try Checks.count(outcome.failureCount, "failure_count")
        let scores = try Checks.count(outcome.scoreCount, "score_count")
        guard outcome.scoreSum.isFinite else {
            throw RPCError(.invalidArgument, "score_sum is not a number")
        }
        var latencies = LatencyCounts()
        for item in outcome.latencies {
            let count = try Checks.count(item.count, "latencies")
            guard latencies.add(count, in: Int(item.bucket)) else {
                throw RPCError(
                    .invalidArgument,
                    "there is no bucket \(item.bucket) of latency; the last is "
                        + "\(LatencyBuckets.count - 1)")
            }
        }
        return Event.Outcomes.Count(
            epoch: outcome.epoch, arm: Deployment.Arm(outcome.arm), requests: requests,
            failures: failures,
            latencies: latencies, scores: ScoreSum(count: scores, sum: outcome.scoreSum))
    }

    private static func pairs(_ pairs: PairOutcomes) throws -> Event.Outcomes.Pairs {
        Event.Outcomes.Pairs(
            epoch: pairs.epoch, wins: try Checks.count(pairs.wins, "wins"),
            losses: try Checks.count(pairs.losses, "losses"))
    }
}

extension Deployment.Arm {
    init(_ kind: ArmKind) {
        switch kind {
        case .stable: self = .stable
        case .candidate: self = .candidate
        case .baseline: self = .baseline
        case .mirror: self = .mirror
        }
    }
}

extension RouteTable {
    /// What hosts are told.
    public init(_ route: Route, of target: Target) {
        self.init(
            target: "\(target.name)", model: target.model.map { "\($0)" } ?? "",
            epoch: route.epoch, fencingToken: route.fencingToken, attempt: route.attempt,
            stable: route.stable.map { Messages.Arm($0, route.weight.complement) },
            candidate: route.candidate.map { Messages.Arm($0, route.weight) },
            keepDigests: route.keep.map(\.bytes), changedUnixMs: route.changedAt.milliseconds,
            baselineBp: UInt32(route.baseline.value), mirrorBp: UInt32(route.mirror.value),
            pins: route.pins.map { PinSpec($0) },
            histograms: route.reference.map { HistogramSpec($0) })
    }
}

extension Messages.Arm {
    init(_ release: Release, _ weight: BasisPoints) {
        self.init(
            number: release.number.number, manifestDigest: release.manifest.bytes,
            weightBp: UInt32(weight.value))
    }
}
