import SQLiteStores
import Testing

@Suite struct DatabaseTests {
    @Test func aFailedTransactionLeavesNothing() throws {
        let database = try Database(path: ":memory:")
        try database.migrate(["CREATE TABLE t (x INTEGER PRIMARY KEY, y BLOB)"])
        try database.run("INSERT INTO t VALUES (?, ?)", .integer(1), .blob([1, 2]))
        #expect(throws: SQLiteError.self) {
            try database.transaction {
                try database.run("INSERT INTO t VALUES (?, ?)", .integer(2), .blob([]))
                try database.run("INSERT INTO t VALUES (?, ?)", .integer(1), .null)
            }
        }
        let rows = try database.query("SELECT x, y FROM t") { ($0.int(0), $0.blob(1)) }
        #expect(rows.count == 1)
        #expect(rows[0] == (1, [1, 2]))
    }

    @Test func anOlderProgramRefusesANewerSchema() throws {
        let database = try Database(path: ":memory:")
        try database.migrate(["CREATE TABLE a (x)", "CREATE TABLE b (x)"])
        #expect { try database.migrate(["CREATE TABLE a (x)"]) } throws: {
            "\($0)".contains("schema 2")
        }
    }
}
