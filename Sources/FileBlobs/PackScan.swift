import CairnCore
import Ports

/// What a pack holds, read from the pack itself: for one without an index, which a crash may have
/// left with a torn end.
struct PackScan {
    /// Whole entries whose bytes match their digest.
    private(set) var entries: [PackEntry] = []
    /// Where the next entry may be written: behind the last whole one.
    var end: UInt64 { entries.last?.end ?? 0 }

    private let file: any OpenFile
    private let byteCount: UInt64
    private static let windowByteCount = 1 << 20

    /// Bytes that are no whole entry are passed over up to the next one.
    /// - Throws: `ChunkStoreError` when the pack cannot be read, or holds a kind of entry that only
    ///   a newer program knows.
    init(_ file: any OpenFile, pack number: Int) throws(ChunkStoreError) {
        self.file = file
        do {
            byteCount = try file.byteCount()
            var offset: UInt64 = 0
            while let entry = try nextEntry(from: offset) {
                if let entry = try whole(entry) {
                    entries.append(entry)
                    offset = entry.end
                } else {
                    offset = entry.offset + PackEntry.alignment
                }
            }
        } catch let error as FileSystemError {
            throw ChunkStoreError(error, "reading pack \(number)")
        } catch let error as PackEntry.UnknownCode {
            throw ChunkStoreError(
                .failed,
                "pack \(number) holds an entry of code \(error.code) and element "
                    + "\(error.element), made by a newer program. Start the newer program again.")
        } catch { throw ChunkStoreError(.failed, "\(error)") }
    }

    /// The entry with its parent, when its stored bytes are what was written.
    private func whole(_ entry: PackEntry) throws(FileSystemError) -> PackEntry? {
        guard entry.payloadEnd <= byteCount else { return nil }
        let start = entry.offset + UInt64(PackEntry.headerByteCount)
        let bytes = try file.read(at: start, count: entry.storedByteCount)
        return bytes.withUnsafeBytes { bytes in
            guard entry.isWhole(bytes) else { return nil }
            var entry = entry
            entry.parent = entry.parent(in: bytes)
            return entry
        }
    }

    /// The first valid header at `start` or behind it; usually at it.
    private func nextEntry(from start: UInt64) throws -> PackEntry? {
        let headerByteCount = PackEntry.headerByteCount
        var (start, count) = (start, headerByteCount)
        while start + UInt64(headerByteCount) <= byteCount {
            let bytes = try file.read(at: start, count: count)
            if let entry = try Self.firstEntry(in: bytes, at: start) { return entry }
            guard bytes.count >= headerByteCount else { return nil }
            let tried = (bytes.count - headerByteCount) / Int(PackEntry.alignment) + 1
            start += UInt64(tried) * PackEntry.alignment
            count = Self.windowByteCount
        }
        return nil
    }

    private static func firstEntry(in bytes: [UInt8], at start: UInt64) throws -> PackEntry? {
        try bytes.withUnsafeBytes { raw in
            let last = raw.count - PackEntry.headerByteCount
            for at in stride(from: 0, through: last, by: Int(PackEntry.alignment))
            where LittleEndian.word(raw, at) == PackEntry.magic {
                let header = UnsafeRawBufferPointer(
                    rebasing: raw[at..<at + PackEntry.headerByteCount])
                if let entry = try PackEntry(header: header, at: start + UInt64(at)) {
                    return entry
                }
            }
            return nil
        }
    }
}

extension ChunkStoreError {
    init(_ error: FileSystemError, _ what: String) {
        switch error.code {
        case .full:
            self.init(
                .full,
                "\(what): \(error). Make room on this disk and send the same again: what arrived "
                    + "is kept")
        case .notFound, .failed: self.init(.failed, "\(what): \(error)")
        }
    }
}
