import CSQLite

/// SQLite failed, in its own words, with the statement that it failed on.
public struct SQLiteError: Error, Sendable, CustomStringConvertible {
    public let code: Int32
    public let description: String

    /// SQLITE_IOERR_WRITE, a macro that Swift does not see.
    private static let writeFailed = SQLITE_IOERR | 3 << 8

    /// The disk is full: nothing of the transaction was stored.
    public var isDiskFull: Bool { code & 0xFF == SQLITE_FULL || code == Self.writeFailed }
    public var isConstraint: Bool { code & 0xFF == SQLITE_CONSTRAINT }
    /// Another process held the file for longer than anybody writes.
    public var isBusy: Bool { code & 0xFF == SQLITE_BUSY }
    /// The file is not what SQLite wrote.
    public var isDamage: Bool { [SQLITE_CORRUPT, SQLITE_NOTADB].contains(code & 0xFF) }
}

/// One connection to one database file. For one thread at a time: the actor that owns it.
///
/// WAL, `synchronous=FULL`: a transaction that was committed survives a power cut.
public final class Database {
    private let handle: OpaquePointer
    private var statements: [String: OpaquePointer] = [:]
    private var isInTransaction = false

    /// Opens or makes the file at `path` (":memory:" for tests).
    public init(path: String) throws(SQLiteError) {
        var handle: OpaquePointer?
        let flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX
        let code = sqlite3_open_v2(path, &handle, flags, nil)
        guard code == SQLITE_OK, let handle else {
            let text = handle.map { String(cString: sqlite3_errmsg($0)) } ?? "out of memory"
            sqlite3_close_v2(handle)
            throw SQLiteError(code: code, description: "database \(path) was not opened: \(text)")
        }
        self.handle = handle
        sqlite3_extended_result_codes(handle, 1)
        sqlite3_busy_timeout(handle, 5_000)
        try execute("PRAGMA page_size=8192; PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;")
        try execute("PRAGMA foreign_keys=ON;")
    }

    deinit {
        for statement in statements.values { sqlite3_finalize(statement) }
        sqlite3_close_v2(handle)
    }

    /// Runs statements without parameters and results.
    public func execute(_ sql: String) throws(SQLiteError) {
        let code = sqlite3_exec(handle, sql, nil, nil, nil)
        guard code == SQLITE_OK else { throw failure(code, sql) }
    }

    /// Brings the schema to the newest version: `steps[i]` leads from version i to i + 1, each in a
    /// transaction of its own. Processes that open the file at the same time take turns.
    public func migrate(_ steps: [String]) throws {
        let present = try version()
        guard present <= steps.count else {
            throw SQLiteError(
                code: SQLITE_MISMATCH,
                description: "this database has schema \(present), made by a newer program; this "
                    + "one knows up to \(steps.count). Start the newer program again.")
        }
        for version in present..<steps.count {
            try transaction {
                guard try self.version() == version else { return }
                try execute(steps[version])
                try execute("PRAGMA user_version=\(version + 1)")
            }
        }
    }

    private func version() throws -> Int {
        try query("PRAGMA user_version") { $0.int(0) }.first ?? 0
    }

    /// Differs from what it was when another connection changed anything.
    public func changeMark() throws -> Int64 {
        try query("PRAGMA data_version") { $0.int64(0) }.first ?? 0
    }

    /// As `transaction`, or a part of the one that is under way: what fails there fails as a whole.
    public func atomically<Result>(_ body: () throws -> Result) throws -> Result {
        isInTransaction ? try body() : try transaction(body)
    }

    /// All or nothing: commits what `body` did, or takes it back and throws on. Not nested.
    public func transaction<Result>(_ body: () throws -> Result) throws -> Result {
        precondition(!isInTransaction, "a transaction inside a transaction")
        try execute("BEGIN IMMEDIATE")
        isInTransaction = true
        defer { isInTransaction = false }
        do {
            let result = try body()
            try execute("COMMIT")
            return result
        } catch {
            // SQLite may have rolled back by itself (a full disk); the first error is the one to tell.
            sqlite3_exec(handle, "ROLLBACK", nil, nil, nil)
            throw error
        }
    }

    /// Runs a statement without rows. Answers how many rows it changed.
    @discardableResult
    public func run(_ sql: String, _ values: SQLiteValue...) throws(SQLiteError) -> Int {
        try run(sql, values: values)
    }

    @discardableResult
    public func run(_ sql: String, values: [SQLiteValue]) throws(SQLiteError) -> Int {
        let statement = try prepared(sql, values)
        defer { sqlite3_reset(statement) }
        let code = sqlite3_step(statement)
        guard code == SQLITE_DONE || code == SQLITE_ROW else { throw failure(code, sql) }
        return Int(sqlite3_changes(handle))
    }

    /// Maps every row.
    public func query<Row>(
        _ sql: String, _ values: SQLiteValue..., map: (SQLiteRow) throws -> Row
    ) throws -> [Row] {
        try query(sql, values: values, map: map)
    }

    public func query<Row>(
        _ sql: String, values: [SQLiteValue], map: (SQLiteRow) throws -> Row
    ) throws -> [Row] {
        let statement = try prepared(sql, values)
        defer { sqlite3_reset(statement) }
        var rows: [Row] = []
        while true {
            let code = sqlite3_step(statement)
            if code == SQLITE_DONE { return rows }
            guard code == SQLITE_ROW else { throw failure(code, sql) }
            rows.append(try map(SQLiteRow(statement: statement)))
        }
    }

    public var lastInsertedRow: Int64 { sqlite3_last_insert_rowid(handle) }

    /// Prepared once for each text; the caller resets.
    private func prepared(_ sql: String, _ values: [SQLiteValue]) throws(SQLiteError)
        -> OpaquePointer
    {
        var statement = statements[sql]
        if statement == nil {
            let code = sqlite3_prepare_v3(
                handle, sql, -1, UInt32(SQLITE_PREPARE_PERSISTENT), &statement, nil)
            guard code == SQLITE_OK else { throw failure(code, sql) }
            statements[sql] = statement
        }
        guard let statement else { throw failure(SQLITE_ERROR, sql) }
        sqlite3_clear_bindings(statement)
        for (index, value) in values.enumerated() {
            let code = value.bind(to: statement, at: Int32(index + 1))
            guard code == SQLITE_OK else { throw failure(code, sql) }
        }
        return statement
    }

    private func failure(_ code: Int32, _ sql: String) -> SQLiteError {
        SQLiteError(
            code: code, description: "\(String(cString: sqlite3_errmsg(handle))), on: \(sql)")
    }
}
