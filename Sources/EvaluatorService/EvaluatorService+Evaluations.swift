import CairnCore
import Evaluation
import Messages
import Ports
import ServiceKit

/// Starting, showing and watching evaluations.
extension EvaluatorService {
    func addEvaluations(to routes: inout RPCRoutes) {
        routes.unary(EvaluatorMethods.evaluate) { [self] request, _ in
            try await answering { try await evaluate(request) }
        }
        routes.unary(EvaluatorMethods.getEvaluation) { [self] request, _ in
            try await answering { message(of: try await find(request)) }
        }
        routes.unary(EvaluatorMethods.listEvaluations) { [self] request, _ in
            try await answering { try await list(request) }
        }
        routes.serverStream(EvaluatorMethods.watchEvaluation) { [self] request, records, _ in
            try await answering { try await watch(request, records) }
        }
    }

    private func evaluate(_ request: Evaluate) async throws -> EvaluationRecord {
        let version = try await version(request.number, of: request.model)
        var first: EvaluationRecord?
        for suite in try await suites(named: request.suite, of: version.model) {
            let (evaluation, isNew) = try await ledger.findOrOrder(
                version, on: suite, again: request.again, priority: Int(request.priority))
            if isNew { changes.ring() }
            first = first ?? evaluation.message
        }
        guard let first else { throw RPCError(.internal, "a model without suites was evaluated") }
        return first
    }

    /// By its id, or the newest of a version, on a suite if one is named.
    func find(_ request: GetEvaluation) async throws -> StoredEvaluation {
        if !request.evaluationId.isEmpty {
            let id = try WireChecks.id(request.evaluationId, "evaluation_id", EvaluationID.self)
            guard let found = try await ledger.with({ store, _ in try store.evaluation(id) }) else {
                throw RPCError(.notFound, "there is no evaluation \(id)")
            }
            return found
        }
        let model = try Checks.name(request.model, "model")
        let number = try WireChecks.number(request.number)
        let all = try await ledger.with { store, _ in
            try store.evaluations(of: model, number: number)
        }
        let wanted = request.suite
        let asked = all.filter { wanted.isEmpty || $0.suite.name.description == wanted }
        guard let newest = asked.standing else {
            throw RPCError(
                .notFound,
                "\(model)@\(number) was not evaluated"
                    + (wanted.isEmpty ? "" : " on '\(wanted.prefix(40))'"))
        }
        return newest
    }

    /// Newest first, without what only a page of one evaluation shows. As many as fit into a
    /// message: some thousands.
    private func list(_ request: ListEvaluations) async throws -> EvaluationList {
        let model = try Checks.name(request.model, "model")
        let number = request.number.isEmpty ? nil : try WireChecks.number(request.number)
        let all = try await ledger.with { store, _ in
            try store.evaluations(of: model, number: number)
        }
        var (records, byteCount): ([EvaluationRecord], Int) = ([], 0)
        for evaluation in all {
            var record = evaluation.message
            (record.labels, record.confusion, record.logTail) = ([], [], "")
            (record.slices, record.skippedRows) = ([], [])
            byteCount += try record.encoded().count + 8
            if byteCount > WireLimits.messageByteCount * 9 / 10 { break }
            records.append(record)
        }
        return EvaluationList(evaluations: records)
    }

    /// Every change, from the present state to the end, and in between how far the phase is.
    private func watch(_ request: GetEvaluation, _ records: Outgoing<EvaluationRecord>)
        async throws
    {
        let byID = GetEvaluation(evaluationId: try await find(request).job.id.bytes)
        var told: EvaluationRecord?
        var nextProgress = uptime.now()
        while true {
            let generation = changes.generation
            let evaluation = try await find(byID)
            while true {
                let record = message(of: evaluation)
                if record.isNews(after: told, ifProgressIs: uptime.now() >= nextProgress) {
                    try await records.send(record)
                    told = record
                    nextProgress = uptime.now() + settings.progressInterval
                }
                if evaluation.job.isDone { return }
                let next = record.progress == nil ? nil : nextProgress
                try await changes.wait(after: generation, until: next, on: uptime)
                if changes.generation != generation { break }
            }
        }
    }

    /// Returns when an evaluation is done, or waits for somebody to upload.
    func waitForEnd(of id: EvaluationID) async throws -> StoredEvaluation {
        let byID = GetEvaluation(evaluationId: id.bytes)
        while true {
            let generation = changes.generation
            let evaluation = try await find(byID)
            if evaluation.job.isDone || evaluation.job.phase == .waiting { return evaluation }
            try await changes.wait(after: generation)
        }
    }
}

extension EvaluationRecord {
    /// Whether it says more than the one that was told before.
    /// - Parameter progressIs: whether it is time to tell of a phase that goes on as it did.
    fileprivate func isNews(after told: EvaluationRecord?, ifProgressIs progressIs: Bool) -> Bool {
        guard let told else { return true }
        if progressIs || progress?.phase != told.progress?.phase { return self != told }
        var same = told
        same.progress = progress
        return self != same
    }
}
