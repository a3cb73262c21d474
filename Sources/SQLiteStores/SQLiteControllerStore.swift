import CairnCore
import Deployment
import Ports

/// The deployment-controller's memory in one SQLite file. For one thread at a time.
public final class SQLiteControllerStore: ControllerStore {
    let database: Database
    private let reserve: DiskReserve
    private var reserveTriedAt = Timestamp(nanoseconds: .min)

    public init(path: String) throws {
        reserve = DiskReserve(path: path + ".reserve")
        database = try Database(path: path)
        try database.execute(ControllerSchema.settings)
        try database.migrate(ControllerSchema.steps)
    }

    // MARK: The log

    public func targets() throws -> [TargetName] {
        // Each has its newest record in a row of its own.
        try database.query("SELECT DISTINCT target FROM log ORDER BY target") {
            try TargetName($0.text(0))
        }
    }

    private static let columns =
        "target, sequence, time_ns, event, actor, reason, summary, stable, stable_manifest, "
        + "candidate, candidate_manifest, weight, epoch, link"

    public func records(of target: TargetName, after sequence: UInt64, limit: Int) throws
        -> [LogRecord]
    {
        let old = try LogArchive(database: database).records(of: target, after: sequence)
        if !old.isEmpty { return Array(old.prefix(limit)) }
        return try rows(of: target, after: sequence, limit: limit)
    }

    private func rows(of target: TargetName, after sequence: UInt64, limit: Int) throws
        -> [LogRecord]
    {
        try database.query(
            "SELECT \(Self.columns) FROM log WHERE target = ? AND sequence > ? "
                + "ORDER BY sequence LIMIT ?",
            .text("\(target)"), .number(Int64(clamping: sequence)), .number(limit), map: Self.record
        )
    }

    public func record(of target: TargetName, at time: Timestamp) throws -> LogRecord? {
        // Between a record that is early enough and one that is not, halved until they are neighbours.
        let archive = LogArchive(database: database)
        let archived = Int64(clamping: try archive.lastSequence(of: target))
        var (early, late) = (archived, try lastSequence(of: target) + 1)
        while late - early > 1 {
            let middle = early + (late - early) / 2
            let found = try database.query(
                "SELECT time_ns FROM log WHERE target = ? AND sequence = ?", .text("\(target)"),
                .integer(middle)
            ) { $0.int64(0) }.first
            guard let found else {
                throw LogDamage("record \(middle) of \(target) is missing")
            }
            if found <= time.nanoseconds { early = middle } else { late = middle }
        }
        guard early > archived else { return try archive.record(of: target, at: time) }
        return try rows(of: target, after: UInt64(early - 1), limit: 1).first
    }

    private func lastSequence(of target: TargetName) throws -> Int64 {
        try database.query("SELECT max(sequence) FROM log WHERE target = ?", .text("\(target)")) {
            $0.isNull(0) ? 0 : $0.int64(0)
        }.first ?? 0
    }

    public func compact(before time: Timestamp) throws -> Int {
        let archive = LogArchive(database: database)
        var count = 0
        for target in try targets() {
            while true {
                // One more than a row takes: the newest record always stays.
                let last = try archive.lastSequence(of: target)
                let records = try rows(of: target, after: last, limit: LogArchive.batch + 1)
                guard records.count > LogArchive.batch,
                    records[LogArchive.batch - 1].time < time
                else { break }
                try database.transaction { try archive.take(Array(records.dropLast())) }
                count += LogArchive.batch
            }
        }
        return count
    }

    public func lastTime() throws -> Timestamp? {
        try database.query("SELECT max(time_ns) FROM log") { row in
            row.isNull(0) ? nil : Timestamp(nanoseconds: row.int64(0))
        }.first ?? nil
    }

    private static func record(_ row: SQLiteRow) throws -> LogRecord {
        let place = "record \(row.int64(1)) of \(row.text(0))"
        guard let sequence = UInt64(exactly: row.int64(1)),
            let epoch = UInt64(exactly: row.int64(12)),
            let weight = BasisPoints(row.int(11)), let link = Digest(bytes: row.blob(13))
        else { throw LogDamage("\(place) has a field that was never written so") }
        return LogRecord(
            target: try TargetName(row.text(0)), sequence: sequence,
            time: Timestamp(nanoseconds: row.int64(2)), event: row.text(3), actor: row.text(4),
            reason: row.text(5), summary: row.text(6), stable: try release(row, at: 7, place),
            candidate: try release(row, at: 9, place), weight: weight, epoch: epoch, link: link)
    }

