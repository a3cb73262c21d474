import CairnCore
import Ingestion
import Messages
import Ports

extension SQLiteIngestCatalog {
    public func committed(_ upload: UploadID) throws -> UploadCommitted? {
        let rows = try database.query(
            "SELECT c.id, c.manifest, v.model, v.number FROM checkpoints c "
                + "LEFT JOIN versions v ON v.checkpoint = c.id AND v.created_ms = "
                + "(SELECT min(created_ms) FROM versions WHERE checkpoint = c.id) "
                + "WHERE c.upload = ?", .blob(upload.bytes)
        ) { ($0.blob(0), $0.blob(1), $0.text(2), VersionNumber($0.text(3))) }
        guard let (id, manifest, model, number) = rows.first else { return nil }
        return UploadCommitted(
            checkpointId: id, manifestDigest: manifest,
            version: try number.flatMap { try version(model, $0) })
    }

    public func commit(_ new: NewCheckpoint) throws {
        try database.transaction {
            if new.isNew { try insertCheckpoint(new) }
            if let version = new.version {
                try database.run(
                    "INSERT INTO versions VALUES (?, ?, ?, ?, ?, ?)", .text(new.model.description),
                    .text(version.number.number), .blob(new.id.bytes),
                    .text(version.parent?.number ?? ""), .text(new.note),
                    .integer(new.at.milliseconds))
            }
            if let event = new.event { try OutboxTable(database: database).add(event) }
        }
    }

    private func insertCheckpoint(_ new: NewCheckpoint) throws {
        let digest = new.manifest.digest
        try database.run(
            "INSERT OR IGNORE INTO manifests VALUES (?, ?)", .blob(digest.bytes),
            .blob(new.manifest.canonicalBytes))
        let record = VersionRecord(
            model: new.model.description, manifestDigest: digest.bytes, checkpointId: new.id.bytes,
            runId: new.run?.bytes ?? [], step: new.step, byteCount: UInt64(new.manifest.byteCount),
            fileCount: UInt32(new.manifest.files.count), createdUnixMs: new.at.milliseconds,
            metrics: new.metrics, config: new.config, dependencies: new.dependencies,
            newByteCount: new.newByteCount)
        try database.run(
            "INSERT INTO checkpoints VALUES (?, ?, ?, ?, ?, "
                + "(SELECT coalesce(max(sequence), 0) + 1 FROM checkpoints), ?)",
            .blob(new.id.bytes), new.upload.map { .blob($0.bytes) } ?? .null,
            .text(new.model.description), new.run.map { .blob($0.bytes) } ?? .null,
            .blob(digest.bytes), .blob(try record.encoded()))
    }

    // MARK: Looking up

    private static let columns =
        "SELECT c.record, v.number, v.parent, v.note, v.created_ms FROM versions v "
        + "JOIN checkpoints c ON c.id = v.checkpoint "

    public func versions(of model: String) throws -> [VersionRecord] {
        try records(Self.columns + "WHERE v.model = ?", .text(model)).sorted {
            (VersionNumber($0.number) ?? VersionNumber(0, 0, 0))
                < (VersionNumber($1.number) ?? VersionNumber(0, 0, 0))
        }
    }

    public func version(_ model: String, _ number: VersionNumber) throws -> VersionRecord? {
        try records(
            Self.columns + "WHERE v.model = ? AND v.number = ?", .text(model), .text(number.number)
        ).first
    }

    public func version(model: String, alias: String) throws -> VersionRecord? {
        try records(
            Self.columns + "JOIN aliases a ON a.model = v.model AND a.number = v.number "
                + "WHERE a.model = ? AND a.alias = ?", .text(model), .text(alias)
        ).first
    }

    private static let plainCheckpoint =
        "SELECT record, '', '', '', 0 FROM checkpoints "

    public func lastCheckpoint(of run: RunID) throws -> VersionRecord? {
        try records(
            Self.plainCheckpoint + "WHERE run = ? ORDER BY sequence DESC LIMIT 1", .blob(run.bytes)
        ).first
    }

    public func checkpoint(_ id: CheckpointID) throws -> VersionRecord? {
        try records(Self.plainCheckpoint + "WHERE id = ?", .blob(id.bytes)).first
    }

    private func records(_ sql: String, _ values: SQLiteValue...) throws -> [VersionRecord] {
        let rows = try database.query(sql, values: values) { row in
            var record = try VersionRecord(decoding: row.blob(0))
            record.number = row.text(1)
            record.parent = row.text(2)
            record.note = row.text(3)
            if row.int64(4) != 0 { record.createdUnixMs = row.int64(4) }
            return record
        }
        return try rows.map(completed)
    }

    /// With what moves or belongs to the run: aliases, pins, parameters, code, data sets.
    private func completed(_ record: VersionRecord) throws -> VersionRecord {
        var record = record
        record.aliases = try database.query(
            "SELECT alias FROM aliases WHERE model = ? AND number = ? ORDER BY alias",
            .text(record.model), .text(record.number)
        ) { $0.text(0) }
        record.pinnedBy = try database.query(
            "SELECT holder FROM pins WHERE manifest = ? ORDER BY holder",
            .blob(record.manifestDigest)
        ) { $0.text(0) }
        guard let id = RunID(bytes: record.runId), let run = try run(id) else { return record }
        (record.params, record.code, record.datasets) = (run.params, run.code, run.datasets)
        if record.dependencies.isEmpty { record.dependencies = run.dependencies }
        return record
    }

    public func setAlias(_ alias: String, of model: String, to number: VersionNumber?) throws
        -> Bool
    {
        guard let number else {
            return try database.run(
                "DELETE FROM aliases WHERE model = ? AND alias = ?", .text(model), .text(alias)) > 0
        }
        guard try version(model, number) != nil else { return false }
        try database.run(
            "INSERT INTO aliases VALUES (?, ?, ?) ON CONFLICT DO UPDATE "
                + "SET number = excluded.number", .text(model), .text(alias), .text(number.number))
        return true
    }

    public func models() throws -> [String] {
        try database.query(
            "SELECT model FROM checkpoints UNION SELECT model FROM runs ORDER BY 1"
        ) { $0.text(0) }
    }

    public func manifest(_ digest: Digest) throws -> Manifest? {
        try database.query(
            "SELECT bytes FROM manifests WHERE digest = ?", .blob(digest.bytes)
        ) { try Manifest(canonicalBytes: $0.blob(0)) }.first
    }

    public func manifests() throws -> [(digest: Digest, versions: [String])] {
        let rows = try database.query(
            "SELECT m.digest, c.model, v.number FROM manifests m "
                + "JOIN checkpoints c ON c.manifest = m.digest "
                + "LEFT JOIN versions v ON v.checkpoint = c.id ORDER BY m.digest, c.model"
        ) { row in
            (Digest(bytes: row.blob(0)), row.text(1), row.text(2))
        }
        var found: [(digest: Digest, versions: [String])] = []
        for (digest, model, number) in rows {
            guard let digest else { continue }
            if found.last?.digest != digest { found.append((digest, [])) }
            let name = number.isEmpty ? "a checkpoint of \(model)" : "\(model)@v\(number)"
            if !found[found.count - 1].versions.contains(name) {
                found[found.count - 1].versions.append(name)
            }
        }
        return found
    }
}
