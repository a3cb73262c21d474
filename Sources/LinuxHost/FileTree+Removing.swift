import CLinux
import Glibc

extension FileTree {
    /// Who still writes into a folder that is being removed is not followed for ever.
    private static let roundCountMax = 100_000

    /// Removes whatever stands at `path`, links without following them, folders with all that is in
    /// them, also those that somebody made unwritable. Harmless when there is nothing.
    ///
    /// What is removed may be the work of somebody who means harm, and who still runs: every step goes
    /// by a descriptor of the folder that was looked at, so that a folder which becomes a link in
    /// between leads nowhere; and folders inside folders are moved up before they are emptied, so that
    /// no depth takes our stack or our descriptors.
    public static func remove(_ path: String) throws(HostError) {
        if unlink(path) == 0 || errno == ENOENT { return }
        let name = path.utf8CString.map { $0 }
        guard [EISDIR, EPERM].contains(errno) else { throw failure(path) }
        guard let folder = try OpenFolder.open(AT_FDCWD, name) else { return }
        var count = 0
        for _ in 0..<roundCountMax {
            let names = try folder.names()
            if names.isEmpty { break }
            for name in names { try remove(name, in: folder, &count) }
        }
        guard rmdir(path) == 0 || errno == ENOENT else { throw failure(path) }
    }

    /// - Parameter count: of the folders that were moved up so far; gives them names.
    private static func remove(_ name: [CChar], in folder: OpenFolder, _ count: inout Int)
        throws(HostError)
    {
        if unlinkat(folder.descriptor, name, 0) == 0 || errno == ENOENT { return }
        guard [EISDIR, EPERM].contains(errno) else { throw failure(text(name)) }
        guard let inner = try OpenFolder.open(folder.descriptor, name) else { return }
        for each in try inner.names() {
            if unlinkat(inner.descriptor, each, 0) == 0 || errno == ENOENT { continue }
            guard [EISDIR, EPERM].contains(errno) else { throw failure(text(each)) }
            // A folder that is moved must be writable itself: its `..` changes.
            _ = try OpenFolder.open(inner.descriptor, each)
            repeat { count += 1 } while try !inner.move(each, to: folder, as: "removed-\(count)")
        }
        if unlinkat(folder.descriptor, name, AT_REMOVEDIR) == 0 || errno == ENOENT { return }
        // Something came into it meanwhile: the next round finds it.
        guard errno == ENOTEMPTY else { throw failure(text(name)) }
    }

    fileprivate static func text(_ name: [CChar]) -> String {
        String(decoding: name.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
    }

    fileprivate static func failure(_ path: String) -> HostError {
        .last("\(path) cannot be removed")
    }
}

/// A folder, whatever its name leads to afterwards; ours to read and to change. Names are bytes: not
/// everybody writes UTF-8.
private final class OpenFolder {
    let descriptor: Int32

    private init(_ descriptor: Int32) { self.descriptor = descriptor }
    deinit { close(descriptor) }

    /// - Returns: `nil` when it is gone.
    /// - Throws: also when it is no folder.
    static func open(_ parent: Int32, _ name: [CChar]) throws(HostError) -> OpenFolder? {
        let place = name.withUnsafeBufferPointer { cairn_open_path(parent, $0.baseAddress) }
        guard place >= 0 else {
            if errno == ENOENT { return nil }
            throw FileTree.failure(FileTree.text(name))
        }
        defer { close(place) }
        var status = stat()
        guard fstat(place, &status) == 0, status.st_mode & S_IFMT == S_IFDIR else {
            throw HostError(
                "\(FileTree.text(name)) cannot be removed: no permission", number: EPERM)
        }
        // Where it is not ours to change, what follows says so.
        _ = cairn_open_up(place)
        let descriptor = openat(place, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw FileTree.failure(FileTree.text(name)) }
        return OpenFolder(descriptor)
    }

    func names() throws(HostError) -> [[CChar]] {
        let copy = openat(descriptor, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard copy >= 0, let stream = fdopendir(copy) else {
            throw .last("a folder cannot be listed")
        }
        defer { closedir(stream) }
        var names: [[CChar]] = []
        while let entry = readdir(stream) {
            let name = withUnsafeBytes(of: &entry.pointee.d_name) { raw in
                Array(raw.bindMemory(to: CChar.self).prefix { $0 != 0 }) + [0]
            }
            if name != [0x2E, 0] && name != [0x2E, 0x2E, 0] { names.append(name) }
        }
        return names
    }

    /// - Returns: false when the name is taken there.
    func move(_ name: [CChar], to folder: OpenFolder, as new: String) throws(HostError) -> Bool {
        if renameat(descriptor, name, folder.descriptor, new) == 0 || errno == ENOENT {
            return true
        }
        if [ENOTEMPTY, EEXIST, ENOTDIR].contains(errno) { return false }
        throw FileTree.failure(FileTree.text(name))
    }
}
