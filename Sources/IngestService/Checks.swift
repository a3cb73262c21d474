import CairnCore
import Ingestion
import Messages
import Ports

/// What comes over the wire, checked once: afterwards nobody doubts it again.
enum Checks {
    static func id<ID: Identifier>(_ bytes: [UInt8], _ field: String, _: ID.Type = ID.self) throws
        -> ID
    {
        guard let id = ID(bytes: bytes) else {
            throw RPCError(.invalidArgument, "\(field) has \(bytes.count) bytes; expected 16")
        }
        return id
    }

    static func optionalID<ID: Identifier>(_ bytes: [UInt8], _ field: String) throws -> ID? {
        bytes.isEmpty ? nil : try id(bytes, field)
    }

    static func digest(_ bytes: [UInt8], _ field: String) throws -> Digest {
        guard let digest = Digest(bytes: bytes) else {
            throw RPCError(
                .invalidArgument,
                "\(field) has \(bytes.count) bytes; expected a BLAKE3 digest of 32")
        }
        return digest
    }

    static func model(_ text: String) throws -> ModelName {
        do { return try ModelName(text) } catch {
            throw RPCError(.invalidArgument, error.description)
        }
    }

    static func atMost(_ count: Int, _ limit: Int, _ what: String) throws {
        guard count <= limit else {
            throw RPCError(.invalidArgument, "\(count) \(what) in one call; at most \(limit)")
        }
    }

    static func pairs(_ pairs: [KeyValue], _ limit: Int, _ what: String) throws {
        try atMost(pairs.count, limit, what)
        var keys = Set<String>()
        for pair in pairs {
            guard (1...256).contains(pair.key.utf8.count), pair.value.utf8.count <= 65_536 else {
                throw RPCError(
                    .invalidArgument,
                    "\(what): key '\(pair.key.prefix(40))' or its value is too "
                        + "long: keys take 1 to 256 bytes, values at most 65,536")
            }
            guard keys.insert(pair.key).inserted else {
                throw RPCError(.invalidArgument, "\(what): '\(pair.key)' is given twice")
            }
        }
    }

    static func batch(_ batch: LogMetrics) throws {
        try atMost(batch.series.count, IngestLimits.seriesPerBatch, "series")
        var keys = Set<String>(), points = 0
        for series in batch.series {
            guard (1...256).contains(series.key.utf8.count), keys.insert(series.key).inserted else {
                throw RPCError(
                    .invalidArgument,
                    "metric '\(series.key.prefix(40))': keys take 1 to 256 bytes "
                        + "and occur once in a batch")
            }
            guard series.step.count == series.value.count,
                series.timeUnixMs.count == series.step.count
            else {
                throw RPCError(
                    .invalidArgument,
                    "metric '\(series.key)': \(series.step.count) steps, "
                        + "\(series.timeUnixMs.count) times and \(series.value.count) values; "
                        + "expected as many of each")
            }
            points += series.step.count
        }
        try atMost(points, IngestLimits.pointsPerBatch, "points")
    }

    static func file(_ entry: FileEntry) throws -> Manifest.File {
        guard let path = String(validating: entry.path, as: UTF8.self) else {
            throw RPCError(.invalidArgument, "a path of the checkpoint is not UTF-8")
        }
        guard entry.chunkDigests.count == entry.chunkByteCounts.count,
            let mode = UInt16(exactly: entry.mode == 0 ? 0o644 : entry.mode)
        else {
            throw RPCError(
                .invalidArgument,
                "'\(path)': \(entry.chunkDigests.count) chunk digests and "
                    + "\(entry.chunkByteCounts.count) lengths; expected as many, and a mode up to 777"
            )
        }
        let chunks = try zip(entry.chunkDigests, entry.chunkByteCounts).map {
            Manifest.Chunk(digest: try digest($0, "a chunk digest"), byteCount: Int($1))
        }
        let file = Manifest.File(path: path, mode: mode, chunks: chunks)
        guard UInt64(file.byteCount) == entry.byteCount else {
            throw RPCError(
                .invalidArgument,
                "'\(path)' has \(entry.byteCount) bytes, its chunks "
                    + "\(file.byteCount)")
        }
        return file
    }
}
