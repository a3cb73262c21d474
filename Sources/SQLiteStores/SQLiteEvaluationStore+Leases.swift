import CairnCore
import Evaluation
import Ports

extension SQLiteEvaluationStore {
    public func extend(_ leases: [EvaluationID: JobLease], until time: Timestamp) throws {
        try database.atomically {
            for (id, lease) in leases {
                try database.run(
                    "UPDATE evaluations SET lease_until_ns = ? "
                        + "WHERE id = ? AND lease_worker = ? AND lease_count = ?",
                    .integer(time.nanoseconds), .blob(id.bytes), .text(lease.worker),
                    .number(lease.number))
            }
        }
    }

    public func leases() throws -> [StoredLease] {
        try database.query(
            "SELECT id, lease_worker, lease_count, lease_until_ns FROM evaluations "
                + "WHERE phase <> 'done' AND lease_worker IS NOT NULL"
        ) { row in
            guard let id = EvaluationID(bytes: row.blob(0)) else {
                throw EvaluationRows.damaged("an evaluation")
            }
            return StoredLease(
                evaluation: id, lease: JobLease(worker: row.text(1), number: row.int(2)),
                until: row.isNull(3) ? nil : Timestamp(nanoseconds: row.int64(3)))
        }
    }
}
