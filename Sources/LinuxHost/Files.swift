import Glibc

/// Small files and folders, whole at a time. Blocking: for start-up and command lines.
public enum Files {
    /// Makes the folder and those above it where they are missing.
    public static func makeFolder(_ path: String) throws(HostError) {
        var prefix = path.hasPrefix("/") ? "" : "."
        for part in path.split(separator: "/") {
            prefix += "/" + part
            if mkdir(prefix, 0o755) != 0, errno != EEXIST {
                throw .last("\(prefix) cannot be made")
            }
        }
        guard access(path, W_OK | X_OK) == 0 else { throw .last("\(path) is not writable") }
    }

    /// - Returns: `nil` when there is no such file.
    public static func read(_ path: String, byteCountMax: Int = 64 << 20) throws(HostError)
        -> [UInt8]?
    {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            if errno == ENOENT { return nil }
            throw .last("\(path) cannot be read")
        }
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        var part = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = Glibc.read(descriptor, &part, part.count)
            if count < 0 { throw .last("\(path) cannot be read") }
            if count == 0 { return bytes }
            bytes += part[..<count]
            guard bytes.count <= byteCountMax else {
                throw HostError("\(path) is over \(byteCountMax) bytes")
            }
        }
    }

    public static func readText(_ path: String) throws(HostError) -> String? {
        guard let bytes = try read(path) else { return nil }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw HostError("\(path) is not UTF-8")
        }
        return text
    }

    /// - Throws: also when there is no such file.
    public static func require(_ path: String) throws(HostError) -> [UInt8] {
        guard let bytes = try read(path) else { throw HostError("\(path) is not there") }
        return bytes
    }

    public static func isFolder(_ path: String) -> Bool { kind(of: path) == S_IFDIR }

    /// A plain file, or a link to one.
    public static func isFile(_ path: String) -> Bool { kind(of: path) == S_IFREG }

    private static func kind(of path: String) -> mode_t? {
        var status = stat()
        return stat(path, &status) == 0 ? status.st_mode & S_IFMT : nil
    }

    /// A file of any size, a mebibyte at a time.
    public static func forEachBlock(
        of path: String, _ body: (UnsafeRawBufferPointer) -> Void
    ) throws(HostError) {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw .last("\(path) cannot be read") }
        defer { close(descriptor) }
        var block = [UInt8](repeating: 0, count: 1 << 20)
        while true {
            let count = Glibc.read(descriptor, &block, block.count)
            if count < 0 { throw .last("\(path) cannot be read") }
            if count == 0 { return }
            block.withUnsafeBytes { body(UnsafeRawBufferPointer(rebasing: $0[..<count])) }
        }
    }

    /// Where a link leads; `nil` when there is none.
    public static func linkTarget(_ path: String) -> String? {
        var bytes = [CChar](repeating: 0, count: 4_096)
        let count = readlink(path, &bytes, bytes.count)
        guard count >= 0 else { return nil }
        return String(decoding: bytes[..<count].map(UInt8.init(bitPattern:)), as: UTF8.self)
    }

    /// Whole or not at all: written beside it, made durable, then renamed.
    public static func write(_ text: String, to path: String) throws(HostError) {
        do {
            try write(to: path) { try $0(Array(text.utf8)) }
        } catch {
            guard let error = error as? HostError else {
                preconditionFailure("writing \(path) threw \(error)")
            }
            throw error
        }
    }

    /// The same of what comes in parts, which `body` hands to the function that it is given.
    /// - Throws: `HostError`, and what `body` throws: then nothing is left behind.
    public static func write<Result>(
        to path: String, _ body: (([UInt8]) throws -> Void) throws -> Result
    ) throws -> Result {
        let draft = "\(path).\(getpid()).new"
        let descriptor = open(draft, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw HostError.last("\(path) cannot be written") }
        var isOpen = true
        do {
            let result = try body { bytes in
                guard writeAll(bytes, to: descriptor) else {
                    throw HostError.last("\(path) cannot be written")
                }
            }
            let isWritten = fsync(descriptor) == 0
            close(descriptor)
            isOpen = false
            guard isWritten, rename(draft, path) == 0 else {
                throw HostError.last("\(path) cannot be written")
            }
            return result
        } catch {
            if isOpen { close(descriptor) }
            unlink(draft)
            throw error
        }
    }

    /// - Returns: false when the other side is gone or the disk is full.
    @discardableResult
    public static func writeAll(_ text: String, to descriptor: Int32) -> Bool {
        writeAll(Array(text.utf8), to: descriptor)
    }

    /// - Returns: false when the other side is gone or the disk is full.
    public static func writeAll(_ bytes: [UInt8], to descriptor: Int32) -> Bool {
        var bytes = bytes[...]
        while !bytes.isEmpty {
            let count = bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0 {
                if errno == EINTR { continue }
                return false
            }
            bytes = bytes.dropFirst(count)
        }
        return true
    }
}
