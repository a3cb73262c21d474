import CairnCore
import Ports

/// How far writing to the disk has begun in the pack that is appended to.
struct WriteBehind {
    static let stepByteCount: UInt64 = 8 << 20
    var pack = 0
    var begun: UInt64 = 0
}

extension PackStore {
    public func put(_ chunk: ChunkForm) throws(ChunkStoreError) -> Bool {
        let isNew = try appending.withLock { (written) throws(ChunkStoreError) -> Bool in
            let digest = chunk.digest
            state.withLock { _ = $0.arrivals?.insert(digest) }
            if state(of: digest) != nil { return false }
            let (chunk, parent) = withParent(chunk)
            let (number, pack) = try packToAppendTo()
            let entry = PackEntry(chunk, at: pack.end, behind: parent)
            try write(
                entry, chunk.payload, prefix: chunk.parent?.bytes ?? [], to: pack.file)
            let isKept = state.withLock { $0.add(entry, to: number) }
            guard isKept else {
                throw ChunkStoreError(
                    .failed, "pack \(number) was abandoned while chunk \(digest.short) was written")
            }
            writeBehind(&written, pack: number, pack.file, end: entry.end)
            return true
        }
        if chunk.element != .opaque { warm.keep(chunk.digest, chunk.bytes) }
        return isNew
    }

    /// The chunk with the entry that it needs; as it is when that was lost since it was coded.
    private func withParent(_ chunk: ChunkForm) -> (ChunkForm, PackEntry?) {
        guard let digest = chunk.parent else { return (chunk, nil) }
        let parent = state.withLock { state in
            state.damaged.contains(digest) ? nil : state.index[digest]?.entry
        }
        guard let parent, parent.depth < Self.depthMax else {
            return (ChunkForm(raw: chunk.digest, chunk.bytes, chunk.element), nil)
        }
        return (chunk, parent)
    }

    /// The open pack, or a new one.
    func packToAppendTo() throws(ChunkStoreError) -> (Int, Pack) {
        let present = state.withLock { state -> (Int, Pack)? in
            guard let pack = state.packs[state.last], case .open = pack.state,
                pack.end < packByteCountMax
            else { return nil }
            return (state.last, pack)
        }
        if let present { return present }
        let number = state.withLock { $0.last } + 1
        do throws(FileSystemError) {
            let file = try files.open(path(number, "pack"), creating: true)
            // What a crash left under this name was never durable.
            if try file.byteCount() > 0 { try file.truncate(to: 0) }
            let pack = Pack(file: file, state: .open([]))
            state.withLock { $0.begin(number, pack) }
            return (number, pack)
        } catch { throw ChunkStoreError(error, "beginning pack \(number)") }
    }

    /// - Parameter prefix: of the stored bytes, `bytes` are the rest.
    func write(
        _ entry: PackEntry, _ bytes: SharedBytes, prefix: [UInt8], to file: any OpenFile
    ) throws(ChunkStoreError) {
        let header = entry.header + prefix
        let padding = [UInt8](repeating: 0, count: entry.paddingByteCount)
        do throws(FileSystemError) {
            try header.span.withUnsafeBytes { (header) throws(FileSystemError) in
                try padding.span.withUnsafeBytes { (padding) throws(FileSystemError) in
                    try bytes.withUnsafeBytes { (bytes) throws(FileSystemError) in
                        try file.write([header, bytes, padding], at: entry.offset)
                    }
                }
            }
        } catch {
            // If even this fails, the next entry takes the place of the torn one, and its header
            // that of the torn header.
            try? file.truncate(to: entry.offset)
            throw ChunkStoreError(error, "chunk \(entry.digest.short) was not stored")
        }
    }

    /// Lets the disk work while the next chunks arrive, so that the sync at the end is short.
    func writeBehind(
        _ written: inout WriteBehind, pack: Int, _ file: any OpenFile, end: UInt64
    ) {
        if written.pack != pack { written = WriteBehind(pack: pack, begun: 0) }
        guard end >= written.begun + WriteBehind.stepByteCount else { return }
        file.startWriting(from: written.begun, byteCount: end - written.begun)
        written.begun = end
    }

