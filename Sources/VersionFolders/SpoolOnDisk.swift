import CairnCore
import Glibc
import Ports
import Synchronization

/// A spool in files of a folder: `<number of its first entry>.log`, each a row of records
/// (length, number, digest, bytes).
///
/// An entry is on the disk when `append` returns. A file goes when all its entries are removed, so
/// a crash brings back at most those of one file. A record that a crash tore is cut off.
public final class SpoolOnDisk: Spool {
    static let segmentByteCount = 1 << 20
    private static let headByteCount = 4 + 8 + Digest.byteCount

    private let folder: String
    private let byteCountMax: Int
    private let queues: WorkQueues
    private let state: Mutex<State>

    private struct Segment {
        let path: String
        var lastNumber: UInt64
        var byteCount: Int
    }

    private struct Entry {
        let number: UInt64
        let bytes: [UInt8]
    }

    private struct State {
        var segments: [Segment] = []
        var entries: [Entry] = []
        var byteCount = 0
        var nextNumber: UInt64 = 1
        var open: OpenFile?
    }

    /// Reads what waits there. Blocks while it does.
    ///
    /// - Parameter byteCountMax: of entries that wait, which are held in memory too.
    public init(_ folder: String, byteCountMax: Int = 16 << 20, queues: WorkQueues) throws {
        (self.folder, self.byteCountMax, self.queues) = (
            Paths.trimmed(folder), byteCountMax, queues
        )
        do {
            try Paths.makeFolders(folder)
            state = Mutex(try Self.load(Paths.trimmed(folder)))
        } catch let error as FileError {
            throw error.asRPCError
        }
    }

    private func onDisk<Result: Sendable>(
        _ work: @escaping @Sendable () throws -> Result
    ) async throws -> Result {
        try await VersionFolders.mapped { try await queues.run(work) }
    }

    // MARK: The spool

    public func append(_ bytes: [UInt8]) async throws {
        try await onDisk { [self] in
            try state.withLock { state in
                guard state.byteCount + bytes.count <= byteCountMax else {
                    throw RPCError(
                        .resourceExhausted,
                        "\(state.entries.count) entries wait in \(folder), and there is no room for "
                            + "more until some are sent")
                }
                try write(Entry(number: state.nextNumber, bytes: bytes), &state)
            }
        }
    }

    public func first() -> (number: UInt64, bytes: [UInt8])? {
        state.withLock { state in state.entries.first.map { ($0.number, $0.bytes) } }
    }

    public func count() -> Int { state.withLock { $0.entries.count } }

    public func remove(through number: UInt64) async throws {
        try await onDisk { [self] in
            try state.withLock { state in
                while let first = state.entries.first, first.number <= number {
                    state.byteCount -= first.bytes.count
                    state.entries.removeFirst()
                }
                while let segment = state.segments.first, segment.lastNumber <= number {
                    if state.segments.count == 1 { state.open = nil }
                    try Paths.removeFile(segment.path)
                    state.segments.removeFirst()
                }
            }
        }
    }

    // MARK: Files

    private func write(_ entry: Entry, _ state: inout State) throws {
        let record = Self.record(entry)
        if state.open == nil || state.segments.last!.byteCount >= Self.segmentByteCount {
            let path = "\(folder)/\(entry.number).log"
            state.open = try OpenFile(path, O_WRONLY | O_CREAT | O_TRUNC)
            state.segments.append(Segment(path: path, lastNumber: entry.number - 1, byteCount: 0))
            try Paths.syncFolder(folder)
        }
        let (index, file) = (state.segments.count - 1, state.open!)
        let offset = state.segments[index].byteCount
        try record.withUnsafeBytes { try file.write($0, at: offset) }
        try file.syncData()
        state.segments[index].byteCount += record.count
        state.segments[index].lastNumber = entry.number
        state.nextNumber = entry.number + 1
        state.entries.append(entry)
        state.byteCount += entry.bytes.count
    }

    private static func record(_ entry: Entry) -> [UInt8] {
        let head = littleEndian(UInt64(entry.bytes.count), 4) + littleEndian(entry.number, 8)
        return head + Digest(of: head + entry.bytes).bytes + entry.bytes
    }

    private static func load(_ folder: String) throws -> State {
        var state = State()
        let numbers = try Paths.names(in: folder).compactMap { name in
            name.hasSuffix(".log") ? UInt64(name.dropLast(4)) : nil
        }
        for number in numbers.sorted() {
            let path = "\(folder)/\(number).log"
            let bytes = try Paths.contents(of: path) ?? []
            var offset = 0
            while let entry = read(bytes[offset...]) {
                state.entries.append(entry)
                state.byteCount += entry.bytes.count
                state.nextNumber = entry.number + 1
                offset += headByteCount + entry.bytes.count
            }
            state.segments.append(
                Segment(path: path, lastNumber: state.nextNumber - 1, byteCount: offset))
            // A new number never falls into a file that is there.
            state.nextNumber = max(state.nextNumber, number + 1)
        }
        return state
    }

    /// - Returns: `nil` at the end, and where a crash tore the record.
    private static func read(_ bytes: ArraySlice<UInt8>) -> Entry? {
        guard bytes.count >= headByteCount else { return nil }
        let start = bytes.startIndex
        let count = Int(number(bytes[start..<(start + 4)]))
        guard bytes.count - headByteCount >= count else { return nil }
        let head = Array(bytes[start..<(start + 12)])
        let body = Array(bytes[(start + headByteCount)..<(start + headByteCount + count)])
        let digest = Digest(bytes: bytes[(start + 12)..<(start + headByteCount)])
        guard digest == Digest(of: head + body) else { return nil }
        return Entry(number: number(bytes[(start + 4)..<(start + 12)]), bytes: body)
    }

    private static func littleEndian(_ value: UInt64, _ count: Int) -> [UInt8] {
        (0..<count).map { UInt8(truncatingIfNeeded: value >> (8 * UInt64($0))) }
    }

    private static func number(_ bytes: ArraySlice<UInt8>) -> UInt64 {
        bytes.reversed().reduce(0) { $0 << 8 | UInt64($1) }
    }
}
