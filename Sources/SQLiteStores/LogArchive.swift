import CairnCore
import Compression
import Deployment
import Ports

/// Old records of logs, many in one compressed row: not a byte is lost, so chains still prove
/// themselves and verdicts still come out again.
struct LogArchive {
    /// Records in one row.
    static let batch = 1_024
    private static let level: Int32 = 9
    private static let byteCountMax = 256 << 20

    static let schema = """
        CREATE TABLE log_archive (
            target TEXT NOT NULL, first INTEGER NOT NULL, last INTEGER NOT NULL,
            first_ns INTEGER NOT NULL, byte_count INTEGER NOT NULL, records BLOB NOT NULL,
            PRIMARY KEY (target, first)
        ) WITHOUT ROWID;
        CREATE INDEX archive_by_time ON log_archive (target, first_ns);
        """

    let database: Database

    /// Takes records, in order and without a gap, in place of their own rows. Inside a transaction.
    func take(_ records: [LogRecord]) throws {
        guard let first = records.first, let last = records.last else { return }
        let bytes = RecordBytes.encoded(records)
        try database.run(
            "INSERT INTO log_archive VALUES (?, ?, ?, ?, ?, ?)", .text("\(first.target)"),
            .number(first.sequence), .number(last.sequence), .integer(first.time.nanoseconds),
            .number(bytes.count), .blob(try compressed(bytes)))
        try database.run(
            "DELETE FROM log WHERE target = ? AND sequence <= ?", .text("\(first.target)"),
            .number(last.sequence))
    }

    /// Of the newest record that stands here; 0: none does.
    func lastSequence(of target: TargetName) throws -> UInt64 {
        try database.query(
            "SELECT max(last) FROM log_archive WHERE target = ?", .text("\(target)")
        ) { $0.isNull(0) ? 0 : UInt64(clamping: $0.int64(0)) }.first ?? 0
    }

    /// Records after `sequence`, of the first row that has any.
    func records(of target: TargetName, after sequence: UInt64) throws -> [LogRecord] {
        let rows = try database.query(
            "SELECT byte_count, records FROM log_archive WHERE target = ? AND last > ? "
                + "ORDER BY first LIMIT 1", .text("\(target)"), .number(Int64(clamping: sequence))
        ) { ($0.int(0), $0.blob(1)) }
        guard let (byteCount, blob) = rows.first else { return [] }
        return try decoded(blob, byteCount, target).filter { $0.sequence > sequence }
    }

    /// The last record at or before a moment.
    func record(of target: TargetName, at time: Timestamp) throws -> LogRecord? {
        let rows = try database.query(
            "SELECT byte_count, records FROM log_archive WHERE target = ? AND first_ns <= ? "
                + "ORDER BY first_ns DESC, first DESC LIMIT 1", .text("\(target)"),
            .integer(time.nanoseconds)
        ) { ($0.int(0), $0.blob(1)) }
        guard let (byteCount, blob) = rows.first else { return nil }
        return try decoded(blob, byteCount, target).last { $0.time <= time }
    }

    private func compressed(_ bytes: [UInt8]) throws -> [UInt8] {
        var out = [UInt8](repeating: 0, count: Zstandard.bound(of: bytes.count))
        let count = bytes.withUnsafeBytes { from in
            out.withUnsafeMutableBytes {
                Zstandard.compress(from, into: $0, level: Self.level)
            }
        }
        guard let count else { throw LogDamage("old records could not be compressed") }
        return Array(out.prefix(count))
    }

    private func decoded(_ blob: [UInt8], _ byteCount: Int, _ target: TargetName) throws
        -> [LogRecord]
    {
        let damage = LogDamage("the old records of \(target) are damaged")
        guard (0...Self.byteCountMax).contains(byteCount) else { throw damage }
        var bytes = [UInt8](repeating: 0, count: byteCount)
        let isWhole = blob.withUnsafeBytes { from in
            bytes.withUnsafeMutableBytes { Zstandard.decompress(from, into: $0) }
        }
        guard isWhole, let records = RecordBytes.decoded(bytes, of: target) else { throw damage }
        return records
    }
}

/// Records as fields, each behind its length.
enum RecordBytes {
    static func encoded(_ records: [LogRecord]) -> [UInt8] {
        var bytes: [UInt8] = []
        for record in records {
            let fields = [
                "\(record.sequence)", "\(record.time.nanoseconds)", record.event, record.actor,
                record.reason, record.summary, text(record.stable), text(record.candidate),
                "\(record.weight.value)", "\(record.epoch)", record.link.hex,
            ]
            for field in fields {
                let count = UInt32(field.utf8.count)
                bytes += (0..<4).map { UInt8(truncatingIfNeeded: count >> (8 * $0)) }
                bytes += Array(field.utf8)
            }
        }
        return bytes
    }

    private static func text(_ release: Release?) -> String {
        release.map { "\($0.number.number):\($0.manifest.hex)" } ?? ""
    }

    /// - Returns: `nil` where they were never written so.
    static func decoded(_ bytes: [UInt8], of target: TargetName) -> [LogRecord]? {
        var rest = bytes[...]
        var records: [LogRecord] = []
        while !rest.isEmpty {
            var fields: [String] = []
            for _ in 0..<11 {
                guard let field = field(&rest) else { return nil }
                fields.append(field)
            }
            guard let record = record(fields, of: target) else { return nil }
            records.append(record)
        }
        return records
    }

    private static func field(_ rest: inout ArraySlice<UInt8>) -> String? {
        guard rest.count >= 4 else { return nil }
        let count = rest.prefix(4).reversed().reduce(0) { $0 << 8 | Int($1) }
        rest = rest.dropFirst(4)
        guard rest.count >= count else { return nil }
        defer { rest = rest.dropFirst(count) }
        return String(validating: rest.prefix(count), as: UTF8.self)
    }

    private static func record(_ fields: [String], of target: TargetName) -> LogRecord? {
        guard let sequence = UInt64(fields[0]), let time = Int64(fields[1]),
            let stable = release(fields[6]), let candidate = release(fields[7]),
            let weight = Int(fields[8]).flatMap({ BasisPoints($0) }), let epoch = UInt64(fields[9]),
            let link = Digest(hex: fields[10])
        else { return nil }
        return LogRecord(
            target: target, sequence: sequence, time: Timestamp(nanoseconds: time),
            event: fields[2], actor: fields[3], reason: fields[4], summary: fields[5],
            stable: stable, candidate: candidate, weight: weight, epoch: epoch, link: link)
    }

    /// - Returns: `nil` for what was never written, `.some(nil)` for none.
    private static func release(_ field: String) -> Release?? {
        if field.isEmpty { return .some(nil) }
        guard let colon = field.firstIndex(of: ":"), let number = VersionNumber(field[..<colon]),
            let manifest = Digest(hex: field[field.index(after: colon)...])
        else { return nil }
        return Release(number: number, manifest: manifest)
    }
}
