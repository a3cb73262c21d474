import CairnCore
import Glibc
import Ports

/// One pack: an append-only file of headers and chunks.
final class PackFile {
    let number: Int
    private let path: String
    private let descriptor: Int32
    /// Where the next entry goes: the end of the last whole one.
    private(set) var end: UInt64
    /// Writes, with the offset; a test puts faults in its place.
    var write: (Int32, UnsafeRawBufferPointer, UInt64) -> Int = { descriptor, bytes, offset in
        pwrite(descriptor, bytes.baseAddress, bytes.count, off_t(offset))
    }

    init(folder: String, number: Int) throws {
        self.number = number
        let digits = String(number)
        path = "\(folder)/\(String(repeating: "0", count: max(0, 8 - digits.count)))\(digits).pack"
        descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw Self.failure("opening \(path)") }
        end = UInt64(max(0, lseek(descriptor, 0, SEEK_END)))
    }

    deinit { close(descriptor) }

    /// Appends an entry. On a failure the file ends where it ended before.
    /// - Returns: the offset of the payload.
    func append(_ digest: Digest, _ bytes: SharedBytes) throws -> UInt64 {
        let header = EntryHeader(digest: digest, payloadByteCount: bytes.count).encoded()
        do {
            try header.withUnsafeBytes { try writeAll($0, at: end) }
            try bytes.withUnsafeBytes { try writeAll($0, at: end + UInt64(header.count)) }
        } catch {
            // What was torn off is overwritten by the next entry if even this fails.
            _ = ftruncate(descriptor, off_t(end))
            throw error
        }
        let payload = end + UInt64(header.count)
        end = payload + UInt64(bytes.count)
        return payload
    }

    private func writeAll(_ bytes: UnsafeRawBufferPointer, at offset: UInt64) throws {
        var done = 0
        while done < bytes.count {
            let count = write(
                descriptor, UnsafeRawBufferPointer(rebasing: bytes[done...]), offset + UInt64(done))
            if count < 0 {
                if errno == EINTR { continue }
                throw Self.failure("writing \(path)")
            }
            guard count > 0 else { throw Self.failure("writing \(path)") }
            done += count
        }
    }

    func makeDurable() throws {
        guard fdatasync(descriptor) == 0 else { throw Self.failure("syncing \(path)") }
    }

    func read(at offset: UInt64, count: Int) throws -> SharedBytes {
        let (descriptor, path) = (descriptor, path)
        return try SharedBytes(count: count) { buffer in
            var done = 0
            while done < count {
                let got = pread(
                    descriptor, buffer.baseAddress! + done, count - done,
                    off_t(offset) + off_t(done))
                if got < 0, errno == EINTR { continue }
                guard got > 0 else {
                    throw ChunkStoreError(
                        got == 0 ? .damaged : .failed,
                        "\(path) ends before byte \(offset + UInt64(count)) or cannot be read: "
                            + String(cString: strerror(errno)))
                }
                done += got
            }
        }
    }

    /// One entry as a scan finds it.
    struct Found {
        let digest: Digest
        let payload: UInt64
        let byteCount: Int
    }

    /// Walks the entries from the start. Bytes that are no entry are passed over up to the next
    /// header; what is behind the last whole entry is cut off, for that is a write that never ended.
    ///
    /// - Parameter checkingPayloads: also hash each payload, and leave out those that differ.
    func scan(checkingPayloads: Bool, _ visit: (Found) -> Void) throws {
        var (offset, wholeEnd): (UInt64, UInt64) = (0, 0)
        let fileEnd = end
        while offset + UInt64(EntryHeader.byteCount) <= fileEnd {
            let bytes = try read(at: offset, count: EntryHeader.byteCount).bytes
            guard let header = EntryHeader(bytes[...]) else {
                guard let next = try nextHeader(after: offset, before: fileEnd) else { break }
                offset = next
                continue
            }
            let payload = offset + UInt64(EntryHeader.byteCount)
            let entryEnd = payload + UInt64(header.payloadByteCount)
            if entryEnd > fileEnd { break }
            let isWhole = try !checkingPayloads || matches(header, at: payload)
            if isWhole {
                visit(
                    Found(
                        digest: header.digest, payload: payload, byteCount: header.payloadByteCount)
                )
                wholeEnd = entryEnd
            }
            offset = entryEnd
        }
        end = wholeEnd
    }

    private func matches(_ header: EntryHeader, at payload: UInt64) throws -> Bool {
        let bytes = try read(at: payload, count: header.payloadByteCount)
        return bytes.withUnsafeBytes { Digest(of: $0) } == header.digest
    }

    /// The offset of the next valid header, searched byte by byte: only after damage.
    private func nextHeader(after offset: UInt64, before fileEnd: UInt64) throws -> UInt64? {
        let window = 1 << 20
        var start = offset + 1
        while start + UInt64(EntryHeader.byteCount) <= fileEnd {
            let count = Int(min(UInt64(window), fileEnd - start))
            let bytes = try read(at: start, count: count).bytes
            for at in 0...max(0, count - EntryHeader.byteCount)
            where bytes[at] == 0x43 && EntryHeader(bytes[at..<at + EntryHeader.byteCount]) != nil {
                return start + UInt64(at)
            }
            if count < window { return nil }
            start += UInt64(count - EntryHeader.byteCount + 1)
        }
        return nil
    }

    static func failure(_ what: String) -> ChunkStoreError {
        let number = errno
        let isFull = number == ENOSPC || number == EDQUOT || number == EFBIG
        return ChunkStoreError(
            isFull ? .full : .failed,
            "\(what) failed: \(String(cString: strerror(number)))"
                + (isFull ? "; make room on this disk and send the same again" : ""))
    }
}
