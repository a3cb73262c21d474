import CairnCore
import Ingestion
import Messages
import Ports

/// Ingest's catalog in one SQLite file. For one thread at a time.
///
/// Facts that are only shown are kept as the message that shows them; what is searched by has a
/// column of its own.
public final class SQLiteIngestCatalog: IngestCatalog {
    let database: Database

    public init(path: String) throws {
        database = try Database(path: path)
        try database.migrate(IngestSchema.steps)
    }

    // MARK: Runs

    public func startRun(_ run: StartRun, at time: Timestamp) throws -> Bool {
        let record = RunRecord(
            runId: run.runId, model: run.model, name: run.name, status: .running,
            startedUnixMs: run.startedUnixMs == 0 ? time.milliseconds : run.startedUnixMs,
            params: run.params, tags: run.tags, code: run.code, datasets: run.datasets,
            dependencies: run.dependencies, host: run.host)
        let added = try database.run(
            "INSERT OR IGNORE INTO runs VALUES (?, ?, ?, ?, ?, 0)", .blob(run.runId),
            .text(run.model), .blob(try record.encoded()), .number(RunStatus.running.rawValue),
            .integer(record.startedUnixMs))
        return added == 0
    }

    public func appendMetrics(_ batch: LogMetrics) throws -> Int {
        try database.transaction {
            let added = try database.run(
                "INSERT OR IGNORE INTO metric_batches (run, batch) VALUES (?, ?)",
                .blob(batch.runId), .blob(batch.batchId))
            if added == 0 { return 0 }
            let sequence = database.lastInsertedRow
            for series in batch.series where !series.step.isEmpty {
                try database.run(
                    "INSERT INTO metric_points VALUES (?, ?, ?, ?)", .blob(batch.runId),
                    .text(series.key), .integer(sequence), .blob(try series.encoded()))
                try keepLast(of: series, run: batch.runId)
            }
            return batch.series.reduce(0) { $0 + $1.step.count }
        }
    }

    /// The value at the highest step; of equal steps the one that came last.
    private func keepLast(of series: MetricPoints, run: [UInt8]) throws {
        guard let last = series.step.indices.max(by: { series.step[$0] <= series.step[$1] }) else {
            return
        }
        try database.run(
            "INSERT INTO metric_last VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE "
                + "SET step = excluded.step, value = excluded.value WHERE excluded.step >= step",
            .blob(run), .text(series.key), .integer(series.step[last]), .real(series.value[last]))
    }

    public func finishRun(_ id: RunID, status: RunStatus, at time: Timestamp) throws {
        try database.run(
            "UPDATE runs SET status = ?, ended_ms = ? WHERE id = ? AND ended_ms = 0",
            .number(status.rawValue), .integer(time.milliseconds), .blob(id.bytes))
    }

    public func run(_ id: RunID) throws -> RunRecord? {
        try runRecords("WHERE id = ?", .blob(id.bytes)).first
    }

    public func runs(of model: String, limit: Int) throws -> [RunRecord] {
        model.isEmpty
            ? try runRecords("ORDER BY started_ms DESC LIMIT ?", .number(limit))
            : try runRecords(
                "WHERE model = ? ORDER BY started_ms DESC LIMIT ?", .text(model), .number(limit))
    }

    private func runRecords(_ condition: String, _ values: SQLiteValue...) throws -> [RunRecord] {
        let rows = try database.query(
            "SELECT record, status, ended_ms FROM runs " + condition, values: values
        ) { ($0.blob(0), UInt32($0.int(1)), $0.int64(2)) }
        return try rows.map { bytes, status, ended in
            var record = try RunRecord(decoding: bytes)
            record.status = RunStatus(rawValue: status) ?? record.status
            record.endedUnixMs = ended
            record.lastMetrics = try database.query(
                "SELECT key, value FROM metric_last WHERE run = ? ORDER BY key",
                .blob(record.runId)
            ) { NamedNumber(name: $0.text(0), value: $0.isNull(1) ? .nan : $0.double(1)) }
            return record
        }
    }

    public func history(of key: String, run: RunID?, model: String) throws -> [MetricSeries] {
        let map = { (row: SQLiteRow) in
            MetricSeries(runId: row.blob(0), points: try MetricPoints(decoding: row.blob(1)))
        }
        if let run {
            return try database.query(
                "SELECT run, points FROM metric_points WHERE run = ? AND key = ? ORDER BY sequence",
                .blob(run.bytes), .text(key), map: map)
        }
        return try database.query(
            "SELECT p.run, p.points FROM runs r JOIN metric_points p ON p.run = r.id "
                + "WHERE r.model = ? AND p.key = ? ORDER BY r.started_ms, p.run, p.sequence",
            .text(model), .text(key), map: map)
    }

    // MARK: Pins

    public func pin(_ manifest: Digest, holder: String, reason: String, at time: Timestamp) throws {
        try database.run(
            "INSERT OR IGNORE INTO pins VALUES (?, ?, ?, ?)", .blob(manifest.bytes), .text(holder),
            .text(reason), .integer(time.milliseconds))
    }

    public func unpin(_ manifest: Digest, holder: String) throws {
        try database.run(
            "DELETE FROM pins WHERE manifest = ? AND holder = ?", .blob(manifest.bytes),
            .text(holder))
    }
}
