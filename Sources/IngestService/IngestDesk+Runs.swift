import CairnCore
import Ingestion
import Messages

extension IngestDesk {
    public func startRun(_ request: StartRun, at time: Timestamp) throws -> RunStarted {
        let id: RunID = try Checks.id(request.runId, "run_id")
        let model = try Checks.model(request.model)
        try Checks.pairs(request.params, IngestLimits.params, "params")
        try Checks.pairs(request.tags, IngestLimits.tags, "tags")
        try Amount.check(request.datasets.count, atMost: IngestLimits.datasets, "datasets")
        try Amount.check(
            request.dependencies.count, atMost: IngestLimits.dependencies, "dependencies")
        try Amount.checkText(request.name, "the run's name")
        if let known = try catalog.run(id) {
            guard known.model == model.description else {
                throw IngestError(
                    .conflict, "run \(id) is one of \(known.model); take a new run id")
            }
            return RunStarted(runId: request.runId, existed: true)
        }
        let record = RunRecord(
            runId: request.runId, model: request.model, name: request.name, status: .running,
            startedUnixMs: request.startedUnixMs == 0 ? time.milliseconds : request.startedUnixMs,
            params: request.params, tags: request.tags, code: request.code,
            datasets: request.datasets, dependencies: request.dependencies, host: request.host)
        try Self.checkSize(record, "a run")
        try catalog.apply(.startRun(record))
        return RunStarted(runId: request.runId)
    }

    public func logMetrics(_ request: LogMetrics) throws -> MetricsLogged {
        let id: RunID = try Checks.id(request.runId, "run_id")
        let shape = try Checks.batch(request)
        try requireRun(id)
        if try catalog.hasBatch(request.batchId, of: id) { return MetricsLogged() }
        try shape.check(others: try catalog.metricCount(of: id, without: shape.keys))
        try catalog.apply(.appendMetrics(request))
        return MetricsLogged(acceptedPointCount: UInt64(shape.pointCount))
    }

    public func finishRun(_ request: FinishRun, at time: Timestamp) throws {
        let id: RunID = try Checks.id(request.runId, "run_id")
        guard request.status != .running else {
            throw IngestError(.invalid, "a run ends as finished, failed or killed")
        }
        let life: RunLife = try requireRun(id) == .running ? .running : .ended
        if life.takesEnd { try catalog.apply(.finishRun(id, request.status, at: time)) }
    }

    public func run(_ request: GetRun) throws -> RunRecord {
        let id: RunID = try Checks.id(request.runId, "run_id")
        guard let run = try catalog.run(id) else { throw Self.unknown(id) }
        return run
    }

    public func runs(_ request: ListRuns) throws -> RunList {
        if !request.model.isEmpty { try requireModel(try Checks.model(request.model)) }
        let limit = request.limit == 0 ? 100 : min(Int(request.limit), 1_000)
        let runs = try catalog.runs(of: request.model, limit: limit).map { run in
            var run = run
            run.dependencies = []
            return run
        }
        let fitting = try Self.fitting(runs)
        return RunList(runs: fitting, leftOutCount: UInt32(runs.count - fitting.count))
    }

    /// The runs whose history is asked for, oldest first.
    public func runsOfHistory(_ request: GetMetricHistory) throws -> [RunID] {
        if let id: RunID = try Checks.optionalID(request.runId, "run_id") {
            try requireRun(id)
            return [id]
        }
        let model = try Checks.model(request.model)
        try requireModel(model)
        return try catalog.runIDs(of: model.description)
    }

    /// A metric of one run in step order, in messages of bounded length; of equal steps the one
    /// that came first stays first.
    public func history(of key: String, run: RunID) throws -> [MetricSeries] {
        var all = MetricPoints(key: key)
        for points in try catalog.points(of: key, run: run) {
            all.step += points.step
            all.timeUnixMs += points.timeUnixMs
            all.value += points.value
        }
        let order = all.step.indices.sorted { (all.step[$0], $0) < (all.step[$1], $1) }
        return stride(from: 0, to: order.count, by: IngestLimits.pointsPerPart).map { start in
            let part = order[start..<min(start + IngestLimits.pointsPerPart, order.count)]
            return MetricSeries(
                runId: run.bytes,
                points: MetricPoints(
                    key: key, step: part.map { all.step[$0] },
                    timeUnixMs: part.map { all.timeUnixMs[$0] },
                    value: part.map { all.value[$0] }))
        }
    }

    @discardableResult
    func requireRun(_ id: RunID) throws -> RunStatus {
        guard let status = try catalog.status(of: id) else { throw Self.unknown(id) }
        return status
    }

    static func unknown(_ run: RunID) -> IngestError {
        IngestError(.notFound, "run \(run) does not exist; `cairn run start` makes one")
    }
}
