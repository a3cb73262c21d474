import CairnCore
import Messages
import Ports

extension SQLiteIngestCatalog {
    public func run(_ id: RunID) throws(CatalogError) -> RunRecord? {
        try catalogErrors { try runRecords("WHERE id = ?", [.blob(id.bytes)]).first }
    }

    public func status(of run: RunID) throws(CatalogError) -> RunStatus? {
        try catalogErrors {
            try database.query("SELECT status FROM runs WHERE id = ?", .blob(run.bytes)) {
                RunStatus(rawValue: UInt32($0.int(0)))
            }.first ?? nil
        }
    }

    public func runs(of model: String, limit: Int) throws(CatalogError) -> [RunRecord] {
        let order = "ORDER BY started_ms DESC, sequence DESC LIMIT ?"
        return try catalogErrors {
            model.isEmpty
                ? try runRecords(order, [.number(limit)])
                : try runRecords("WHERE model = ? " + order, [.text(model), .number(limit)])
        }
    }

    private func runRecords(_ condition: String, _ values: [SQLiteValue]) throws -> [RunRecord] {
        let rows = try database.query(
            "SELECT sequence, record, status, ended_ms FROM runs " + condition, values: values
        ) { ($0.int64(0), $0.blob(1), UInt32($0.int(2)), $0.int64(3)) }
        return try rows.map { sequence, bytes, status, ended in
            var record = try RunRecord(decoding: bytes)
            record.status = RunStatus(rawValue: status) ?? record.status
            record.endedUnixMs = ended
            // SQLite keeps NaN as NULL.
            record.lastMetrics = try database.query(
                "SELECT key, value FROM metric_last WHERE run = ? ORDER BY key",
                .integer(sequence)
            ) { NamedNumber(name: $0.text(0), value: $0.isNull(1) ? .nan : $0.double(1)) }
            return record
        }
    }

    public func runIDs(of model: String) throws(CatalogError) -> [RunID] {
        try catalogErrors {
            try database.query(
                "SELECT id FROM runs WHERE model = ? ORDER BY started_ms, sequence", .text(model)
            ) { RunID(bytes: $0.blob(0)) }.compactMap { $0 }
        }
    }

    public func hasBatch(_ batch: [UInt8], of run: RunID) throws(CatalogError) -> Bool {
        try catalogErrors {
            guard let sequence = try sequence(of: run.bytes) else { return false }
            return try !database.query(
                "SELECT 1 FROM metric_batches WHERE run = ? AND batch = ?", .integer(sequence),
                .blob(batch)
            ) { _ in true }.isEmpty
        }
    }

    public func metricCount(of run: RunID, without keys: Set<String>) throws(CatalogError) -> Int {
        try catalogErrors {
            guard let sequence = try sequence(of: run.bytes) else { return 0 }
            return try database.query(
                "SELECT key FROM metric_last WHERE run = ?", .integer(sequence)
            ) { keys.contains($0.text(0)) ? 0 : 1 }.reduce(0, +)
        }
    }

    public func points(of key: String, run: RunID) throws(CatalogError) -> [MetricPoints] {
        try catalogErrors {
            guard let sequence = try sequence(of: run.bytes) else { return [] }
            return try database.query(
                "SELECT points FROM metric_points WHERE run = ? AND key = ? ORDER BY sequence",
                .integer(sequence), .text(key)
            ) { try MetricPoints(decoding: $0.blob(0)) }
        }
    }
}
