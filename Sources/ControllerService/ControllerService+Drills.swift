import CairnCore
import Deployment
import Messages
import Ports

/// Rehearsals of the way back, and the proofs of those that were real.
extension ControllerService {
    func addDrills(to routes: inout RPCRoutes) {
        routes.unary(ControllerMethods.getDrills) { [self] request, _ in
            try await answering {
                let now = clock.now()
                guard request.target.isEmpty else {
                    let target = try board.known(try Checks.target(request.target)).target
                    return DrillList(targets: [DrillState(target, at: now)])
                }
                return DrillList(
                    targets: board.entries.map { DrillState($0.target, at: now, last: 1) })
            }
        }
        routes.unary(ControllerMethods.getProofs) { [self] request, _ in
            try await answering { try await proofs(of: try Checks.target(request.target)) }
        }
    }

    /// The log is folded anew, so what is answered does not depend on what is in memory.
    private func proofs(of name: TargetName) async throws -> ProofList {
        _ = try board.known(name)
        var list = ProofList()
        var fold = LogFold(name)
        while true {
            let last = fold.head.sequence
            let records = try await desk.with { store in
                try store.records(of: name, after: last, limit: 1_024)
            }
            for record in records {
                for rollback in try fold.add(record).rollbacks {
                    list.rollbacks.append(Messages.RollbackRecord(rollback))
                    list.sequences.append(record.sequence)
                }
            }
            if records.isEmpty { break }
        }
        list.recordCount = fold.head.sequence
        return list
    }
}

extension DrillState {
    /// - Parameter last: so many of the newest drills.
    init(_ target: Target, at now: Timestamp, last: Int = Target.Limits.drills) {
        self.init(
            target: "\(target.name)",
            everyMs: UInt64(clamping: target.plan?.drill?.every?.wholeMilliseconds ?? 0),
            dueUnixMs: target.drillDueAt?.milliseconds ?? 0,
            overdue: target.isDrillOverdue(at: now),
            lastPassedUnixMs: target.drills.last { $0.result == .passed }?.endedAt.milliseconds
                ?? 0,
            count: target.drillCount, present: target.drill?.number ?? 0,
            phase: target.drill?.phase.rawValue ?? "",
            drills: target.drills.suffix(last).map { Messages.DrillRecord($0) })
    }
}

extension Messages.DrillRecord {
    fileprivate init(_ record: Deployment.DrillRecord) {
        func milliseconds(_ duration: Duration?) -> Double {
            duration.map { $0.inSeconds * 1_000 } ?? 0
        }
        self.init(
            number: record.number, by: record.by, releaseNumber: record.release.number.number,
            startedUnixMs: record.startedAt.milliseconds, outMs: milliseconds(record.out),
            backMs: milliseconds(record.back),
            tookMs: milliseconds(record.endedAt - record.startedAt),
            participantCount: UInt32(clamping: record.participantCount),
            agentCount: UInt32(clamping: record.agentCount),
            requestCount: UInt64(record.requests), result: record.result.rawValue, why: record.why)
    }
}
