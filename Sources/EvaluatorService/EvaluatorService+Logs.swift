import CairnCore
import Evaluation
import Messages
import Ports

/// The logs of runners: handed out, and dropped when their limits are reached.
extension EvaluatorService {
    func addLogs(to routes: inout RPCRoutes) {
        routes.serverStream(EvaluatorMethods.getRunnerLog) { [self] request, parts, _ in
            try await answering {
                let evaluation = try await find(request)
                guard let file = try await files.open(.log(evaluation.job.id)) else {
                    throw try await whyNoLog(of: evaluation)
                }
                try await file.forEachPart { offset, part in
                    try await parts.send(RunnerLogPart(offset: offset), attachment: part)
                }
            }
        }
    }

    private func whyNoLog(of evaluation: StoredEvaluation) async throws -> RPCError {
        let id = evaluation.job.id
        guard let drop = try await ledger.with({ store, _ in try store.logDrop(of: id) }) else {
            return RPCError(.notFound, "no runner has run for this evaluation")
        }
        let date = drop.at.description.prefix(10)
        let tail = evaluation.record?.logTail ?? ""
        return RPCError(
            .notFound,
            "the runner's log of evaluation \(id) was dropped on \(date) by \(drop.rule.rawValue)"
                + (tail.isEmpty
                    ? "; its result stays" : "; its last words stand in `cairn eval`, as before"))
    }

    /// Drops logs again and again: the first time at the start.
    func keepLogsWithinLimits() async throws {
        while true {
            do {
                try await dropLogs()
            } catch {
                try Task.checkCancellation()
                log("logs of runners were not looked through: \(error)")
            }
            try await uptime.sleep(until: uptime.now() + settings.logInterval)
        }
    }

    /// **Order:** files are listed before it is asked whose they are, so that none of a run that
    /// began in between is among them; and what goes is noted before it is gone.
    func dropLogs() async throws {
        let found = try await files.logs()
        if found.isEmpty { return }
        let retention = settings.logRetention
        let drops = try await ledger.with { store, now in
            let drops = retention.drops(of: try found.compactMap { try $0.log(in: store) }, at: now)
            if !drops.isEmpty { try store.note(drops) }
            return drops
        }
        for drop in drops { try await files.remove(.log(drop.evaluation)) }
        guard !drops.isEmpty else { return }
        let counts = RunnerLogRetention.Rule.allCases.compactMap { rule in
            let count = drops.count { $0.rule == rule }
            return count == 0 ? nil : "\(count) by \(rule.rawValue)"
        }
        log("dropped logs of runners: \(counts.joined(separator: ", "))")
    }
}

extension RunnerLogFiles {
    /// - Returns: `nil` for files of an evaluation that nobody knows: they are not ours to drop.
    fileprivate func log(in store: any EvaluationStore) throws -> RunnerLogRetention.Log? {
        guard let found = try store.evaluation(evaluation) else { return nil }
        let version = found.version
        var isStandingError = false
        if found.record?.verdict == .error {
            let standing = try store.evaluations(of: version.model, number: version.number).filter {
                $0.version.manifest == version.manifest && $0.suite.name == found.suite.name
            }.standing
            isStandingError = standing?.job.id == evaluation
        }
        return RunnerLogRetention.Log(
            evaluation: evaluation, model: version.model, suite: found.suite.name,
            byteCount: byteCount,
            endedAt: found.record.map { Timestamp(milliseconds: $0.endedUnixMs) },
            isStandingError: isStandingError)
    }
}
