import CairnCore
import Ingestion
import Messages
import Ports

/// Ingest without threads, sockets and chunks: requests in, answers out, over a catalog and the
/// uploads that are under way.
///
/// What to do is decided by `Ingestion`; here it becomes one transaction of the catalog. Time and
/// randomness are given, so that a simulation under a seed makes the same ids.
///
/// **Order:** the chunks of a checkpoint are durable before `commit` is called, and its transaction
/// has ended before anybody is told.
public struct IngestDesk {
    let catalog: any IngestCatalog
    var uploads = UploadTable()
    var random: any RandomNumberGenerator & Sendable

    public init(catalog: any IngestCatalog, random: any RandomNumberGenerator & Sendable) {
        (self.catalog, self.random) = (catalog, random)
    }

    /// Records without their files must fit into answers.
    static func checkSize(_ record: some WireMessage, _ what: String) throws {
        let byteCount = try record.encoded().count
        try Amount.check(
            byteCount, atMost: IngestLimits.recordByteCount,
            "bytes of parameters, tags, dependencies and the like of \(what)")
    }

    /// As many of `records` as one message holds, in their order.
    static func fitting<Record: WireMessage>(_ records: some Sequence<Record>) throws -> [Record] {
        var byteCount = 0
        var fitting: [Record] = []
        for record in records {
            byteCount += try record.encoded().count + 8
            if byteCount > IngestLimits.listByteCount { break }
            fitting.append(record)
        }
        return fitting
    }

    func requireModel(_ model: ModelName) throws {
        let known = try catalog.models()
        guard known.contains(model.description) else {
            let near = Nearest.word(to: model.description, among: known)
            throw IngestError(
                .notFound,
                "no model '\(model)' is known here"
                    + (near.map { "; did you mean '\($0)'?" } ?? "; `cairn push` makes one"))
        }
    }
}