    private static func release(_ row: SQLiteRow, at column: Int32, _ place: String) throws
        -> Release?
    {
        if row.isNull(column) { return nil }
        guard let number = VersionNumber(row.text(column)),
            let manifest = Digest(bytes: row.blob(column + 1))
        else { throw LogDamage("\(place) names a version that was never written so") }
        return Release(number: number, manifest: manifest)
    }

    public func append(_ batch: ControllerBatch) throws {
        do {
            try write(batch)
        } catch let error as SQLiteError where error.isDiskFull {
            guard batch.isUrgent, reserve.release() else { throw DiskIsFull("\(error)") }
            do {
                try write(batch)
            } catch let error as SQLiteError where error.isDiskFull {
                throw DiskIsFull("\(error)")
            }
        }
        keepReserve(at: batch.time)
    }

    /// What was given up is taken back once there is room; asked for now and then.
    private func keepReserve(at now: Timestamp) {
        guard now >= reserveTriedAt + .seconds(10) else { return }
        reserveTriedAt = now
        reserve.hold()
    }

    private func write(_ batch: ControllerBatch) throws {
        try database.transaction {
            try checkLease(batch.leaseToken)
            for record in batch.records { try insert(record) }
            for answer in batch.answers {
                try database.run(
                    "INSERT OR IGNORE INTO answers VALUES (?, ?, ?)", .blob(answer.request.bytes),
                    .blob(answer.body), .integer(batch.time.nanoseconds))
            }
            if !batch.answers.isEmpty {
                let oldest = batch.time - AnswerLimits.age
                try database.run(
                    "DELETE FROM answers WHERE at_ns < ?", .integer(oldest.nanoseconds))
            }
            let outbox = OutboxTable(database: database)
            for event in batch.events { try outbox.add(event) }
            guard !batch.notices.isEmpty else { return }
            let notices = NoticeTable(database: database)
            for notice in batch.notices { try notices.add(notice) }
            try notices.removeOld(before: batch.time - NoticeLimits.age)
        }
    }

    private func insert(_ record: LogRecord) throws {
        try database.run(
            "INSERT INTO log VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            .text("\(record.target)"), .number(record.sequence),
            .integer(record.time.nanoseconds), .text(record.event), .text(record.actor),
            .text(record.reason), .text(record.summary),
            .text(orNull: record.stable?.number.number),
            .blob(orNull: record.stable?.manifest.bytes),
            .text(orNull: record.candidate?.number.number),
            .blob(orNull: record.candidate?.manifest.bytes), .number(record.weight.value),
            .number(record.epoch), .blob(record.link.bytes))
    }

    // MARK: Answers and verdicts

    public func answer(to request: EventID) throws -> [UInt8]? {
        try database.query("SELECT body FROM answers WHERE request = ?", .blob(request.bytes)) {
            $0.blob(0)
        }.first
    }

    public func keep(_ verdict: KnownVerdict, event: EventID) throws -> Bool {
        try database.transaction {
            let added = try database.run(
                "INSERT OR IGNORE INTO applied_events VALUES (?)", .blob(event.bytes))
            guard added == 1 else { return false }
            try database.run(
                "INSERT OR REPLACE INTO verdicts VALUES (?, ?, ?, ?, ?)",
                .blob(verdict.manifest.bytes), .text(verdict.suite),
                .text(verdict.verdict.rawValue), .text(verdict.why),
                .integer(verdict.reachedAt.nanoseconds))
            return true
        }
    }

    public func verdict(of manifest: Digest, suite: String) throws -> KnownVerdict? {
        try database.query(
            "SELECT verdict, why, reached_ns FROM verdicts WHERE manifest = ? AND suite = ?",
            .blob(manifest.bytes), .text(suite)
        ) { row in
            guard let verdict = Event.Verdict(rawValue: row.text(0)) else {
                throw LogDamage("the verdict on \(manifest.short) was never written so")
            }
            return KnownVerdict(
                manifest: manifest, suite: suite, verdict: verdict, why: row.text(1),
                reachedAt: Timestamp(nanoseconds: row.int64(2)))
        }.first
    }

    public func groups() throws -> [String] {
        try database.query("SELECT text FROM groups ORDER BY name") { $0.text(0) }
    }

    public func keep(group: String, text: String) throws {
        try database.run("INSERT OR REPLACE INTO groups VALUES (?, ?)", .text(group), .text(text))
    }

    public func undeliveredEventCount() throws -> Int {
        try OutboxTable(database: database).count()
    }
}
