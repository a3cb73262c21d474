import CairnCore
import Glibc
import Ports

/// A few bytes that are replaced whole and durably by one write in place.
///
/// Two slots take turns: the one that is written is never the newest, so a write that a crash tears
/// leaves what was there before. The file's size never changes, and so a write costs one
/// `fdatasync` and no change of the file system's own records.
/// Not for two threads at a time.
final class SlotFile {
    static let slotByteCount = 1 << 16
    private static let magic = Array("cairnsl1".utf8)
    private static let headByteCount = 8 + 8 + 4
    static let contentByteCountMax = slotByteCount - headByteCount - Digest.byteCount

    private let file: OpenFile
    private var sequence: UInt64 = 0
    private(set) var contents: [UInt8]?

    /// Opens or makes the file, and locks it: a second process is refused.
    init(_ path: String) throws {
        file = try OpenFile(path, O_RDWR | O_CREAT)
        guard file.tryLock() else {
            throw RPCError(.conflict, "\(path) is in use: another process works in this folder")
        }
        if try file.status().st_size < 2 * Self.slotByteCount {
            try file.truncate(to: 2 * Self.slotByteCount)
            let zeros = [UInt8](repeating: 0, count: 2 * Self.slotByteCount)
            try zeros.withUnsafeBytes { try file.write($0, at: 0) }
            try file.sync()
            try Paths.syncFolder(Paths.parent(path))
        }
        for slot in 0..<2 {
            guard
                let bytes = try file.bytes(
                    at: slot * Self.slotByteCount, count: Self.slotByteCount),
                let (number, contents) = Self.read(bytes.bytes), number > sequence
            else { continue }
            (sequence, self.contents) = (number, contents)
        }
    }

    /// Durable when it returns; when it throws, the old contents stand.
    func replace(with contents: [UInt8]) throws {
        precondition(contents.count <= Self.contentByteCountMax, "\(contents.count) bytes")
        let next = sequence + 1
        var bytes = Self.magic + Self.littleEndian(next, 8)
        bytes += Self.littleEndian(UInt64(contents.count), 4) + contents
        bytes += Digest(of: bytes).bytes
        let offset = Int(next % 2) * Self.slotByteCount
        try bytes.withUnsafeBytes { try file.write($0, at: offset) }
        try file.syncData()
        (sequence, self.contents) = (next, contents)
    }

    /// - Returns: `nil` when the slot was never written, or not to its end.
    private static func read(_ slot: [UInt8]) -> (UInt64, [UInt8])? {
        guard slot.starts(with: magic) else { return nil }
        let sequence = number(slot[8..<16])
        let count = number(slot[16..<20])
        guard count <= UInt64(contentByteCountMax) else { return nil }
        let end = headByteCount + Int(count)
        let digest = Digest(bytes: slot[end..<(end + Digest.byteCount)])
        guard digest == Digest(of: Array(slot[..<end])) else { return nil }
        return (sequence, Array(slot[headByteCount..<end]))
    }

    private static func littleEndian(_ value: UInt64, _ count: Int) -> [UInt8] {
        (0..<count).map { UInt8(truncatingIfNeeded: value >> (8 * UInt64($0))) }
    }

    private static func number(_ bytes: ArraySlice<UInt8>) -> UInt64 {
        bytes.reversed().reduce(0) { $0 << 8 | UInt64($1) }
    }
}
