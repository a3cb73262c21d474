import CairnCore
import Glibc
import Ingestion
import Ports

/// Builds the folder of a version beside its place and moves it there when every byte is verified
/// and on the disk.
///
/// What is built beside survives a cut: the next restore of the same name takes from it what hashes
/// right.
struct FolderRestore: Sendable {
    let manifest: Manifest
    /// The place, without slashes at the end.
    let folder: String
    let donors: [Donor]
    let source: any VersionSource
    let queues: WorkQueues
    let meter: ProgressMeter
    /// What donors hold in the places of missing chunks.
    let bases = ChunkBases()
    var writer = FileWriter()
    /// Waits before the next try after a cut, or throws to give up.
    var pause: RestorePause = { _, error in throw error }

    private var partial: String { Self.partial(of: folder) }

    static func partial(of folder: String) -> String {
        Paths.parent(folder) + "/.partial-" + Paths.name(folder)
    }

    /// - Returns: what the file system said of the files just before they appeared in their place.
    func run() async throws -> FolderStamp {
        let lock = try await queues.run { try takePlace() }
        defer { withExtendedLifetime(lock) {} }
        do {
            let kept = try await queues.run { try layOut() }
            let missing = try await reuse(kept)
            try await queues.run { try checkRoom(missing) }
            try await fetch(missing)
            let stamp = try await seal()
            try await queues.run { try publish() }
            return stamp
        } catch let error as FileError where error.isDiskFull {
            // What was built is of no use while there is no room for the rest.
            try await queues.run { try Paths.removeTree(partial) }
            throw error
        }
    }

    // MARK: Before the first byte

    /// Makes the folder that is built, and locks it against another restore of the same name.
    private func takePlace() throws -> FileLock {
        try Paths.makeFolders(Paths.parent(folder))
        if mkdir(partial, 0o755) != 0 && errno != EEXIST {
            throw FileError("make the folder", partial)
        }
        let place = try OpenFile(partial, O_RDONLY | O_DIRECTORY | O_NOFOLLOW)
        guard let lock = place.tryLock() else {
            throw RPCError(
                .conflict, "\(folder) is being restored by someone else; try again when it is done",
                canRetry: true)
        }
        return lock
    }

    /// Makes every file with its size, and removes what does not belong.
    /// - Returns: the files in which an earlier try may have left something.
    private func layOut() throws -> Set<String> {
        var kept = Set<String>()
        let wanted = Set(manifest.files.map(\.path))
        for entry in try FolderStamp(of: partial).entries
        where !entry.isPlainFile || !wanted.contains(entry.path) {
            try Paths.removeFile(partial + "/" + entry.path)
        }
        for file in manifest.files {
            let path = partial + "/" + file.path
            if try Paths.isFolder(path) { try Paths.removeTree(path) }
            try Paths.makeFolders(Paths.parent(path))
            // A mode that forbids writing is set at the end.
            let open = try writable(path)
            if try open.status().st_size > 0 { kept.insert(file.path) }
            try open.truncate(to: file.byteCount)
        }
        return kept
    }

    private func writable(_ path: String) throws(FileError) -> OpenFile {
        do {
            return try OpenFile(path, O_RDWR | O_CREAT | O_NOFOLLOW)
        } catch {
            guard error.number == EACCES, chmod(path, 0o600) == 0 else { throw error }
            return try OpenFile(path, O_RDWR | O_NOFOLLOW)
        }
    }

    private func checkRoom(_ missing: MissingChunks) throws {
        let free = try Paths.freeByteCount(at: partial)
        guard missing.byteCount > free else { return }
        throw FileError(
            "fetch \(missing.byteCount) bytes with \(free) left for", folder, number: ENOSPC)
    }

    // MARK: Bytes

    /// Keeps what an earlier try left, copies what donors hold, and says what is missing.
    private func reuse(_ kept: Set<String>) async throws -> MissingChunks {
        let (own, theirs) = (FileCache(O_RDWR), FileCache(O_RDONLY))
        var missing = MissingChunks()
        for file in manifest.files {
            let (path, offsets) = (file.path, file.chunkOffsets)
            let isOld = kept.contains(path)
            var areHere = [Bool](repeating: false, count: file.chunks.count)
            if isOld || !donors.isEmpty {
                areHere = try await queues.map(file.chunks.count) { index in
                    let (chunk, offset) = (file.chunks[index], offsets[index])
                    let open = try own.file(partial + "/" + path)
                    if isOld, try open.holds(chunk, at: offset) {
                        meter.add(chunk.byteCount)
                        return true
                    }
                    return try copy(chunk, to: open, .init(path: path, offset: offset), theirs)
                }
            }
            for index in file.chunks.indices where !areHere[index] {
                missing.add(file.chunks[index], Donor.Place(path: path, offset: offsets[index]))
            }
        }
        return missing
    }

