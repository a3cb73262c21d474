import CairnCore
import Evaluation
import Messages
import Ports

/// The evaluator's memory in one SQLite file, which the evaluators of a data folder share. For one
/// thread at a time.
public final class SQLiteEvaluationStore: EvaluationStore {
    let database: Database

    public init(path: String) throws {
        database = try Database(path: path)
        try database.migrate(EvaluationSchema.steps)
    }

    public func atomically<Result>(_ body: () throws -> Result) throws -> Result {
        try database.atomically(body)
    }

    public func changeMark() throws -> Int64 { try database.changeMark() }

    // MARK: Data sets

    public func add(_ dataset: NewDataset, at now: Timestamp) throws -> StoredDataset {
        try database.atomically {
            let sameName = try datasets("WHERE name = ? ORDER BY version", .text("\(dataset.name)"))
            if let known = sameName.first(where: { $0.dataset.digest == dataset.digest }) {
                return StoredDataset(
                    known.dataset, version: known.version, addedAt: known.addedAt, existed: true)
            }
            let version = (sameName.last?.version ?? 0) + 1
            try database.run(
                "INSERT INTO datasets VALUES (?, ?, ?, ?, ?, ?)", .text("\(dataset.name)"),
                .number(version), .blob(dataset.digest.bytes), .number(dataset.byteCount),
                .text(dataset.fileName), .integer(now.milliseconds))
            return StoredDataset(dataset, version: version, addedAt: now, existed: false)
        }
    }

    public func datasets() throws -> [StoredDataset] {
        try datasets("ORDER BY name, version")
    }

    public func dataset(_ digest: Digest) throws -> StoredDataset? {
        try datasets("WHERE digest = ? ORDER BY added_ms LIMIT 1", .blob(digest.bytes)).first
    }

    private func datasets(_ condition: String, _ values: SQLiteValue...) throws -> [StoredDataset] {
        try database.query(
            "SELECT name, version, digest, byte_count, file_name, added_ms FROM datasets "
                + condition, values: values
        ) { row in
            guard let digest = Digest(bytes: row.blob(2)) else {
                throw EvaluationRows.damaged("a data set")
            }
            return StoredDataset(
                NewDataset(
                    name: try ModelName(row.text(0)), digest: digest,
                    byteCount: UInt64(row.int64(3)), fileName: row.text(4)),
                version: row.int(1), addedAt: Timestamp(milliseconds: row.int64(5)), existed: false)
        }
    }

    // MARK: Suites

    public func apply(_ suite: EvaluationSuite, at now: Timestamp) throws -> StoredSuite {
        try database.atomically {
            let known = try suites(
                "AND h.model = ? AND h.name = ?", .text("\(suite.model)"), .text("\(suite.name)"))
            if let known = known.first, known.suite.digest == suite.digest { return known }
            try keep(suite)
            try database.run(
                "INSERT INTO suite_history (model, name, digest, applied_ms) VALUES (?, ?, ?, ?)",
                .text("\(suite.model)"), .text("\(suite.name)"), .blob(suite.digest.bytes),
                .integer(now.milliseconds))
            return StoredSuite(suite, appliedAt: now, changed: true)
        }
    }

    private func keep(_ suite: EvaluationSuite) throws {
        try database.run(
            "INSERT OR IGNORE INTO suites VALUES (?, ?)", .blob(suite.digest.bytes),
            .blob(try suite.spec.encoded()))
    }

    public func suites(of model: ModelName?) throws -> [StoredSuite] {
        guard let model else { return try suites("") }
        return try suites("AND h.model = ?", .text("\(model)"))
    }

    private func suites(_ condition: String, _ values: SQLiteValue...) throws -> [StoredSuite] {
        try database.query(
            "SELECT s.spec, h.applied_ms FROM suite_history h JOIN suites s ON s.digest = h.digest "
                + "WHERE h.sequence = (SELECT max(sequence) FROM suite_history "
                + "WHERE model = h.model AND name = h.name) \(condition) ORDER BY h.model, h.name",
            values: values
        ) { row in
            StoredSuite(
                try EvaluationSuite(SuiteSpec(decoding: row.blob(0))),
                appliedAt: Timestamp(milliseconds: row.int64(1)))
        }
    }

    // MARK: Versions

    public func commit(
        _ version: KnownVersion, event: EventID, orders: () throws -> [StoredEvaluation]
    ) throws -> Bool {
        try database.atomically {
            let added = try database.run(
                "INSERT OR IGNORE INTO applied_events VALUES (?)", .blob(event.bytes))
            guard added == 1 else { return false }
            try database.run(
                "INSERT OR REPLACE INTO versions VALUES (?, ?, ?, ?, ?)",
                values: EvaluationRows.values(version))
            for evaluation in try orders() { try insert(evaluation) }
            return true
        }
    }

    public func version(_ number: VersionNumber, of model: ModelName) throws -> KnownVersion? {
        try database.query(
            "SELECT model, number, manifest, parent, parent_manifest FROM versions "
                + "WHERE model = ? AND number = ?", .text("\(model)"), .text(number.number)
        ) { try EvaluationRows.version($0, from: 0) }.first
    }

    public func counts() throws -> EvaluationCounts {
        let counts = try database.query(
            "SELECT (SELECT count(*) FROM datasets), "
                + "(SELECT count(*) FROM (SELECT DISTINCT model, name FROM suite_history)), "
                + "(SELECT count(*) FROM evaluations), "
                + "(SELECT count(*) FROM evaluations WHERE phase <> 'done')"
        ) { row in (0..<4).map { row.int($0) } }[0]
        return EvaluationCounts(
            datasets: counts[0], suites: counts[1], evaluations: counts[2], pending: counts[3],
            undeliveredEvents: try OutboxTable(database: database).count())
    }
}
