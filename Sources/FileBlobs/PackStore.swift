import CairnCore
import Ports
import TensorCodec
import Synchronization

/// Chunks on local disk: few large append-only packs, and an index in memory.
///
/// A chunk is durable after `makeDurable`: one `fdatasync` for everything that came before it, while
/// others go on writing. A pack over its size is closed, and its index written beside it; opening
/// reads the indexes and scans only what has none, whose torn end it cuts off.
public final class PackStore: ChunkStore {
    /// Where a chunk lies.
    struct Place {
        let pack: Int
        let entry: PackEntry
    }

    struct Pack {
        let file: any OpenFile
        /// Behind the last entry.
        var end: UInt64 = 0
        /// Up to here it survives a power cut, once its name does.
        var durableEnd: UInt64 = 0
        var hasDurableName = false
        var state: PackState
    }

    enum PackState {
        /// Takes entries. → `closed`, `abandoned`.
        case open([PackEntry])
        /// Is full, its index is not written yet. → `indexed`, `abandoned`.
        case closed([PackEntry])
        /// Terminal.
        case indexed
        /// A sync failed: nothing behind `durableEnd` can be trusted, and nothing is added. Terminal.
        case abandoned
    }

    struct State {
        var index: [Digest: Place] = [:]
        /// Stored chunks whose bytes were found wrong.
        var damaged: Set<Digest> = []
        var packs: [Int: Pack] = [:]
        var last = 0
        /// What was put, or was there when it was put, since a collection began; `nil` without one.
        var arrivals: Set<Digest>?
    }

    let files: any FileSystem
    let coder = ChunkCoder()
    /// Chunks that came last: what comes next is likely a delta to them.
    let warm: WarmChunks
    let folder: String
    let packByteCountMax: UInt64
    /// Held for moments, never while the disk works.
    let state = Mutex(State())
    /// Held by the one who appends, with the offset up to which writing to the disk has begun.
    let appending = Mutex(WriteBehind())
    /// Held by the one who collects.
    let collecting = Mutex(())
    /// Held by the one who syncs.
    let syncing = Mutex(())

    /// Opens or makes the store in `folder`.
    /// - Parameters:
    ///   - packByteCountMax: a pack that has reached it is closed and the next one begun.
    ///   - warmByteCount: of chunks kept in memory to code others against.
    public init(
        folder: String, files: any FileSystem = HostFiles(), packByteCountMax: UInt64 = 512 << 20,
        warmByteCount: Int = 192 << 20
    ) throws(ChunkStoreError) {
        warm = WarmChunks(byteCountMax: warmByteCount)
        (self.folder, self.files, self.packByteCountMax) = (folder, files, packByteCountMax)
        do {
            try files.makeFolder(folder)
            try load()
        } catch let error as FileSystemError {
            throw ChunkStoreError(error, "opening the chunk store")
        } catch let error as ChunkStoreError {
            throw error
        } catch { throw ChunkStoreError(.failed, "\(error)") }
    }

    // MARK: Opening

    private func load() throws {
        let names = try files.names(in: folder)
        for name in names where name.hasSuffix(".tmp") { try files.remove(folder + "/" + name) }
        let numbers = names.filter { $0.hasSuffix(".pack") }.compactMap { Int($0.dropLast(5)) }
        for number in numbers.sorted() {
            let isLast = number == numbers.max()
            let hasIndex = names.contains("\(Self.stem(number)).idx")
            let (pack, entries) = try load(number, hasIndex: hasIndex, isLast: isLast)
            state.withLock { state in
                state.packs[number] = pack
                state.last = number
                for entry in entries {
                    state.index[entry.digest] = Place(pack: number, entry: entry)
                }
            }
        }
        state.withLock { $0.forgetOrphans() }
        // A name that is listed may still be lost to a power cut.
        if !numbers.isEmpty { try files.syncFolder(folder) }
        try writeIndexes()
    }

    private func load(_ number: Int, hasIndex: Bool, isLast: Bool) throws -> (Pack, [PackEntry]) {
        let file = try files.open(path(number, "pack"), creating: false)
        if hasIndex, let index = try index(of: number) {
            let end = index.packByteCount
            return (
                Pack(file: file, end: end, durableEnd: end, hasDurableName: true, state: .indexed),
                index.entries
            )
        }
        let scan = try PackScan(file, pack: number)
        // A torn end would lie behind later entries.
        if isLast, try file.byteCount() > scan.end { try file.truncate(to: scan.end) }
        try file.sync()
        let state = isLast ? PackState.open(scan.entries) : .closed(scan.entries)
        return (
            Pack(
                file: file, end: scan.end, durableEnd: scan.end, hasDurableName: true, state: state),
            scan.entries
        )
    }

    /// - Returns: `nil` when the index is damaged; the pack itself is read then.
    private func index(of number: Int) throws(FileSystemError) -> PackIndex? {
        let file = try files.open(path(number, "idx"), creating: false)
        return PackIndex(try file.read(at: 0, count: Int(try file.byteCount())))
    }

    func path(_ number: Int, _ ending: String) -> String {
        "\(folder)/\(Self.stem(number)).\(ending)"
    }

    /// Eight digits, so that a listing is in order.
    static func stem(_ number: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, 8 - digits.count)) + digits
    }

    // MARK: Facts

    public func state(of digest: Digest) -> ChunkState? {
        state.withLock { state in
            guard let place = state.index[digest], !state.damaged.contains(digest) else {
                return nil
            }
            return ChunkState(
                byteCount: place.entry.byteCount, isDurable: state.isDurable(place))
        }
    }

    public func figures() throws(ChunkStoreError) -> ChunkStoreFigures {
        let free: UInt64?
        do throws(FileSystemError) {
            free = try files.freeByteCount(of: folder)
        } catch { throw ChunkStoreError(error, "the chunk store") }
        return state.withLock { state in
            ChunkStoreFigures(
                chunkCount: state.index.count,
                storedByteCount: state.packs.values.reduce(0) { $0 + $1.end },
                freeByteCount: free, damagedChunkCount: state.damaged.count)
        }
    }

    public func digests() -> [Digest] { state.withLock { Array($0.index.keys) } }
}

extension PackStore.State {
    func isDurable(_ place: PackStore.Place) -> Bool {
        guard let pack = packs[place.pack] else { return false }
        return pack.hasDurableName && place.entry.payloadEnd <= pack.durableEnd
    }
}
