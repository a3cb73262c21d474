import CairnCore
import Ingestion
import Messages
import Ports

extension IngestService {
    func addRuns(to routes: inout RPCRoutes) {
        routes.unary(IngestMethods.startRun) { [self] request, _ in try await start(request) }
        routes.unary(IngestMethods.logMetrics) { [self] request, _ in try await log(request) }
        routes.unary(IngestMethods.finishRun) { [self] request, _ in
            let id: RunID = try Checks.id(request.runId, "run_id")
            guard request.status != .running else {
                throw RPCError(.invalidArgument, "a run ends as finished, failed or killed")
            }
            return try await answering {
                try await ledger.with { catalog, now in
                    guard try catalog.run(id) != nil else { throw Self.unknown(id) }
                    try catalog.finishRun(id, status: request.status, at: now)
                }
                return Done()
            }
        }
        routes.unary(IngestMethods.getRun) { [self] request, _ in
            let id: RunID = try Checks.id(request.runId, "run_id")
            return try await answering {
                guard let run = try await ledger.with({ catalog, _ in try catalog.run(id) }) else {
                    throw Self.unknown(id)
                }
                return run
            }
        }
        routes.unary(IngestMethods.listRuns) { [self] request, _ in
            let limit = request.limit == 0 ? 100 : min(Int(request.limit), 1_000)
            return try await answering {
                RunList(
                    runs: try await ledger.with { catalog, _ in
                        try catalog.runs(of: request.model, limit: limit)
                    })
            }
        }
        routes.serverStream(IngestMethods.getMetricHistory) { [self] request, replies, _ in
            let run: RunID? = try Checks.optionalID(request.runId, "run_id")
            let series = try await answering {
                try await ledger.with { catalog, _ in
                    try catalog.history(of: request.key, run: run, model: request.model)
                }
            }
            for part in Self.byRun(series) { try await replies.send(part) }
        }
    }

    static func unknown(_ run: RunID) -> RPCError {
        RPCError(.notFound, "run \(run) does not exist; `cairn run start` makes one")
    }

    private func start(_ request: StartRun) async throws -> RunStarted {
        _ = try Checks.id(request.runId, "run_id", RunID.self)
        _ = try Checks.model(request.model)
        try Checks.pairs(request.params, IngestLimits.params, "params")
        try Checks.pairs(request.tags, IngestLimits.tags, "tags")
        try Checks.atMost(request.datasets.count, IngestLimits.datasets, "data sets")
        try Checks.atMost(request.dependencies.count, IngestLimits.dependencies, "dependencies")
        return try await answering {
            let existed = try await ledger.with { try $0.startRun(request, at: $1) }
            return RunStarted(runId: request.runId, existed: existed)
        }
    }

    private func log(_ request: LogMetrics) async throws -> MetricsLogged {
        let id: RunID = try Checks.id(request.runId, "run_id")
        guard request.batchId.count == 16 else {
            throw RPCError(
                .invalidArgument, "batch_id has \(request.batchId.count) bytes; expected 16")
        }
        try Checks.batch(request)
        return try await answering {
            let accepted = try await ledger.with { catalog, _ in
                guard try catalog.run(id) != nil else { throw Self.unknown(id) }
                return try catalog.appendMetrics(request)
            }
            return MetricsLogged(acceptedPointCount: UInt64(accepted))
        }
    }

    /// Each run's points in step order, in messages of at most 16,384 points.
    static func byRun(_ series: [MetricSeries]) -> [MetricSeries] {
        var order: [[UInt8]] = [], byRun: [[UInt8]: MetricPoints] = [:]
        for part in series {
            guard let points = part.points else { continue }
            if byRun[part.runId] == nil {
                order.append(part.runId)
                byRun[part.runId] = MetricPoints(key: points.key)
            }
            byRun[part.runId]?.step += points.step
            byRun[part.runId]?.timeUnixMs += points.timeUnixMs
            byRun[part.runId]?.value += points.value
        }
        return order.flatMap { run -> [MetricSeries] in
            guard let all = byRun[run] else { return [] }
            // A stable order: of equal steps the one that came first stays first.
            let sorted = all.step.indices.sorted { (all.step[$0], $0) < (all.step[$1], $1) }
            return stride(from: 0, to: sorted.count, by: 16_384).map { start in
                let part = sorted[start..<min(start + 16_384, sorted.count)]
                return MetricSeries(
                    runId: run,
                    points: MetricPoints(
                        key: all.key, step: part.map { all.step[$0] },
                        timeUnixMs: part.map { all.timeUnixMs[$0] },
                        value: part.map { all.value[$0] }))
            }
        }
    }
}
