/// Files as a store sees them: few and large, written at offsets, made durable on demand.
///
/// Written bytes, lengths, names and renames survive a power cut only after `sync` of the file and
/// `syncFolder` of the folder that names it. Every call blocks; any thread may call.
public protocol FileSystem: Sendable {
    /// The names in a folder, in no order.
    func names(in folder: String) throws(FileError) -> [String]
    /// Makes a folder; one that is there already is kept.
    func makeFolder(_ path: String) throws(FileError)
    /// Opens a file for reading and writing, and makes it when `creating`.
    func open(_ path: String, creating: Bool) throws(FileError) -> any OpenFile
    /// Takes the place of what had the name `target`, in one step.
    func rename(_ path: String, to target: String) throws(FileError)
    func remove(_ path: String) throws(FileError)
    func syncFolder(_ path: String) throws(FileError)
    /// Bytes that still fit; `nil` when there is no such limit.
    func freeByteCount(of folder: String) throws(FileError) -> UInt64?
}

/// An open file, closed by its last holder.
public protocol OpenFile: AnyObject, Sendable {
    func byteCount() throws(FileError) -> UInt64
    /// Writes the parts one after the other from `offset` on. After an error any of it may be there.
    func write(_ parts: [UnsafeRawBufferPointer], at offset: UInt64) throws(FileError)
    /// - Returns: how many bytes were read: fewer than asked for only at the end of the file.
    func read(into buffer: UnsafeMutableRawBufferPointer, at offset: UInt64) throws(FileError)
        -> Int
    func truncate(to byteCount: UInt64) throws(FileError)
    /// After an error, what was written since the last `sync` may never become durable, whatever a
    /// later `sync` says.
    func sync() throws(FileError)
    /// Begins to bring these bytes to the disk, so that the next `sync` has less to do. A hint.
    func startWriting(from offset: UInt64, byteCount: UInt64)
}

extension OpenFile {
    public func write(_ bytes: [UInt8], at offset: UInt64) throws(FileError) {
        try bytes.span.withUnsafeBytes { (bytes) throws(FileError) in
            try write([bytes], at: offset)
        }
    }

    /// The bytes from `offset` on; fewer than `count` at the end of the file.
    public func read(at offset: UInt64, count: Int) throws(FileError) -> [UInt8] {
        var failure: FileError?
        let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, done in
            do throws(FileError) {
                done = try read(into: UnsafeMutableRawBufferPointer(buffer), at: offset)
            } catch { failure = error }
        }
        if let failure { throw failure }
        return bytes
    }
}

/// A call to the file system failed.
public struct FileError: Error, Equatable, CustomStringConvertible {
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
