import CairnCore
import Ports
import Synchronization

/// The rows of notices, in the database of the log that made them true.
struct NoticeTable {
    static let schema = """
        CREATE TABLE notices (
            sequence INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, target TEXT NOT NULL,
            level TEXT NOT NULL, text TEXT NOT NULL, time_ns INTEGER NOT NULL
        );
        CREATE TABLE deliveries (
            notice TEXT NOT NULL, endpoint TEXT NOT NULL, state TEXT NOT NULL,
            tries INTEGER NOT NULL, error TEXT NOT NULL, moment_ns INTEGER NOT NULL,
            PRIMARY KEY (notice, endpoint)
        ) WITHOUT ROWID;
        CREATE INDEX deliveries_by_state ON deliveries (state, endpoint, moment_ns);
        """

    let database: Database

    /// Inside the transaction that made it true. Told once: a second one with its id is none.
    func add(_ notice: Notice) throws {
        let added = try database.run(
            "INSERT OR IGNORE INTO notices (id, target, level, text, time_ns) "
                + "VALUES (?, ?, ?, ?, ?)",
            .text(notice.id), .text(notice.target), .text(notice.level.rawValue),
            .text(notice.text), .integer(notice.time.nanoseconds))
        guard added == 1 else { return }
        for endpoint in notice.endpoints {
            try database.run(
                "INSERT INTO deliveries VALUES (?, ?, 'waiting', 0, '', ?)", .text(notice.id),
                .text(endpoint), .integer(notice.time.nanoseconds))
        }
    }

    /// Those that nobody waits for any more, once they are old.
    func removeOld(before time: Timestamp) throws {
        try database.run(
            "DELETE FROM notices WHERE time_ns < ? AND NOT EXISTS (SELECT 1 FROM deliveries "
                + "WHERE notice = notices.id AND state = 'waiting')", .integer(time.nanoseconds))
        try database.run(
            "DELETE FROM deliveries WHERE NOT EXISTS (SELECT 1 FROM notices WHERE "
                + "id = deliveries.notice)")
    }

    func next(for endpoint: String, at time: Timestamp) throws -> (Notice, NoticeDelivery)? {
        try database.query(
            "SELECT id, target, level, text, time_ns, state, tries, error, moment_ns "
                + "FROM deliveries JOIN notices ON id = notice "
                + "WHERE state = 'waiting' AND endpoint = ? AND moment_ns <= ? "
                + "ORDER BY CASE level WHEN 'test' THEN 0 WHEN 'page' THEN 1 WHEN 'alert' THEN 2 "
                + "ELSE 3 END, time_ns, sequence LIMIT 1",
            .text(endpoint), .integer(time.nanoseconds)
        ) { row in (try Self.notice(row), try Self.delivery(row, endpoint, from: 5)) }.first
    }

    func nextMoment(for endpoint: String) throws -> Timestamp? {
        try database.query(
            "SELECT min(moment_ns) FROM deliveries WHERE state = 'waiting' AND endpoint = ?",
            .text(endpoint)
        ) { row in row.isNull(0) ? nil : Timestamp(nanoseconds: row.int64(0)) }.first ?? nil
    }

    func put(_ delivery: NoticeDelivery, of id: String) throws {
        try database.run(
            "UPDATE deliveries SET state = ?, tries = ?, error = ?, moment_ns = ? "
                + "WHERE notice = ? AND endpoint = ?",
            .text(delivery.state.rawValue), .number(delivery.tries), .text(delivery.error),
            .integer(delivery.moment.nanoseconds), .text(id), .text(delivery.endpoint))
    }

    func notices(limit: Int, undeliveredOnly: Bool) throws -> [(Notice, [NoticeDelivery])] {
        let condition =
            undeliveredOnly
            ? "WHERE EXISTS (SELECT 1 FROM deliveries WHERE notice = notices.id "
                + "AND state <> 'delivered') " : ""
        let notices = try database.query(
            "SELECT id, target, level, text, time_ns FROM notices \(condition)"
                + "ORDER BY sequence DESC LIMIT ?", .number(limit), map: Self.notice)
        return try notices.map { notice in
            let deliveries = try database.query(
                "SELECT endpoint, state, tries, error, moment_ns FROM deliveries "
                    + "WHERE notice = ? ORDER BY endpoint", .text(notice.id)
            ) { row in try Self.delivery(row, row.text(0), from: 1) }
            return (notice, deliveries)
        }
    }

    func count(_ state: NoticeDelivery.State, endpoint: String?) throws -> Int {
        try database.query(
            "SELECT count(*) FROM deliveries WHERE state = ? AND endpoint = ifnull(?, endpoint)",
            .text(state.rawValue), .text(orNull: endpoint)
        ) { $0.int(0) }.first ?? 0
    }

    private static func notice(_ row: SQLiteRow) throws -> Notice {
        guard let level = Notice.Level(rawValue: row.text(2)) else { throw damage }
        return Notice(
            id: row.text(0), target: row.text(1), level: level, text: row.text(3),
            time: Timestamp(nanoseconds: row.int64(4)), endpoints: [])
    }

    private static func delivery(_ row: SQLiteRow, _ endpoint: String, from column: Int32) throws
        -> NoticeDelivery
    {
        guard let state = NoticeDelivery.State(rawValue: row.text(column)) else { throw damage }
        return NoticeDelivery(
            endpoint: endpoint, state: state, tries: row.int(column + 1),
            error: row.text(column + 2), moment: Timestamp(nanoseconds: row.int64(column + 3)))
    }

    private static var damage: SQLiteError {
        SQLiteError(code: 11, description: "the notices hold a damaged row")
    }
}

/// The courier's own connection to a service's notices, so that deliveries and the service's
/// transactions do not wait for each other's thread.
public final class SQLiteNotices: NoticeStore {
    private let database: Mutex<Database>

    /// - Parameter path: of a database that has notices already: its owner has opened it before.
    public init(path: String) throws { database = Mutex(try Database(path: path)) }

    public func next(for endpoint: String, at time: Timestamp) throws -> (Notice, NoticeDelivery)? {
        try database.withLock { try NoticeTable(database: $0).next(for: endpoint, at: time) }
    }

    public func nextMoment(for endpoint: String) throws -> Timestamp? {
        try database.withLock { try NoticeTable(database: $0).nextMoment(for: endpoint) }
    }

    public func put(_ delivery: NoticeDelivery, of id: String) throws {
        try database.withLock { try NoticeTable(database: $0).put(delivery, of: id) }
    }

    public func notices(limit: Int, undeliveredOnly: Bool) throws -> [(Notice, [NoticeDelivery])] {
        try database.withLock {
            try NoticeTable(database: $0).notices(limit: limit, undeliveredOnly: undeliveredOnly)
        }
    }

    public func count(_ state: NoticeDelivery.State, endpoint: String?) throws -> Int {
        try database.withLock { try NoticeTable(database: $0).count(state, endpoint: endpoint) }
    }
}
