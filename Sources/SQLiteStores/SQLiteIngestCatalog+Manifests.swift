import CairnCore
import Ingestion
import Ports

extension SQLiteIngestCatalog {
    public func manifest(_ digest: Digest) throws(CatalogError) -> Manifest? {
        try catalogErrors {
            let rows = try database.query(
                "SELECT bytes FROM manifests WHERE digest = ? AND length(bytes) > 0",
                .blob(digest.bytes)
            ) { $0.blob(0) }
            guard let bytes = rows.first else { return nil }
            guard Digest(of: bytes) == digest else {
                throw CatalogError(.damaged, "manifest \(digest.short) is damaged in the catalog")
            }
            return try Manifest(canonicalBytes: bytes)
        }
    }

    public func manifestDigests() throws(CatalogError) -> [Digest] {
        try catalogErrors {
            try database.query(
                "SELECT digest FROM manifests WHERE length(bytes) > 0 ORDER BY digest"
            ) {
                Digest(bytes: $0.blob(0))
            }.compactMap { $0 }
        }
    }

    public func users(of manifest: Digest) throws(CatalogError) -> [String] {
        try catalogErrors {
            let users = try database.query(
                "SELECT coalesce(v.model, c.model), v.number FROM live_checkpoints c "
                    + "LEFT JOIN versions v ON v.checkpoint = c.id AND v.deleted_ms = 0 "
                    + "WHERE c.manifest = ?",
                .blob(manifest.bytes)
            ) { row in
                row.isNull(1)
                    ? "a checkpoint of \(row.text(0))" : "\(row.text(0))@v\(row.text(1))"
            }
            return Set(users).sorted()
        }
    }

    public func holders(of manifest: Digest) throws(CatalogError) -> [String] {
        try catalogErrors {
            try database.query(
                "SELECT holder FROM pins WHERE manifest = ? ORDER BY holder", .blob(manifest.bytes)
            ) { $0.text(0) }
        }
    }

    public func figures() throws(CatalogError) -> CatalogFigures {
        try catalogErrors {
            CatalogFigures(
                modelCount: try models().count,
                versionCount: try count("SELECT count(*) FROM versions WHERE deleted_ms = 0"),
                undeliveredEventCount: try OutboxTable(database: database).count())
        }
    }

    private func count(_ sql: String) throws -> Int {
        try database.query(sql) { $0.int(0) }.first ?? 0
    }
}