    public func makeDurable() throws(ChunkStoreError) {
        try syncing.withLock { (_) throws(ChunkStoreError) -> Void in
            let unsynced = state.withLock { state in
                state.packs.filter { $0.value.needsSync }.sorted { $0.key < $1.key }
            }
            for (number, pack) in unsynced { try sync(number, pack) }
            if unsynced.contains(where: { !$0.value.hasDurableName }) { try syncNames(unsynced) }
            // A pack without an index is scanned at the next opening: no chunk is at stake.
            try? writeIndexes()
        }
    }

    private func sync(_ number: Int, _ pack: Pack) throws(ChunkStoreError) {
        do throws(FileSystemError) {
            if pack.end > pack.durableEnd { try pack.file.sync() }
            state.withLock { $0.packs[number]?.durableEnd = pack.end }
        } catch {
            // What was written since the last sync may be lost though it can still be read: it must
            // not be found again. Where the cut fails too, the next opening hashes what is there.
            state.withLock { $0.abandon(number) }
            try? pack.file.truncate(to: pack.durableEnd)
            throw ChunkStoreError(error, "chunks that were just sent are not durable")
        }
    }

    private func syncNames(_ packs: [(key: Int, value: Pack)]) throws(ChunkStoreError) {
        do throws(FileSystemError) {
            try files.syncFolder(folder)
        } catch { throw ChunkStoreError(error, "chunks that were just sent are not durable") }
        state.withLock { state in
            for (number, _) in packs { state.packs[number]?.hasDurableName = true }
        }
    }

    /// Writes the index of every pack that is closed and durable and has none.
    func writeIndexes() throws(FileSystemError) {
        let waiting = state.withLock { state in
            state.packs.compactMap { number, pack -> (Int, PackIndex)? in
                guard case .closed(let entries) = pack.state, !pack.needsSync else { return nil }
                return (number, PackIndex(packByteCount: pack.end, entries: entries))
            }
        }
        for (number, index) in waiting {
            let draft = path(number, "tmp")
            let file = try files.open(draft, creating: true)
            try file.truncate(to: 0)
            try file.write(index.encoded, at: 0)
            try file.sync()
            try files.rename(draft, to: path(number, "idx"))
            try files.syncFolder(folder)
            state.withLock { $0.packs[number]?.state = .indexed }
        }
    }
}

extension PackStore.Pack {
    var needsSync: Bool {
        if case .abandoned = state { return false }
        return end > durableEnd || !hasDurableName
    }
}

extension PackStore.State {
    /// The next pack; the one before it takes no more.
    mutating func begin(_ number: Int, _ pack: PackStore.Pack) {
        if case .open(let entries) = packs[last]?.state { packs[last]?.state = .closed(entries) }
        packs[number] = pack
        last = number
    }

    /// - Returns: false when the pack takes no more.
    mutating func add(_ entry: PackEntry, to number: Int) -> Bool {
        guard append(entry, to: number) else { return false }
        index[entry.digest] = PackStore.Place(pack: number, entry: entry)
        damaged.remove(entry.digest)
        return true
    }

    /// An entry that nobody is led to yet.
    mutating func append(_ entry: PackEntry, to number: Int) -> Bool {
        guard case .open(var entries) = packs[number]?.state else { return false }
        // Not held twice, or it would be copied.
        packs[number]?.state = .open([])
        entries.append(entry)
        packs[number]?.state = .open(entries)
        packs[number]?.end = entry.end
        return true
    }

    /// Forgets what is not durable in a pack, and closes it for ever.
    mutating func abandon(_ number: Int) {
        guard let pack = packs[number] else { return }
        packs[number]?.state = .abandoned
        packs[number]?.end = pack.durableEnd
        index = index.filter { _, place in place.pack != number || isDurable(place) }
        forgetOrphans()
    }

    /// Forgets chunks that need one that is not here: what was not synced may be lost in any order.
    mutating func forgetOrphans() {
        while true {
            let orphans = index.filter { _, place in
                place.entry.parent.map { index[$0] == nil } ?? false
            }
            if orphans.isEmpty { return }
            for digest in orphans.keys { index[digest] = nil }
        }
    }
}
