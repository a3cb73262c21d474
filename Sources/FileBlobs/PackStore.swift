import CairnCore
import Glibc
import Ports

/// Chunks on local disk: few large append-only packs, and an index in memory.
///
/// A chunk is durable after `makeDurable`, one `fdatasync` for all that came before it. A crash
/// leaves at most a torn entry at the end of the last pack, which opening cuts off. The index is
/// read back from the headers; the last pack's payloads, which a crash may have torn, are hashed.
public final class PackStore: ChunkStore {
    private struct Place {
        let pack: Int
        let payload: UInt64
        let byteCount: Int
    }

    private let folder: String
    private let packByteCountMax: UInt64
    private var packs: [PackFile] = []
    private var index: [Digest: Place] = [:]
    private var hasUnsynced = false
    public private(set) var storedByteCount: UInt64 = 0

    /// Opens or makes the store in `folder`.
    /// - Parameter packByteCountMax: a pack over it is closed and the next one begun.
    public init(folder: String, packByteCountMax: UInt64 = 512 << 20) throws {
        self.folder = folder
        self.packByteCountMax = packByteCountMax
        guard mkdir(folder, 0o755) == 0 || errno == EEXIST else {
            throw PackFile.failure("making \(folder)")
        }
        let numbers = try Self.packNumbers(in: folder)
        for (position, number) in numbers.enumerated() {
            let pack = try PackFile(folder: folder, number: number)
            packs.append(pack)
            try pack.scan(checkingPayloads: position == numbers.count - 1) { found in
                index[found.digest] = Place(
                    pack: position, payload: found.payload, byteCount: found.byteCount)
            }
        }
        storedByteCount = index.values.reduce(0) { $0 + UInt64($1.byteCount) }
    }

    private static func packNumbers(in folder: String) throws -> [Int] {
        guard let listing = opendir(folder) else { throw PackFile.failure("listing \(folder)") }
        defer { closedir(listing) }
        var numbers: [Int] = []
        while let entry = readdir(listing) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name.hasSuffix(".pack"), let number = Int(name.dropLast(5)) {
                numbers.append(number)
            }
        }
        return numbers.sorted()
    }

    public var chunkCount: Int { index.count }

    public func byteCount(of digest: Digest) -> Int? { index[digest]?.byteCount }

    public func put(_ digest: Digest, _ bytes: SharedBytes) throws -> Bool {
        if index[digest] != nil { return false }
        let pack = try packToAppendTo()
        let payload = try pack.append(digest, bytes)
        hasUnsynced = true
        index[digest] = Place(pack: packs.count - 1, payload: payload, byteCount: bytes.count)
        storedByteCount += UInt64(bytes.count)
        return true
    }

    private func packToAppendTo() throws -> PackFile {
        if let last = packs.last, last.end < packByteCountMax { return last }
        if hasUnsynced { try makeDurable() }
        let pack = try PackFile(folder: folder, number: (packs.last?.number ?? 0) + 1)
        try syncFolder()
        packs.append(pack)
        return pack
    }

    /// Makes the name of a new pack durable.
    private func syncFolder() throws {
        let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw PackFile.failure("opening \(folder)") }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw PackFile.failure("syncing \(folder)") }
    }

    public func makeDurable() throws {
        guard hasUnsynced, let last = packs.last else { return }
        try last.makeDurable()
        hasUnsynced = false
    }

    public func bytes(of digest: Digest) throws -> SharedBytes {
        guard let place = index[digest] else {
            throw ChunkStoreError(.notFound, "chunk \(digest) is not stored")
        }
        let bytes = try packs[place.pack].read(at: place.payload, count: place.byteCount)
        let found = bytes.withUnsafeBytes { Digest(of: $0) }
        guard found == digest else {
            throw ChunkStoreError(
                .damaged,
                "chunk \(digest.short) is damaged on disk: its bytes in pack "
                    + "\(packs[place.pack].number) hash to \(found.short)")
        }
        return bytes
    }

    public func freeByteCount() throws -> UInt64? {
        var figures = statvfs()
        guard statvfs(folder, &figures) == 0 else { throw PackFile.failure("statvfs of \(folder)") }
        return UInt64(figures.f_bavail) * UInt64(figures.f_frsize)
    }

    /// Puts faults in the place of writes to the last pack: for tests.
    func replaceWrites(_ write: @escaping (Int32, UnsafeRawBufferPointer, UInt64) -> Int) throws {
        try packToAppendTo().write = write
    }
}
