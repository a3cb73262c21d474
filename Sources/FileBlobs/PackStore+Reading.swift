import CairnCore
import Ports
import TensorCodec

extension PackStore {
    public func bytes(of digest: Digest) throws(ChunkStoreError) -> SharedBytes {
        guard let (place, file) = located(digest) else { throw .notStored(digest) }
        do throws(ChunkStoreError) {
            let bytes = try read(place, from: file)
            // It was not itself that was damaged, but what it is a difference to.
            state.withLock { _ = $0.damaged.remove(digest) }
            return bytes
        } catch {
            // Wanted again from whoever has it, unless it was replaced meanwhile.
            state.withLock { state in
                if state.index[digest]?.entry == place.entry { state.damaged.insert(digest) }
            }
            throw error
        }
    }

    private func read(_ place: Place, from file: any OpenFile) throws(ChunkStoreError)
        -> SharedBytes
    {
        let stored = try stored(place, from: file)
        if place.entry.code == .raw {
            try check(stored, place)
            return stored
        }
        let parent = try parentBytes(of: place.entry)
        let bytes = decoded(place.entry, stored, parent)
        guard let bytes else {
            throw .damaged(place.entry.digest, "what lies in \(place.spot) does not decode")
        }
        try check(bytes, place)
        return bytes
    }

    private func located(_ digest: Digest) -> (Place, any OpenFile)? {
        state.withLock { state in
            state.index[digest].flatMap { place in
                state.packs[place.pack].map { (place, $0.file) }
            }
        }
    }

    /// What is stored of a difference, behind its parent's digest; `nil` when it is gone.
    func storedPayload(of digest: Digest) throws(ChunkStoreError) -> SharedBytes? {
        guard let (place, file) = located(digest), place.entry.parent != nil else { return nil }
        let stored = try stored(place, from: file)
        return stored.withUnsafeBytes { stored in
            SharedBytes(count: stored.count - Digest.byteCount) {
                $0.copyMemory(from: UnsafeRawBufferPointer(rebasing: stored[Digest.byteCount...]))
            }
        }
    }

    private func parentBytes(of entry: PackEntry) throws(ChunkStoreError) -> SharedBytes? {
        guard let parent = entry.parent else { return nil }
        if let bytes = warm[parent] { return bytes }
        do throws(ChunkStoreError) {
            return try bytes(of: parent)
        } catch {
            throw .damaged(entry.digest, "it is kept as a difference to another: \(error)")
        }
    }

    private func decoded(
        _ entry: PackEntry, _ stored: SharedBytes, _ parent: SharedBytes?
    ) -> SharedBytes? {
        let prefix = entry.parent == nil ? 0 : Digest.byteCount
        var isDecoded = false
        let bytes = SharedBytes(count: entry.byteCount) { out in
            isDecoded = stored.withUnsafeBytes { stored in
                let payload = UnsafeRawBufferPointer(rebasing: stored[prefix...])
                func decode(_ parent: UnsafeRawBufferPointer?) -> Bool {
                    coder.decode(entry.code, payload, entry.element, parent: parent, into: out)
                }
                return parent.map { $0.withUnsafeBytes { decode($0) } } ?? decode(nil)
            }
        }
        return isDecoded ? bytes : nil
    }

    private func check(_ bytes: SharedBytes, _ place: Place) throws(ChunkStoreError) {
        let found = bytes.withUnsafeBytes { Digest(of: $0) }
        guard found == place.entry.digest else {
            throw .damaged(
                place.entry.digest, "its bytes in \(place.spot) hash to \(found.short)")
        }
    }

    /// One read for header and stored bytes; both are checked as far as they can be alone.
    func stored(_ place: Place, from file: any OpenFile) throws(ChunkStoreError)
        -> SharedBytes
    {
        let (entry, headerByteCount) = (place.entry, PackEntry.headerByteCount)
        let blockByteCount = headerByteCount + entry.storedByteCount
        let start = SharedBytes.block(of: blockByteCount)
        let buffer = UnsafeMutableRawBufferPointer(start: start, count: blockByteCount)
        let bytes = SharedBytes(block: start, of: blockByteCount, from: headerByteCount)
        let count: Int
        do throws(FileSystemError) {
            count = try file.read(into: buffer, at: entry.offset)
        } catch { throw .damaged(entry.digest, "\(place.spot) cannot be read: \(error)") }
        guard count == buffer.count else {
            throw .damaged(
                entry.digest, "\(place.spot) ends after \(count) of \(buffer.count) bytes")
        }
        let header = UnsafeRawBufferPointer(rebasing: buffer[..<headerByteCount])
        guard entry.header.elementsEqual(header) else {
            throw .damaged(entry.digest, "its header in \(place.spot) is not what was written")
        }
        // Raw bytes are held to the digest of the chunk.
        guard entry.code == .raw || bytes.withUnsafeBytes({ entry.isWhole($0) }) else {
            throw .damaged(
                entry.digest, "its bytes in \(place.spot) do not match their checksum")
        }
        return bytes
    }
}

extension PackStore.Place {
    fileprivate var spot: String { "pack \(pack) at \(entry.offset)" }
}
