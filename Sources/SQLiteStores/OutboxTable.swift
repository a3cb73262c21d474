import CairnCore
import Ports
import Synchronization

/// The outbox rows of a service, in the same database as what they tell of.
struct OutboxTable {
    static let schema = """

        CREATE TABLE outbox (
            sequence INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE, destination TEXT NOT NULL,
            method INTEGER NOT NULL, body BLOB NOT NULL
        );
        """

    let database: Database

    /// Inside the transaction that made it true.
    func add(_ event: OutboxEvent) throws {
        try database.run(
            "INSERT INTO outbox (id, destination, method, body) VALUES (?, ?, ?, ?)",
            .blob(event.id.bytes), .text(event.destination), .number(event.method),
            .blob(event.body))
    }

    func undelivered(to destination: String, limit: Int) throws -> [OutboxEvent] {
        try database.query(
            "SELECT id, destination, method, body FROM outbox WHERE destination = ? "
                + "ORDER BY sequence LIMIT ?", .text(destination), .number(limit)
        ) { row in
            guard let id = EventID(bytes: row.blob(0)), let method = UInt16(exactly: row.int64(2))
            else { throw SQLiteError(code: 11, description: "the outbox holds a damaged row") }
            return OutboxEvent(
                id: id, destination: row.text(1), method: method, body: row.blob(3))
        }
    }

    func count() throws -> Int {
        try database.query("SELECT count(*) FROM outbox") { $0.int(0) }.first ?? 0
    }

    func remove(_ id: EventID) throws {
        try database.run("DELETE FROM outbox WHERE id = ?", .blob(id.bytes))
    }
}

/// The courier's own connection to a service's outbox, so that deliveries and the service's
/// transactions do not wait for each other's thread.
public final class SQLiteOutbox: OutboxStore {
    private let database: Mutex<Database>

    /// - Parameter path: of a database that has an outbox already: its owner has opened it before.
    public init(path: String) throws {
        database = Mutex(try Database(path: path))
    }

    public func undelivered(to destination: String, limit: Int) throws -> [OutboxEvent] {
        try database.withLock {
            try OutboxTable(database: $0).undelivered(to: destination, limit: limit)
        }
    }

    public func undeliveredCount() throws -> Int {
        try database.withLock { try OutboxTable(database: $0).count() }
    }

    public func markDelivered(_ id: EventID) throws {
        try database.withLock { try OutboxTable(database: $0).remove(id) }
    }
}
