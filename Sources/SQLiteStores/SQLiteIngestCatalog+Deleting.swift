import CairnCore
import Ingestion
import Messages
import Ports

/// What goes, inside of the transaction that says so.
extension SQLiteIngestCatalog {
    func delete(
        _ model: ModelName, _ number: VersionNumber, at time: Timestamp, _ reason: String
    ) throws {
        try requireStanding(model, number)
        let aliases = try aliases(of: model).filter { $0.1 == number }.map(\.alias)
        guard aliases.isEmpty else {
            throw CatalogError(
                .conflict, "the alias \(aliases.joined(separator: ", ")) names \(model)@\(number)")
        }
        try database.run(
            "UPDATE versions SET deleted_ms = ?, deleted_why = ? WHERE model = ? AND number = ?",
            .integer(max(1, time.milliseconds)), .text(reason), .text(model.description),
            .text(number.number))
    }

    func requireStanding(_ model: ModelName, _ number: VersionNumber) throws {
        guard try version(model, number) != nil else {
            throw CatalogError(.conflict, "\(model)@\(number) does not exist")
        }
    }

    func deleteCheckpoint(_ id: CheckpointID, at time: Timestamp) throws {
        let versions = try database.query(
            "SELECT number FROM versions WHERE checkpoint = ?", .blob(id.bytes)
        ) { $0.text(0) }
        guard versions.isEmpty, try checkpoint(id) != nil else {
            throw CatalogError(.conflict, "checkpoint \(id) has a version, or is none")
        }
        try database.run(
            "UPDATE checkpoints SET deleted_ms = ? WHERE id = ?",
            .integer(max(1, time.milliseconds)), .blob(id.bytes))
    }

    /// The list of files of what nobody can ask for any more.
    func dropBytesOfDead() throws {
        try database.run(
            "UPDATE manifests SET bytes = x'' WHERE length(bytes) > 0 AND NOT EXISTS "
                + "(SELECT 1 FROM live_checkpoints c WHERE c.manifest = manifests.digest)")
    }

    public func looseCheckpoints(of model: ModelName) throws(CatalogError) -> [VersionRecord] {
        try catalogErrors {
            try database.query(
                "SELECT record FROM live_checkpoints c WHERE model = ? AND NOT EXISTS "
                    + "(SELECT 1 FROM versions v WHERE v.checkpoint = c.id) ORDER BY sequence",
                .text(model.description)
            ) { try VersionRecord(decoding: $0.blob(0)) }
        }
    }
}
