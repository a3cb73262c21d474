import CairnCore
import Ports

/// Which of several controllers over one file leads. The token rises with every change of hands, and
/// whoever writes shows its own in the same transaction.
extension SQLiteControllerStore {
    public func lease() throws -> LeaseMark {
        try database.query("SELECT token, renewals FROM lease") {
            LeaseMark(token: UInt64($0.int64(0)), renewalCount: UInt64($0.int64(1)))
        }.first ?? LeaseMark(token: 0, renewalCount: 0)
    }

    public func takeLease(for holder: String, ifStill seen: LeaseMark) throws -> UInt64? {
        do {
            let changed = try database.run(
                "UPDATE lease SET token = token + 1, renewals = 0, holder = ? "
                    + "WHERE token = ? AND renewals = ?",
                .text(holder), .number(seen.token), .number(seen.renewalCount))
            return changed == 1 ? seen.token + 1 : nil
        } catch {
            guard error.isBusy else { throw error }
            // Whoever leads was stopped in the middle of a write: nobody can write until it goes on or
            // ends. The caller asks again.
            return nil
        }
    }

    public func keepLease(_ token: UInt64) throws -> Bool {
        try database.run("UPDATE lease SET renewals = renewals + 1 WHERE token = ?", .number(token))
            == 1
    }

    /// Within the transaction that writes: who has lost the lease writes nothing.
    func checkLease(_ token: UInt64?) throws {
        guard let token else { return }
        let newest = try lease().token
        if token != newest { throw LeaseIsLost(token, newest: newest) }
    }
}
