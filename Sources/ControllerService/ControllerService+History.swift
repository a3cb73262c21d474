import CairnCore
import Deployment
import Messages
import Ports

/// What happened, who did it, and the proof that the record was not edited.
extension ControllerService {
    private static let page = 256

    func addHistory(to routes: inout RPCRoutes) {
        routes.serverStream(ControllerMethods.getHistory) { [self] request, out, _ in
            try await answering { try await send(request, out) }
        }
        routes.unary(ControllerMethods.getVerdicts) { [self] request, _ in
            try await answering {
                try await verdicts(of: try Checks.target(request.target), attempt: request.attempt)
            }
        }
        routes.unary(ControllerMethods.verifyAudit) { [self] request, _ in
            try await answering {
                let names =
                    request.target.isEmpty
                    ? try await desk.with { store in try store.targets() }
                    : [try Checks.target(request.target)]
                return try await audit(names)
            }
        }
    }

    private func send(_ request: GetHistory, _ out: Outgoing<HistoryEntry>) async throws {
        let name = try Checks.target(request.target)
        if board.damage(of: name) == nil { _ = try board.known(name) }
        if request.atUnixMs != 0 {
            // Up to the end of the millisecond that was asked for.
            let moment = Timestamp(milliseconds: request.atUnixMs) + .nanoseconds(999_999)
            guard
                let record = try await desk.with({ store in
                    try store.record(of: name, at: moment)
                })
            else {
                throw RPCError(.notFound, "nothing is known of \(name) at \(moment)")
            }
            return try await out.send(HistoryEntry(record))
        }
        var sequence = request.afterSequence
        while true {
            let from = sequence
            let records = try await desk.with { store in
                try store.records(of: name, after: from, limit: Self.page)
            }
            for record in records { try await out.send(HistoryEntry(record)) }
            guard let last = records.last else { return }
            sequence = last.sequence
        }
    }

    /// Folds each log anew and holds it against what is in force.
    private func audit(_ names: [TargetName]) async throws -> AuditReport {
        var report = AuditReport()
        for name in names {
            let known = board.entry(name)?.log.head
            do {
                let fold = try await fold(name)
                report.recordCount += fold.head.sequence
                guard let known else { continue }
                if fold.head.sequence < known.sequence {
                    report.damages.append(
                        "\(name): \(fold.head.sequence) records are stored, \(known.sequence) were "
                            + "written")
                }
            } catch let damage as LogDamage {
                report.damages.append("\(damage)")
            }
        }
        return report
    }
}

extension HistoryEntry {
    fileprivate init(_ record: LogRecord) {
        self.init(
            sequence: record.sequence, timeUnixMs: record.time.milliseconds, actor: record.actor,
            reason: record.reason, event: record.event, summary: record.summary,
            chainDigest: record.link.bytes, stableNumber: record.stable?.number.number ?? "",
            candidateNumber: record.candidate?.number.number ?? "",
            candidateWeightBp: UInt32(record.weight.value), epoch: record.epoch)
    }
}
