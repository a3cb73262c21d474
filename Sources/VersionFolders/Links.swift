import Glibc

/// Symbolic links that move in one step.
enum Links {
    /// Where the link points; `nil` when there is none.
    static func target(of path: String) throws(FileError) -> String? {
        var buffer = [UInt8](repeating: 0, count: 4096)
        let count = buffer.withUnsafeMutableBytes {
            readlink(path, $0.baseAddress!.assumingMemoryBound(to: CChar.self), $0.count)
        }
        guard count >= 0 else {
            let failure = FileError("read the link", path)
            if failure.isMissing { return nil }
            throw failure
        }
        return String(decoding: buffer[..<count], as: UTF8.self)
    }

    /// Points `path` to where `master`, a link itself, points, or removes it: whoever opens it sees
    /// the old or the new, never neither. Not durable before the folder is synced.
    ///
    /// `path` becomes another name of `master`: a name is cheaper to make and to lose than a link,
    /// for which file systems have to find a new place each time.
    static func point(_ path: String, as master: String?) throws(FileError) {
        guard let master else { return try Paths.removeFile(path) }
        let wanted = try target(of: master)
        if let wanted, try target(of: path) == wanted { return }
        let beside = path + ".new"
        try Paths.removeFile(beside)
        if link(master, beside) != 0 {
            // Not every file system has second names.
            guard let wanted else { throw FileError("read the link", master) }
            guard symlink(wanted, beside) == 0 else { throw FileError("make the link", beside) }
        }
        try Paths.rename(beside, to: path)
    }

    /// Makes a link that is not there yet, or points elsewhere.
    /// - Returns: whether anything changed.
    static func make(_ path: String, to target: String) throws(FileError) -> Bool {
        if try self.target(of: path) == target { return false }
        let beside = path + ".new"
        try Paths.removeFile(beside)
        guard symlink(target, beside) == 0 else { throw FileError("make the link", beside) }
        try Paths.rename(beside, to: path)
        return true
    }
}
