import CairnCore
import Ports

/// Giving room back, a pack at a time: what is still needed is copied to the pack that is written,
/// made durable there, and only then the old pack goes.
extension PackStore {
    /// A pack with less garbage than this part of it is left alone: copying it costs more than it
    /// frees.
    static let garbageWorthCopying = 0.25

    public func survey(keeping roots: Set<Digest>) -> ChunkSurvey {
        state.withLock { state in
            let needed = state.closure(of: roots)
            return state.index.reduce(into: ChunkSurvey()) { survey, chunk in
                let byteCount = Int(chunk.value.entry.end - chunk.value.entry.offset)
                if roots.contains(chunk.key) {
                    survey.kept.add(byteCount)
                } else if needed.contains(chunk.key) {
                    survey.keptAsParents.add(byteCount)
                } else {
                    survey.garbage.add(byteCount)
                }
            }
        }
    }

    public func collect(
        keeping roots: Set<Digest>, unless isHeld: @Sendable (Digest) -> Bool
    ) throws(ChunkStoreError) -> UInt64 {
        try collecting.withLock { (_) throws(ChunkStoreError) -> UInt64 in
            state.withLock { $0.arrivals = [] }
            defer { state.withLock { $0.arrivals = nil } }
            appending.withLock { _ in state.withLock { $0.closeLast() } }
            try makeDurable()
            let numbers = state.withLock { $0.packs.keys.sorted() }
            var freed: UInt64 = 0
            for number in numbers { freed += try empty(number, keeping: roots, isHeld) }
            return freed
        }
    }

    /// Copies what is needed out of a pack and removes it, where that frees enough.
    /// - Returns: how many bytes that freed.
    private func empty(
        _ number: Int, keeping roots: Set<Digest>, _ isHeld: @Sendable (Digest) -> Bool
    ) throws(ChunkStoreError) -> UInt64 {
        // What comes to be needed while others are copied is copied in the second round; in the
        // third nothing may be left.
        var copied: UInt64 = 0
        for _ in 0..<3 {
            let (needed, byteCount) = state.withLock {
                $0.needed(in: number, keeping: roots, isHeld)
            }
            let garbage = byteCount - min(byteCount, copied + needed.byteCount)
            guard Double(garbage) >= Self.garbageWorthCopying * Double(byteCount), garbage > 0
            else {
                return 0
            }
            var copies: [Place] = []
            for place in needed.places {
                if let copy = try copy(place) { copies.append(copy) }
            }
            copied += needed.byteCount
            if !copies.isEmpty {
                try makeDurable()
                state.withLock { $0.use(copies, insteadOf: number) }
            }
            if try remove(number, keeping: roots, isHeld) { return garbage }
        }
        return 0
    }

    /// The chunk is read where it was until its copy is durable.
    private func copy(_ place: Place) throws(ChunkStoreError) -> Place? {
        guard let file = state.withLock({ $0.packs[place.pack]?.file }) else { return nil }
        let stored = try stored(place, from: file)
        return try appending.withLock { (written) throws(ChunkStoreError) -> Place in
            let (number, pack) = try packToAppendTo()
            let entry = place.entry.moved(to: pack.end)
            try write(entry, stored, prefix: [], to: pack.file)
            let isKept = state.withLock { $0.append(entry, to: number) }
            guard isKept else {
                throw ChunkStoreError(.failed, "pack \(number) was abandoned while it was written")
            }
            writeBehind(&written, pack: number, pack.file, end: entry.end)
            return Place(pack: number, entry: entry)
        }
    }

    /// - Returns: false when something in it came to be needed meanwhile.
    private func remove(
        _ number: Int, keeping roots: Set<Digest>, _ isHeld: @Sendable (Digest) -> Bool
    ) throws(ChunkStoreError) -> Bool {
        let isForgotten = appending.withLock { _ in
            state.withLock { $0.forget(number, keeping: roots, isHeld) }
        }
        guard isForgotten else { return false }
        do throws(FileSystemError) {
            // The index first: alone it would describe a later pack of the same number.
            let names = try files.names(in: folder)
            for ending in ["idx", "pack"] where names.contains("\(Self.stem(number)).\(ending)") {
                try files.remove(path(number, ending))
            }
            try files.syncFolder(folder)
        } catch { throw ChunkStoreError(error, "removing pack \(number)") }
        return true
    }
}

extension PackStore.State {
    /// `roots` with all that they need to be read.
    func closure(of roots: Set<Digest>) -> Set<Digest> {
        var needed = roots
        for root in roots {
            var digest = root
            while let parent = index[digest]?.entry.parent, needed.insert(parent).inserted {
                digest = parent
            }
        }
        return needed
    }

    /// Places of a pack that stay needed, and how long the pack is.
    func needed(
        in number: Int, keeping roots: Set<Digest>, _ isHeld: (Digest) -> Bool
    ) -> (needed: (places: [PackStore.Place], byteCount: UInt64), byteCount: UInt64) {
        let all = index.filter { $0.value.pack == number }
        let held = all.keys.filter(isHeld)
        let needed = closure(of: roots.union(held).union(arrivals ?? []))
        let places = all.filter { needed.contains($0.key) }.values
            .sorted { $0.entry.offset < $1.entry.offset }
        let byteCount = places.reduce(0) { $0 + ($1.entry.end - $1.entry.offset) }
        return ((places, byteCount), packs[number]?.end ?? 0)
    }

    /// Drops a pack in which nothing is needed any more.
    mutating func forget(
        _ number: Int, keeping roots: Set<Digest>, _ isHeld: (Digest) -> Bool
    ) -> Bool {
        guard needed(in: number, keeping: roots, isHeld).needed.places.isEmpty else { return false }
        index = index.filter { $0.value.pack != number }
        damaged = damaged.filter { index[$0] != nil }
        packs[number] = nil
        return true
    }

    /// The pack that takes entries takes no more; the next entry begins another.
    mutating func closeLast() {
        if case .open(let entries) = packs[last]?.state { packs[last]?.state = .closed(entries) }
    }

    /// Chunks of a pack that lie in other places from now on.
    mutating func use(_ copies: [PackStore.Place], insteadOf number: Int) {
        // One that was mended meanwhile has a better place already.
        for copy in copies where index[copy.entry.digest]?.pack == number {
            index[copy.entry.digest] = copy
        }
    }
}
