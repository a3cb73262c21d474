import CairnCore
import Ingestion
import Messages

/// What comes over the wire, checked once: afterwards nobody doubts it again.
enum Checks {
    static func id<ID: Identifier>(_ bytes: [UInt8], _ field: String, _: ID.Type = ID.self)
        throws(IngestError) -> ID
    {
        guard let id = ID(bytes: bytes) else {
            throw IngestError(.invalid, "\(field) has \(bytes.count) bytes; expected 16")
        }
        return id
    }

    static func optionalID<ID: Identifier>(_ bytes: [UInt8], _ field: String)
        throws(IngestError) -> ID?
    {
        bytes.isEmpty ? nil : try id(bytes, field)
    }

    static func digest(_ bytes: [UInt8], _ field: String) throws(IngestError) -> Digest {
        guard let digest = Digest(bytes: bytes) else {
            throw IngestError(
                .invalid, "\(field) has \(bytes.count) bytes; expected a BLAKE3 digest of 32")
        }
        return digest
    }

    static func digests(_ all: [[UInt8]], atMost limit: Int) throws(IngestError) -> [Digest] {
        try Amount.check(all.count, atMost: limit, "chunk digests in one call")
        var digests: [Digest] = []
        digests.reserveCapacity(all.count)
        for bytes in all { digests.append(try digest(bytes, "a chunk digest")) }
        return digests
    }

    static func model(_ text: String) throws(IngestError) -> ModelName {
        do throws(NameError) {
            return try ModelName(text)
        } catch { throw IngestError(.invalid, error.description) }
    }

    static func alias(_ text: String) throws(IngestError) -> AliasName {
        do throws(NameError) {
            return try AliasName(text)
        } catch { throw IngestError(.invalid, error.description) }
    }

    static func reference(_ text: String) throws(IngestError) -> VersionReference {
        do throws(NameError) {
            return try VersionReference(text)
        } catch { throw IngestError(.invalid, error.description) }
    }

    static func number(_ text: String) throws(IngestError) -> VersionNumber {
        guard let number = VersionNumber(text) else {
            throw IngestError(.invalid, "'\(text)' is not a version number: expected one as 1.2.0")
        }
        return number
    }

    static func pairs(_ pairs: [KeyValue], _ limit: Int, _ what: String) throws(IngestError) {
        try Amount.checkPairs(pairs.map { ($0.key, $0.value) }, atMost: limit, what)
    }

    static func metrics(_ metrics: [NamedNumber]) throws(IngestError) {
        try Amount.checkPairs(
            metrics.map { ($0.name, "") }, atMost: IngestLimits.metricsPerRun, "metrics")
    }

    static func batch(_ batch: LogMetrics) throws(IngestError) -> MetricBatchShape {
        guard batch.batchId.count == 16 else {
            throw IngestError(.invalid, "batch_id has \(batch.batchId.count) bytes; expected 16")
        }
        return try MetricBatchShape(
            batch.series.map {
                .init(
                    key: $0.key, stepCount: $0.step.count, timeCount: $0.timeUnixMs.count,
                    valueCount: $0.value.count)
            })
    }

    static func file(_ entry: FileEntry) throws(IngestError) -> Manifest.File {
        guard let path = String(validating: entry.path, as: UTF8.self) else {
            throw IngestError(.invalid, "a path of the checkpoint is not UTF-8")
        }
        guard entry.chunkDigests.count == entry.chunkByteCounts.count,
            let mode = UInt16(exactly: entry.mode == 0 ? 0o644 : entry.mode)
        else {
            throw IngestError(
                .invalid,
                "'\(path)' has \(entry.chunkDigests.count) chunk digests and "
                    + "\(entry.chunkByteCounts.count) lengths; expected as many, and a mode up to "
                    + "777")
        }
        var chunks: [Manifest.Chunk] = []
        chunks.reserveCapacity(entry.chunkDigests.count)
        for (bytes, byteCount) in zip(entry.chunkDigests, entry.chunkByteCounts) {
            let digest = try digest(bytes, "a chunk digest")
            chunks.append(Manifest.Chunk(digest: digest, byteCount: Int(byteCount)))
        }
        let file = Manifest.File(path: path, mode: mode, chunks: chunks)
        guard UInt64(file.byteCount) == entry.byteCount else {
            throw IngestError(
                .invalid,
                "'\(path)' has \(entry.byteCount) bytes, its chunks \(file.byteCount)")
        }
        return file
    }

    static func files(_ entries: [FileEntry]) throws(IngestError) -> [Manifest.File] {
        var files: [Manifest.File] = []
        for entry in entries { files.append(try file(entry)) }
        return files
    }
}
