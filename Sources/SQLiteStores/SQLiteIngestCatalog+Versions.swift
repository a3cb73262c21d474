import CairnCore
import Ingestion
import Messages
import Ports

extension SQLiteIngestCatalog {
    public func committed(_ upload: UploadID) throws(CatalogError) -> CommittedUpload? {
        try catalogErrors {
            try database.query(
                "SELECT id, manifest, model, number FROM checkpoints WHERE upload = ?",
                .blob(upload.bytes)
            ) { row in
                guard let id = CheckpointID(bytes: row.blob(0)),
                    let manifest = Digest(bytes: row.blob(1))
                else { throw CatalogError(.damaged, "upload \(upload) has a damaged row") }
                return CommittedUpload(
                    checkpoint: id, manifest: manifest, model: try ModelName(row.text(2)),
                    number: row.isNull(3) ? nil : try number(row.text(3)))
            }.first
        }
    }

    public func version(madeBy request: [UInt8]) throws(CatalogError)
        -> (ModelName, VersionNumber)?
    {
        try catalogErrors {
            try database.query(
                "SELECT model, number FROM versions WHERE request = ?", .blob(request)
            ) { (try ModelName($0.text(0)), try number($0.text(1))) }.first
        }
    }

    private func number(_ text: String) throws -> VersionNumber {
        guard let number = VersionNumber(text) else {
            throw CatalogError(.damaged, "the catalog holds the version number '\(text)'")
        }
        return number
    }

    public func checkpoint(_ id: CheckpointID) throws(CatalogError) -> VersionRecord? {
        try catalogErrors {
            try database.query("SELECT record FROM live_checkpoints WHERE id = ?", .blob(id.bytes))
            {
                try VersionRecord(decoding: $0.blob(0))
            }.first
        }
    }

    public func lastCheckpoint(of run: RunID) throws(CatalogError) -> CheckpointID? {
        try catalogErrors {
            try database.query(
                "SELECT id FROM live_checkpoints WHERE run = ? ORDER BY sequence DESC LIMIT 1",
                .blob(run.bytes)
            ) { CheckpointID(bytes: $0.blob(0)) }.first ?? nil
        }
    }

    public func version(_ model: ModelName, _ number: VersionNumber) throws(CatalogError)
        -> VersionRecord?
    {
        try catalogErrors {
            try records(
                "WHERE v.model = ? AND v.number = ?", .text(model.description),
                .text(number.number)
            ).first
        }
    }

    public func versions(of model: ModelName) throws(CatalogError) -> [VersionRecord] {
        try catalogErrors {
            try records("WHERE v.model = ?", .text(model.description))
                .map { (try number($0.number), $0) }.sorted { $0.0 < $1.0 }.map(\.1)
        }
    }

    private func records(_ condition: String, _ values: SQLiteValue...) throws -> [VersionRecord] {
        try database.query(
            "SELECT c.record, v.number, v.parent, v.note, v.created_ms FROM versions v "
                + "JOIN checkpoints c ON c.id = v.checkpoint " + condition
                + " AND v.deleted_ms = 0", values: values
        ) { row in
            var record = try VersionRecord(decoding: row.blob(0))
            (record.number, record.parent) = (row.text(1), row.text(2))
            (record.note, record.createdUnixMs) = (row.text(3), row.int64(4))
            return record
        }
    }

    public func standing(of model: ModelName) throws(CatalogError) -> [StandingVersion] {
        try catalogErrors {
            try database.query(
                "SELECT v.number, c.manifest, v.created_ms, v.deleted_ms FROM versions v "
                    + "JOIN checkpoints c ON c.id = v.checkpoint WHERE v.model = ?",
                .text(model.description)
            ) { row in
                guard let manifest = Digest(bytes: row.blob(1)) else {
                    throw CatalogError(.damaged, "\(model)@\(row.text(0)) has a damaged row")
                }
                return StandingVersion(
                    number: try number(row.text(0)), manifest: manifest,
                    at: Timestamp(milliseconds: row.int64(2)),
                    deletedAt: row.int64(3) == 0 ? nil : Timestamp(milliseconds: row.int64(3)))
            }.sorted { $0.number < $1.number }
        }
    }

    public func firstVersion(of checkpoint: CheckpointID) throws(CatalogError) -> VersionNumber? {
        try catalogErrors {
            try database.query(
                "SELECT number FROM versions WHERE checkpoint = ? AND deleted_ms = 0 "
                    + "ORDER BY sequence LIMIT 1",
                .blob(checkpoint.bytes)
            ) { try number($0.text(0)) }.first
        }
    }

    public func models() throws(CatalogError) -> [String] {
        try catalogErrors {
            try database.query(
                "SELECT model FROM checkpoints UNION SELECT model FROM runs ORDER BY 1"
            ) { $0.text(0) }
        }
    }

    public func aliases(of model: ModelName) throws(CatalogError)
        -> [(alias: String, VersionNumber)]
    {
        try catalogErrors {
            try database.query(
                "SELECT alias, number FROM aliases WHERE model = ? ORDER BY alias",
                .text(model.description)
            ) { (alias: $0.text(0), try number($0.text(1))) }
        }
    }
}
