/// Files as a store sees them: few and large, written at offsets, made durable on demand.
///
/// Written bytes, lengths, names and renames survive a power cut only after `sync` of the file and
/// `syncFolder` of the folder that names it. Every call blocks; any thread may call.
public protocol FileSystem: Sendable {
    /// The names in a folder, in no order.
    func names(in folder: String) throws(FileSystemError) -> [String]
    /// Makes a folder; one that is there already is kept.
    func makeFolder(_ path: String) throws(FileSystemError)
    /// Opens a file for reading and writing, and makes it when `creating`.
    func open(_ path: String, creating: Bool) throws(FileSystemError) -> any OpenFile
    /// Takes the place of what had the name `target`, in one step.
    func rename(_ path: String, to target: String) throws(FileSystemError)
    func remove(_ path: String) throws(FileSystemError)
    func syncFolder(_ path: String) throws(FileSystemError)
    /// Bytes that still fit; `nil` when there is no such limit.
    func freeByteCount(of folder: String) throws(FileSystemError) -> UInt64?
}

/// An open file, closed by its last holder.
public protocol OpenFile: AnyObject, Sendable {
    func byteCount() throws(FileSystemError) -> UInt64
    /// Writes the parts one after the other from `offset` on. After an error any of it may be there.
    func write(_ parts: [UnsafeRawBufferPointer], at offset: UInt64) throws(FileSystemError)
    /// - Returns: how many bytes were read: fewer than asked for only at the end of the file.
    func read(into buffer: UnsafeMutableRawBufferPointer, at offset: UInt64) throws(FileSystemError)
        -> Int
    func truncate(to byteCount: UInt64) throws(FileSystemError)
    /// After an error, what was written since the last `sync` may never become durable, whatever a
    /// later `sync` says.
    func sync() throws(FileSystemError)
    /// Begins to bring these bytes to the disk, so that the next `sync` has less to do. A hint.
    func startWriting(from offset: UInt64, byteCount: UInt64)
}

extension OpenFile {
    public func write(_ bytes: [UInt8], at offset: UInt64) throws(FileSystemError) {
        try bytes.span.withUnsafeBytes { (bytes) throws(FileSystemError) in
            try write([bytes], at: offset)
        }
    }

    /// The bytes from `offset` on; fewer than `count` at the end of the file.
    public func read(at offset: UInt64, count: Int) throws(FileSystemError) -> [UInt8] {
        var failure: FileSystemError?
        let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, done in
            do throws(FileSystemError) {
                done = try read(into: UnsafeMutableRawBufferPointer(buffer), at: offset)
            } catch { failure = error }
        }
        if let failure { throw failure }
        return bytes
    }
}

/// A call to the file system failed.
public struct FileSystemError: Error, Equatable, CustomStringConvertible {
    public enum Code: Sendable, Equatable {
        /// No room is left, or a quota is used up.
        case full
        case notFound
        case failed
    }
    public let code: Code
    public let description: String

    public init(_ code: Code, _ description: String) {
        (self.code, self.description) = (code, description)
    }
}
