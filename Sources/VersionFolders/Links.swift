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

    /// Points `path` to `target`, or removes it: whoever opens it sees the old or the new, never
    /// neither. Not durable before the folder is synced.
    /// - Returns: whether anything changed.
    static func point(_ path: String, to target: String?) throws(FileError) -> Bool {
        if try self.target(of: path) == target { return false }
        guard let target else {
            try Paths.removeFile(path)
            return true
        }
        let beside = path + ".new"
        try Paths.removeFile(beside)
        guard symlink(target, beside) == 0 else { throw FileError("make the link", beside) }
        try Paths.rename(beside, to: path)
        return true
    }
}
