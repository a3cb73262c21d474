import CairnCore
import Ingestion
import Messages
import Ports

/// Ingest's catalog in one SQLite file. For one thread at a time.
///
/// Facts that are only shown are kept as the message that shows them; what is searched by has a
/// column of its own. Points of a metric lie as parallel arrays, one row for each batch.
public final class SQLiteIngestCatalog: IngestCatalog {
    let database: Database

    public init(path: String) throws {
        database = try Database(path: path)
        try database.migrate(IngestSchema.steps)
    }

    public func apply(_ change: IngestChange) throws(CatalogError) {
        try catalogErrors {
            try database.transaction {
                switch change {
                case .startRun(let record): try insert(record)
                case .appendMetrics(let batch): try append(batch)
                case .finishRun(let id, let status, let time):
                    try database.run(
                        "UPDATE runs SET status = ?, ended_ms = ? WHERE id = ? AND ended_ms = 0",
                        .number(status.rawValue), .integer(time.milliseconds), .blob(id.bytes))
                case .commit(let new): try insert(new)
                case .addVersion(let version, let checkpoint, let request):
                    guard try self.checkpoint(checkpoint) != nil else {
                        throw CatalogError(.conflict, "checkpoint \(checkpoint) does not exist")
                    }
                    try insert(version, of: checkpoint, request: .blob(request))
                case .setAlias(let alias, let model, let number):
                    try requireStanding(model, number)
                    try database.run(
                        "INSERT INTO aliases VALUES (?, ?, ?) ON CONFLICT DO UPDATE "
                            + "SET number = excluded.number", .text(model.description),
                        .text(alias.description), .text(number.number))
                case .removeAlias(let alias, let model):
                    try database.run(
                        "DELETE FROM aliases WHERE model = ? AND alias = ?",
                        .text(model.description), .text(alias.description))
                case .pin(let manifest, let holder, let reason, let time):
                    try database.run(
                        "INSERT INTO pins VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE "
                            + "SET reason = excluded.reason", .blob(manifest.bytes), .text(holder),
                        .text(reason), .integer(time.milliseconds))
                case .unpin(let manifest, let holder):
                    try database.run(
                        "DELETE FROM pins WHERE manifest = ? AND holder = ?",
                        .blob(manifest.bytes), .text(holder))
                case .delete(let numbers, let model, let time, let reason):
                    for number in numbers { try delete(model, number, at: time, reason) }
                    try dropBytesOfDead()
                case .deleteCheckpoints(let ids, let time):
                    for id in ids { try deleteCheckpoint(id, at: time) }
                    try dropBytesOfDead()
                }
            }
        }
    }

    private func insert(_ record: RunRecord) throws {
        try database.run(
            "INSERT OR IGNORE INTO runs (id, model, record, status, started_ms, ended_ms) "
                + "VALUES (?, ?, ?, ?, ?, ?)", .blob(record.runId), .text(record.model),
            .blob(try record.encoded()), .number(record.status.rawValue),
            .integer(record.startedUnixMs), .integer(record.endedUnixMs))
    }

    private func append(_ batch: LogMetrics) throws {
        guard let run = try sequence(of: batch.runId) else {
            throw CatalogError(.conflict, "the run of this batch does not exist")
        }
        try database.run(
            "INSERT INTO metric_batches VALUES (?, ?)", .integer(run), .blob(batch.batchId))
        for series in batch.series where !series.step.isEmpty {
            try database.run(
                "INSERT INTO metric_points (run, key, points) VALUES (?, ?, ?)", .integer(run),
                .text(series.key), .blob(try series.encoded()))
            try keepLast(of: series, run: run)
        }
    }

    /// The value at the highest step; of equal steps the one that came last.
    private func keepLast(of series: MetricPoints, run: Int64) throws {
        guard let last = series.step.indices.max(by: { series.step[$0] <= series.step[$1] }) else {
            return
        }
        try database.run(
            "INSERT INTO metric_last VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE "
                + "SET step = excluded.step, value = excluded.value WHERE excluded.step >= step",
            .integer(run), .text(series.key), .integer(series.step[last]),
            .real(series.value[last]))
    }

    func sequence(of run: [UInt8]) throws -> Int64? {
        try database.query("SELECT sequence FROM runs WHERE id = ?", .blob(run)) { $0.int64(0) }
            .first
    }

    private func insert(_ new: NewCheckpoint) throws {
        let digest = new.manifest.digest
        try database.run(
            "INSERT INTO manifests VALUES (?, ?) ON CONFLICT (digest) DO UPDATE "
                + "SET bytes = excluded.bytes WHERE length(manifests.bytes) = 0",
            .blob(digest.bytes), .blob(new.manifest.canonicalBytes))
        try database.run(
            "INSERT INTO checkpoints (id, upload, model, run, manifest, number, record) "
                + "VALUES (?, ?, ?, ?, ?, ?, ?)", .blob(new.id.bytes), .blob(new.upload.bytes),
            .text(new.record.model), .blob(new.record.runId), .blob(digest.bytes),
            new.version.map { .text($0.number.number) } ?? .null, .blob(try new.record.encoded()))
        if let version = new.version { try insert(version, of: new.id, request: .null) }
    }

    /// A version and, in the same transaction, what others are told of it.
    private func insert(
        _ version: VersionToMake, of checkpoint: CheckpointID, request: SQLiteValue
    ) throws {
        try database.run(
            "INSERT INTO versions (model, number, checkpoint, parent, note, created_ms, request) "
                + "VALUES (?, ?, ?, ?, ?, ?, ?)", .text(version.model.description),
            .text(version.number.number), .blob(checkpoint.bytes),
            .text(version.parent?.number ?? ""), .text(version.note),
            .integer(version.at.milliseconds), request)
        try OutboxTable(database: database).add(version.event)
    }
}

/// What SQLite and the readers of its blobs throw, as callers of the catalog see it.
func catalogErrors<Result>(_ body: () throws -> Result) throws(CatalogError) -> Result {
    do {
        return try body()
    } catch let error as CatalogError {
        throw error
    } catch let error as SQLiteError {
        let code: CatalogError.Code =
            error.isConstraint
            ? .conflict : error.isDiskFull ? .full : error.isDamage ? .damaged : .failed
        throw CatalogError(code, "the catalog: \(error)")
    } catch {
        // A blob that cannot be read back: its writer checked it.
        throw CatalogError(.damaged, "the catalog holds a damaged row: \(error)")
    }
}
