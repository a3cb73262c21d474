import CairnCore
import Ports

extension PackStore {
    public func bytes(of digest: Digest) throws(ChunkStoreError) -> SharedBytes {
        let found = state.withLock { state in
            state.index[digest].flatMap { place in
                state.packs[place.pack].map { (place, $0.file) }
            }
        }
        guard let (place, file) = found else { throw .notStored(digest) }
        do throws(ChunkStoreError) {
            return try read(place, from: file)
        } catch {
            // Wanted again from whoever has it, unless it was replaced meanwhile.
            state.withLock { state in
                if state.index[digest]?.entry == place.entry { state.damaged.insert(digest) }
            }
            throw error
        }
    }

    /// One read for header and bytes; both are checked.
    private func read(_ place: Place, from file: any OpenFile) throws(ChunkStoreError)
        -> SharedBytes
    {
        let (entry, headerByteCount) = (place.entry, PackEntry.headerByteCount)
        let buffer = UnsafeMutableRawBufferPointer.allocate(
            byteCount: headerByteCount + entry.storedByteCount, alignment: 64)
        guard let start = buffer.baseAddress else {
            throw ChunkStoreError(.failed, "no memory for chunk \(entry.digest.short)")
        }
        let bytes = SharedBytes(adopting: start + headerByteCount, count: entry.byteCount) {
            ($0 - headerByteCount).deallocate()
        }
        let spot = "pack \(place.pack) at \(entry.offset)"
        let count: Int
        do throws(FileSystemError) {
            count = try file.read(into: buffer, at: entry.offset)
        } catch { throw .damaged(entry.digest, "\(spot) cannot be read: \(error)") }
        guard count == buffer.count else {
            throw .damaged(entry.digest, "\(spot) ends after \(count) of \(buffer.count) bytes")
        }
        let header = UnsafeRawBufferPointer(rebasing: buffer[..<headerByteCount])
        guard PackEntry(header: header, at: entry.offset) == entry else {
            throw .damaged(entry.digest, "its header in \(spot) is not what was written")
        }
        let found = bytes.withUnsafeBytes { Digest(of: $0) }
        guard found == entry.digest else {
            throw .damaged(entry.digest, "its bytes in \(spot) hash to \(found.short)")
        }
        return bytes
    }
}