    /// - Returns: whether a donor had the chunk; it is in its place then.
    private func copy(
        _ chunk: Manifest.Chunk, to file: OpenFile, _ place: Donor.Place, _ theirs: FileCache
    ) throws -> Bool {
        for donor in donors {
            // Without the chunk itself, what is in its place may be near to it.
            let there = donor.place(of: chunk, inPlaceOf: place) ?? place
            let path = donor.folder + "/" + there.path
            guard let source = try theirs.fileIfThere(path),
                let bytes = try source.bytes(at: there.offset, count: chunk.byteCount)
            else { continue }
            let digest = bytes.digest
            guard digest == chunk.digest else {
                bases.add(.init(digest: digest, path: path, offset: there.offset), of: chunk)
                continue
            }
            try bytes.withUnsafeBytes { raw in try writer.write(file, raw, place.offset) }
            meter.add(chunk.byteCount)
            return true
        }
        return false
    }

    /// Fetches until nothing is missing; a cut costs only what was under way.
    private func fetch(_ missing: MissingChunks) async throws {
        let own = FileCache(O_WRONLY)
        let rest = SharedMissing(missing)
        var failures = 0
        while true {
            let wanted = rest.chunks
            if wanted.isEmpty { return }
            do {
                try await source.fetch(wanted, given: bases) { chunk, bytes in
                    try await queues.run { try store(chunk, bytes, rest.places(of: chunk), own) }
                    rest.remove(chunk)
                }
            } catch let error as RPCError where error.canRetry {
                try Task.checkCancellation()
                failures = rest.chunks.count < wanted.count ? 1 : failures + 1
                try await pause(failures, error)
            }
        }
    }

    private func store(
        _ chunk: Manifest.Chunk, _ bytes: SharedBytes, _ places: [Donor.Place], _ own: FileCache
    ) throws {
        guard bytes.count == chunk.byteCount, bytes.digest == chunk.digest else {
            throw RPCError(
                .dataLoss,
                "\(folder) was not restored: a chunk that came hashes to \(bytes.digest.short)…, "
                    + "expected \(chunk.digest.short)…. Nothing that serves was changed")
        }
        for place in places {
            let file = try own.file(partial + "/" + place.path)
            try bytes.withUnsafeBytes { raw in try writer.write(file, raw, place.offset) }
        }
        meter.add(chunk.byteCount * places.count, fetched: bases.travelled(for: chunk))
    }

    // MARK: After the last byte

    private func seal() async throws -> FolderStamp {
        let files = manifest.files
        _ = try await queues.map(files.count) { index in
            let file = try OpenFile(partial + "/" + files[index].path, O_RDWR)
            try file.setMode(files[index].mode)
            try file.sync()
        }
        let folders = Set(
            files.flatMap { file in
                file.path.indices.filter { file.path[$0] == "/" }.map { String(file.path[..<$0]) }
            })
        let prefix = partial
        let sorted = folders.sorted()
        _ = try await queues.map(sorted.count) { try Paths.syncFolder(prefix + "/" + sorted[$0]) }
        return try await queues.run {
            try Paths.syncFolder(prefix)
            return try FolderStamp(of: prefix)
        }
    }

    /// From here on the folder is there; one that stood in its place is gone.
    private func publish() throws {
        if try Paths.isFolder(folder) {
            try Paths.exchange(partial, folder)
            try Paths.syncFolder(Paths.parent(folder))
            try Paths.removeTree(partial)
        } else {
            try Paths.rename(partial, to: folder)
            try Paths.syncFolder(Paths.parent(folder))
        }
    }
}

extension OpenFile {
    func holds(_ chunk: Manifest.Chunk, at offset: Int) throws -> Bool {
        try bytes(at: offset, count: chunk.byteCount)?.digest == chunk.digest
    }
}

/// Called after the n-th cut in a row without progress (from 1) with its error.
public typealias RestorePause = @Sendable (_ failures: Int, _ error: RPCError) async throws -> Void

/// Writes into files: the one place where tests make a disk fail.
struct FileWriter: Sendable {
    var write: @Sendable (OpenFile, UnsafeRawBufferPointer, Int) throws(FileError) -> Void = {
        file, bytes, offset throws(FileError) in
        try file.write(bytes, at: offset)
        file.startWriting(at: offset, count: bytes.count)
    }
}
