import CairnCore
import Evaluation
import Messages
import Ports

/// Data sets with their schemas, as callers are told.
extension EvaluatorLedger {
    /// Pins a data set, and a schema to its bytes.
    /// - Throws: where another schema is pinned to them; nothing was changed.
    func add(_ dataset: NewDataset, schema: Evaluation.DatasetSchema?) throws -> DatasetRecord {
        try store.atomically {
            if let schema {
                let pinned = try store.pin(schema, to: dataset.digest)
                guard pinned == schema else { throw Self.otherSchema(dataset, pinned, schema) }
            }
            return try record(of: try store.add(dataset, at: clock.now()))
        }
    }

    func datasetRecords() throws -> [DatasetRecord] { try store.datasets().map(record) }

    private func record(of stored: StoredDataset) throws -> DatasetRecord {
        let dataset = stored.dataset
        let previous = try store.datasets().first {
            $0.dataset.name == dataset.name && $0.version == stored.version - 1
        }
        return DatasetRecord(
            name: dataset.name.description, digest: dataset.digest.bytes,
            byteCount: dataset.byteCount, version: UInt32(stored.version),
            addedUnixMs: stored.addedAt.milliseconds, fileName: dataset.fileName,
            existed: stored.existed, schema: try store.schema(of: dataset.digest)?.message,
            previousDigest: previous?.dataset.digest.bytes ?? [])
    }

    private static func otherSchema(
        _ dataset: NewDataset, _ pinned: Evaluation.DatasetSchema,
        _ wanted: Evaluation.DatasetSchema
    ) -> RPCError {
        let changed = wanted.columns.first { !pinned.columns.contains($0) }?.name
        let gone = pinned.columns.first { column in
            !wanted.columns.contains { $0.name == column.name }
        }?.name
        let first =
            changed.map { "the column '\($0)' differs" } ?? gone.map {
                "the column '\($0)' is gone"
            }
            ?? "they differ in order or in which other columns they allow"
        return RPCError(
            .conflict,
            "another schema is pinned to these bytes (\(dataset.digest.short)…): \(first). A schema "
                + "stands with its digest, so that what live traffic was held against does not change "
                + "afterwards. Nothing was changed; other bytes are another version, with a schema of "
                + "their own")
    }
}
